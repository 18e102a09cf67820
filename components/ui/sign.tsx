import type { ReactNode } from 'react';

export type SignKind = 'check' | 'differs' | 'open' | 'clock' | 'attention' | 'cross' | 'next';

const drawings: Record<SignKind, ReactNode> = {
  check: <path d="M1 6.5 4.5 10 11 2.5" />,
  differs: <path d="M1 4h10M1 8h10M8.5 1l-5 10" />,
  open: <path d="M1 1h10v10H1z" strokeDasharray="2 2" strokeWidth="1.6" />,
  clock: <path strokeWidth="1.6" d="M6 1a5 5 0 1 0 .01 0M6 3.2V6l2.2 1.4" />,
  attention: <path d="M6 1v6.5M6 9.4v1.6" strokeWidth="2.6" />,
  cross: <path d="M2 2l8 8M10 2l-8 8" />,
  next: <path d="M2 1l8 5-8 5z" fill="currentColor" stroke="none" />,
};

/** A sign of 12 by 12 pixels in the colour of its text. Never alone: its word stands next to it. */
export function Sign({ kind }: { kind: SignKind }) {
  return (
    <svg
      className="sg"
      width="12"
      height="12"
      viewBox="0 0 12 12"
      fill="none"
      stroke="currentColor"
      strokeWidth="2"
      aria-hidden="true"
    >
      {drawings[kind]}
    </svg>
  );
}

/** Sign and word on one line. */
export function Signed({ kind, children }: { kind: SignKind; children: ReactNode }) {
  return (
    <span className="rs">
      <Sign kind={kind} />
      {children}
    </span>
  );
}
