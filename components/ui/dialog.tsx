'use client';

import { type ReactNode, useEffect, useId, useRef } from 'react';

type DialogProps = {
  open: boolean;
  /** Called on Escape too. The owner sets `open` to false. */
  onClose: () => void;
  /** The question, with its consequence. */
  title: ReactNode;
  children: ReactNode;
  /** The buttons: what it does first, what leaves all as it is after it. */
  actions: ReactNode;
};

/**
 * A modal question, as a native dialog: the browser keeps the focus inside and gives it back. For what must also work
 * without script use <ConfirmStep>; the dialog is for what only script can bring up, such as a session about to end.
 */
export function Dialog({ open, onClose, title, children, actions }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  useEffect(() => {
    const element = dialog.current;
    if (!element) return;
    if (open && !element.open) element.showModal();
    if (!open && element.open) element.close();
  }, [open]);

  return (
    <dialog className="dialog" ref={dialog} aria-labelledby={titleId} onClose={onClose}>
      <h2 id={titleId}>{title}</h2>
      {children}
      <div className="btnrow">{actions}</div>
    </dialog>
  );
}
