import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { demoPassword } from '#db/seed/demo-accounts.ts';
import { databaseUrl, type TestCluster } from '../support/cluster.ts';
import { readScene } from '../support/door-scene.ts';
import { expect, type Server, requests as test } from '../support/e2e.ts';
import { builtActions, outcomeOfAction, postAction, send } from '../support/http.ts';
import { writeSession } from '../support/session.ts';

const actions = builtActions();
const action = (at: string) => actions.get(`app/${at}`) ?? '';
const chooseLocale = () => action('actions.ts#chooseLocaleAction');
const evil = 'https://evil.example';

test.describe('a write', () => {
  const paths = [
    '/',
    '/sign-in',
    '/assessments',
    '/nowhere',
    '/api/health',
    '/api/session',
    '/api/assessments/x/evidence',
    '/icon.svgx',
    '/iconxsvg',
    '/favicon.icox',
    '/_next/staticx',
    '/_next/image',
    '/_next/data/x/index.json',
    '/%5fnext/static/x',
    '/_next/static/x',
    '/_next/static/chunks/x.js',
    '/icon.svg',
    '/favicon.ico',
  ];
  const origins: [string, Record<string, string>][] = [
    ['no origin', {}],
    ['origin null', { origin: 'null' }],
    ['a foreign origin', { origin: evil }],
  ];
  for (const [name, headers] of origins) {
    test(`with ${name} is refused on every path, before anything is done`, async ({ server }) => {
      for (const path of paths) {
        for (const method of ['POST', 'PUT', 'PATCH', 'DELETE']) {
          const answer = await postLocale(server, path, method, headers);
          expect(answer.status, `${method} ${path}`).toBe(403);
          expect(answer.headers.get('set-cookie'), `${method} ${path}`).toBeNull();
        }
      }
    });
  }

  test('is not let through by an origin that only looks like ours', async ({ server }) => {
    for (const origin of [
      `${server.origin}.evil.example`,
      `${server.origin}x`,
      server.origin.replace('http:', 'https:'),
    ]) {
      expect((await postLocale(server, '/', 'POST', { origin })).status, origin).toBe(403);
    }
  });

  test('from this site goes through, so that these refusals mean something', async ({ server }) => {
    const answer = await postLocale(server, '/', 'POST', { origin: server.origin });
    expect(answer.headers.get('set-cookie')).toContain('trede-locale=en');
  });
});

test.describe('headers that only the framework should send itself', () => {
  const smuggled: Record<string, string>[] = [
    { 'x-middleware-subrequest': 'proxy:proxy:proxy:proxy:proxy' },
    { 'x-middleware-subrequest': 'middleware:middleware:middleware:middleware:middleware' },
    { 'x-middleware-subrequest': 'src/middleware:src/middleware:src/middleware:src/middleware:src/middleware' },
    { 'x-middleware-next': '1' },
    { 'x-middleware-rewrite': '/rounds' },
    { 'x-nextjs-data': '1' },
    { 'x-matched-path': '/accessibility' },
    { 'x-invoke-path': '/rounds', 'x-invoke-status': '200' },
    { 'x-now-route-matches': '1' },
    { 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'https' },
    { rsc: '1', 'next-router-prefetch': '1' },
    { 'next-resume': '1', 'x-next-resume-state-length': '2' },
    { 'x-prerender-revalidate': 'x' },
  ];
  for (const headers of smuggled) {
    test(`open no page and lift no refusal: ${JSON.stringify(headers)}`, async ({ server }) => {
      const page = await send(`${server.origin}/rounds`, { headers });
      const text = await page.text();
      expect(text).not.toContain('2017-2018');
      expect(page.headers.get('location') ?? '').not.toContain('evil');
      expect(page.headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
      const write = await postLocale(server, '/', 'POST', { ...headers, origin: evil });
      expect(write.status).toBe(403);
    });
  }

  test('do not name the nonce of the scripts of a page', async ({ server }) => {
    for (const name of ['content-security-policy', 'content-security-policy-report-only']) {
      const answer = await send(`${server.origin}/sign-in`, { headers: { [name]: "script-src 'nonce-mine'" } });
      expect(await answer.text()).not.toContain('nonce="mine"');
      expect(answer.headers.get('content-security-policy')).not.toContain('mine');
    }
  });

  test('do not decide where signing in, or choosing a language, leads', async ({ server }) => {
    const headers = { 'x-path': '//evil.example', 'x-forwarded-host': 'evil.example' };
    const away = await send(`${server.origin}/rounds`, { headers });
    expect(away.headers.get('location')).toMatch(/\/sign-in\?to=%2Frounds$/);
    const page = await (await send(`${server.origin}/accessibility`, { headers })).text();
    expect(page).not.toContain('evil.example');
  });
});

test.describe('a response', () => {
  test('carries its headers, whatever it is', async ({ server }) => {
    const session = await writeSession(server.db, 'coordinator@waterkant.example');
    const { submissionId, evidenceId, assessmentId } = await readScene(server.db);
    const paths = [
      '/sign-in',
      '/assessments',
      `/assessments/${assessmentId}`,
      '/nowhere',
      '/rounds/new',
      '/api/health',
      '/api/session',
      `/api/submissions/${submissionId}`,
      `/api/evidence/${evidenceId}`,
      `/api/submissions/${evidenceId}`,
    ];
    for (const path of paths) {
      const { headers } = await send(server.origin + path, { session });
      const policy = headers.get('content-security-policy') ?? '';
      expect(headers.get('x-content-type-options'), path).toBe('nosniff');
      expect(headers.get('cache-control'), path).toContain('no-store');
      expect(headers.get('referrer-policy'), path).toBe('same-origin');
      expect(headers.get('x-powered-by'), path).toBeNull();
      expect(headers.get('access-control-allow-origin'), path).toBeNull();
      expect(policy, path).toContain("default-src 'none'");
      expect(policy, path).not.toContain('unsafe');
      expect(headers.get('x-frame-options'), path).toBe('DENY');
    }
  });

  test('of a page lets only scripts with its own nonce run, another one each time', async ({ server }) => {
    const seen = new Set<string>();
    for (const path of ['/sign-in', '/nowhere', '/accessibility', '/sign-in']) {
      const answer = await send(server.origin + path);
      const policy = answer.headers.get('content-security-policy') ?? '';
      const [, nonce = ''] = /script-src 'self' 'nonce-([^']+)' 'strict-dynamic'/.exec(policy) ?? [];
      expect(nonce.length).toBeGreaterThan(20);
      expect(policy).toContain("frame-ancestors 'none'");
      const scripts = [...(await answer.text()).matchAll(/<script\b([^>]*)>/g)].map(([, attributes]) => attributes);
      expect(scripts.length).toBeGreaterThan(0);
      expect(scripts.filter((attributes) => !attributes?.includes(`nonce="${nonce}"`))).toEqual([]);
      seen.add(nonce);
    }
    expect(seen.size).toBe(4);
  });

  test('of a static file says what it is, and is taken for nothing else', async ({ server }) => {
    const page = await (await send(`${server.origin}/sign-in`)).text();
    const script = /"(\/_next\/static\/[^"]+\.js[^"]*)"/.exec(page)?.[1] ?? '';
    for (const path of [script, '/icon.svg', '/favicon.ico']) {
      const answer = await send(server.origin + path);
      expect(answer.status, path).toBe(200);
      expect(answer.headers.get('x-content-type-options'), path).toBe('nosniff');
    }
  });

  test('to another origin that asks first allows nothing', async ({ server }) => {
    const answer = await send(`${server.origin}/api/session`, {
      method: 'OPTIONS',
      headers: { origin: evil, 'access-control-request-method': 'POST' },
    });
    expect(answer.headers.get('access-control-allow-origin')).toBeNull();
  });
});

test.describe('a session', () => {
  test('is a cookie that no script reads and no other site sends along', async ({ server }) => {
    const answer = await signIn(server, {});
    const cookie = answer.headers.getSetCookie().find((line) => line.startsWith('trede=')) ?? '';
    expect(cookie).toMatch(/; HttpOnly/i);
    expect(cookie).toMatch(/; SameSite=lax/i);
    expect(cookie).toMatch(/; Path=\//i);
    expect(cookie).not.toMatch(/; Domain=/i);
  });

  test('that was signed out is over, also for who kept the cookie', async ({ server }) => {
    const session = await writeSession(server.db, 'coordinator@waterkant.example');
    expect((await send(`${server.origin}/assessments`, { session })).status).toBe(200);
    await postAction(`${server.origin}/assessments`, action('actions.ts#signOutAction'), { session });
    const after = await send(`${server.origin}/assessments`, { session });
    expect(after.headers.get('location')).toContain('/sign-in');
  });

  test('ends when its browser signs in anew, whoever that is', async ({ server }) => {
    const session = await writeSession(server.db, 'coordinator@waterkant.example');
    const signIn = (password: string) =>
      postAction(`${server.origin}/sign-in`, action('(auth)/sign-in/actions.ts#signInAction'), {
        session,
        form: { email: 'reader@duinrand.example', password },
        previous: { problem: 'none', email: '' },
      });
    await signIn('verkeerd');
    expect((await send(`${server.origin}/assessments`, { session })).status).toBe(200);
    await signIn(demoPassword);
    const after = await send(`${server.origin}/assessments`, { session });
    expect(after.headers.get('location')).toContain('/sign-in');
  });

  test('that was signed out does nothing more, though this process knew it a moment ago', async ({ server }) => {
    const session = await writeSession(server.db, 'coordinator@waterkant.example');
    const { roundId } = await readScene(server.db);
    const knock = () =>
      postAction(`${server.origin}/assessments`, action('(supervisor)/rounds/actions.ts#openRoundAction'), {
        session,
        form: { roundId },
        previous: { status: 'idle', typed: {} },
      }).then(outcomeOfAction);
    // Once to be known, and once as somebody who is.
    expect([await knock(), await knock()]).toEqual(['refused', 'refused']);
    await postAction(`${server.origin}/assessments`, action('actions.ts#signOutAction'), { session });
    expect(await knock()).toBe('signed_out');
  });

  test('cannot be made up, cut, or taken from another secret', async ({ server }) => {
    const session = await writeSession(server.db, 'lead@toezicht.example');
    const changed = `${session.slice(0, -4)}${session.endsWith('AAAA') ? 'BBBB' : 'AAAA'}`;
    for (const cookie of [changed, session.slice(0, 40), 'x', 'null', '{"session":"x"}', `${session}.x`]) {
      const answer = await send(`${server.origin}/rounds`, { session: cookie });
      expect(answer.headers.get('location'), cookie.slice(0, 20)).toContain('/sign-in');
    }
  });

  test('of one role gets nothing done with the action of another, on whatever page it is posted', async ({
    server,
  }) => {
    const session = await writeSession(server.db, 'coordinator@waterkant.example');
    const { roundId } = await readScene(server.db);
    for (const path of ['/', '/assessments', '/rounds', `/rounds/${roundId}`, '/nowhere', '/sign-in?to=/rounds']) {
      const answer = await postAction(server.origin + path, action('(supervisor)/rounds/actions.ts#openRoundAction'), {
        session,
        form: { roundId },
        previous: { status: 'idle', typed: {} },
      });
      expect(await outcomeOfAction(answer), path).toBe('refused');
    }
  });
});

test('an address or a form that nobody could have made is refused, and never breaks the server', async ({ server }) => {
  const { assessmentId, roundId } = await readScene(server.db);
  const paths = [
    '/assessments/x',
    '/assessments/x/criteria/y',
    `/assessments/${assessmentId}/criteria/__proto__`,
    `/assessments/${assessmentId}/criteria/%00`,
    '/dashboards/x',
    '/dashboards?round=x&after=x',
    `/dashboards?after=2026-13-45T00Z_${'-'.repeat(36)}`,
    '/rounds/x',
    '/rounds/x/outcomes',
    `/rounds/${roundId}?after=x`,
    `/rounds?after=1_${'-'.repeat(36)}`,
    '/organisations/x',
    '/organisations?search=%00',
    '/frameworks/%00',
    '/reviews/x',
    '/reviews?q=%00&round=x&after=x',
    `/reviews/${assessmentId}/sections/__proto__`,
    '/api/evidence/x',
    '/api/submissions/x',
    '/invitations/x',
    '/%',
  ];
  for (const email of [
    'coordinator@waterkant.example',
    'reviewer@toezicht.example',
    'administrator@toezicht.example',
  ]) {
    const session = await writeSession(server.db, email);
    for (const path of paths) {
      expect((await send(server.origin + path, { session })).status, `${path} for ${email}`).toBeLessThan(500);
    }
  }
  const session = await writeSession(server.db, 'lead@toezicht.example');
  const answer = await postAction(
    `${server.origin}/accessibility`,
    action('(supervisor)/reviews/decision-actions.ts#closeAssessmentAction'),
    { session, form: { assessmentId, reasonKind: 'other', reason: '\0' }, previous: { status: 'idle', typed: {} } },
  );
  expect(await answer.text()).toContain('reason_given');
});

test('data that no script of ours would send is refused, and never breaks the server', async ({ server }) => {
  const session = await writeSession(server.db, 'coordinator@waterkant.example');
  const { assessmentId } = await readScene(server.db);
  const save = (body: string) =>
    send(`${server.origin}/api/assessments/${assessmentId}/answers`, {
      session,
      method: 'POST',
      body,
      headers: { origin: server.origin, 'content-type': 'application/json' },
    });
  const nested = { assessmentId: { $ne: null }, criterionKey: ['I.2.a'], version: {}, explanation: null };
  const bodies = [null, 5, 'text', [], [[]], {}, nested, JSON.parse('{"__proto__":{"criterionKey":"I.2.a"}}')];
  const tooLong = { criterionKey: 'I.2.a', version: 1, explanation: 'a'.repeat(200_000) };
  for (const body of [...[...bodies, tooLong].map((data) => JSON.stringify(data)), '', '{', '\0']) {
    const answer = await save(body);
    expect([answer.status, await answer.text()], body.slice(0, 80)).toEqual([
      200,
      expect.stringContaining('"code":"invalid"'),
    ]);
  }
});

test('a server that nothing stands in front of does not start', async () => {
  const cluster = JSON.parse(process.env.TREDE_TEST_CLUSTER ?? 'null') as TestCluster;
  const server = spawn(process.execPath, ['server.js'], {
    cwd: join(process.cwd(), '.next', 'standalone'),
    env: {
      ...process.env,
      NODE_OPTIONS: '',
      NODE_ENV: 'production',
      DATABASE_URL: databaseUrl(cluster, 'nowhere'),
      TREDE_ORIGIN: 'http://localhost',
      TREDE_STORAGE: '/nowhere',
      HOSTNAME: '127.0.0.1',
      PORT: '0',
    },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  server.stderr.on('data', (part) => (said += part));
  expect(await new Promise((resolve) => server.once('exit', resolve))).toBe(1);
  expect(said).toContain('front.ts does not stand before it');
});

test('signing in leads to this site and nowhere else', async ({ server }) => {
  const session = await writeSession(server.db, 'coordinator@waterkant.example');
  const away = [
    evil,
    '//evil.example',
    '/\\evil.example',
    '/\t/evil.example',
    '/%09/evil.example',
    'javascript:alert(1)',
  ];
  for (const to of away) {
    const page = await send(`${server.origin}/sign-in?to=${encodeURIComponent(to)}`, { session });
    const target = new URL(page.headers.get('location') ?? '', server.origin);
    expect(target.origin, to).toBe(server.origin);
    const entered = await signIn(server, { to });
    const [next = ''] = (entered.headers.get('x-action-redirect') ?? entered.headers.get('location') ?? '').split(';');
    expect(next, to).toMatch(/^\//);
    expect(new URL(next, server.origin).origin, to).toBe(server.origin);
    const chosen = await postAction(`${server.origin}/`, chooseLocale(), { form: { locale: 'nl', returnTo: to } });
    const [back = ''] = (chosen.headers.get('x-action-redirect') ?? chosen.headers.get('location') ?? '').split(';');
    expect(new URL(back, server.origin).origin, to).toBe(server.origin);
  }
});

function signIn({ origin }: Server, form: Record<string, string>) {
  return postAction(`${origin}/sign-in`, action('(auth)/sign-in/actions.ts#signInAction'), {
    form: { email: 'coordinator@waterkant.example', password: demoPassword, to: '/', ...form },
    previous: { problem: 'none', email: '' },
  });
}

/** A write that shows when it was done: it sets a cookie. */
function postLocale({ origin }: Server, path: string, method: string, headers: Record<string, string>) {
  const body = new FormData();
  body.append('_1_locale', 'en');
  body.append('_1_returnTo', '/');
  body.append('0', '["$K1"]');
  return send(origin + path, { method, body, headers: { 'next-action': chooseLocale(), ...headers } });
}
