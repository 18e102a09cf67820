'use client';

import { Button, ButtonRow } from '#components/ui/button.tsx';
import { SelectField, TextField } from '#components/ui/field.tsx';
import { formatDay } from '#lib/i18n/dates.ts';
import type { Locale } from '#lib/i18n/locale.ts';
import type { DelegationConflict } from '#services/delegations/assign-section.ts';
import type { FormAction } from '#services/form-result.ts';
import { KeptForm, type Sentences } from './kept-form.tsx';

type DelegationFormProps = {
  action: FormAction<unknown>;
  texts: {
    colleague: string;
    choose: string;
    day: string;
    dayHint: string | null;
    submit: string;
    asking: string;
    now: string;
    gone: string;
  };
  locale: Locale;
  sentences: Sentences;
  assessmentId: string;
  sectionKey: string;
  /** Made for this request; the next one gets another. */
  delegationId: string;
  /** What stands for the section, as the page showed it; empty: nothing. */
  seenId: string;
  colleagues: readonly { membershipId: string; name: string }[];
  asked: { membershipId: string; dueOn: string } | null;
  today: string;
  latest: string | null;
};

/** Asks a colleague for one section by a day; what was asked before ends with it. */
export function DelegationForm(props: DelegationFormProps) {
  const { action, texts, sentences, sectionKey, colleagues, asked } = props;
  const ids = { membershipId: `membershipId-${sectionKey}`, dueOn: `dueOn-${sectionKey}` };
  return (
    <KeptForm action={action} sentences={sentences} controls={ids}>
      {(form) => {
        const { state } = form;
        // Whoever read what another asked meanwhile, may still choose otherwise.
        const now =
          state.status === 'refused' && state.code === 'conflict' ? (state.detail as DelegationConflict) : null;
        return (
          <>
            {now && <p className="attword">{nowWords(now)}</p>}
            <input type="hidden" name="delegationId" value={props.delegationId} />
            <input type="hidden" name="assessmentId" value={props.assessmentId} />
            <input type="hidden" name="sectionKey" value={sectionKey} />
            <input type="hidden" name="seenId" value={now ? (now.id ?? '') : props.seenId} />
            <div className="ask">
              <SelectField
                id={ids.membershipId}
                name="membershipId"
                label={texts.colleague}
                defaultValue={form.value('membershipId', asked?.membershipId)}
                error={form.error('membershipId')}
              >
                <option value="">{texts.choose}</option>
                {colleagues.map(({ membershipId, name }) => (
                  <option key={membershipId} value={membershipId}>
                    {name}
                  </option>
                ))}
              </SelectField>
              <TextField
                id={ids.dueOn}
                name="dueOn"
                type="date"
                min={props.today}
                max={props.latest ?? undefined}
                label={texts.day}
                hint={texts.dayHint}
                defaultValue={form.value('dueOn', asked?.dueOn)}
                error={form.error('dueOn')}
              />
              <ButtonRow>
                <Button type="submit" kind="plain" aria-disabled={form.pending}>
                  {form.pending ? texts.asking : texts.submit}
                </Button>
              </ButtonRow>
            </div>
          </>
        );
      }}
    </KeptForm>
  );

  function nowWords({ name, dueOn }: DelegationConflict): string {
    if (!name || !dueOn) return texts.gone;
    return texts.now.replace('{name}', () => name).replace('{day}', formatDay(dueOn, props.locale));
  }
}
