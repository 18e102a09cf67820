import 'server-only';
import { headers } from 'next/headers';
import type { FormResult } from '#services/form-result.ts';

/** What somebody posted without script after their session had ended. */
export type Unsent = {
  /** What reads as written by a person; keys, numbers and choices go without saying. */
  texts: readonly string[];
  /** Their access was taken away: signing in again does not help. */
  ended: boolean;
};

/** Lives as long as the request that it came with: nothing of somebody who is not signed in is stored. */
const byRequest = new WeakMap<object, Unsent>();

/** Holds what was posted for the page that answers the post. A script has its own text still, and is told otherwise. */
export async function holdUnsent({ typed, because }: Extract<FormResult, { status: 'refused' }>): Promise<void> {
  const request = await headers();
  if (request.has('next-action')) return;
  const texts = Object.values(typed).flat();
  byRequest.set(request, {
    texts: texts.filter((text) => /\S\s+\S/.test(text)),
    ended: because.includes('membership_ended'),
  });
}

/** What this request could not bring to the platform; null for any other request. */
export async function readUnsent(): Promise<Unsent | null> {
  return byRequest.get(await headers()) ?? null;
}
