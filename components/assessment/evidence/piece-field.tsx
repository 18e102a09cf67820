import type { PieceName } from '#services/evidence/piece-names.ts';
import { EvidenceField } from './evidence-form.tsx';

type PieceFieldProps = { id: string; label: string; hint: string; names: readonly PieceName[] };

/** Names a piece of the library: typing some of its title finds it, by the browser itself. */
export function PieceField({ id, label, hint, names }: PieceFieldProps) {
  return (
    <>
      <EvidenceField
        id={id}
        name="piece"
        label={label}
        hint={hint}
        list={`${id}-names`}
        maxLength={300}
        autoComplete="off"
      />
      <datalist id={`${id}-names`}>
        {names.map((piece) => (
          <option key={piece.id} value={piece.name} />
        ))}
      </datalist>
    </>
  );
}
