import { type BlockKind, BlockShape } from './block.tsx';

export type UnitGroup = { key: string | number; blocks: readonly BlockKind[] };

/** A row of blocks, grouped (per level in a task list). Hidden from assistive technology: its words stand beside it. */
export function UnitChart({ groups }: { groups: readonly UnitGroup[] }) {
  return (
    <span className="bks" aria-hidden="true">
      {groups.map((group) => (
        <span key={group.key}>
          {group.blocks.map((kind, place) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: equal blocks are told apart by their place only
            <BlockShape key={place} kind={kind} small />
          ))}
        </span>
      ))}
    </span>
  );
}
