import { Notice } from '../ui/notice.tsx';
import { SideBySide } from '../ui/side-by-side.tsx';
import type { VerdictTexts } from './verdict-form.tsx';

/** A verdict in words; without a label it was taken back, or is not chosen yet. */
type Said = { label: string | null; ground: string | null | undefined; reason: string | undefined };

type VerdictConflictProps = {
  theirs: Said;
  mine: Said;
  grounds: readonly { value: string; label: string }[];
  texts: VerdictTexts;
};

/** Two reviewers on one criterion: the first one's word beside one's own, before that overwrites it. */
export function VerdictConflict({ theirs, mine, grounds, texts }: VerdictConflictProps) {
  return (
    <Notice kind="attention" title={texts.conflictTitle} role="alert">
      <p>{theirs.label === null ? texts.conflictUndone : texts.conflictText.replace('{response}', theirs.label)}</p>
      {theirs.label !== null && (
        <SideBySide
          left={{ title: texts.conflictTheirs, ...inWords(theirs), action: null }}
          right={{ title: texts.conflictMine, ...inWords(mine), action: null }}
        />
      )}
    </Notice>
  );

  function inWords({ label, ground, reason }: Said) {
    const because = grounds.find(({ value }) => value === ground)?.label;
    return { meta: [label, because].filter(Boolean).join(', '), text: reason || texts.noReason };
  }
}
