'use client';

import { useRouter } from 'next/navigation';
import { type MouseEvent, type ReactNode, startTransition } from 'react';

type PageLinkProps = {
  href: string;
  className?: string | undefined;
  'aria-current'?: 'page' | 'true' | undefined;
  children: ReactNode;
};

/** A link to another page of the product that keeps this one until that is there; fetches nothing before it is followed. */
export function PageLink({ href, children, ...rest }: PageLinkProps) {
  const router = useRouter();
  const follow = (event: MouseEvent) => {
    if (event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    startTransition(() => router.push(href));
  };
  return (
    <a {...rest} href={href} onClick={follow}>
      {children}
    </a>
  );
}
