'use client';

import { Button, ButtonRow } from '#components/ui/button.tsx';
import { SelectField, TextField } from '#components/ui/field.tsx';
import { RadioGroup } from '#components/ui/radio-group.tsx';
import type { Messages } from '#lib/i18n/messages.ts';
import type { FormAction } from '#services/form-result.ts';
import { CarriedChoices } from './carried-choices.tsx';
import { ChoiceList } from './choice-list.tsx';
import { type FormParts, KeptForm } from './kept-form.tsx';

/** What the fields start from, as text. */
export type RoundValues = {
  roundId: string;
  frameworkRef: string;
  name: string;
  productScope: string;
  periodFrom: string;
  periodTo: string;
  opensOn: string;
  deadlineOn: string;
  decisionsDueOn: string;
  contactMailbox: string;
  hearing: boolean;
  hearingDays: number;
  fourEyes: boolean;
  minimumForMean: number;
  minimumForSpread: number;
  minimumChanged: number;
  retainUntil: string;
};

type Texts = Messages['administration']['roundForm'];

type RoundFormProps = {
  action: FormAction<{ roundId: string }>;
  texts: Texts;
  values: RoundValues;
  frameworks: readonly { ref: string; title: string }[];
  reviewers: readonly { userId: string; name: string; note: string; admitted: boolean }[];
  sections: readonly { key: string; title: string }[];
  /** Reasons by key of the sections that the round carries. */
  carried: Readonly<Record<string, string>>;
  submit: string;
};

/** The settings of a round, until it opens. */
export function RoundForm(props: RoundFormProps) {
  const { action, texts, values, frameworks, reviewers, sections, carried, submit } = props;
  return (
    <KeptForm action={action} sentences={texts.errors}>
      {(form) => (
        <>
          <input type="hidden" name="roundId" value={values.roundId} />
          <fieldset className="group">
            <legend className="h3">{texts.matter}</legend>
            <SelectField
              name="frameworkRef"
              label={texts.framework}
              hint={texts.frameworkHint}
              defaultValue={form.value('frameworkRef', values.frameworkRef)}
              error={form.error('frameworkRef')}
            >
              {values.frameworkRef === '' && <option value="">{texts.choose}</option>}
              {frameworks.map(({ ref, title }) => (
                <option key={ref} value={ref}>
                  {title}
                </option>
              ))}
            </SelectField>
            <div className="pair">
              <Text form={form} values={values} name="name" label={texts.name} hint={texts.nameHint} />
              <Text
                form={form}
                values={values}
                name="productScope"
                label={texts.productScope}
                hint={texts.productScopeHint}
              />
            </div>
          </fieldset>
          <fieldset className="group">
            <legend className="h3">{texts.period}</legend>
            <div className="pair">
              <Text form={form} values={values} type="date" name="periodFrom" label={texts.periodFrom} />
              <Text form={form} values={values} type="date" name="periodTo" label={texts.periodTo} />
            </div>
          </fieldset>
          <fieldset className="group">
            <legend className="h3">{texts.terms}</legend>
            <div className="pair">
              <Text
                form={form}
                values={values}
                type="date"
                name="opensOn"
                label={texts.opensOn}
                hint={texts.opensHint}
              />
              <Text
                form={form}
                values={values}
                type="date"
                name="deadlineOn"
                label={texts.deadlineOn}
                hint={texts.deadlineHint}
              />
              <Text
                form={form}
                values={values}
                type="date"
                name="decisionsDueOn"
                label={texts.decisionsDueOn}
                hint={texts.decisionsDueHint}
              />
              <Text
                form={form}
                values={values}
                type="date"
                name="retainUntil"
                label={texts.retainUntil}
                hint={texts.retainHint}
              />
            </div>
            <Text
              form={form}
              values={values}
              type="email"
              name="contactMailbox"
              label={texts.contactMailbox}
              autoComplete="off"
            />
          </fieldset>
          <fieldset className="group">
            <legend className="h3">{texts.procedure}</legend>
            <YesNo
              form={form}
              name="hearing"
              on={values.hearing}
              legend={texts.hearing}
              hint={texts.hearingHint}
              texts={texts}
            />
            <Text
              form={form}
              values={values}
              inputMode="numeric"
              name="hearingDays"
              label={texts.hearingDays}
              hint={texts.hearingDaysHint}
            />
            <YesNo
              form={form}
              name="fourEyes"
              on={values.fourEyes}
              legend={texts.fourEyes}
              hint={texts.fourEyesHint}
              texts={texts}
            />
          </fieldset>
          <CarriedChoices form={form} texts={texts} sections={sections} carried={carried} />
          <fieldset className="group">
            <legend className="h3">{texts.figures}</legend>
            <div className="trio">
              <Text
                form={form}
                values={values}
                inputMode="numeric"
                name="minimumForMean"
                label={texts.minimumForMean}
                hint={texts.atLeastFive}
              />
              <Text
                form={form}
                values={values}
                inputMode="numeric"
                name="minimumForSpread"
                label={texts.minimumForSpread}
                hint={texts.atLeastTen}
              />
              <Text
                form={form}
                values={values}
                inputMode="numeric"
                name="minimumChanged"
                label={texts.minimumChanged}
                hint={texts.atLeastThree}
              />
            </div>
          </fieldset>
          <ChoiceList
            id="reviewers"
            name="reviewers[]"
            legend={texts.reviewers}
            hint={reviewers.length > 0 ? texts.reviewersHint : texts.noReviewers}
            error={form.error('reviewers')}
            choices={reviewers.map(({ userId, name, note, admitted }) => ({
              value: userId,
              label: name,
              note,
              chosen: form.chosen('reviewers[]', userId, admitted),
            }))}
          />
          <ButtonRow>
            <Button type="submit" aria-disabled={form.pending}>
              {form.pending ? texts.saving : submit}
            </Button>
          </ButtonRow>
        </>
      )}
    </KeptForm>
  );
}

type TextProps = {
  form: FormParts<{ roundId: string }>;
  values: RoundValues;
  name: Exclude<keyof RoundValues, 'fourEyes' | 'hearing'>;
  label: string;
  hint?: string;
  type?: 'text' | 'date' | 'email';
  inputMode?: 'numeric';
  autoComplete?: string;
};

function Text({ form, values, name, ...field }: TextProps) {
  return (
    <TextField {...field} name={name} defaultValue={form.value(name, String(values[name]))} error={form.error(name)} />
  );
}

type YesNoProps = {
  form: FormParts<{ roundId: string }>;
  name: 'fourEyes' | 'hearing';
  on: boolean;
  legend: string;
  hint: string;
  texts: Texts;
};

function YesNo({ form, name, on, legend, hint, texts }: YesNoProps) {
  return (
    <div className="field">
      <RadioGroup
        name={name}
        legend={<span className="h3">{legend}</span>}
        hint={hint}
        variant="inline"
        defaultValue={form.value(name, on ? 'yes' : 'no')}
        options={[
          { value: 'yes', label: texts.yes },
          { value: 'no', label: texts.no },
        ]}
      />
    </div>
  );
}
