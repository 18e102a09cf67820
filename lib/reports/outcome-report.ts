import 'server-only';
import type { OutcomeCriterion, OutcomeDocument, OutcomePiece, OutcomeSection } from '#domain/outcome-document.ts';
import { inFours } from '#lib/i18n/in-fours.ts';
import type { Locale } from '#lib/i18n/locale.ts';
import { messages } from '#lib/i18n/messages.ts';
import { compileReport, type ReportData } from './compile-report.ts';
import { fill } from './fill.ts';

/** `board`: two pages; `complete`: everything; `own`: one page with scores only, which the insurer may publish. */
export const outcomeReports = ['board', 'complete', 'own'] as const;
export type OutcomeReport = (typeof outcomeReports)[number];

const titles = { board: 'boardTitle', complete: 'completeTitle', own: 'ownTitle' } as const;
const fileNames = { board: 'fileBoard', complete: 'fileComplete', own: 'fileOwn' } as const;
const templates = { board: 'outcome-board', complete: 'outcome-complete', own: 'outcome-own' } as const;

/**
 * An outcome as an accessible PDF. Equal outcomes with equal sector figures give equal bytes.
 * @throws ReportFailure
 */
export async function outcomeReport(document: OutcomeDocument, report: OutcomeReport) {
  const pdf = await compileReport(templates[report], outcomeReportData(document, report));
  return { fileName: outcomeFileName(document, fileNames[report]), pdf };
}

/** The name of a file of an outcome, in its language. */
export const outcomeFileName = (
  { locale, reference, edition }: Pick<OutcomeDocument, 'locale' | 'reference' | 'edition'>,
  key: Extract<keyof ReturnType<typeof wordsIn>, `file${string}`>,
) => fill(wordsIn(locale)[key], { reference, edition });

/** What the templates set, in words. */
export function outcomeReportData(
  document: OutcomeDocument,
  report: OutcomeReport,
): ReportData & Record<string, unknown> {
  const t = wordsIn(document.locale);
  const { round, sections, framework, decidedOn: decided, edition, reference } = document;
  const organisation = document.organisation.name;
  const names = {
    organisation,
    subject: framework.subject,
    round: round.name,
    edition,
    reference,
    decided,
    scope: round.productScope,
    period: round.period,
  };
  return {
    title: fill(t[titles[report]], names),
    description: fill(t.description, names),
    author: organisation,
    lang: document.locale,
    normLang: document.authority,
    instant: instantOf(document.publishedAt),
    footer: fill(t.footer, names),
    page: t.page,
    organisation,
    roundName: round.name,
    meta: report === 'own' ? fill(t.ownMeta, { ...names, framework: framework.title }) : fill(t.meta, names),
    standing: document.standing,
    total: document.total?.written ?? '–',
    headline: document.headline,
    sentences: document.sentences,
    hearing: document.hearing,
    scale: [
      { term: organisation, value: document.total?.written ?? '–' },
      { term: t.sector, value: document.sector },
      ...(document.previousName ? [{ term: document.previousName, value: document.previous }] : []),
    ],
    figures: figuresOf(document, t),
    sections: sections.map((section) => sectionData(section, document, t)),
    sectorSource: document.sectorSource,
    changes: document.changes,
    privacy: fill(report === 'own' ? t.ownWhy : t.privacy, names),
    profile: document.profile.map(({ name, own, effective, differs, groundWords, reason }) => ({
      name,
      value: differs ? fill(t.profileOther, { own, effective }) : own,
      ground: groundWords,
      reason,
    })),
    editionReason: document.reason,
    record: recordOf(document, t),
    words: { ...t, reasonEdition: fill(t.reasonEdition, names) },
  };
}

function figuresOf({ sections, earlier, ...document }: OutcomeDocument, t: ReturnType<typeof wordsIn>) {
  return {
    head: [t.section, t.own, t.computed, t.determined, t.sector, ...earlier.map(({ name }) => name)],
    rows: [
      ...sections.map((section) => [
        fill(t.sectionName, { key: section.key, title: section.title.courtesy ?? section.title.norm }),
        section.own ?? '–',
        section.computed ?? '–',
        section.level ?? '–',
        section.sector,
        ...section.earlier,
      ]),
      [
        t.total,
        document.own,
        document.computed,
        document.total?.written ?? '–',
        document.sector,
        ...earlier.map(({ total }) => total),
      ],
    ].map((row) => row.map(String)),
  };
}

function sectionData(section: OutcomeSection, { previousName }: OutcomeDocument, t: ReturnType<typeof wordsIn>) {
  const { level, next, sector, previous, words } = section;
  const stopAt = level !== null && level < 5 ? level + 1 : null;
  return {
    ...section,
    heading: fill(t.sectionName, { key: section.key, title: section.title.norm }),
    stairs: level && {
      low: level,
      stopAt,
      alt: fill(stopAt === null ? t.stairs : t.stairsStop, { words, stop: stopAt ?? '' }),
    },
    compared: previousName ? fill(t.compared, { sector, previous }) : fill(t.comparedSector, { sector }),
    // A board's page holds the beginning of a long reason; the complete report holds all of it.
    reasonShort: shortened(section.reason),
    stopsWords: level === null ? '' : stopsWords(level, next, t),
    needed: next ? fill(t.needed, { level: next.to }) : '',
    heard: section.heard.map(pieceWords),
    criteria: section.criteria.map((criterion) => criterionData(criterion, t)),
  };
}

const longestReason = 240;

function shortened(reason: string): string {
  if (reason.length <= longestReason) return reason;
  const space = reason.lastIndexOf(' ', longestReason);
  return `${reason.slice(0, space > 0 ? space : longestReason).trimEnd()} […]`;
}

function stopsWords(level: number, next: OutcomeSection['next'], t: ReturnType<typeof wordsIn>): string {
  if (next) return '';
  return level === 5 ? t.stopsNone : fill(t.stopsNothing, { level: level + 1 });
}

function criterionData(criterion: OutcomeCriterion, t: ReturnType<typeof wordsIn>) {
  const { verdict, overrides, verdictWords, groundWords, level, by, stops, derived, pieces } = criterion;
  const found = { response: verdictWords, ground: groundWords };
  return {
    ...criterion,
    level: fill(t.level, { level }),
    verdictWords: verdict ? fill(overrides ? t.overridden : t.confirmed, found) : verdictWords,
    notes: [...(by ? [fill(t.by, { by })] : []), ...(stops ? [t.stops] : []), ...(derived ? [t.derived] : [])],
    pieces: pieces.map(pieceWords),
  };
}

const pieceWords = ({ title, locator, source, given }: OutcomePiece) =>
  [title, locator, source, given].filter((part) => part !== '').join(', ');

function recordOf(document: OutcomeDocument, t: ReturnType<typeof wordsIn>) {
  const { submission, framework, locale } = document;
  const s = messages[locale].downloads.sheets;
  const judged = fill(t.submissionText, { number: submission.number, signed: submission.signedOn });
  return [
    { term: s.reference, value: document.reference, hash: false },
    { term: s.organisation, value: `${document.organisation.name}, ${document.organisation.number}`, hash: false },
    { term: s.published, value: document.publishedOn, hash: false },
    { term: t.submission, value: judged, hash: false },
    { term: s.hash, value: inFours(document.sha256), hash: true },
    { term: s.framework, value: framework.ref, hash: false },
  ];
}

function instantOf(iso: string) {
  const at = new Date(iso);
  return {
    year: at.getUTCFullYear(),
    month: at.getUTCMonth() + 1,
    day: at.getUTCDate(),
    hour: at.getUTCHours(),
    minute: at.getUTCMinutes(),
    second: at.getUTCSeconds(),
  };
}

const wordsIn = (locale: Locale) => messages[locale].downloads.pdf;
