'use client';

import type { ReactNode } from 'react';
import { Button } from '#components/ui/button.tsx';
import type { Messages } from '#lib/i18n/messages.ts';
import type { FormAction } from '#services/form-result.ts';
import type { IssuedInvitation } from '#services/invitations/invite-person.ts';
import { IssuedLink } from './issued-link.tsx';
import { KeptForm, type Sentences } from './kept-form.tsx';

type RenewFormProps = {
  action: FormAction<IssuedInvitation>;
  texts: Messages['administration']['inviteForm'];
  sentences: Sentences;
  submit: ReactNode;
  /** Made for the new invitation, which ends the one of this address. */
  invitationId: string;
  name: string;
  email: string;
  roles: readonly string[];
  sectionKeys: readonly string[] | null;
  linkPrefix: string;
  locale: string;
};

/** Invites the same person once more, to the same: the way to a new link. */
export function RenewForm(props: RenewFormProps) {
  const { action, texts, sentences, roles, sectionKeys } = props;
  return (
    <KeptForm action={action} sentences={sentences}>
      {({ state, pending }) => (
        <>
          {state.status === 'done' && (
            <IssuedLink texts={texts} invitation={state.data} linkPrefix={props.linkPrefix} locale={props.locale} />
          )}
          <input type="hidden" name="invitationId" value={props.invitationId} />
          <input type="hidden" name="name" value={props.name} />
          <input type="hidden" name="email" value={props.email} />
          <input type="hidden" name="limit" value={sectionKeys ? 'some' : 'all'} />
          {roles.map((role) => (
            <input key={role} type="hidden" name="roles[]" value={role} />
          ))}
          {sectionKeys?.map((key) => (
            <input key={key} type="hidden" name="sectionKeys[]" value={key} />
          ))}
          <Button type="submit" kind="link" aria-disabled={pending}>
            {props.submit}
          </Button>
        </>
      )}
    </KeptForm>
  );
}
