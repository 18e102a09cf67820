import type { ReactNode } from 'react';

/** One criterion's answer as a shape: the domain's responses, and what can stand in their place. */
export type BlockKind = 'met' | 'partly' | 'not_met' | 'open' | 'surpassed' | 'not_applicable';

const drawings: Record<BlockKind, ReactNode> = {
  met: <path className="bk-f" d="M0 0h12v12H0z" />,
  partly: (
    <>
      <path className="bk-l" d="M1 1h10v10H1z" />
      <path className="bk-f" d="M1 6h10v5H1z" />
    </>
  ),
  not_met: <path className="bk-l" d="M1 1h10v10H1z" />,
  open: <path className="bk-l bk-d" d="M1 1h10v10H1z" />,
  surpassed: (
    <path className="bk-f" fillRule="evenodd" d="M0 0h12v12H0zM6 2.6 1.9 6.7l1.4 1.4L6 5.4l2.7 2.7 1.4-1.4z" />
  ),
  not_applicable: <path className="bk-l" d="M1 6h10" />,
};

/** The block alone: for a chart that has its words beside it, or beside a word that already stands there. */
export function BlockShape({ kind, small = false }: { kind: BlockKind; small?: boolean }) {
  const size = small ? 10 : 12;
  return (
    <svg className="bk" width={size} height={size} viewBox="0 0 12 12" aria-hidden="true">
      {drawings[kind]}
    </svg>
  );
}

/** The block with its word, as it stands in a list. */
export function Block({ kind, children }: { kind: BlockKind; children: ReactNode }) {
  return (
    <span className="rs">
      <BlockShape kind={kind} />
      {children}
    </span>
  );
}
