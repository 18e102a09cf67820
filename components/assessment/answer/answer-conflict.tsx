'use client';

import { Button } from '#components/ui/button.tsx';
import { Notice } from '#components/ui/notice.tsx';
import { SideBySide } from '#components/ui/side-by-side.tsx';
import { useCriterion } from '../criterion/criterion-context.tsx';
import { sentence } from '../phrase.tsx';
import type { AnswerText, Theirs } from './autosave.ts';

type AnswerConflictProps = {
  mine: AnswerText;
  theirs: Theirs;
  /** The instant of the other save, as the page writes times. */
  time: string;
  /** Absent after a post without script: there the field and the button of the form are the choice. */
  onChoose?: (choice: 'mine' | 'theirs' | 'both') => void;
};

/** Two people answered at once: both texts beside each other, and nobody's is lost. */
export function AnswerConflict({ mine, theirs, time, onChoose }: AnswerConflictProps) {
  const { texts } = useCriterion();
  const words = texts.conflict;
  const chosen = ({ response }: AnswerText) => (response ? texts.words[response] : words.noResponse);
  const title = sentence(theirs.byYou ? words.titleOwn : words.title, { time });
  return (
    <section id="conflict" className="mb-5" tabIndex={-1} aria-label={title}>
      <Notice kind="attention" role="alert" title={title}>
        <p>{onChoose ? words.text : words.plain}</p>
      </Notice>
      <SideBySide
        left={{
          title: words.mine,
          meta: sentence(words.mineMeta, { response: chosen(mine) }),
          text: mine.explanation,
          action: onChoose && <Button onClick={() => onChoose('mine')}>{words.keepMine}</Button>,
        }}
        right={{
          title: theirs.byYou ? words.theirsOwn : words.theirs,
          meta: sentence(words.theirsMeta, { response: chosen(theirs), time }),
          text: theirs.explanation,
          action: onChoose && (
            <Button kind="plain" onClick={() => onChoose('theirs')}>
              {words.keepTheirs}
            </Button>
          ),
        }}
        both={
          onChoose && (
            <>
              <Button kind="link" onClick={() => onChoose('both')}>
                {words.both}
              </Button>
              {mine.response !== theirs.response && (
                <span className="meta"> {sentence(words.bothKeeps, { response: chosen(mine) })}</span>
              )}
            </>
          )
        }
      />
    </section>
  );
}
