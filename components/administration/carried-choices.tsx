import { Disclosure } from '#components/ui/disclosure.tsx';
import { FieldError, TextField } from '#components/ui/field.tsx';
import type { Messages } from '#lib/i18n/messages.ts';
import type { FormParts } from './kept-form.tsx';

type CarriedChoicesProps = {
  form: FormParts<{ roundId: string }>;
  texts: Messages['administration']['roundForm'];
  sections: readonly { key: string; title: string }[];
  /** Reasons by key of the sections that are carried. */
  carried: Readonly<Record<string, string>>;
};

/** Which sections a round does not measure anew, each with the reason that insurers and reviewers read. */
export function CarriedChoices({ form, texts, sections, carried }: CarriedChoicesProps) {
  const error = form.error('carriedSections');
  const isOpen = error !== undefined || sections.some(({ key }) => form.chosen('carry[]', key, key in carried));
  return (
    <fieldset className={error ? 'group field err' : 'group'} id="carriedSections" tabIndex={-1}>
      <legend className="h3">{texts.carried}</legend>
      <span className="hint">{texts.carriedHint}</span>
      {error && <FieldError id="carriedSections-error">{error}</FieldError>}
      <input type="hidden" name="carry[]" value="" />
      <Disclosure summary={texts.carriedChoose} open={isOpen}>
        <ul className="choices carry">
          {sections.map(({ key, title }) => (
            <li key={key}>
              <label>
                <input
                  type="checkbox"
                  name="carry[]"
                  value={key}
                  defaultChecked={form.chosen('carry[]', key, key in carried)}
                />
                <span>
                  {key}. {title}
                </span>
              </label>
              <TextField
                name={`carryReason.${key}`}
                label={
                  <>
                    {texts.carriedReason}
                    <span className="vh"> {key}</span>
                  </>
                }
                maxLength={500}
                defaultValue={form.value(`carryReason.${key}`, carried[key] ?? '')}
              />
            </li>
          ))}
        </ul>
      </Disclosure>
    </fieldset>
  );
}
