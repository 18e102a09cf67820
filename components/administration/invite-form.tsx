'use client';

import { Button, ButtonRow } from '#components/ui/button.tsx';
import { TextField } from '#components/ui/field.tsx';
import type { Messages } from '#lib/i18n/messages.ts';
import type { FormAction } from '#services/form-result.ts';
import type { IssuedInvitation } from '#services/invitations/invite-person.ts';
import { ChoiceList } from './choice-list.tsx';
import { IssuedLink } from './issued-link.tsx';
import { KeptForm } from './kept-form.tsx';
import { type SectionChoice, SectionLimit } from './section-limit.tsx';

type InviteFormProps = {
  action: FormAction<IssuedInvitation>;
  texts: Omit<Messages['administration']['inviteForm'], 'errors'> & {
    errors: Readonly<Record<string, string>> & { title: string; other: string };
  };
  /** Where the administrator invites to; a coordinator invites to its own insurer. */
  organisationId?: string;
  /** Made for this invitation; the next one gets another. */
  invitationId: string;
  /** What stands before the token in the link. */
  linkPrefix: string;
  locale: string;
  rolesHint: string;
  roles: readonly { role: string; name: string; note: string }[];
  /** For an insurer's colleagues. */
  sections?: SectionChoice;
};

/** Makes a link that works once, and shows it, once. */
export function InviteForm(props: InviteFormProps) {
  const { action, texts, organisationId, invitationId, roles, rolesHint, sections } = props;
  return (
    <KeptForm action={action} sentences={texts.errors} controls={{ name: 'invite-name' }}>
      {(form) => {
        const made = form.state.status === 'done' ? form.state : null;
        return (
          <>
            {made && (
              <IssuedLink texts={texts} invitation={made.data} linkPrefix={props.linkPrefix} locale={props.locale} />
            )}
            {/* After an invitation the fields start empty again. */}
            <div className="grant" key={made?.at ?? ''}>
              {organisationId && <input type="hidden" name="organisationId" value={organisationId} />}
              <input type="hidden" name="invitationId" value={invitationId} />
              <div className="pair">
                <TextField
                  id="invite-name"
                  name="name"
                  label={texts.name}
                  hint={texts.nameHint}
                  autoComplete="off"
                  defaultValue={form.value('name')}
                  error={form.error('name')}
                />
                <TextField
                  name="email"
                  type="email"
                  label={texts.email}
                  hint={texts.emailHint}
                  autoComplete="off"
                  defaultValue={form.value('email')}
                  error={form.error('email')}
                />
              </div>
              <ChoiceList
                id="roles"
                name="roles[]"
                legend={texts.roles}
                hint={rolesHint}
                error={form.error('roles')}
                choices={roles.map(({ role, name, note }) => ({
                  value: role,
                  label: name,
                  note,
                  chosen: form.chosen('roles[]', role, false),
                }))}
              />
              {sections && <SectionLimit choice={sections} form={form} />}
              <ButtonRow>
                <Button type="submit" aria-disabled={form.pending}>
                  {form.pending ? texts.inviting : texts.submit}
                </Button>
              </ButtonRow>
            </div>
          </>
        );
      }}
    </KeptForm>
  );
}
