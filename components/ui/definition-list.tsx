import type { ReactNode } from 'react';

export type Definition = { term: ReactNode; value: ReactNode; id?: string };

/**
 * Facts with their names. record: name left, value strong, as on a receipt. scale: between hairlines, value at the right.
 * trace: level and what became of it.
 */
export function DefinitionList({
  items,
  variant = 'record',
}: {
  items: readonly Definition[];
  variant?: 'record' | 'scale' | 'trace';
}) {
  return (
    <dl className={variant}>
      {items.map((item, index) => (
        // A term may be a drawing and may recur; the place in the list is what identifies it.
        <div key={item.id ?? index}>
          <dt>{item.term}</dt>
          <dd>{item.value}</dd>
        </div>
      ))}
    </dl>
  );
}
