import 'server-only';
import { redirect } from 'next/navigation';
import type { z } from 'zod';
import { currentSession, knownContext, sessionOf, whyNobody } from '#lib/auth/current-session.ts';
import { readSessionCookie, readSessionCookieIn } from '#lib/auth/session-cookie.ts';
import { holdUnsent } from '#lib/auth/unsent.ts';
import { recordRefusal } from '#services/audit.ts';
import { type Context, requestContext } from '#services/context.ts';
import { Refusal } from '#services/errors.ts';
import type { FormResult, Typed } from '#services/form-result.ts';
import { readableText } from '#services/readable-text.ts';
import type { Session } from '#services/sessions/get-session.ts';
import { Unconfirmed } from '#services/sessions/live-session.ts';

type Door<Schema extends z.ZodType, Data> = {
  /** The word in the log: noun and verb, such as `answer.save`. */
  name: string;
  input: Schema;
  verb: (ctx: Context, input: z.output<Schema>) => Promise<Data>;
  /** Where the browser goes next; without it the form stays and shows the result. */
  next?: (data: Data, field: (name: string) => string) => string | null;
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
  // What Next adds to a form is left out.
  const fields = [...form].filter(([name]) => !name.startsWith('$ACTION'));
  const result = await submit(door, fields, await readSessionCookie(), currentSession);
  if (result.status === 'refused' && result.code === 'signed_out') await holdUnsent(result);
  return result;
}

/**
 * The same for what a script posts as JSON, with nothing of Next at hand.
 * @param path what the address says
 * @param cookie the header of the request
 */
export async function submitJson<Schema extends z.ZodType, Data>(
  door: Door<Schema, Data>,
  { body, path, cookie }: { body: string; path: Readonly<Record<string, string>>; cookie: string | null | undefined },
): Promise<FormResult<Data>> {
  const token = await readSessionCookieIn(cookie);
  return submit(door, Object.entries({ ...readJson(body), ...path }), token, () => sessionOf(token));
}

function readJson(body: string): object {
  try {
    const data: unknown = JSON.parse(body);
    return typeof data === 'object' && data !== null ? data : {};
  } catch {
    return {};
  }
}

async function submit<Schema extends z.ZodType, Data>(
  door: Door<Schema, Data>,
  fields: Fields,
  token: string | null,
  readSession: () => Promise<Session | null>,
): Promise<FormResult<Data>> {
  const known = knownContext(token);
  if (known) {
    try {
      return await runDoor(door, fields, known);
    } catch (error) {
      // Signed out or given another role meanwhile: nothing was done, and who acts is read anew.
      if (!(error instanceof Unconfirmed)) throw error;
    }
  }
  const session = await readSession();
  if (!session) return refused(new Refusal('signed_out', await whyNobody(token)), fields);
  return runDoor(door, fields, requestContext(session.actor));
}

async function runDoor<Schema extends z.ZodType, Data>(
  door: Door<Schema, Data>,
  form: Fields,
  ctx: Context,
): Promise<FormResult<Data>> {
  const parsed = door.input.safeParse(fromForm(form));
  if (!parsed.success) return { ...refused(new Refusal('invalid'), form), fields: fieldCodes(parsed.error) };
  let data: Data;
  try {
    data = await door.verb(ctx, parsed.data);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    await recordRefusal(ctx, door.name, error, parsed.data);
    return refused(error, form);
  }
  const next = door.next?.(data, (name) => String(form.find(([field]) => field === name)?.[1] ?? ''));
  if (next) redirect(next);
  const typed = door.keepWhenDone ? { typed: typedIn(form) } : {};
  return { status: 'done', data, at: ctx.now.toISOString(), ...typed };
}

function refused(refusal: Refusal, form: Fields): Extract<FormResult, { status: 'refused' }> {
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

type Fields = readonly (readonly [string, unknown])[];

/** A form as a plain object; a name that ends in `[]` is a list. */
function fromForm(form: Fields): Record<string, unknown> {
  const entries: Record<string, unknown> = {};
  for (const [name, value] of form) {
    if (name.endsWith('[]')) entries[name.slice(0, -2)] ??= form.filter(([other]) => other === name).map(readableOf);
    else entries[name] ??= readable(value);
  }
  return entries;
}

const readableOf = ([, value]: readonly [string, unknown]) => readable(value);

const readable = (value: unknown) => (typeof value === 'string' ? readableText(value) : value);

/** One code a field: the issue's own message where a schema names one, else what kind of wrong it is. */
function fieldCodes(error: z.ZodError): Record<string, string> {
  const fields: Record<string, string> = {};
  for (const issue of error.issues) {
    const field = issue.path.join('.') || 'form';
    fields[field] ??= /^[a-z_]+$/.test(issue.message) ? issue.message : issue.code;
  }
  return fields;
}

function typedIn(form: Fields): Typed {
  // A field may have any name, also one that every object has.
  const typed = new Map<string, string[]>();
  for (const [name, value] of form) {
    if (typeof value !== 'string' || /password/i.test(name)) continue;
    typed.set(name, [...(typed.get(name) ?? []), value]);
  }
  return Object.fromEntries(typed);
}
