import type { ReactNode } from 'react';

type ConfirmStepProps = {
  /** What opens the question, as a link in the page ("Losmaken"). */
  trigger: ReactNode;
  /** The question, with its consequence ("Bewijsstuk losmaken van III.4.a?"). */
  title: ReactNode;
  children?: ReactNode;
  /** The form or the buttons: what it does, and a way to leave all as it is. */
  actions: ReactNode;
  /** The letter that opens it where shortcuts are on. */
  keyShortcut?: string;
};

/** A question before something that takes away: it opens in place, with and without script. */
export function ConfirmStep({ trigger, title, children, actions, keyShortcut }: ConfirmStepProps) {
  return (
    <details className="confirm">
      <summary className="link" aria-keyshortcuts={keyShortcut}>
        {trigger}
      </summary>
      <div className="dialog">
        <h3>{title}</h3>
        {children}
        <div className="btnrow">{actions}</div>
      </div>
    </details>
  );
}
