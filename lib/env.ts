import { z } from 'zod';

const wholeNumber = z.coerce.number().int().positive();

const schema = z.object({
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }),
  TREDE_SECRET: z.string().min(32),
  TREDE_ORIGIN: z.url({ protocol: /^https?$/ }).transform((origin) => new URL(origin).origin),
  TREDE_STORAGE: z.string().min(1),
  TREDE_ORGANISATION_QUOTA_GB: wholeNumber.default(20),
  TREDE_DEMO: z
    .enum(['0', '1'])
    .default('0')
    .transform((demo) => demo === '1'),
  TREDE_DATABASE_CONNECTIONS: wholeNumber.default(20),
  TREDE_REQUESTS: wholeNumber.default(100),
  TREDE_SESSION_IDLE_MINUTES: wholeNumber.default(30),
  TREDE_SESSION_HOURS: wholeNumber.default(12),
});

export type Env = z.infer<typeof schema>;

let checked: Env | undefined;

/**
 * The settings that the process was started with, checked once.
 * @throws Error with one line that names the first setting that is missing or wrong; it never holds a value.
 */
export function env(): Env {
  checked ??= readEnv(process.env);
  return checked;
}

/** Checks settings without keeping them; exported for the launcher and its tests. */
export function readEnv(settings: Record<string, string | undefined>): Env {
  const result = schema.safeParse(settings);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  const name = String(issue?.path[0] ?? 'environment');
  const missing = settings[name] === undefined || settings[name] === '';
  throw new Error(`${name} ${missing ? 'is missing' : 'is not valid'}: ${meaning[name] ?? 'see README.md'}`);
}

const meaning: Record<string, string> = {
  DATABASE_URL: 'postgres://trede_app:PASSWORD@HOST/DATABASE, the login of the application',
  TREDE_SECRET: 'at least 32 random characters that sign the session cookie',
  TREDE_ORIGIN: 'the address people use, such as https://trede.example',
  TREDE_STORAGE: 'the folder in which files of evidence are kept',
  TREDE_ORGANISATION_QUOTA_GB: 'a whole number: how many GB of files one insurer may keep, over all its assessments',
  TREDE_DEMO: '1 fills the platform with made-up data, 0 does not',
  TREDE_REQUESTS: 'a whole number of requests that this process works on at a time',
  TREDE_DATABASE_CONNECTIONS: 'a whole number of connections for this process',
  TREDE_SESSION_IDLE_MINUTES: 'minutes without a request after which a session ends',
  TREDE_SESSION_HOURS: 'hours after which a session ends at the latest',
};
