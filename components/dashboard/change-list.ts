import type { LocalizedText } from '#domain/framework.ts';
import type { ChangedSince } from '#services/publications/changed-since.ts';

export const changeKinds = ['added', 'removed', 'changed'] as const;
export type ChangeKind = (typeof changeKinds)[number];

/** A criterion that is new, gone or reads otherwise, and the version of the framework where it can be read. */
export type ChangedCriterion = { kind: ChangeKind; key: string; short: LocalizedText; ref: string };

/** A version of the framework, and what changed since. */
export type EarlierVersion = ChangedSince & { framework: string };

export type VersionChanges = {
  framework: string;
  sections: readonly { section: string; comparable: boolean; criteria: readonly ChangedCriterion[] }[];
};

/** What changed up to the version `shown`, once for each earlier version that differs; what went is read in that one. */
export function changeList(earlier: readonly EarlierVersion[], shown: string): VersionChanges[] {
  const versions = [...new Map(earlier.map((round) => [round.framework, round])).values()];
  return versions
    .filter(({ changes }) => changes.length > 0)
    .map(({ framework, changes, names }) => ({
      framework,
      sections: changes.map(({ section, comparable, ...keys }) => ({
        section,
        comparable,
        criteria: changeKinds.flatMap((kind) =>
          keys[kind].map((key) => ({
            kind,
            key,
            short: names[key] ?? { nl: '', en: '' },
            ref: kind === 'removed' ? framework : shown,
          })),
        ),
      })),
    }));
}
