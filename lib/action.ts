import 'server-only';
import { redirect } from 'next/navigation';
import type { z } from 'zod';
import { currentSession, whyNobody } from '#lib/auth/current-session.ts';
import { recordRefusal } from '#services/audit.ts';
import { type Context, requestContext } from '#services/context.ts';
import { Refusal } from '#services/errors.ts';
import type { FormResult, Typed } from '#services/form-result.ts';

type Door<Schema extends z.ZodType, Data> = {
  /** The word in the log: noun and verb, such as `answer.save`. */
  name: string;
  input: Schema;
  verb: (ctx: Context, input: z.output<Schema>) => Promise<Data>;
  /** Where the browser goes next; without it the form stays and shows the result. */
  next?: (data: Data, form: FormData) => string | null;
  /** What was typed is still needed after the verb did its work. */
  keepWhenDone?: boolean;
};

/**
 * The one way from a posted form to a verb: reads who acts, checks the form's shape, runs the verb, and turns data and
 * refusals into a result. A session that is gone is said, never redirected: the text in the form must survive it.
 */
export async function submitForm<Schema extends z.ZodType, Data>(
  door: Door<Schema, Data>,
  form: FormData,
): Promise<FormResult<Data>> {
  const session = await currentSession();
  if (!session) return refused(new Refusal('signed_out', await whyNobody()), form);
  const parsed = door.input.safeParse(fromForm(form));
  if (!parsed.success) return { ...refused(new Refusal('invalid'), form), fields: fieldCodes(parsed.error) };
  const ctx = requestContext(session.actor);
  let data: Data;
  try {
    data = await door.verb(ctx, parsed.data);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    await recordRefusal(ctx, door.name, error, parsed.data);
    return refused(error, form);
  }
  const next = door.next?.(data, form);
  if (next) redirect(next);
  return { status: 'done', data, at: ctx.now.toISOString(), ...(door.keepWhenDone ? { typed: typedIn(form) } : {}) };
}

function refused(refusal: Refusal, form: FormData): Extract<FormResult, { status: 'refused' }> {
  const fields = refusal.code === 'invalid' ? ((refusal.detail ?? {}) as Record<string, string>) : {};
  return {
    status: 'refused',
    code: refusal.code,
    because: refusal.because,
    fields,
    detail: refusal.detail,
    typed: typedIn(form),
  };
}

/** A form as a plain object; a name that ends in `[]` is a list. What Next adds to a form is left out. */
export function fromForm(form: FormData): Record<string, unknown> {
  const entries: Record<string, unknown> = {};
  for (const name of new Set(form.keys())) {
    if (name.startsWith('$ACTION')) continue;
    if (name.endsWith('[]')) entries[name.slice(0, -2)] = form.getAll(name).map(readable);
    else entries[name] = readable(form.get(name));
  }
  return entries;
}

/** Without the character NUL: nobody types it, and the database has no place for it. */
function readable(value: FormDataEntryValue | null) {
  return typeof value === 'string' ? value.replaceAll('\0', '') : value;
}

/** One code a field: the issue's own message where a schema names one, else what kind of wrong it is. */
function fieldCodes(error: z.ZodError): Record<string, string> {
  const fields: Record<string, string> = {};
  for (const issue of error.issues) {
    const field = issue.path.join('.') || 'form';
    fields[field] ??= /^[a-z_]+$/.test(issue.message) ? issue.message : issue.code;
  }
  return fields;
}

function typedIn(form: FormData): Typed {
  const typed: Record<string, string[]> = {};
  for (const [name, value] of form) {
    if (typeof value !== 'string' || name.startsWith('$ACTION') || /password/i.test(name)) continue;
    typed[name] = [...(typed[name] ?? []), value];
  }
  return typed;
}
