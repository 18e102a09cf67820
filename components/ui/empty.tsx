import type { ReactNode } from 'react';

type EmptyProps = { title: ReactNode; level?: 2 | 3; children: ReactNode; actions?: ReactNode };

/** A place where nothing is yet: what will come here, and who acts. */
export function Empty({ title, level = 3, children, actions }: EmptyProps) {
  const Heading = level === 2 ? 'h2' : 'h3';
  return (
    <div className="empty">
      <Heading>{title}</Heading>
      {children}
      {actions && <div className="btnrow">{actions}</div>}
    </div>
  );
}
