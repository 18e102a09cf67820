'use client';

import { Button, ButtonRow } from '#components/ui/button.tsx';
import type { FormAction } from '#services/form-result.ts';
import { ChoiceList } from './choice-list.tsx';
import { KeptForm, type Sentences } from './kept-form.tsx';
import { type SectionChoice, SectionLimit } from './section-limit.tsx';

type ColleagueFormProps = {
  action: FormAction<unknown>;
  texts: { roles: string; hint: string; save: string; saving: string };
  sentences: Sentences;
  membershipId: string;
  /** What it shows, so that a change of somebody else meanwhile is noticed. */
  seen: string;
  roles: readonly { role: string; name: string; note: string; held: boolean }[];
  sections: SectionChoice;
};

/** Changes what a colleague may: roles, and the sections of a contributor. */
export function ColleagueForm({ action, texts, sentences, membershipId, seen, roles, sections }: ColleagueFormProps) {
  return (
    <KeptForm action={action} sentences={sentences}>
      {(form) => (
        <div className="grant lone">
          <input type="hidden" name="membershipId" value={membershipId} />
          <input type="hidden" name="seen" value={seen} />
          <ChoiceList
            id="roles"
            name="roles[]"
            legend={texts.roles}
            hint={texts.hint}
            error={form.error('roles')}
            choices={roles.map(({ role, name, note, held }) => ({
              value: role,
              label: name,
              note,
              chosen: form.chosen('roles[]', role, held),
            }))}
          />
          <SectionLimit choice={sections} form={form} />
          <ButtonRow>
            <Button type="submit" aria-disabled={form.pending}>
              {form.pending ? texts.saving : texts.save}
            </Button>
          </ButtonRow>
        </div>
      )}
    </KeptForm>
  );
}
