import type { ReactNode } from 'react';

export type Whose = 'own' | 'computed' | 'determined' | 'undetermined';

/** Whose score it is, as shape and word: circle own, diamond computed, pin determined, dashed pin still to be determined. */
export function WhoseScore({ whose, children }: { whose: Whose; children: ReactNode }) {
  return (
    <span className="whose">
      <WhoseMark whose={whose} />
      {children}
    </span>
  );
}

/** The mark alone, for beside a word that already stands there. */
export function WhoseMark({ whose }: { whose: Whose }) {
  return (
    <svg className="mkg" width="18" height="18" viewBox="0 0 18 18" aria-hidden="true">
      <WhoseShape whose={whose} x={9} y={9} />
    </svg>
  );
}

/** The shape inside another drawing, around its centre (x, y) in pixels. */
export function WhoseShape({ whose, x, y }: { whose: Whose; x: number; y: number }) {
  if (whose === 'own') return <circle className="mk" cx={x} cy={y} r="6" />;
  if (whose === 'computed') {
    return <polygon className="mk" points={`${x},${y - 7.5} ${x + 7.5},${y} ${x},${y + 7.5} ${x - 7.5},${y}`} />;
  }
  return (
    <path className={whose === 'determined' ? 'mk solid' : 'mk wait'} d={`M${x - 6} ${y - 6}h12v8.1l-6 4.9l-6 -4.9z`} />
  );
}
