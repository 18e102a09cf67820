import Link from 'next/link';

export type PagerStep = { href: string; label: string; current?: boolean; rel?: 'prev' | 'next' };

/** Steps through a list: previous, numbers if they are known, next. */
export function Pager({ label, steps }: { label: string; steps: readonly PagerStep[] }) {
  return (
    <nav className="pager" aria-label={label}>
      {steps.map((step) =>
        step.current ? (
          <b key={step.label} aria-current="page">
            {step.label}
          </b>
        ) : (
          <Link key={step.label} href={step.href} rel={step.rel} prefetch={false}>
            {step.label}
          </Link>
        ),
      )}
    </nav>
  );
}
