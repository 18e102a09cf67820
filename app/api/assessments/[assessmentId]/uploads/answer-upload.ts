import { ZodError } from 'zod';
import { currentSession } from '#lib/auth/current-session.ts';
import { recordRefusal } from '#services/audit.ts';
import { requestContext } from '#services/context.ts';
import { Refusal, type RefusalCode } from '#services/errors.ts';
import { evidenceContext, type IncomingContext } from '#services/evidence/evidence-context.ts';

const statuses: Readonly<Record<RefusalCode, number>> = {
  signed_out: 401,
  forbidden: 403,
  not_found: 404,
  // Not 409: the protocol's clients take that for a wrong offset, and try again.
  conflict: 422,
  precondition: 422,
  invalid: 422,
  busy: 423,
};

/** What the requests of an upload have in common. Each asks for the session anew: with its end the next part is refused. */
export async function answerUpload(
  action: string,
  work: (ctx: IncomingContext) => Promise<Response>,
): Promise<Response> {
  const session = await currentSession();
  if (!session) return refuse('signed_out', 401);
  const ctx = evidenceContext(requestContext(session.actor));
  try {
    return await work(ctx);
  } catch (error) {
    if (error instanceof ZodError) return refuse('other', 400);
    if (!(error instanceof Refusal)) {
      console.error(error);
      return refuse('other', 500);
    }
    await recordRefusal(ctx, action, error, {});
    return refuse(codeOf(error), statuses[error.code]);
  }
}

function codeOf({ code, because }: Refusal): string {
  if (code === 'invalid' || code === 'precondition') return because[0] ?? 'other';
  return code === 'not_found' || code === 'forbidden' ? 'not_allowed' : 'other';
}

const refuse = (code: string, status: number) => Response.json({ code }, { status });
