import { RadioGroup } from '#components/ui/radio-group.tsx';
import { ChoiceList } from './choice-list.tsx';
import type { FormParts } from './kept-form.tsx';

/** The sections that a contributor can be limited to, and those that one is limited to now; null: all. */
export type SectionChoice = {
  texts: { legend: string; all: string; some: string; sections: string; none: string };
  sections: readonly { key: string; name: string }[];
  chosen: readonly string[] | null;
};

/** In which sections a contributor may answer. Shown while the role is ticked; without script's help by style alone. */
export function SectionLimit({ choice, form }: { choice: SectionChoice; form: FormParts<never> | FormParts<unknown> }) {
  const { texts, sections, chosen } = choice;
  if (sections.length === 0) return <p className="meta limit">{texts.none}</p>;
  return (
    <div className="limit">
      <RadioGroup
        name="limit"
        legend={texts.legend}
        variant="inline"
        defaultValue={form.value('limit', chosen ? 'some' : 'all')}
        options={[
          { value: 'all', label: texts.all },
          { value: 'some', label: texts.some },
        ]}
      />
      <div className="limited">
        <ChoiceList
          id="sectionKeys"
          name="sectionKeys[]"
          legend={texts.sections}
          error={form.error('sectionKeys')}
          choices={sections.map(({ key, name }) => ({
            value: key,
            label: (
              <>
                <b>{key}</b> <span lang="nl">{name}</span>
              </>
            ),
            chosen: form.chosen('sectionKeys[]', key, chosen?.includes(key) ?? false),
          }))}
        />
      </div>
    </div>
  );
}
