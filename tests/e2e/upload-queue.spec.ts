import { randomUUID } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { criterionOf } from '../support/criterion-page.ts';
import { expect, type Server, test } from '../support/e2e.ts';
import { type Insurer, makeInsurer, setDeadline } from '../support/insurer-work.ts';

const rows = (name: string, bytes: number) => ({
  name,
  mimeType: 'text/csv',
  buffer: Buffer.concat([Buffer.from('datum;uitkomst\n'), Buffer.alloc(bytes, '2026-11-22;akkoord\n')]),
});
/** Three parts of 8 MB, on disk: chosen again it is the same file, last changed at the same moment. */
function large(name: string): string {
  const file = join(mkdtempSync(join(tmpdir(), 'trede-queue-')), name);
  writeFileSync(file, rows(name, 20_000_000).buffer);
  return file;
}

// An insurer of their own: other journeys close, fill and end those of the demo.
let made: Promise<Insurer> | undefined;
const insurerOf = ({ db }: Server) => {
  made ??= makeInsurer(db).then(async (insurer) => {
    await setDeadline(db, insurer, new Date(Date.now() + 20 * 86_400_000));
    return insurer;
  });
  return made;
};
const coordinatorOf = async (server: Server) => (await insurerOf(server)).people.coordinator.email;

test('two hundred files at once all arrive, each once', async ({ server, signedIn }) => {
  const page = await open(await signedIn(await coordinatorOf(server)), server, 'I.3.a');
  await send(
    page,
    Array.from({ length: 200 }, (_, place) => rows(`meting ${place + 1}.csv`, 40)),
  );
  await expect(page.getByText('200 van 200 bestanden toegevoegd')).toBeVisible({ timeout: 60_000 });
  await expect(page.getByRole('list', { name: /^Bewijsstukken bij/ }).locator('> li')).toHaveCount(200);
});

test('a file is paused, goes on, and is given up; another tab leaves it alone and sees what became of it', async ({
  server,
  signedIn,
}) => {
  const page = await open(await signedIn(await coordinatorOf(server)), server, 'I.3.b');
  const [gate, file] = [await hold(page), large('lang.csv')];
  await send(page, file);
  await gate.reached;
  const line = page.locator('.uploads li').filter({ hasText: 'lang.csv' });
  await line.getByRole('button', { name: 'Pauzeren: lang.csv' }).click();
  await expect(line).toContainText('gepauzeerd');

  const other = await open(await page.context().newPage(), server, 'I.3.b');
  const theirs = other.locator('.uploads li').filter({ hasText: 'lang.csv' });
  await expect(theirs).toContainText('wordt in een ander tabblad verstuurd');
  await send(other, file);
  gate.open();
  await line.getByRole('button', { name: 'Verder gaan: lang.csv' }).click();
  await expect(line).toContainText('toegevoegd', { timeout: 30_000 });
  const pieces = (of: Page) =>
    of.getByRole('list', { name: /^Bewijsstukken bij/ }).locator('> li', { hasText: 'lang' });
  await expect(pieces(page)).toHaveCount(1);
  // The other tab sees that it is there, and has nothing left to say of it.
  await expect(pieces(other)).toHaveCount(1);
  await expect(theirs).toHaveCount(0);

  const second = await hold(page);
  await send(page, large('weg.csv'));
  await second.reached;
  const gone = page.locator('.uploads li').filter({ hasText: 'weg.csv' });
  await gone.getByRole('button', { name: 'Niet meer versturen: weg.csv' }).click();
  await expect(gone).toHaveCount(0);
  second.open();
});

test('parts of one file come in through two processes in turn', async ({ server, signedIn }) => {
  const { assessmentId } = await insurerOf(server);
  const page = await signedIn(await coordinatorOf(server));
  const second = await server.another();
  try {
    const bytes = rows('beurt.csv', 300_000).buffer;
    const id = randomUUID();
    const said = { evidenceId: id, fileName: 'beurt.csv', criterionKey: 'I.3.c' };
    const metadata = Object.entries(said).map(([name, value]) => `${name} ${Buffer.from(value).toString('base64')}`);
    const of = `/api/assessments/${assessmentId}/uploads`;
    const at = (origin: string) => ({ origin, 'tus-resumable': '1.0.0' });
    const begun = await page.request.post(server.origin + of, {
      headers: { ...at(server.origin), 'upload-length': String(bytes.length), 'upload-metadata': metadata.join(',') },
    });
    expect(begun.status()).toBe(201);
    const size = 100_000;
    for (let offset = 0, turn = 0; offset < bytes.length; offset += size, turn += 1) {
      const origin = turn % 2 === 0 ? second.origin : server.origin;
      const part = await page.request.patch(`${origin}${of}/${id}`, {
        headers: { ...at(origin), 'upload-offset': String(offset), 'content-type': 'application/offset+octet-stream' },
        data: bytes.subarray(offset, offset + size),
      });
      expect(part.status()).toBe(204);
    }
    const stored = await page.request.post(`${second.origin}${of}/${id}`, {
      headers: { origin: second.origin },
      data: { aboutPeriod: '' },
    });
    expect(await stored.json()).toMatchObject({ code: null, scan: 'clean' });
    const opened = await page.request.get(`${server.origin}/api/evidence/${id}`);
    expect((await opened.body()).equals(bytes)).toBe(true);
  } finally {
    await second.stop();
  }
});

/** The page of a criterion, with the form that adds files open. */
async function open(page: Page, server: Server, key: string) {
  await page.goto(criterionOf(await insurerOf(server), key));
  await page.locator('summary', { hasText: 'Bestand toevoegen' }).click();
  return page;
}

async function send(page: Page, files: string | { name: string; mimeType: string; buffer: Buffer }[]) {
  await page.getByLabel('Bestanden', { exact: true }).setInputFiles(files);
  await page.getByRole('button', { name: 'Bestanden toevoegen' }).click();
}

/** Lets the first part through, and holds what comes after it until it is opened. */
async function hold(page: Page) {
  const reached = Promise.withResolvers<void>();
  const opened = Promise.withResolvers<void>();
  let parts = 0;
  await page.route('**/uploads/**', async (route) => {
    if (route.request().method() === 'PATCH') {
      parts += 1;
      if (parts === 2) {
        reached.resolve();
        await opened.promise;
      }
    }
    await route.continue().catch(() => {});
  });
  return {
    reached: reached.promise,
    open: () => opened.resolve(),
  };
}
