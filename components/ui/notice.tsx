import type { ReactNode } from 'react';

type NoticeProps = {
  kind?: 'plain' | 'ok' | 'attention' | 'bad';
  title: ReactNode;
  level?: 2 | 3;
  id?: string;
  /** Set for a notice that appears after the page was drawn; `alert` only for what cannot wait. */
  role?: 'status' | 'alert';
  children?: ReactNode;
};

const looks = { plain: 'notice', ok: 'notice ok', attention: 'notice att', bad: 'notice bad' } as const;

/** A message in the page: the bar at its left carries the kind, the heading names it. */
export function Notice({ kind = 'plain', title, level = 2, id, role, children }: NoticeProps) {
  const Heading = level === 2 ? 'h2' : 'h3';
  return (
    <div className={looks[kind]} id={id} role={role}>
      <Heading>{title}</Heading>
      {children}
    </div>
  );
}
