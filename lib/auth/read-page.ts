import 'server-only';
import { notFound } from 'next/navigation';
import { recordRefusal } from '#services/audit.ts';
import type { Context } from '#services/context.ts';
import { Refusal } from '#services/errors.ts';
import { pageSession } from './current-session.ts';

/**
 * Runs the one read verb of a page for whoever asks. What they may not see does not exist: any refusal is the page that
 * is not there, and stands in the log.
 */
export async function readPage<Input, Result>(
  name: string,
  verb: (ctx: Context, input: Input) => Promise<Result>,
  input: Input,
): Promise<Result> {
  const { ctx } = await pageSession();
  try {
    return await verb(ctx, input);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    await recordRefusal(ctx, name, error, input);
    notFound();
  }
}
