import { Button, ButtonLink } from '#components/ui/button.tsx';
import { Dialog } from '#components/ui/dialog.tsx';
import type { SessionTexts } from './session-warning.tsx';

type SessionDialogProps = {
  /** The session is over already. */
  gone: boolean;
  /** Whole minutes that are left: 2, 1 or 0. */
  minutes: number;
  /** It ends whatever one does. */
  absolute: boolean;
  onStay: () => void;
  onClose: () => void;
  signOutAction: () => Promise<void>;
  texts: SessionTexts;
};

/** Says that the session ends, or has ended, and what one can do about it. */
export function SessionDialog({ gone, minutes, absolute, onStay, onClose, signOutAction, texts }: SessionDialogProps) {
  if (gone) {
    return (
      <Dialog
        open
        onClose={onClose}
        title={texts.goneTitle}
        actions={
          <ButtonLink href={`/sign-in?to=${encodeURIComponent(window.location.pathname)}`}>{texts.signIn}</ButtonLink>
        }
      >
        <p>{texts.gone}</p>
      </Dialog>
    );
  }
  return (
    <Dialog
      open
      onClose={onStay}
      title={texts.title}
      actions={
        <>
          {!absolute && <Button onClick={onStay}>{texts.stay}</Button>}
          <form action={signOutAction}>
            <Button type="submit" kind="link">
              {texts.signOut}
            </Button>
          </form>
        </>
      }
    >
      <p role="status">{(absolute ? texts.absolute : texts.soon)[minutes]}</p>
    </Dialog>
  );
}
