'use client';

import { type ComponentProps, lazy } from 'react';
import type { SignForm } from './sign-form.tsx';

/**
 * The form that signs, loaded only by whom it is shown to: the page of checks is read far more often than signed. No
 * `Suspense` around it: the server then sends the form itself, which works also when its script never comes.
 */
const Loaded = lazy(() =>
  import('./sign-form.tsx').then(
    (form) => ({ default: form.SignForm }),
    () => new Promise<never>(() => {}),
  ),
);

export function SignFormWhereAsked(props: ComponentProps<typeof SignForm>) {
  return <Loaded {...props} />;
}
