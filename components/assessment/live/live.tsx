'use client';

import { useRouter } from 'next/navigation';
import { startTransition, useEffect, useRef, useState } from 'react';
import type { Messages } from '#lib/i18n/messages.ts';
import type { PresentColleague } from '#services/live/present-colleagues.ts';
import { criterionPath } from '../criterion/criterion-path.ts';
import { listed, sentence } from '../phrase.tsx';
import type { LiveChange } from './live-stream.ts';

type LiveTexts = Messages['live']['page'];
type LiveProps = {
  assessmentId: string;
  /** The criterion that the page is about; left out for a page about all of them. */
  criterionKey?: string;
  userId: string;
  /** The instant at which the server read the page. */
  readAt: string;
  /** Who else was there when the server read the page. */
  colleagues: readonly PresentColleague[];
  texts: LiveTexts;
};

/**
 * Who else is here, and what they save: drawn by the server, kept up to date while the page is seen. What one is typing
 * is never touched by it.
 */
export function Live({ assessmentId, criterionKey = '', userId, readAt, colleagues, texts }: LiveProps) {
  const router = useRouter();
  const [present, setPresent] = useState(colleagues);
  const [news, setNews] = useState('');
  const [unsent, setUnsent] = useState<readonly string[]>([]);
  const latest = useRef({ readAt, present });
  latest.current = { readAt, present };

  // biome-ignore lint/correctness/useExhaustiveDependencies: one stream for each page; texts and router stay what they are
  useEffect(() => {
    let close = () => {};
    let gone = false;
    const names = new Map<string, string>();
    const seen = (people: readonly PresentColleague[]) => {
      for (const person of people) names.set(person.userId, person.name);
      setPresent(people);
    };
    seen(latest.current.present);
    // What is not needed to read the page comes after it.
    Promise.all([import('./live-stream.ts'), import('../answer/draft-store.ts')]).then(
      ([{ openLive }, { draftedCriteria, thisDevice }]) => {
        if (gone) return;
        const look = () =>
          setUnsent(draftedCriteria(thisDevice(), userId, assessmentId).filter((key) => key !== criterionKey));
        // A save that goes on behind a page that was left has its time.
        const looking = setInterval(look, 8_000);
        const end = openLive({
          assessmentId,
          criterionKey: criterionKey || null,
          userId,
          readAt: () => latest.current.readAt,
          onColleagues: seen,
          onChange: (change) => setNews(newsOf(change, names)),
          onStale: () => startTransition(() => router.refresh()),
          onOver: () => setNews(texts.over),
        });
        close = () => {
          clearInterval(looking);
          end();
        };
      },
      () => {},
    );
    return () => {
      gone = true;
      close();
    };
  }, [assessmentId, criterionKey, userId]);

  function newsOf({ what, criterionKey: key, userId: by }: LiveChange, names: ReadonlyMap<string, string>): string {
    if (by === null) return texts.supervisor;
    const name = names.get(by) ?? texts.colleague;
    return what === 'answer.save' && key ? sentence(texts.saved, { name, key }) : sentence(texts.changed, { name });
  }

  return (
    <div className="live">
      <p role="status">{criterionKey ? here(present, criterionKey, texts) : elsewhere(present, texts)}</p>
      <p role="status" className="meta">
        {news}
      </p>
      {unsent.length > 0 && (
        <p className="attword">
          {sentence(texts.unsent, { keys: '' })}
          {listed(
            unsent.map((key) => (
              <a key={key} href={criterionPath(assessmentId, key)}>
                {key}
              </a>
            )),
            texts.and,
          )}
        </p>
      )}
    </div>
  );
}

const mostNamed = 3;

function here(present: readonly PresentColleague[], criterionKey: string, texts: LiveTexts) {
  const people = present.filter((person) => person.criterionKey === criterionKey);
  const rest = people.length - mostNamed;
  const words = people
    .slice(0, mostNamed)
    .map(({ name, editing }) => sentence(editing ? texts.typing : texts.here, { name }));
  return [...words, ...(rest > 0 ? [sentence(texts.more, { count: rest })] : [])].map((line) => (
    <span key={line}>{line}</span>
  ));
}

function elsewhere(present: readonly PresentColleague[], texts: LiveTexts): string {
  if (present.length === 0) return '';
  const people = present.map(({ name, criterionKey: key }) => (key ? sentence(texts.at, { name, key }) : name));
  const last = people.pop() ?? '';
  return sentence(texts.elsewhere, { people: people.length ? `${people.join(', ')} ${texts.and} ${last}` : last });
}
