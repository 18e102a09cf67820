'use client';

import { useEffect, useRef, useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { TextField } from '#components/ui/field.tsx';
import { Notice } from '#components/ui/notice.tsx';
import { Signed } from '#components/ui/sign.tsx';
import { timeZone } from '#lib/i18n/locale.ts';
import type { Messages } from '#lib/i18n/messages.ts';
import type { IssuedInvitation } from '#services/invitations/invite-person.ts';

type IssuedLinkProps = {
  texts: Pick<Messages['administration']['inviteForm'], 'done' | 'doneText' | 'link' | 'copy' | 'copied'>;
  invitation: IssuedInvitation;
  linkPrefix: string;
  locale: string;
};

/** The link of a new invitation: shown this once, as only its hash is kept. */
export function IssuedLink({ texts, invitation, linkPrefix, locale }: IssuedLinkProps) {
  const [copied, setCopied] = useState(false);
  const [canCopy, setCanCopy] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => setCanCopy(Boolean(navigator.clipboard)), []);
  const link = `${linkPrefix}${invitation.token}`;
  const end = new Intl.DateTimeFormat(locale === 'en' ? 'en-GB' : locale, {
    dateStyle: 'long',
    timeStyle: 'short',
    timeZone,
  }).format(new Date(invitation.expiresAt));
  const copy = () =>
    navigator.clipboard.writeText(link).then(
      () => setCopied(true),
      // Not allowed here: the text is at least selected.
      () => field.current?.select(),
    );
  return (
    <Notice kind="ok" role="status" level={3} title={texts.done.replace('{name}', invitation.name)}>
      <p>{texts.doneText.replace('{end}', end)}</p>
      <TextField
        id={`link-${invitation.invitationId}`}
        name="issued-link"
        ref={field}
        label={texts.link.replace('{email}', invitation.email)}
        readOnly
        value={link}
        onFocus={(event) => event.currentTarget.select()}
      />
      {canCopy && (
        <Button kind="plain" onClick={copy}>
          {copied ? <Signed kind="check">{texts.copied}</Signed> : texts.copy}
        </Button>
      )}
    </Notice>
  );
}
