import { z } from 'zod';

const wholeNumber = z.coerce.number().int().positive();

const megabytes = wholeNumber.transform((count) => count * 1024 ** 2);
const bucketAddress = /^s3:\/\/([^/]+)\/?(.*?)\/?$/;

const settings = z.object({
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }),
  TREDE_SECRET: z.string().min(32),
  TREDE_ORIGIN: z.url({ protocol: /^https?$/ }).transform((origin) => new URL(origin).origin),
  TREDE_STORAGE: z
    .string()
    .min(1)
    .refine((place) => !place.startsWith('s3:') || bucketAddress.test(place)),
  TREDE_STAGING: z.string().min(1).optional(),
  TREDE_S3_ENDPOINT: z.url({ protocol: /^https?$/ }).optional(),
  TREDE_S3_REGION: z.string().min(1).default('eu-central-1'),
  TREDE_S3_ACCESS_KEY: z.string().min(1).optional(),
  TREDE_S3_SECRET_KEY: z.string().min(1).optional(),
  TREDE_CLAMD: z
    .string()
    .regex(/^(tcp:\/\/(\[[0-9a-f:]+\]|[^/:\s]+):\d{1,5}|unix:\/.+)$/i)
    .optional(),
  TREDE_FILE_LIMIT: megabytes.default(100 * 1024 ** 2),
  // A dossier holds them all in one zip, which ends at 4 GB.
  TREDE_ASSESSMENT_LIMIT: megabytes.refine((bytes) => bytes <= 3 * 1024 ** 3).default(2 * 1024 ** 3),
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

/** What a bucket asks for besides its address; each setting is named by itself, and none is ever shown. */
const schema = settings
  .superRefine((given, context) => {
    const bucket = given.TREDE_STORAGE.startsWith('s3:');
    const wrong = (name: keyof typeof given) => context.addIssue({ code: 'custom', path: [name] });
    if (bucket && !given.TREDE_STAGING) wrong('TREDE_STAGING');
    if (given.TREDE_S3_ACCESS_KEY && !given.TREDE_S3_SECRET_KEY) wrong('TREDE_S3_SECRET_KEY');
    if (given.TREDE_S3_SECRET_KEY && !given.TREDE_S3_ACCESS_KEY) wrong('TREDE_S3_ACCESS_KEY');
    // Real data, passwords and cookies do not go over a line in the open.
    if (!given.TREDE_DEMO && !goesUnseen(given.TREDE_ORIGIN)) wrong('TREDE_ORIGIN');
  })
  .transform((given) => ({ ...given, storageBucket: bucketOf(given) }));

/** Whether nobody on the way can read along: TLS, or no way at all. */
const goesUnseen = (origin: string) =>
  origin.startsWith('https:') || /^http:\/\/(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/.test(origin);

function bucketOf(given: z.infer<typeof settings>) {
  const [, bucket, prefix] = bucketAddress.exec(given.TREDE_STORAGE) ?? [];
  if (!bucket) return null;
  const { TREDE_S3_ACCESS_KEY: accessKeyId, TREDE_S3_SECRET_KEY: secretAccessKey } = given;
  return {
    bucket,
    prefix: prefix ? `${prefix}/` : '',
    region: given.TREDE_S3_REGION,
    endpoint: given.TREDE_S3_ENDPOINT,
    credentials: accessKeyId && secretAccessKey ? { accessKeyId, secretAccessKey } : undefined,
  };
}

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

/** Behind TLS the prefix makes the browser refuse a cookie of this name from any other host or path. */
export const cookieName = (name: string) => (env().TREDE_ORIGIN.startsWith('https:') ? `__Host-${name}` : name);

/** Checks settings without keeping them; exported for the launcher and its tests. */
export function readEnv(given: Record<string, string | undefined>): Env {
  // An empty setting is one that was left open.
  const result = schema.safeParse(Object.fromEntries(Object.entries(given).filter(([, value]) => value !== '')));
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  const name = String(issue?.path[0] ?? 'environment');
  const missing = given[name] === undefined || given[name] === '';
  throw new Error(`${name} ${missing ? 'is missing' : 'is not valid'}: ${meaning[name] ?? 'see README.md'}`);
}

const meaning: Record<string, string> = {
  DATABASE_URL: 'postgres://trede_app:PASSWORD@HOST/DATABASE, the login of the application',
  TREDE_SECRET: 'at least 32 random characters that sign the session cookie',
  TREDE_ORIGIN: 'the address people use, such as https://trede.example; http for the demo or on this machine only',
  TREDE_STORAGE: 'the folder in which files of evidence are kept, or s3://BUCKET/PREFIX',
  TREDE_STAGING: 'the folder, shared by all processes, in which files come in before they go to the bucket',
  TREDE_S3_ENDPOINT: 'the address of the object storage, such as https://objects.example',
  TREDE_S3_REGION: 'the region of the bucket',
  TREDE_S3_ACCESS_KEY: 'goes with TREDE_S3_SECRET_KEY; both or neither',
  TREDE_S3_SECRET_KEY: 'goes with TREDE_S3_ACCESS_KEY; both or neither',
  TREDE_CLAMD: 'where the malware scanner listens: tcp://HOST:PORT or unix:/PATH',
  TREDE_FILE_LIMIT: 'a whole number of MB that one file may hold',
  TREDE_ASSESSMENT_LIMIT: 'a whole number of MB, 3072 at most, that the files of one assessment may hold together',
  TREDE_ORGANISATION_QUOTA_GB: 'a whole number: how many GB of files one insurer may keep, over all its assessments',
  TREDE_DEMO: '1 fills the platform with made-up data, 0 does not',
  TREDE_REQUESTS: 'a whole number of requests that this process works on at a time',
  TREDE_DATABASE_CONNECTIONS: 'a whole number of connections for this process',
  TREDE_SESSION_IDLE_MINUTES: 'minutes without a request after which a session ends',
  TREDE_SESSION_HOURS: 'hours after which a session ends at the latest',
};
