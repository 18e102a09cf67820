import 'server-only';
import { redirect } from 'next/navigation';
import type { z } from 'zod';
import { currentSession } from '#lib/auth/current-session.ts';
import { recordRefusal } from '#services/audit.ts';
import { type Context, requestContext } from '#services/context.ts';
import { Refusal, type RefusalCode } from '#services/errors.ts';

/** What a form gets back. Codes only: the screen owns the words, and nothing secret is echoed. */
export type FormResult<Data = null> =
  | { status: 'idle' }
  | { status: 'done'; data: Data; at: string }
  | {
      status: 'refused';
      code: RefusalCode;
      because: readonly string[];
      fields: Readonly<Record<string, string>>;
      detail: unknown;
      /** What was typed in the fields that the door keeps: a page without script draws them again. */
      typed?: Readonly<Record<string, string>>;
    };

type Door<Schema extends z.ZodType, Data> = {
  /** The word in the log: noun and verb, such as `answer.save`. */
  name: string;
  input: Schema;
  verb: (ctx: Context, input: z.output<Schema>) => Promise<Data>;
  /** Where the browser goes next; without it the form stays and shows the result. */
  next?: (data: Data, form: FormData) => string | null;
  /** Fields that a refusal hands back as they were typed. Never one that holds a secret. */
  keep?: readonly string[];
};

/**
 * The one way from a posted form to a verb: reads who acts, checks the form's shape, runs the verb, and turns data and
 * refusals into a result. A session that is gone is said, never redirected: the text in the form must survive it.
 */
export async function submitForm<Schema extends z.ZodType, Data>(
  door: Door<Schema, Data>,
  form: FormData,
): Promise<FormResult<Data>> {
  const typed = Object.fromEntries((door.keep ?? []).map((name) => [name, String(form.get(name) ?? '')]));
  const session = await currentSession();
  if (!session) return { ...refused(new Refusal('signed_out')), typed };
  const parsed = door.input.safeParse(fromForm(form));
  if (!parsed.success) return { ...refused(new Refusal('invalid')), fields: fieldCodes(parsed.error), typed };
  const ctx = requestContext(session.actor);
  let data: Data;
  try {
    data = await door.verb(ctx, parsed.data);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    await recordRefusal(ctx, door.name, error, parsed.data);
    return { ...refused(error), typed };
  }
  const next = door.next?.(data, form);
  if (next) redirect(next);
  return { status: 'done', data, at: ctx.now.toISOString() };
}

/** What was typed, by field: a page that is drawn again without script shows it. Never a secret. */
export type Typed = Readonly<Record<string, readonly string[]>>;
export type KeptResult<Data = null> = FormResult<Data> & { typed: Typed };

/** As `submitForm`, with what was typed beside the result. For forms without a password. */
export async function submitKeptForm<Schema extends z.ZodType, Data>(
  door: Door<Schema, Data>,
  form: FormData,
): Promise<KeptResult<Data>> {
  const typed: Record<string, string[]> = {};
  for (const [name, value] of form) {
    if (!name.startsWith('$ACTION') && typeof value === 'string') typed[name] = [...(typed[name] ?? []), value];
  }
  return { ...(await submitForm(door, form)), typed };
}

function refused(refusal: Refusal): Extract<FormResult, { status: 'refused' }> {
  const fields = refusal.code === 'invalid' ? ((refusal.detail ?? {}) as Record<string, string>) : {};
  return { status: 'refused', code: refusal.code, because: refusal.because, fields, detail: refusal.detail };
}

/** A form as a plain object; a name that ends in `[]` is a list. What Next adds to a form is left out. */
export function fromForm(form: FormData): Record<string, unknown> {
  const entries: Record<string, unknown> = {};
  for (const name of new Set(form.keys())) {
    if (name.startsWith('$ACTION')) continue;
    if (name.endsWith('[]')) entries[name.slice(0, -2)] = form.getAll(name);
    else entries[name] = form.get(name);
  }
  return entries;
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

type Refused = Extract<FormResult, { status: 'refused' }>;

/** A result that also holds what was typed, for the page that is drawn after a post without script. */
export type TypedResult<Data> =
  | Exclude<FormResult<Data>, { status: 'refused' }>
  | (Refused & { typed: Readonly<Record<string, string>> });

/**
 * Keeps what was typed beside a refusal.
 * @param keep which fields; a password is never among them
 */
export function keepTyped<Data>(
  result: FormResult<Data>,
  form: FormData,
  keep: (name: string) => boolean,
): TypedResult<Data> {
  if (result.status !== 'refused') return result;
  const entries = [...form].filter((entry): entry is [string, string] => typeof entry[1] === 'string');
  return { ...result, typed: Object.fromEntries(entries.filter(([name]) => keep(name) && name !== 'password')) };
}
