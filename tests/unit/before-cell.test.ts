import { buffer } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { beforeCell } from '#components/dashboard/before-cell.ts';
import { changeList } from '#components/dashboard/change-list.ts';
import { outcomeDocument } from '#components/dashboard/outcome-document.ts';
import { comparableGroups, trendSentence } from '#components/dashboard/trend-groups.ts';
import type { Framework } from '#domain/framework.ts';
import { outcomeReport } from '#lib/reports/outcome-report.ts';
import { outcomeSheets } from '#lib/reports/outcome-table.ts';
import { xlsxStream } from '#lib/reports/xlsx.ts';
import { parseFramework } from '#services/frameworks/parse-framework.ts';
import { norm, normSource } from '../support/frameworks.ts';
import { outcomeCase, outcomeIntake } from '../support/outcome-case.ts';
import { readPdf } from '../support/read-pdf.ts';
import { readSheets } from '../support/read-sheets.ts';

const met = Object.fromEntries(norm.criteria.map(({ key }) => [key, 'met' as const]));
const before = { I: 3, II: 4, III: 3, IV: 2, V: 3 };
const words = { locale: 'nl', notComparable: 'niet vergelijkbaar' } as const;

/** The norm of an edition before, in which II.3.a read otherwise. */
function editionBefore(): Framework {
  const result = parseFramework(
    normSource
      .replace('edition: "2016-2017"', 'edition: "2013"')
      .replace('De periodieke kwaliteitsaudits richten zich', 'De kwaliteitsaudits richten zich'),
  );
  if (!result.ok) throw new Error(JSON.stringify(result.faults));
  return result.framework;
}

describe('an earlier round under a norm that changed', { timeout: 60_000 }, () => {
  it('is in the table of the screen called not comparable where the section changed, and in the total', () => {
    const [round] = outcomeCase({ intake: outcomeIntake, answers: met, before, beforeUnder: editionBefore() }).dashboard
      .earlier;
    if (!round) throw new Error('no round before');
    const keys = ['I', 'II', 'III', 'IV', 'V', 'total'];
    expect(keys.map((key) => beforeCell(round, key, words))).toEqual([
      '3',
      'niet vergelijkbaar',
      '3',
      '2',
      '3',
      'niet vergelijkbaar',
    ]);
    expect(beforeCell({ ...round, levels: {}, total: null }, 'II', words)).toBe('–');
  });

  it('joins no tread of a round on another product, and names that product', () => {
    const { dashboard } = outcomeCase({
      intake: outcomeIntake,
      answers: met,
      before,
      beforeOf: 'Woonhuisverzekering',
    });
    const [round] = dashboard.earlier;
    if (!round) throw new Error('no round before');
    const now = { ...round, productScope: 'Motorverzekering', comparable: ['I', 'II', 'III', 'IV', 'V'], why: null };
    const groups = comparableGroups([round, { ...now, totalComparable: true }]);
    expect(groups.map(({ joined, totalJoined }) => [joined, totalJoined])).toEqual([
      [[], false],
      [[], false],
    ]);
    expect(trendSentence(round, now).key).toBe('incomparable.product');
    expect(outcomeDocument({ dashboard }, 'nl').sentences).toContain(
      'Met ronde 2015-2016 is het totaal niet te vergelijken: die ging over een ander product (Woonhuisverzekering).',
    );
  });

  it('leads to each criterion where it can be read, by its short name', () => {
    const { dashboard } = outcomeCase({ intake: outcomeIntake, answers: met, before, beforeUnder: editionBefore() });
    const short = norm.criterion('II.3.a')?.short;
    expect(changeList(dashboard.earlier, norm.ref)).toEqual([
      {
        framework: 'afm-claimafhandeling@2013',
        sections: [
          { section: 'II', comparable: false, criteria: [{ kind: 'changed', key: 'II.3.a', short, ref: norm.ref }] },
        ],
      },
    ]);
    const gone = dashboard.earlier.map((round) => ({
      ...round,
      changes: [{ section: 'II', comparable: false, added: [], removed: ['II.3.z'], changed: [] }],
    }));
    expect(changeList(gone, norm.ref)[0]?.sections[0]?.criteria[0]?.ref).toBe('afm-claimafhandeling@2013');
  });

  it('always has a sentence, also where one of the totals is not there', () => {
    const [round] = outcomeCase({ intake: outcomeIntake, answers: met, before }).dashboard.earlier;
    if (!round) throw new Error('no round before');
    expect(trendSentence(round, round).key).toBe('sentence');
    expect(trendSentence({ ...round, total: null }, round).key).toBe('noTotal');
  });

  it('reads the same in the PDF and the sheet', async () => {
    const { dashboard } = outcomeCase({
      intake: outcomeIntake,
      answers: met,
      before,
      beforeUnder: editionBefore(),
    });
    const document = outcomeDocument({ dashboard }, 'nl');
    expect(document.sections.map(({ earlier }) => earlier)).toEqual([
      ['3'],
      ['niet vergelijkbaar'],
      ['3'],
      ['2'],
      ['3'],
    ]);
    const { text } = await readPdf((await outcomeReport(document, 'complete')).pdf);
    expect(text).toContain('nog niet bekend, vorige ronde niet vergelijkbaar');
    expect(text).toContain('Eigen, berekende en vastgestelde score per onderdeel, met de sector en eerdere rondes');
    expect(document.changes).toHaveLength(1);
    expect(text).toContain('Wat er sinds Normenkader 2013 is veranderd');
    expect(text).toMatch(/Onderdeel II, niet vergelijkbaar: anders geformuleerd II\.3\.a \p{L}+/u);
    expect(text).toMatch(/Totaal 5,0 5,0 5,0 nog niet bekend niet vergelijkbaar/);
    const [scores = []] = readSheets(await buffer(xlsxStream(outcomeSheets(document), 'nl')));
    expect(scores.slice(1, 7).map((row) => row[7])).toEqual([3, 'niet vergelijkbaar', 3, 2, 3, 'niet vergelijkbaar']);
  });
});
