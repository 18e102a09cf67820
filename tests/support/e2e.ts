import { type ChildProcess, spawn } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, test as base, expect, type Page } from '@playwright/test';
import axe from 'axe-core';
import { type Database, openDatabase } from '#db/client.ts';
import { demoPassword } from '#db/seed/demo-accounts.ts';
import { diskStorage } from '#lib/storage/disk-storage.ts';
import type { Storage } from '#lib/storage/storage.ts';
import { serverFlags } from '../../scripts/serve.ts';
import { copyTemplate, databaseUrl, dropCopy, seededFiles, seededTemplate, type TestCluster } from './cluster.ts';
import { writeSession } from './session.ts';

export { expect };

/**
 * A server of one worker: its own process, its own copy of the filled database, its own folder for files. Each file of
 * tests begins with a database as it was seeded, so that no journey finds what another one left.
 */
export type Server = {
  origin: string;
  db: Database;
  /** The files of its folder, for verbs that a journey calls beside the browser. */
  storage: Storage;
  /** Ends the process the hard way, and starts another one on the same address and database. */
  killAndRestart: () => Promise<void>;
  /** Another process on the same address, with another copy of the filled database. */
  startAfresh: () => Promise<void>;
  /** A second process of the same platform, on an address of its own. */
  another: () => Promise<{ origin: string; stop: () => Promise<void> }>;
};

type Fixtures = {
  /** Opens a browser of its own, signed in as a person of the demo. */
  signedIn: (
    email: string,
    options?: { javaScriptEnabled?: boolean; locale?: 'nl' | 'en'; at?: string },
  ) => Promise<Page>;
};

export const test = base.extend<Fixtures & { failOnConsoleErrors: undefined; ownDemo: undefined }, { server: Server }>({
  server: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads which fixtures are needed from the pattern
    async ({}, use) => {
      const cluster = JSON.parse(process.env.TREDE_TEST_CLUSTER ?? 'null') as TestCluster;
      const storage = mkdtempSync(join(tmpdir(), 'trede-e2e-'));
      cpSync(seededFiles(), storage, { recursive: true });
      const port = await freePort();
      const origin = `http://localhost:${port}`;
      let name = await copyTemplate(cluster, seededTemplate);
      let connected = openDatabase(databaseUrl(cluster, name), 2);
      const startAt = (at: number) =>
        startServer(at, {
          DATABASE_URL: databaseUrl(cluster, name),
          TREDE_ORIGIN: `http://localhost:${at}`,
          TREDE_STORAGE: storage,
        });
      let child = await startAt(port);
      const end = async () => {
        await ended(child, 'SIGTERM');
        await connected.close();
        await dropCopy(cluster, name);
      };
      await use({
        origin,
        get db() {
          return connected.database;
        },
        storage: diskStorage(storage),
        killAndRestart: async () => {
          await ended(child, 'SIGKILL');
          child = await startAt(port);
        },
        startAfresh: async () => {
          await end();
          name = await copyTemplate(cluster, seededTemplate);
          connected = openDatabase(databaseUrl(cluster, name), 2);
          child = await startAt(port);
        },
        another: async () => {
          const at = await freePort();
          const second = await startAt(at);
          return { origin: `http://localhost:${at}`, stop: () => ended(second, 'SIGTERM') };
        },
      });
      await end();
      rmSync(storage, { recursive: true, force: true });
    },
    { scope: 'worker' },
  ],
  ownDemo: [
    async ({ server }, use, { file }) => {
      if (lastFile && lastFile !== file) await server.startAfresh();
      lastFile = file;
      await use(undefined);
    },
    { auto: true },
  ],
  baseURL: async ({ server }, use) => use(server.origin),
  signedIn: async ({ browser, server }, use) => {
    const contexts: BrowserContext[] = [];
    await use(async (email, { javaScriptEnabled = true, locale = 'nl', at = server.origin } = {}) => {
      const context = await browser.newContext({ baseURL: at, javaScriptEnabled });
      contexts.push(context);
      await context.addCookies([
        {
          name: 'trede',
          value: await writeSession(server.db, email),
          url: at,
          httpOnly: true,
          sameSite: 'Lax',
        },
        { name: 'trede-locale', value: locale, url: at },
      ]);
      const page = await context.newPage();
      watchConsole(page);
      return page;
    });
    for (const context of contexts) await context.close();
  },
  page: async ({ page }, use) => {
    watchConsole(page);
    await use(page);
  },
  failOnConsoleErrors: [
    // biome-ignore lint/correctness/noEmptyPattern: a page of its own is opened only for the tests that ask for one
    async ({}, use) => {
      await use(undefined);
      expect(consoleErrors, 'errors in the browser console').toEqual([]);
      consoleErrors.length = 0;
    },
    { auto: true },
  ],
});

/** For journeys of a stranger who has no browser: requests alone. */
export const requests = test.extend({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads which fixtures are needed from the pattern
  failOnConsoleErrors: async ({}, use) => use(undefined),
});

const consoleErrors: string[] = [];

/** The file of the worker's test before this one. */
let lastFile = '';

function watchConsole(page: Page) {
  page.on('console', (message) => {
    // A refused or missing page is what some journeys are about; Chromium logs its status as an error.
    if (message.type() === 'error' && !/Failed to load resource/.test(message.text()))
      consoleErrors.push(message.text());
  });
  page.on('pageerror', (error) => consoleErrors.push(String(error)));
}

/** Fails on any finding of axe, at the width of a desk and at that of 400 % zoom, in the page as it stands. */
export async function expectAccessible(page: Page) {
  expect(await findBarriers(page)).toEqual([]);
}

/** What axe finds in the page as it stands, and where it scrolls sideways, at these widths in px. */
export async function findBarriers(page: Page, widths: readonly number[] = [1440, 320]): Promise<string[]> {
  const size = page.viewportSize();
  const found: string[] = [];
  await page.evaluate(axe.source);
  for (const width of widths) {
    await page.setViewportSize({ width, height: 900 });
    const violations = await page.evaluate(findViolations, standards);
    found.push(...violations.map((violation) => `${width} ${violation}`));
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    if (overflow > 0) found.push(`${width} scrolls sideways by ${overflow} px`);
  }
  if (size) await page.setViewportSize(size);
  return found;
}

/** Tags of the rules of axe: WCAG 2.2, A and AA. */
const standards = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** Runs in the page. Only what is wrong is gathered: the report of all that is right takes axe longer than looking. */
async function findViolations(values: string[]): Promise<string[]> {
  const inPage = globalThis as unknown as { axe: typeof axe };
  const { violations } = await inPage.axe.run({ runOnly: { type: 'tag', values }, resultTypes: ['violations'] });
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' | ')}`);
}

/** Signs in by the form, as a person does. */
export async function signInByForm(page: Page, email: string, password = demoPassword) {
  await page.goto('/sign-in');
  await fillSignIn(page, email, password);
}

/** Signs in on the sign-in page that stands there already, and that may know the way back. */
export async function fillSignIn(page: Page, email: string, password = demoPassword) {
  await page.locator('input[name=email]').fill(email);
  await page.locator('input[name=password]').fill(password);
  await page.locator('main form').getByRole('button').first().click();
}

async function startServer(port: number, settings: Record<string, string>): Promise<ChildProcess> {
  const root = process.cwd();
  const watch = ['--import', join(root, 'scripts', 'end-with-parent.mjs')];
  const child = spawn(process.execPath, [...serverFlags, ...watch, 'server.js'], {
    cwd: join(root, '.next', 'standalone'),
    env: {
      ...process.env,
      NODE_OPTIONS: '',
      ...settings,
      NODE_ENV: 'production',
      PORT: String(port),
      HOSTNAME: '127.0.0.1',
      TREDE_DEMO: '1',
    },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  await expect
    .poll(
      () =>
        fetch(`http://127.0.0.1:${port}/api/health`).then(
          (answer) => answer.status,
          () => 0,
        ),
      { timeout: 30_000 },
    )
    .toBe(200);
  return child;
}

function ended(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  return new Promise((resolve) => {
    child.once('exit', () => resolve());
    child.kill(signal);
  });
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() =>
        typeof address === 'object' && address ? resolve(address.port) : reject(new Error('no port')),
      );
    });
  });
}

/** Waits until the script has taken over what the server drew: before that a click is nobody's, and no timer runs. */
export async function scriptRuns(page: Page, control = 'header button') {
  await page.waitForFunction((selector) => {
    const drawn = document.querySelector(selector);
    return drawn !== null && Object.keys(drawn).some((name) => name.startsWith('__reactProps'));
  }, control);
}
