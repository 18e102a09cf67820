import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { ZipFile } from 'yazl';
import type { ClaimCounts } from '#domain/findings.ts';
import type { PublicationContent, PublishedSupplement } from '#domain/snapshot.ts';
import { type DossierPart, dossierZip } from '#lib/reports/dossier-zip.ts';
import { checkDossier } from '#services/dossier/check-dossier.ts';
import {
  about,
  check,
  claimList,
  claimParts,
  evidence,
  part,
  parts,
  problems,
  sha,
  text,
  told,
  zipOf,
} from '../support/sound-dossier.ts';
import { unzip } from '../support/unzip.ts';

let sound: Buffer;
beforeAll(async () => {
  sound = await zipOf(parts());
});

it.each([
  [0, 'This dossier fits.', (zip: Buffer) => zip],
  [1, 'This dossier does not fit:', (zip: Buffer) => Buffer.from(zip).fill('x', 200, 201)],
  [2, '', (zip: Buffer) => zip.subarray(0, -1)],
])('the command ends with %i', (status, said, change) => {
  const folder = mkdtempSync(join(tmpdir(), 'trede-dossier-'));
  try {
    writeFileSync(join(folder, 'dossier.zip'), change(sound));
    const script = fileURLToPath(new URL('../../scripts/verify.ts', import.meta.url));
    const run = spawnSync(process.execPath, ['--conditions=react-server', script, 'dossier.zip'], {
      encoding: 'utf8',
      env: { ...process.env, INIT_CWD: folder },
    });
    expect([run.status, run.stdout.split('\n')[0]]).toEqual([status, said]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

describe('a dossier', { timeout: 120_000 }, () => {
  it('fits when nothing was changed, and is made of the same bytes twice', async () => {
    expect(await check(sound)).toMatchObject({ kind: 'fits' });
    expect(sound.equals(await zipOf(parts()))).toBe(true);
  });

  it('tells of any byte that was changed, wherever it stands', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(sound.length - 1), fc.integer({ min: 1, max: 255 }), async (at, flip) => {
        const changed = Buffer.from(sound);
        changed[at] = (changed[at] as number) ^ flip;
        expect((await check(changed)).kind).not.toBe('fits');
      }),
      { numRuns: 60 },
    );
    // The structure around the files, byte by byte: the end of the zip, and the head of its first file.
    for (const at of [...Array(50).keys(), ...Array.from({ length: 120 }, (_, back) => sound.length - 1 - back)]) {
      const changed = Buffer.from(sound);
      changed[at] = (changed[at] as number) ^ 1;
      expect((await check(changed)).kind).not.toBe('fits');
    }
  });

  it('tells what is missing and what is too much', async () => {
    expect(await problems(await zipOf(parts().filter(({ name }) => !name.startsWith('submissions/'))))).toContain(
      'submission 1, which it judges, is missing',
    );
    expect(await problems(await zipOf(parts().slice(0, 3)))).toContain('manifest.json does not say');
    const more = part(`evidence/${sha('meer')}`, 'meer');
    expect(await problems(await zipOf([...parts(), more]))).toContain('belongs to no submission');
    expect(await problems(await zipOf([...parts().slice(0, 3), part(`evidence/${sha('beleid')}`, 'ander')]))).toContain(
      'does not hold what its name says',
    );
    const second = { ...told().content, edition: 3, reason: 'Hersteld.', publishedAt: '2026-05-01T10:00:00.000Z' };
    const jumped = [...parts(), part('publications/3.json', text(second))];
    expect(await problems(await zipOf(jumped, { edition: 3 }))).toContain('publications/2.json is missing');
  });

  it('holds what was sent after signing, with its files, and tells when that was changed', async () => {
    const sent = {
      title: 'Meer',
      fileName: 'meer.txt',
      webAddress: null,
      seenOn: null,
      sha256: sha('meer'),
      locator: 'bladzijde 2',
    };
    const replies = {
      schema: 'trede-replies-1',
      reference: 'TR-2018-0117',
      supplements: [
        { criterion: 'I.2.a', question: 'Waar?', text: 'Hier.', sentAt: '2026-02-01T10:00:00.000Z', evidence: [sent] },
      ],
      responses: [],
    };
    const more = [part(`evidence/${sha('meer')}`, 'meer')];
    const having = (given: unknown) => [
      ...parts().slice(0, 2),
      part('replies.json', text(given)),
      ...parts().slice(2),
      ...more,
    ];
    expect(await check(await zipOf(having(replies)))).toMatchObject({
      kind: 'fits',
      facts: expect.arrayContaining([expect.stringContaining('1 supplement(s)')]),
    });
    expect(await problems(await zipOf(having({ ...replies, reference: 'TR-1' })))).toContain('is about another case');
    expect(await problems(await zipOf(having({ ...replies, supplements: [] })))).toContain(
      'no submission and no reply',
    );
    expect(await problems(await zipOf(having({ ...replies, schema: 'x' })))).toContain(
      'not the canonical JSON of what',
    );
    expect(await problems(await zipOf(having(replies).slice(0, -1)))).toContain('manifest.json does not say');
    expect((await check(await zipOf(having({ ...replies, responses: 5 })))).kind).toBe('wrong');
  });

  it('holds what an edition tells of supplements and hearings against what was sent, and lets older ones tell nothing', async () => {
    const piece = {
      id: '00000000-0000-4000-8000-0000000000e2',
      title: 'Meer',
      fileName: null,
      webAddress: 'https://example.nl/meer',
      seenOn: '2026-02-01',
      sha256: null,
      locator: 'bladzijde 2',
    };
    const [early, late] = ['2026-02-01T10:00:00.000Z', '2026-06-01T10:00:00.000Z'];
    const supplement = { question: 'Waar?', text: 'Hier.', sentAt: early, evidence: [piece] };
    const heard = { version: 1, sentAt: early, evidence: [piece] };
    const { content: older, snapshot } = told();
    const telling = (supplements: readonly PublishedSupplement[]) => ({
      ...older,
      criteria: older.criteria.map((one) => ({ ...one, supplements: one.key === 'I.2.a' ? supplements : [] })),
      sections: older.sections.map((one) => ({
        ...one,
        ...(one.key === 'I' && { hearing: { objection: 'Niet eens.', answer: 'Toch.' } }),
        heardEvidence: one.key === 'I' ? [heard] : [],
      })),
    });
    const zip = (content: PublicationContent, sent = supplement, title = 'Meer', more: readonly object[] = []) => {
      const [edition, signed, ...rest] = parts({ content, snapshot });
      const statement = { section: 'I', agrees: false, text: 'Niet eens.', evidence: [{ ...piece, title }] };
      const replies = {
        schema: 'trede-replies-1',
        reference: older.reference,
        supplements: [{ ...sent, criterion: 'I.2.a' }, ...more],
        responses: [{ version: 1, sentAt: early, statements: [statement] }],
      };
      return zipOf([edition as DossierPart, signed as DossierPart, part('replies.json', text(replies)), ...rest]);
    };
    expect(await check(await zip(telling([supplement])))).toMatchObject({ kind: 'fits' });
    // What was called otherwise since, what the platform asked, what came after publishing, and older editions.
    expect(await check(await zip(telling([supplement]), supplement, 'Nieuwe titel'))).toMatchObject({ kind: 'fits' });
    expect(await check(await zip(telling([{ ...supplement, question: null }])))).toMatchObject({
      kind: 'fits',
    });
    const after = { ...supplement, criterion: 'I.2.a', sentAt: late };
    expect(await check(await zip(telling([supplement]), supplement, 'Meer', [after]))).toMatchObject({ kind: 'fits' });
    const wrong = 'publications/1.json: I.2.a: its supplements are not those that were sent.';
    expect(await problems(await zip(telling([])))).toBe(wrong);
    expect(await problems(await zip(telling([{ ...supplement, text: 'Daar.' }])))).toBe(wrong);
    expect(await problems(await zip(telling([supplement, supplement])))).toBe(wrong);
    expect(await problems(await zip(telling([{ ...supplement, evidence: [{ ...piece, locator: '3' }] }])))).toBe(wrong);
    const silent = telling([supplement]);
    const without = { ...silent, sections: silent.sections.map((one) => ({ ...one, heardEvidence: [] })) };
    expect(await problems(await zip(without))).toBe(
      'publications/1.json: section I: its evidence of the hearing is not what was sent.',
    );
  });

  it('holds the counts of claim files against themselves and the framework', async () => {
    const { content, snapshot } = told({ confirmed: ['I.2.a', 'I.3.d', 'I.4.c'] });
    const sample = { listSha256: sha(claimList), listed: 40, drawn: 10 };
    const sound: ClaimCounts = { ...sample, conform: 6, notConform: 2, undeterminable: 1, open: 1 };
    const quoting = (quotes: Record<string, ClaimCounts>) => {
      const criteria = content.criteria.map((one) => {
        const claimCounts = quotes[one.key];
        return one.verdict && claimCounts ? { ...one, verdict: { ...one.verdict, claimCounts } } : one;
      });
      return zipOf([...parts({ content: { ...content, criteria }, snapshot }), ...claimParts()]);
    };
    expect(await check(await quoting({ 'I.3.c': sound, 'I.4.c': { ...sound, conform: 7, open: 0 } }))).toMatchObject({
      kind: 'fits',
    });
    const wrong = (sentence: string) => `publications/1.json: ${sentence}`;
    const sum = wrong('I.3.c: the counts of its claim files do not make the number that was drawn.');
    expect(await problems(await quoting({ 'I.3.c': { ...sound, conform: 7 } }))).toBe(sum);
    expect(await problems(await quoting({ 'I.3.c': { ...sound, conform: 10, notConform: -2 } }))).toBe(sum);
    expect(await problems(await quoting({ 'I.3.c': { ...sound, listed: 9 } }))).toContain(
      wrong('I.3.c: more claim files were drawn than the list holds.'),
    );
    expect(
      await problems(await quoting({ 'I.3.c': { ...sample, conform: 0, notConform: 0, undeterminable: 0, open: 10 } })),
    ).toBe(wrong('I.3.c: it counts claim files of which none was looked at.'));
    expect(await problems(await quoting({ 'I.2.a': sound }))).toBe(
      wrong('I.2.a: it counts claim files, where the framework asks for none.'),
    );
    const other = { ...sound, listSha256: 'cd'.repeat(32) };
    expect(await problems(await quoting({ 'I.3.c': sound, 'I.3.d': other }))).toContain(
      wrong('its claim files were not drawn at once from one list.'),
    );
  });

  it('computes every score again, even when every hash was made to fit', async () => {
    expect(await problems(await zipOf(parts(told({ total: '5' }))))).toContain('the total is not the mean');
    const { content, snapshot } = told();
    const better = {
      ...content,
      criteria: content.criteria.map((one) =>
        one.verdict ? { ...one, verdict: { ...one.verdict, response: 'met' } } : one,
      ),
    } as PublicationContent;
    expect(await problems(await zipOf(parts({ content: better, snapshot })))).toContain(
      'section I: the computed score',
    );
    const praised = snapshot.replace('Zo doen wij het.', 'Zo doen wij alles.');
    expect(await problems(await zipOf(parts({ content, snapshot: praised })))).toContain(
      'the submission that it judges is another',
    );
    const unreasoned = { ...content, sections: content.sections.map((one) => ({ ...one, reason: '' })) };
    expect(await problems(await zipOf(parts({ content: unreasoned, snapshot })))).toContain('without a reason');
  });

  const later = ({ previousSha256: _, ...content }: PublicationContent, more: Partial<PublicationContent>) => ({
    ...content,
    edition: content.edition + 1,
    reason: 'Hersteld.',
    publishedAt: `2026-0${content.edition + 4}-01T10:00:00.000Z`,
    ...more,
  });
  const chained = (editions: readonly PublicationContent[], { snapshot } = told()) =>
    zipOf(
      [
        ...editions.map((content) => part(`publications/${content.edition}.json`, text(content))),
        ...parts({ content: told().content, snapshot }).slice(1),
      ],
      { edition: editions.length },
    );

  it('tells when an edition was exchanged under the one that replaced it', async () => {
    const { content: first } = told();
    const second = later(first, { previousSha256: sha(text(first)) });
    const third = later(second, { previousSha256: sha(text(second)) });
    expect(await check(await chained([first, second, third]))).toMatchObject({
      kind: 'fits',
      facts: expect.arrayContaining([
        expect.stringContaining(`Edition 1: total ${first.total}, SHA-256 ${sha(text(first))}`),
        expect.stringContaining('Compare the SHA-256 of each edition'),
      ]),
    });
    const praised = first.sections.map((one) => (one.key === 'I' ? { ...one, reason: 'Geheel anders.' } : one));
    expect(await problems(await chained([{ ...first, sections: praised }, second, third]))).toBe(
      'publications/2.json replaces another edition than the one before: the SHA-256 differs.',
    );
    expect(await problems(await chained([first, second, later(second, {})]))).toBe(
      'publications/3.json does not name the edition before.',
    );
    expect(await problems(await chained([{ ...first, previousSha256: sha('x') }]))).toContain(
      'publications/1.json replaces',
    );
    // What was published before editions named each other.
    expect(await check(await chained([first, later(first, {})]))).toMatchObject({ kind: 'fits' });
  });

  it('holds objections against what was sent, and says what no edition vouches for', async () => {
    const { content, snapshot } = told();
    const objecting = (objection: string) => ({
      ...content,
      sections: content.sections.map((one) =>
        one.key === 'II' ? { ...one, hearing: { objection, answer: 'Ons antwoord.' } } : one,
      ),
    });
    const statement = { section: 'II', agrees: false, text: 'Zo niet.', evidence: [] };
    const sent = [{ version: 1, sentAt: '2026-03-01T10:00:00.000Z', statements: [statement] }];
    const having = (told: PublicationContent, responses: readonly unknown[]) => {
      const [edition, signed, ...rest] = parts({ content: told, snapshot });
      const replies = { schema: 'trede-replies-1', reference: content.reference, supplements: [], responses };
      return zipOf([edition as DossierPart, signed as DossierPart, part('replies.json', text(replies)), ...rest]);
    };
    expect(await check(await having(objecting('Zo niet.'), sent))).toMatchObject({
      kind: 'fits',
      facts: expect.arrayContaining([expect.stringContaining('No edition vouches for replies.json')]),
    });
    expect(await problems(await having(objecting('Zo wel.'), sent))).toBe(
      'publications/1.json: section II: the objection is none that the insurer sent.',
    );
    expect(await problems(await having(content, sent))).toBe(
      'publications/1.json: section II: the objection that the insurer sent is missing.',
    );
    const heard = { version: 1, sentAt: '2026-02-01T10:00:00.000Z', termAt: '2026-03-10T22:59:59.000Z' };
    const answered = (respondedAt: string | null) => ({ ...objecting('Zo niet.'), hearing: { ...heard, respondedAt } });
    expect(await check(await having(answered('2026-03-01T10:00:00.000Z'), sent))).toMatchObject({ kind: 'fits' });
    expect(await problems(await having(answered(null), sent))).toBe(
      'publications/1.json: it tells another response to the draft outcome than the insurer sent.',
    );
    // A response to what was heard after publishing belongs to a later edition.
    const after = sent.map((response) => ({ ...response, sentAt: '2026-06-01T10:00:00.000Z' }));
    expect(await check(await having(content, after))).toMatchObject({ kind: 'fits' });
  });

  it('holds a carried level against the submission, and names a submission that no edition judges', async () => {
    const { content, snapshot } = told();
    const carried = {
      level: 5 as const,
      roundName: '2015-2016',
      publicationId: '00000000-0000-4000-8000-000000000016',
      reason: 'Vorig jaar gemeten.',
    };
    const sections = content.sections.map((one) => (one.key === 'II' ? { ...one, carried } : one));
    expect(await problems(await zipOf(parts({ content: { ...content, sections }, snapshot })))).toBe(
      'publications/1.json: section II: it is not carried as the submission says.',
    );
    const [edition, signed, ...rest] = parts();
    const unjudged = snapshot.replace('"number":1', '"number":2');
    const zip = await zipOf([edition, signed, part('submissions/2.json', unjudged), ...rest] as DossierPart[]);
    expect(await check(zip)).toMatchObject({
      kind: 'fits',
      facts: expect.arrayContaining([expect.stringContaining(`submission 2: compare its SHA-256 ${sha(unjudged)}`)]),
    });
  });

  it('asks for the verdict on a profile question that counts otherwise, where outcomes tell of verdicts', async () => {
    const { content, snapshot } = told();
    const { verdicts, ...before } = content.intake;
    const telling = (intake: PublicationContent['intake']) =>
      zipOf(parts({ content: { ...content, intake }, snapshot }));
    expect(await check(await telling(before))).toMatchObject({ kind: 'fits' });
    const mute = { ...verdicts, ownLossAdjusters: { overrides: true, ground: null, reason: '' } };
    expect(await problems(await telling({ ...before, verdicts: mute }))).toBe(
      'publications/1.json: profile question ownLossAdjusters: it counts otherwise without a ground and a reason.',
    );
    const agreeing = { ...verdicts, ownLossAdjusters: { overrides: false, ground: null, reason: '' } };
    for (const given of [agreeing, {}])
      expect(await problems(await telling({ ...before, verdicts: given }))).toContain(
        'ownLossAdjusters: the verdict does not say that it counts otherwise',
      );
    expect(
      await problems(await telling({ ...content.intake, effective: { ...before.effective, more: true } })),
    ).toContain('more: the framework does not ask it');
  });

  it('closes a file that was being opened when its reader left', async () => {
    const source = new Readable({ read() {} });
    const asked = Promise.withResolvers<void>();
    const given = Promise.withResolvers<Readable>();
    const open = () => {
      asked.resolve();
      return given.promise;
    };
    const zip = dossierZip([...parts().slice(0, 1), { name: evidence.name, open }], about);
    const closed = Promise.race([once(source, 'close').then(() => true), setTimeout(2_000, false)]);
    zip.resume();
    await asked.promise;
    zip.destroy();
    await once(zip, 'close');
    given.resolve(source);
    expect(await closed).toBe(true);
  });

  it('tells what does not fit of files in any shape, and writes nothing that moves a cursor', async () => {
    const { content, snapshot } = told();
    for (const evidence of [5, [null], { a: 1 }, [{ sha256: [] }], 'x']) {
      const shaped = text({ ...JSON.parse(snapshot), evidence });
      const judged = { ...content, submission: { ...content.submission, sha256: sha(shaped) } };
      expect((await check(await zipOf(parts({ content: judged, snapshot: shaped })))).kind).toBe('wrong');
    }
    for (const broken of [{ submission: null }, { criteria: 5 }, { organisation: null }]) {
      const hostile = { ...content, ...broken } as unknown as PublicationContent;
      expect((await check(await zipOf(parts({ content: hostile, snapshot })))).kind).toBe('wrong');
    }
    const name = `Verzekeraar\n- Edition 1: total 5\u001b[2J\u202e`;
    const organisation = { ...content.organisation, name };
    const signed = text({ ...JSON.parse(snapshot), organisation });
    const named = { ...content, organisation, submission: { ...content.submission, sha256: sha(signed) } };
    const verdict = await check(await zipOf(parts({ content: named, snapshot: signed })));
    expect(verdict.kind).toBe('fits');
    expect(JSON.stringify(verdict)).toContain('Verzekeraar');
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
    if (verdict.kind === 'fits') expect(verdict.facts.join('')).not.toMatch(/[\u0000-\u001f\u202e]/);
  });

  it('names a file that only the zip, or only the manifest, holds', async () => {
    const files = [...parts(), part('submissions/2.json', '{}')];
    const packed = async (manifest: string, held: readonly DossierPart[]) => {
      const zip = new ZipFile();
      for (const { name, open } of held) zip.addBuffer(await buffer(await open()), name, { compress: false });
      zip.addBuffer(Buffer.from(manifest), 'manifest.json', { compress: false });
      zip.end();
      return problems(await buffer(zip.outputStream as Readable));
    };
    const manifestOf = async (zip: Buffer) => String(unzip(zip).get('manifest.json'));
    expect(await packed(await manifestOf(sound), files)).toContain(
      'submissions/2.json is in the dossier and not in the manifest.',
    );
    expect(await packed(await manifestOf(await zipOf(files)), parts())).toContain(
      'submissions/2.json is in the manifest and not in the dossier.',
    );
  });

  it('refuses a zip that is made to mislead', async () => {
    expect(await check(Buffer.from('no zip'))).toMatchObject({ kind: 'unreadable' });
    const packed = async (name: string, compress: boolean) => {
      const zip = new ZipFile();
      zip.addBuffer(Buffer.alloc(100_000), name.replace('../', 'aa/'), { compress });
      zip.end();
      const bytes = await buffer(zip.outputStream as Readable);
      return name.startsWith('../') ? Buffer.from(bytes.toString('latin1').replaceAll('aa/', '../'), 'latin1') : bytes;
    };
    expect(await check(await packed('../manifest.json', false))).toMatchObject({ kind: 'unreadable' });
    expect(await check(await packed('manifest.json', true))).toMatchObject({ kind: 'unreadable' });
    expect(await check(await packed('readme.txt', false))).toMatchObject({ kind: 'unreadable' });
    expect(await check(await zipOf([...parts(), evidence]))).toMatchObject({ kind: 'unreadable' });
    expect(await check(Buffer.concat([Buffer.from('x'), sound]))).toMatchObject({ kind: 'unreadable' });
  });

  it('reads nothing of a dossier whose texts are too large, one or all together', async () => {
    const zip = await zipOf(parts());
    const texts = [...parts(), part('manifest.json', '')].filter(({ name }) => !name.startsWith('evidence/'));
    const sizes = await Promise.all(texts.map(async ({ open }) => (await buffer(await open())).length));
    let most = 0;
    const within = (limits: { text: number; texts: number }) => {
      most = 0;
      return checkDossier(
        zip.length,
        async (start, end) => {
          most = Math.max(most, end - start);
          return Uint8Array.from(zip.subarray(start, end));
        },
        limits,
      );
    };
    const largest = Math.max(...sizes);
    await expect(within({ text: largest, texts: zip.length })).resolves.toMatchObject({ kind: 'fits' });
    for (const limits of [
      { text: largest - 1, texts: zip.length },
      { text: largest, texts: sizes.reduce((sum, size) => sum + size, 0) - 1 },
    ]) {
      await expect(within(limits)).resolves.toMatchObject({ kind: 'unreadable' });
      // The list of files alone was read: at the end, where a zip keeps it.
      expect(most).toBeLessThan(largest);
    }
  });

  it('says of a manifest that names thousands of files what does not fit, and how much more', async () => {
    const files = Array.from({ length: 20_000 }, (_, at) => ({ name: `evidence/${at}`, bytes: 1, sha256: '' }));
    const zip = new ZipFile();
    const manifest = text({ schema: 'trede-dossier-1', ...about, files });
    zip.addBuffer(Buffer.from(manifest), 'manifest.json', { compress: false });
    zip.end();
    const verdict = await check(await buffer(zip.outputStream as Readable));
    expect(verdict.kind === 'wrong' && verdict.problems.length).toBe(201);
  });
});
