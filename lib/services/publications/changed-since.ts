import type { Framework, LocalizedText } from '#domain/framework.ts';
import type { FrameworkChange, SectionChange } from '#domain/framework-changes.ts';

/** What differs between the framework of an earlier round and that of the round that is shown, as a page tells it. */
export type ChangedSince = {
  /** A section at a time; sections that read the same are not among them. */
  changes: readonly SectionChange[];
  /** The short names of the criteria among them. */
  names: Readonly<Record<string, LocalizedText>>;
};

export function changedSince({ sections }: FrameworkChange, earlier: Framework, shown: Framework): ChangedSince {
  const changes = sections.filter(({ added, removed, changed }) => added.length + removed.length + changed.length > 0);
  const keys = changes.flatMap(({ added, removed, changed }) => [...added, ...removed, ...changed]);
  return {
    changes,
    names: Object.fromEntries(
      keys.flatMap((key) => {
        const criterion = shown.criterion(key) ?? earlier.criterion(key);
        return criterion ? [[key, criterion.short]] : [];
      }),
    ),
  };
}
