import type { Typed } from '#services/form-result.ts';
import { TextField } from '../ui/field.tsx';
import { RadioGroup } from '../ui/radio-group.tsx';

type TermFieldsProps = {
  /** Tells the fields of two forms on one page apart. */
  id: string;
  texts: { term: string; termHint?: string; days: string; date: string; daysLabel: string; dateLabel: string };
  /** What a refused post held. */
  typed: Typed | undefined;
};

/** The term that an insurer gets: a number of days, two weeks unless said otherwise, or a last day. */
export function TermFields({ id, texts, typed }: TermFieldsProps) {
  return (
    <>
      <RadioGroup
        id={`${id}-term`}
        name="term"
        legend={texts.term}
        hint={texts.termHint}
        variant="inline"
        defaultValue={typed?.term?.[0] || 'days'}
        options={[
          { value: 'days', label: texts.days },
          { value: 'date', label: texts.date },
        ]}
      />
      <div className="asked">
        <TextField
          id={`${id}-days`}
          name="days"
          label={texts.daysLabel}
          inputMode="numeric"
          defaultValue={typed?.days?.[0] ?? '14'}
        />
        <TextField id={`${id}-date`} name="date" type="date" label={texts.dateLabel} defaultValue={typed?.date?.[0]} />
      </div>
    </>
  );
}
