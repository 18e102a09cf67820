import { buffer } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { dashboardView } from '#components/dashboard/dashboard-view.ts';
import { hearingWords } from '#components/dashboard/hearing-words.ts';
import { outcomeDocument } from '#components/dashboard/outcome-document.ts';
import { csvStream } from '#lib/reports/csv.ts';
import { type OutcomeReport, outcomeReport } from '#lib/reports/outcome-report.ts';
import { outcomeRows, outcomeSheets } from '#lib/reports/outcome-table.ts';
import { xlsxStream } from '#lib/reports/xlsx.ts';
import { publicationSchema } from '#services/publications/publication-schema.ts';
import { norm } from '../support/frameworks.ts';
import { outcomeCase, outcomeIntake } from '../support/outcome-case.ts';
import { readPdf } from '../support/read-pdf.ts';
import { readSheets } from '../support/read-sheets.ts';

const carried = {
  level: 3 as const,
  roundName: '2016-2017',
  publicationId: '00000000-0000-4000-8000-000000000016',
  reason: 'De sector is hier het jaar ervoor gemeten.',
};

/** Section I determined otherwise than computed, II carried, V answered by the insurer itself. */
function marked() {
  const made = outcomeCase({
    intake: outcomeIntake,
    answers: Object.fromEntries(norm.criteria.map(({ key }) => [key, 'met' as const])),
    levels: { I: 3 },
  });
  const sections = made.content.sections.map((section) =>
    section.key === 'II' ? { ...section, own: 3, computed: 3, level: 3, carried } : section,
  ) as typeof made.content.sections;
  const content = { ...made.content, sections };
  return { content, dashboard: { ...made.dashboard, content } };
}

describe('what is not simply computed from what was measured', { timeout: 60_000 }, () => {
  it('is marked in the complete PDF: another level with its reason, a carried one with round and reason, and what is self-declared', async () => {
    const { dashboard } = marked();
    const document = outcomeDocument({ dashboard }, 'nl');
    const { text } = await readPdf((await outcomeReport(document, 'complete')).pdf);
    expect(text).toContain('De toezichthouder wijkt af van de berekening: berekend 5, vastgesteld 3.');
    expect(text).toContain('Reden bij onderdeel I.');
    expect(text).toContain('Score uit ronde 2016-2017, nu niet gemeten.');
    expect(text).toContain(carried.reason);
    expect(text).toContain(
      'Zelf opgegeven, niet gemeten door een externe beoordelaar: V.2.a, V.2.b, V.3.a, V.4.a en V.5.a.',
    );
  });

  it.each(['board', 'own'] as const)('is marked in short in the PDF %s', async (report) => {
    const { dashboard } = marked();
    const { text } = await readPdf((await outcomeReport(outcomeDocument({ dashboard }, 'nl'), report)).pdf);
    expect(text).toContain('Uit ronde 2016-2017');
    expect(text).toContain('Zelf opgegeven');
    if (report === 'board') expect(text).toContain('berekend 5, vastgesteld 3');
  });

  it('is marked in the sheet, on the screen and in the data', async () => {
    const { dashboard, content } = marked();
    const sheets = readSheets(await buffer(xlsxStream(outcomeSheets(outcomeDocument({ dashboard }, 'nl')), 'nl')));
    const row = (key: string) => (sheets[0]?.find(([first]) => first === key) ?? []).join(' | ');
    expect(row('I')).toContain('5 | 5 | 3');
    expect(row('I')).toContain('Reden bij onderdeel I.');
    expect(row('II')).toContain(`Score uit ronde 2016-2017, nu niet gemeten.\n${carried.reason}`);
    expect(row('V')).toContain('Zelf opgegeven');
    const { sections } = dashboardView(dashboard, 'nl');
    expect(sections.find(({ key }) => key === 'II')?.carried).toEqual(carried);
    expect(sections.find(({ key }) => key === 'V')?.selfDeclared).toHaveLength(5);
    const data = publicationSchema.parse(JSON.parse(JSON.stringify(content)));
    expect(data.sections.find(({ key }) => key === 'II')).toMatchObject({ carried });
  });
});

describe('how the hearing ended', { timeout: 60_000 }, () => {
  const silent = {
    version: 1,
    sentAt: '2026-12-01T10:00:00.000Z',
    termAt: '2026-12-15T22:59:59.000Z',
    respondedAt: null,
  };
  const responded = { ...silent, respondedAt: '2026-12-10T10:00:00.000Z' };
  const objecting = (keys: readonly string[]) =>
    marked().content.sections.map((section) =>
      keys.includes(section.key) ? { ...section, hearing: { objection: 'Zo niet.', answer: 'Toch wel.' } } : section,
    );
  const told = (hearing: typeof silent | typeof responded | undefined, keys: readonly string[] = []) =>
    hearingWords({ ...marked().content, sections: objecting(keys), ...(hearing && { hearing }) }, 'nl');

  it('is told as silence, agreement or the sections that it was about; not where nothing was heard', () => {
    expect(told(silent)).toBe(
      'Zienswijze: geen ontvangen op de conceptuitkomst van 1 december 2026, binnen de termijn tot en met 15 december 2026.',
    );
    expect(told(silent, ['II'])).toContain('niet eens: onderdeel II; beantwoord.');
    expect(told(responded)).toBe(
      `Zienswijze van 10 december 2026: ${marked().content.organisation.name} is het eens met de conceptuitkomst.`,
    );
    expect(told(responded, ['II', 'IV'])).toBe(
      'Zienswijze van 10 december 2026: niet eens met onderdelen II en IV; beantwoord.',
    );
    expect(told(undefined)).toBe('');
  });

  it('stands in both PDF files that are not for publishing, and in the sheet', async () => {
    const { dashboard, content } = marked();
    const heard = { ...dashboard, content: { ...content, hearing: silent } };
    const document = outcomeDocument({ dashboard: heard }, 'nl');
    const textOf = async (report: OutcomeReport) => (await readPdf((await outcomeReport(document, report)).pdf)).text;
    const words = 'geen ontvangen op de conceptuitkomst van 1 december 2026';
    expect(await textOf('board')).toContain(words);
    expect(await textOf('complete')).toContain(words);
    expect(await textOf('own')).not.toContain(words);
    const sheets = readSheets(await buffer(xlsxStream(outcomeSheets(document), 'nl')));
    expect(
      sheets
        .at(-1)
        ?.find(([first]) => first === 'Zienswijze')
        ?.join(' '),
    ).toContain(words);
  });
});

describe('a profile question that the supervisor found otherwise than answered', { timeout: 60_000 }, () => {
  const reason = 'In het register staan twee gevolmachtigd agenten.';
  const found = () =>
    outcomeCase({
      intake: { ...outcomeIntake, authorisedAgents: false },
      answers: Object.fromEntries(norm.criteria.map(({ key }) => [key, 'met' as const])),
      profile: { authorisedAgents: { value: true, ground: 'practice_differs', reason } },
    });
  const note =
    'Profielvraag ‘Volmacht aan gevolmachtigd agenten’: eigen antwoord Nee, oordeel Ja. Daardoor gelden hier andere criteria.';

  it('stands on the screen with ground and reason, and under the section that it decides about', () => {
    const { dashboard } = found();
    const view = dashboardView(dashboard, 'nl');
    expect(view.profile.find(({ differs }) => differs)).toMatchObject({
      key: 'authorisedAgents',
      own: false,
      effective: true,
      ground: 'practice_differs',
      reason,
    });
    expect(view.sections.map(({ key, own, level, otherwise }) => [key, own, level, otherwise.length])).toEqual([
      ['I', 5, 5, 0],
      ['II', 5, 5, 0],
      ['III', 5, 5, 0],
      ['IV', null, 1, 1],
      ['V', 5, 5, 0],
    ]);
  });

  it('stands in the PDF for who reads all of it, and in short in that for the board', async () => {
    const { dashboard } = found();
    const document = outcomeDocument({ dashboard }, 'nl');
    const { text } = await readPdf((await outcomeReport(document, 'complete')).pdf);
    expect(text).toContain('Nee; de toezichthouder stelde vast: Ja (praktijk wijkt af)');
    expect(text).toContain(reason);
    expect(text).toContain(note);
    const board = await readPdf((await outcomeReport(document, 'board')).pdf);
    expect(board.text).toContain(note);
    expect(board.pages).toBe(2);
  });

  it('stands in the sheet, on a page of its own and at the criteria that it decides about, and in the table', async () => {
    const { dashboard } = found();
    const document = outcomeDocument({ dashboard }, 'nl');
    const sheets = readSheets(await buffer(xlsxStream(outcomeSheets(document), 'nl')));
    expect(sheets[2]?.at(-1)?.slice(0, 6)).toEqual([
      'Volmacht aan gevolmachtigd agenten',
      'Nee',
      'Ja',
      'Ja',
      'praktijk wijkt af',
      reason,
    ]);
    expect(sheets[0]?.find(([key]) => key === 'IV')?.join()).toContain(note);
    const lines = (await buffer(csvStream(outcomeRows(document), ','))).toString('utf8');
    expect(lines.split(reason)).toHaveLength((norm.section('IV')?.criteria.length ?? 0) + 1);
  });

  it('is in the data as its schema describes it; what was published before that still is an outcome', async () => {
    const { content, dashboard } = found();
    expect(publicationSchema.parse(content).intake.verdicts?.authorisedAgents).toEqual({
      overrides: true,
      ground: 'practice_differs',
      reason,
    });
    const { verdicts: _, ...intake } = content.intake;
    const before = { ...content, intake };
    expect(publicationSchema.safeParse(before).error).toBeUndefined();
    const document = outcomeDocument({ dashboard: { ...dashboard, content: before } }, 'nl');
    expect(document.profile.at(-1)).toMatchObject({ own: 'Nee', effective: 'Ja', groundWords: '', reason: '' });
    expect(document.sections[3]?.profile).toEqual([note]);
  });
});

describe('the sheet and the table of an outcome', () => {
  it('hold own and computed score, reason, objection and answer of a section, totals, and the name of a file', async () => {
    const { dashboard, content } = marked();
    const hearing = { objection: 'Wij meten dit elk jaar.', answer: 'Wij zagen één meting.' };
    const heard = content.sections.map((section) => (section.key === 'I' ? { ...section, hearing } : section));
    const told = { ...dashboard, content: { ...content, sections: heard } };
    const document = outcomeDocument({ dashboard: told }, 'nl');
    const csv = (await buffer(csvStream(outcomeRows(document), ','))).toString('utf8');
    const [head = '', ...lines] = csv.split('\r\n').map((line) => line.replace(/^\uFEFF/, ''));
    expect(head).toMatch(
      /;Eigen score van het onderdeel;Berekende score van het onderdeel;Reden van de score van het onderdeel;Zienswijze;Antwoord op de zienswijze;Eigen totaal;Berekend totaal;Totaal;Bewijs bij de zienswijze;Veranderd in de norm$/,
    );
    const row = lines.find((line) => line.startsWith('I;I.2.a;')) ?? '';
    expect(row).toContain('Beleid claimbehandeling: bladzijde 4 (beleid.txt)');
    expect(row).toMatch(/;5;5;Reden bij onderdeel I\.;Wij meten dit elk jaar\.;Wij zagen één meting\.;5;5;4,6;;$/);
    const sheets = readSheets(await buffer(xlsxStream(outcomeSheets(document), 'nl')));
    expect(sheets[0]?.[1]?.slice(9, 11)).toEqual([hearing.objection, hearing.answer]);
    expect(sheets[1]?.[1]?.[17]).toBe('Beleid claimbehandeling: bladzijde 4 (beleid.txt)');
  });
});
