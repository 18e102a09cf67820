import type { Criterion, Framework, Section } from './framework.ts';

/** What became of a section between two versions of a framework. */
export type SectionChange = {
  readonly section: string;
  /** Its scores may be laid side by side: nothing changed, or the later version declares them equal. */
  readonly comparable: boolean;
  readonly added: readonly string[];
  readonly removed: readonly string[];
  /** Keys of which the text, the level or the rules of scoring differ. */
  readonly changed: readonly string[];
};

export type FrameworkChange = {
  readonly sections: readonly SectionChange[];
  /** The totals may be laid side by side: every section may, and they weigh the same. */
  readonly total: boolean;
};

/**
 * What changed from an earlier version of a framework to a later one, a section at a time. Words of the language in which
 * the norm was published count; short names, help and translations do not.
 */
export function frameworkChange(earlier: Framework, later: Framework): FrameworkChange {
  const sections = later.sections.map((section) => sectionChange(earlier, later, section));
  const gone = earlier.sections
    .filter(({ key }) => !later.section(key))
    .map(({ key, criteria }) => ({
      section: key,
      comparable: false,
      added: [],
      removed: keysOf(criteria),
      changed: [],
    }));
  const all = [...sections, ...gone];
  const weighsTheSame = later.sections.every(({ key, weight }) => earlier.section(key)?.weight === weight);
  return { sections: all, total: weighsTheSame && all.every(({ comparable }) => comparable) };
}

function sectionChange(earlier: Framework, later: Framework, { key, criteria, equalTo }: Section): SectionChange {
  const before = earlier.section(key);
  const old = before?.criteria ?? [];
  const added = keysOf(criteria.filter((one) => !old.some((other) => other.key === one.key)));
  const removed = keysOf(old.filter((one) => !criteria.some((other) => other.key === one.key)));
  const changed = keysOf(
    criteria.filter((one) => {
      const other = old.find((candidate) => candidate.key === one.key);
      return other !== undefined && wordOf(earlier, other) !== wordOf(later, one);
    }),
  );
  const same = added.length + removed.length + changed.length === 0;
  return {
    section: key,
    comparable: same || (before !== undefined && equalTo.includes(earlier.ref)),
    added,
    removed,
    changed,
  };
}

const keysOf = (criteria: readonly Criterion[]) => criteria.map(({ key }) => key);

/** All of a criterion that a score rests on. */
const wordOf = ({ authority }: Framework, { text, level, fulfilledBy, appliesWhen }: Criterion) =>
  JSON.stringify([text[authority], level, fulfilledBy, appliesWhen]);
