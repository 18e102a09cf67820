import { z } from 'zod';

/** The field with the list's text: what is missing, too large or no text at all gets a code. */
export function postedContent(read: (posted: string) => string, most: number) {
  return z
    .string({ error: 'list_missing' })
    .min(1, { error: 'list_missing' })
    .transform((posted, check) => {
      if (posted === 'too_large' || posted.length > most * 2) return refuse(check, 'list_too_large');
      try {
        return read(posted);
      } catch {
        return refuse(check, 'list_missing');
      }
    });
}

function refuse(check: { addIssue: (issue: { code: 'custom'; message: string }) => void }, message: string) {
  check.addIssue({ code: 'custom', message });
  return z.NEVER;
}
