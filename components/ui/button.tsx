import type { ButtonHTMLAttributes, ReactNode } from 'react';

type Look = {
  /** One full button per page; everything else is plain or a link. `danger` takes something away. */
  kind?: 'primary' | 'plain' | 'danger' | 'link';
  /** The reviewer's height among the insurer's controls; inside `.dense` it is the default. */
  dense?: boolean;
  children: ReactNode;
};

type ButtonProps = Look & Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'className' | 'style'>;

/** A button that does something. Its text says what. */
export function Button({ kind, dense, type = 'button', children, ...rest }: ButtonProps) {
  return (
    <button type={type} className={look(kind, dense)} {...rest}>
      {children}
    </button>
  );
}

type ButtonLinkProps = Look & {
  href: string;
  download?: boolean | string;
  /** The letter that follows it where shortcuts are on. */
  keyShortcut?: string;
};

/** A link that looks like a button: it goes somewhere and changes nothing. Plain, so that no page loads script for it. */
export function ButtonLink({ kind, dense, href, download, keyShortcut, children }: ButtonLinkProps) {
  return (
    <a className={look(kind, dense)} href={href} download={download} aria-keyshortcuts={keyShortcut}>
      {children}
    </a>
  );
}

/** Buttons and links that belong together; full width on a phone. */
export function ButtonRow({ children }: { children: ReactNode }) {
  return <div className="btnrow">{children}</div>;
}

function look(kind: Look['kind'] = 'primary', dense = false): string {
  if (kind === 'link') return 'link';
  return ['btn', kind !== 'primary' && kind, dense && 'small'].filter(Boolean).join(' ');
}
