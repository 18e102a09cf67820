import { describe, expect, it } from 'vitest';
import { serverEnvironment } from '../../scripts/serve.ts';
import { type AtHand, readOwnerUrl, readPort, readSettings } from '../../scripts/settings.ts';

const key = Buffer.alloc(32, 7).toString('base64');
const atHand: AtHand = {
  databaseUrl: 'postgres://trede_app:secret@127.0.0.1:5432/trede',
  secret: 's'.repeat(40),
  actionsKey: key,
  storage: '/var/lib/trede',
};
const external = {
  DATABASE_URL: 'postgres://trede_app:secret@db.example/trede',
  TREDE_SECRET: 's'.repeat(40),
  NEXT_SERVER_ACTIONS_ENCRYPTION_KEY: key,
  TREDE_STORAGE: '/var/lib/trede',
};

describe('the settings that a server starts with', () => {
  it('are complete on a machine that names none', () => {
    expect(readSettings({}, atHand)).toEqual({
      PORT: '3000',
      TREDE_ORIGIN: 'http://localhost:3000',
      DATABASE_URL: atHand.databaseUrl,
      TREDE_SECRET: atHand.secret,
      NEXT_SERVER_ACTIONS_ENCRYPTION_KEY: key,
      TREDE_STORAGE: '/var/lib/trede',
      TREDE_DEMO: '1',
    });
  });

  it('bring no demo to a database that the environment names, unless it asks for one', () => {
    expect(readSettings(external, null).TREDE_DEMO).toBe('0');
    expect(readSettings({ ...external, TREDE_DEMO: '1' }, null).TREDE_DEMO).toBe('1');
  });

  it('hold the origin as a browser sends it, and a folder that is the same from everywhere', () => {
    const settings = readSettings(
      { ...external, TREDE_ORIGIN: 'https://Trede.example/', TREDE_STORAGE: 'files' },
      null,
    );
    expect(settings.TREDE_ORIGIN).toBe('https://trede.example');
    expect(settings.TREDE_STORAGE).toMatch(/^\/.*\/files$/);
  });

  it('let real data go over TLS only, or stay on this machine', () => {
    const at =
      (origin: string, more = {}) =>
      () =>
        readSettings({ ...external, TREDE_ORIGIN: origin, ...more }, null);
    for (const origin of ['http://trede.example', 'http://10.0.0.5:3000', 'http://localhost.trede.example']) {
      expect(at(origin), origin).toThrow('TREDE_ORIGIN is not valid');
      expect(at(origin, { TREDE_DEMO: '1' })().TREDE_ORIGIN).toBe(origin);
    }
    for (const origin of ['https://trede.example', 'http://localhost:3000', 'http://127.0.0.1', 'http://[::1]:3000']) {
      expect(at(origin)().TREDE_ORIGIN).toBe(origin);
    }
  });

  it.each(Object.keys(external))('add nothing that an operator has to decide: %s', (name) => {
    expect(() => readSettings({ ...external, [name]: undefined }, null)).toThrow(`${name} is missing`);
    expect(() => readSettings({ ...external, [name]: '' }, null)).toThrow(`${name} is missing`);
  });

  it.each([
    ['PORT', 'abc'],
    ['PORT', '65536'],
    ['DATABASE_URL', 'mysql://trede_app:hush@db.example/trede'],
    ['TREDE_ORIGIN', 'trede.example'],
    ['TREDE_ORIGIN', 'ftp://trede.example'],
    ['TREDE_SECRET', 'hush'],
    ['TREDE_DEMO', 'yes'],
    ['TREDE_STORAGE', 's3://'],
    ['TREDE_CLAMD', 'clamd.example:3310'],
    ['TREDE_FILE_LIMIT', '0'],
    ['TREDE_S3_ENDPOINT', 'objects.example'],
    ['TREDE_DATABASE_CONNECTIONS', '0'],
    ['TREDE_SESSION_HOURS', 'long'],
    ['NEXT_SERVER_ACTIONS_ENCRYPTION_KEY', 'hush'],
    ['NEXT_SERVER_ACTIONS_ENCRYPTION_KEY', Buffer.alloc(16).toString('base64')],
  ])('name %s in one line, without its value, when it is %s', (name, value) => {
    const refusal = refusalOf(() => readSettings({ ...external, [name]: value }, null));
    expect(refusal).toMatch(new RegExp(`^${name} is not valid: `));
    expect(refusal).not.toMatch(/hush|\n/);
  });

  it('ask for the rest of what a bucket needs, by name', () => {
    const bucket = { ...external, TREDE_STORAGE: 's3://bewijs/trede' };
    expect(() => readSettings(bucket, null)).toThrow('TREDE_STAGING is missing');
    const staged = { ...bucket, TREDE_STAGING: '/var/lib/staging' };
    expect(readSettings(staged, null)).toMatchObject({
      TREDE_STORAGE: 's3://bewijs/trede',
      TREDE_STAGING: '/var/lib/staging',
    });
    const half = { ...staged, TREDE_S3_ACCESS_KEY: 'hush' };
    expect(refusalOf(() => readSettings(half, null))).toMatch(/^TREDE_S3_SECRET_KEY is missing: [^\n]*$/);
    expect(refusalOf(() => readSettings(half, null))).not.toContain('hush');
  });
});

describe('the login that migrates', () => {
  it('is asked for by name', () => {
    expect(() => readOwnerUrl({})).toThrow('DATABASE_OWNER_URL is missing');
    expect(() => readOwnerUrl({ DATABASE_OWNER_URL: 'db.example' })).toThrow('DATABASE_OWNER_URL is not valid');
  });

  it('is not told to the process that serves', () => {
    const given = {
      NODE_ENV: 'production',
      LANG: 'C',
      DATABASE_OWNER_URL: 'postgres://trede_owner@db.example/trede',
    } as const;
    const told = serverEnvironment(given, readSettings(external, null));
    expect(told).toMatchObject({ LANG: 'C', DATABASE_URL: external.DATABASE_URL });
    expect(Object.keys(told)).not.toContain('DATABASE_OWNER_URL');
  });
});

describe('the port', () => {
  it('is 3000 unless the environment names one', () => {
    expect(readPort({})).toBe('3000');
    expect(readPort({ PORT: '8080' })).toBe('8080');
    expect(() => readPort({ PORT: '0' })).toThrow('PORT is not valid');
  });
});

function refusalOf(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  return 'nothing was refused';
}
