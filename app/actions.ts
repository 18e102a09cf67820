'use server';

import { submitLocale } from '#lib/auth/submit-locale.ts';
import { submitSignOut } from '#lib/auth/submit-sign-out.ts';

export async function signOutAction(): Promise<void> {
  await submitSignOut();
}

export async function chooseLocaleAction(form: FormData): Promise<void> {
  await submitLocale(form);
}
