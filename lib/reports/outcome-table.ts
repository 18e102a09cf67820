import { fromLowest, toNumber } from '#domain/fraction.ts';
import type {
  OutcomeCriterion,
  OutcomeDocument,
  OutcomePiece,
  OutcomeProfileFact,
  OutcomeSection,
} from '#domain/outcome-document.ts';
import { messages } from '#lib/i18n/messages.ts';
import { fill } from './fill.ts';
import type { Row } from './table-cell.ts';
import type { Sheet } from './xlsx.ts';

/** The sheets of an outcome: scores, every criterion, the profile, what changed in the norm where it did, and what the file is. */
export function outcomeSheets(document: OutcomeDocument): Sheet[] {
  const t = messages[document.locale].downloads.sheets;
  return [
    { name: t.scores, widths: [11, 34, 10, 10, 12, 44, 24, 14, 60, 60, 60, 44, 60], rows: scoreRows(document) },
    {
      name: t.criteria,
      widths: [11, 11, 9, 34, 60, 12, 14, 60, 30, 14, 9, 22, 60, 14, 10, 12, 10, 40, 14, 60, 24, 60, 60],
      rows: criterionRows([document]),
    },
    { name: t.profile, widths: [44, 16, 16, 9, 22, 60], rows: profileRows(document) },
    ...(document.changes.length > 0
      ? [{ name: t.changes, widths: [24, 11, 11, 34, 20, 24], rows: changeRows(document) }]
      : []),
    { name: t.about, widths: [26, 80], rows: aboutRows(document) },
  ];
}

/**
 * The rows of criteria with the scores of their sections and the totals beside them: the whole outcome in one table. What is
 * no longer in the norm stands at the end.
 */
export function* outcomeRows(document: OutcomeDocument): Generator<Row> {
  const { sheets: t } = messages[document.locale].downloads;
  const [head = [], ...rows] = criterionRows([document]);
  const titles = [
    ...head,
    ...[t.sectionOwn, t.sectionComputed, t.sectionReason, t.objection, t.objectionAnswer],
    ...[t.ownTotal, t.computedTotal, t.total, t.heardEvidence, t.changes],
  ];
  yield titles;
  const sections = document.sections.flatMap((section) => section.criteria.map(() => section));
  for (const [place, row] of rows.entries()) {
    const { own = null, computed = null, reason = '', hearing = null, heard = [] } = sections[place] ?? {};
    yield [
      ...row,
      ...[own, computed, reason, hearing?.objection ?? null, hearing?.answer ?? null],
      ...[score(document.own), score(document.computed), document.total && score(document.total.written)],
      heard.map(pieceWords).join('\n'),
      changesOf(document, String(row[1])),
    ];
  }
  const listed = new Set(document.sections.flatMap(({ criteria }) => criteria.map(({ key }) => key)));
  const gone = new Map(
    document.changes.flatMap(({ criteria }) => criteria.map((criterion) => [criterion.key, criterion])),
  );
  for (const { section, key, short } of gone.values()) {
    if (listed.has(key)) continue;
    const cells = [section, key, null, short];
    const empty = Array.from({ length: titles.length - cells.length - 1 }, () => null);
    yield [...cells, ...empty, changesOf(document, key)];
  }
}

/** What changed in a criterion, a line for each earlier version; null where nothing did. */
function changesOf({ changes }: OutcomeDocument, key: string): string | null {
  const lines = changes.flatMap(({ since, criteria }) =>
    criteria
      .filter((criterion) => criterion.key === key)
      .map(({ kindWords, standingWords }) => `${since}: ${kindWords}, ${standingWords}`),
  );
  return lines.length > 0 ? lines.join('\n') : null;
}

function* changeRows({ locale, changes }: OutcomeDocument): Generator<Row> {
  const { sheets: t } = messages[locale].downloads;
  yield [t.changedSince, t.section, t.criterion, t.title, t.change, t.compared];
  for (const { since, criteria } of changes)
    for (const { section, key, short, kindWords, standingWords } of criteria)
      yield [since, section, key, short, kindWords, standingWords];
}

/** One row for each criterion of each outcome, below a head: what was answered, found and decided, and what it counts for. */
export function* criterionRows(documents: Iterable<OutcomeDocument>): Generator<Row> {
  let headed = false;
  for (const document of documents) {
    const t = messages[document.locale].downloads.sheets;
    if (!headed) yield criterionHead(t);
    headed = true;
    for (const section of document.sections) {
      for (const criterion of section.criteria) yield criterionRow(document, section, criterion);
    }
  }
}

type Words = (typeof messages)['nl']['downloads'];

const criterionHead = (t: Words['sheets']): Row => [
  t.section,
  t.criterion,
  t.level,
  t.title,
  t.norm,
  t.applies,
  t.answer,
  t.explanation,
  t.outside,
  t.verdict,
  t.overrides,
  t.ground,
  t.verdictReason,
  t.counts,
  t.fulfilled,
  t.by,
  t.stops,
  t.evidence,
  t.sectionScore,
  t.profile,
  t.convinced,
  t.supplements,
  t.claimFiles,
];

function criterionRow(document: OutcomeDocument, section: OutcomeSection, criterion: OutcomeCriterion): Row {
  const { words } = messages[document.locale].downloads;
  const yesNo = (value: boolean) => (value ? words.yes : words.no);
  return [
    section.key,
    criterion.key,
    criterion.level,
    criterion.short,
    criterion.text.norm,
    yesNo(criterion.applies),
    criterion.answer ? criterion.answerWords : null,
    criterion.explanation,
    criterion.outsideWords,
    criterion.verdict ? criterion.verdictWords : null,
    criterion.verdict ? yesNo(criterion.overrides) : null,
    criterion.groundWords,
    criterion.reason,
    criterion.applies ? criterion.countsWords : null,
    criterion.applies ? yesNo(criterion.fulfilled) : null,
    criterion.by,
    criterion.applies ? yesNo(criterion.stops) : null,
    criterion.pieces.map(pieceWords).join('\n'),
    section.level,
    document.profile
      .filter(({ key }) => criterion.appliesWhen.includes(key))
      .map((fact) => profileWords(document, fact))
      .join('\n'),
    criterion.convincedWords,
    criterion.supplements.map(({ head, text }) => `${head}\n${text}`).join('\n\n'),
    criterion.claimWords,
  ];
}

/** A piece of evidence on one line: title, place, file or address, and how it came in. */
function pieceWords({ title, locator, source, given }: OutcomePiece): string {
  const piece = locator ? `${title}: ${locator}` : title;
  return [source ? `${piece} (${source})` : piece, ...(given ? [given] : [])].join(', ');
}

/** A profile question in one cell: what was answered, and what was found where that differs. */
function profileWords({ locale }: OutcomeDocument, { name, own, effective, differs, ...found }: OutcomeProfileFact) {
  const { profileOther } = messages[locale].downloads.pdf;
  const ground = found.groundWords ? ` (${found.groundWords})` : '';
  const value = differs ? fill(profileOther, { own, effective }) + ground : own;
  return [`${name}: ${value}`, ...(found.reason ? [found.reason] : [])].join('\n');
}

function* profileRows({ locale, profile }: OutcomeDocument): Generator<Row> {
  const { sheets: t, words } = messages[locale].downloads;
  yield [t.profileQuestion, t.answer, t.verdict, t.overrides, t.ground, t.verdictReason];
  for (const { name, own, effective, differs, groundWords, reason } of profile)
    yield [name, own, effective, differs ? words.yes : words.no, groundWords, reason];
}

function* scoreRows(document: OutcomeDocument): Generator<Row> {
  const t = messages[document.locale].downloads.sheets;
  yield [
    t.section,
    t.title,
    t.own,
    t.computed,
    t.determined,
    t.levelName,
    t.sector,
    t.previous,
    t.reason,
    t.objection,
    t.objectionAnswer,
    t.marks,
    t.heardEvidence,
  ];
  for (const section of document.sections) {
    const { key, title, own, computed, level, words, sector, previous, reason, hearing, heard } = section;
    const marks = [...section.profile, ...section.marks];
    yield [
      key,
      title.norm,
      own,
      computed,
      level,
      words,
      score(sector),
      score(previous),
      reason,
      hearing?.objection ?? null,
      hearing?.answer ?? null,
      marks.join('\n'),
      heard.map(pieceWords).join('\n'),
    ];
  }
  const { own, computed, total, sector, previous } = document;
  yield [
    t.total,
    null,
    score(own),
    score(computed),
    total && score(total.written),
    null,
    score(sector),
    score(previous),
    null,
    null,
    null,
    null,
    null,
  ];
  if (total)
    yield [
      t.totalExact,
      null,
      null,
      null,
      toNumber(fromLowest(total.exact)),
      total.exact,
      null,
      null,
      null,
      null,
      null,
      null,
      null,
    ];
}

function* aboutRows(document: OutcomeDocument): Generator<Row> {
  const t = messages[document.locale].downloads.sheets;
  yield [t.about, null];
  yield [t.organisation, document.organisation.name];
  yield [t.number, document.organisation.number];
  yield [t.reference, document.reference];
  yield [t.edition, document.edition];
  yield [t.round, `${document.round.name}: ${document.round.productScope}, ${document.round.period}`];
  yield [t.framework, `${document.framework.title} (${document.framework.ref})`];
  yield [t.published, document.publishedOn];
  yield [t.hash, document.sha256];
  if (document.hearing !== '') yield [t.hearing, document.hearing];
  yield [t.source, document.sectorSource];
}

/** A written score as a number of one decimal; words stay words. */
const score = (written: string) => (/^\d+([.,]\d+)?$/.test(written) ? Number(written.replace(',', '.')) : written);
