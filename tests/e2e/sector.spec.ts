import { randomUUID } from 'node:crypto';
import { releases } from '#db/schema/publications.ts';
import { expect, expectAccessible, type Server, requests as stranger, test } from '../support/e2e.ts';
import { send } from '../support/http.ts';
import { as } from '../support/insurer-work.ts';

const files = [
  ['figures.csv', 'text/csv'],
  ['figures.json', 'application/json'],
  ['dictionary.csv', 'text/csv'],
  ['schema.json', 'application/json'],
] as const;

async function released({ db }: Server) {
  const [release] = await as(db, 'trede_supervisor', (tx) => tx.select().from(releases).limit(1));
  if (!release) throw new Error('the demo has no release');
  return release;
}

stranger('anybody reads what was made public, without an account and without a cookie', async ({ server }) => {
  const { id } = await released(server);
  const page = await send(`${server.origin}/open-data/${id}`);
  expect(page.status).toBe(200);
  expect(page.headers.get('set-cookie')).toBeNull();
  const html = await page.text();
  expect(html).toMatch(/class="hash">([0-9a-f]{4} ){15}[0-9a-f]{4}</);
  for (const [file, type] of files) {
    expect(html).toContain(`/api/open-data/${id}/${file}`);
    const answer = await send(`${server.origin}/api/open-data/${id}/${file}`);
    expect(answer.status, file).toBe(200);
    expect(answer.headers.get('set-cookie'), file).toBeNull();
    expect(answer.headers.get('content-type'), file).toContain(type);
    expect(answer.headers.get('content-disposition'), file).toContain('attachment');
    expect(answer.headers.get('cache-control'), file).toBe('public, max-age=300, must-revalidate');
    expect(answer.headers.get('x-content-type-options'), file).toBe('nosniff');
    const again = await send(`${server.origin}/api/open-data/${id}/${file}`, {
      headers: { 'if-none-match': answer.headers.get('etag') ?? '' },
    });
    expect(again.status, file).toBe(304);
  }
});

stranger('what was not made public is not found, whatever it is asked as', async ({ server }) => {
  const { id } = await released(server);
  const unknown = randomUUID();
  const paths = [
    `/open-data/${unknown}`,
    '/open-data/1',
    `/api/open-data/${unknown}/figures.csv`,
    '/api/open-data/1/figures.csv',
    `/api/open-data/${id}/levels.csv`,
  ];
  for (const path of paths) {
    const answer = await send(`${server.origin}${path}`);
    expect(answer.status, path).toBe(404);
    expect(answer.headers.get('set-cookie'), path).toBeNull();
    expect(answer.headers.get('cache-control') ?? '', path).toContain('no-store');
  }
});

test('a lead takes the sector report along, takes open data back with a reason and makes them public again', async ({
  server,
  signedIn,
}) => {
  const { id, roundId } = await released(server);
  const lead = await signedIn('lead@toezicht.example');
  await lead.goto(`/rounds/${roundId}/sector`);
  for (const [name, ending] of [
    ['Cijfers (XLSX)', /^sectorcijfers-.*\.xlsx$/],
    ['Rapport (PDF)', /^sectorrapport-.*\.pdf$/],
  ] as const) {
    const [download] = await Promise.all([lead.waitForEvent('download'), lead.getByRole('link', { name }).click()]);
    expect(download.suggestedFilename()).toMatch(ending);
  }
  await lead.locator('summary', { hasText: 'Intrekken' }).click();
  await lead.getByRole('textbox', { name: 'Reden' }).fill('Een verkeerd gemiddelde.');
  await lead.getByRole('button', { name: 'Intrekken' }).click();
  await expect(lead.getByText('Van dit sectorbeeld is niets openbaar.')).toBeVisible();
  expect((await send(`${server.origin}/api/open-data/${id}/figures.csv`)).status).toBe(404);
  await lead.locator('summary', { hasText: 'Openbaar maken' }).click();
  await expect(lead.getByText('Openbaar worden alleen deze gemiddelden')).toBeVisible();
  await expectAccessible(lead);
  await lead.getByRole('button', { name: 'Openbaar maken' }).click();
  await expect(lead.getByText('De gemiddelden van dit sectorbeeld zijn openbaar.')).toBeVisible();
  expect((await send(`${server.origin}/api/open-data/${id}/figures.csv`)).status).toBe(200);
});
