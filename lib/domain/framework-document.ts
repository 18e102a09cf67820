import { z } from 'zod';

const text = z.string().trim().min(1).max(10_000);
const localized = z.strictObject({ nl: text, en: text });
const level = z.int().min(1).max(5);
const kebab = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/);
const camel = z.string().regex(/^[a-z][A-Za-z0-9]*$/);
const sectionKey = z.string().regex(/^[A-Z][A-Z0-9]{0,7}$/);
const criterionKey = z.string().regex(/^[A-Z][A-Z0-9]{0,7}\.[2-5]\.[a-z]{1,2}$/);
const levelText = z.strictObject({ level, text: localized });

const criterion = z.strictObject({
  key: criterionKey,
  level: level.min(2),
  short: localized,
  text: localized,
  help: z.strictObject({ asked: localized, evidence: localized }),
  evidenceAsked: z.boolean().optional(),
  claimFiles: z.boolean().optional(),
  derived: z.boolean().optional(),
  appliesWhen: camel.optional(),
  fulfilledBy: z.array(criterionKey).min(1).optional(),
});

const section = z.strictObject({
  key: sectionKey,
  title: localized,
  weight: z.int().positive().max(1000),
  thinking: localized,
  gist: localized,
  outsideAssessor: z.boolean(),
  sourceNote: localized.optional(),
  /** Earlier versions, as `key@edition`, whose scores of this section are declared comparable though its words differ. */
  equalTo: z.array(z.string().regex(/^[a-z0-9-]+@[A-Za-z0-9.-]+$/)).optional(),
  appliesWhen: camel.optional(),
  levelTexts: z.array(levelText).min(1).max(5),
  levelOneShownWhenExactlyOneOf: z.array(criterionKey).min(1).optional(),
  criteria: z.array(criterion).min(1),
});

/**
 * The shape of a norm framework as it is written down (`frameworks/*.yaml`). Unknown properties are refused, every text
 * stands there in both languages, weights are whole numbers (they are ratios, and totals are exact).
 * Whether its parts refer to each other rightly is checked by `compileFramework`.
 */
export const frameworkDocument = z.strictObject({
  key: kebab,
  edition: z.string().regex(/^[A-Za-z0-9]+([.-][A-Za-z0-9]+)*$/),
  title: localized,
  /** What it is about in a word or two, as titles say it; without it they say the framework's own title. */
  subject: localized.optional(),
  source: z.strictObject({ publisher: text, title: text, year: z.int().min(1900).max(9999) }),
  authority: z.enum(['nl', 'en']),
  /** `title` names what a reading is about where no word of the product does. */
  reading: z.array(z.strictObject({ about: camel, title: localized.optional(), why: localized })),
  levels: z.array(z.strictObject({ level, name: localized })).length(5),
  intake: z.array(z.strictObject({ key: camel, question: localized, help: localized, short: localized })),
  sections: z.array(section).min(1),
});
export type FrameworkDocument = z.infer<typeof frameworkDocument>;

/** One fault in a framework document. `path` leads to the spot (the caller maps it to a line), `key` names the nearest keyed part. */
export type DocumentError = {
  readonly path: readonly (string | number)[];
  readonly key?: string;
  readonly code: string;
  readonly detail: string;
};

export type DocumentResult =
  | { readonly ok: true; readonly document: FrameworkDocument }
  | { readonly ok: false; readonly errors: readonly DocumentError[] };

/** Reads a parsed document by its schema; gives all faults of shape at once, never throws. */
export function readFrameworkDocument(value: unknown): DocumentResult {
  const parsed = frameworkDocument.safeParse(value);
  if (parsed.success) return { ok: true, document: parsed.data };
  return { ok: false, errors: parsed.error.issues.map((issue) => documentError(value, issue)) };
}

function documentError(value: unknown, issue: z.core.$ZodIssue): DocumentError {
  const path = issue.path as (string | number)[]; // a document out of YAML or JSON has no symbols
  const key = nearestKey(value, path);
  return { path, ...(key === undefined ? {} : { key }), code: issue.code, detail: issue.message };
}

function nearestKey(value: unknown, path: readonly (string | number)[]): string | undefined {
  let found: string | undefined;
  let part: unknown = value;
  for (const step of path) {
    part = (part as Record<string | number, unknown>)[step]; // a path never leads on below what is missing
    const key = typeof part === 'object' && part !== null ? (part as { key?: unknown }).key : undefined;
    if (typeof key === 'string') found = key;
  }
  return found;
}
