import 'server-only';
import { round1HalfUp } from '#domain/fraction.ts';
import type { Criterion, Framework, LocalizedText, Section } from '#domain/framework.ts';
import { type AssessmentScore, type LevelTrace, type SectionScore, sectionScore } from '#domain/scoring.ts';
import type { PinnedEvidence, SubmissionSnapshot } from '#domain/snapshot.ts';
import { formatDay, formatMoment, languages } from '#lib/i18n/dates.ts';
import { inFours } from '#lib/i18n/in-fours.ts';
import type { Locale } from '#lib/i18n/locale.ts';
import { messages } from '#lib/i18n/messages.ts';
import { compileReport, type ReportData } from './compile-report.ts';
import { fill } from './fill.ts';

export type Receipt = {
  snapshot: SubmissionSnapshot;
  /** Of the signed file, lower-case hexadecimal. */
  sha256: string;
  withdrawnAt: Date | null;
  framework: Framework;
  /** Over the insurer's own answers and the outside results of the snapshot. */
  score: AssessmentScore;
  locale: Locale;
};
export type ReceiptFile = { fileName: string; pdf: Uint8Array };

/** A name of the norm, and our translation for who reads another language. */
type Named = { norm: string; courtesy: string | null };

type Words = ReturnType<typeof wordsIn>;
type Source = Receipt & { t: Words; numbers: ReadonlyMap<string, string> };

/**
 * The receipt of a submission as an accessible PDF: what names it, and everything that was signed, with the scores and why
 * they are what they are. Equal submissions give equal bytes.
 * @throws ReportFailure
 */
export async function receiptReport(receipt: Receipt): Promise<ReceiptFile> {
  const t = wordsIn(receipt.locale);
  const { reference, number } = receipt.snapshot;
  const pdf = await compileReport('receipt', receiptData(receipt));
  return { fileName: fill(t.fileName, { reference, number }), pdf };
}

/** What the template sets, in words. */
export function receiptData(receipt: Receipt): ReportData & Record<string, unknown> {
  const { snapshot, framework, score, locale } = receipt;
  const t = wordsIn(locale);
  const numbers = new Map(snapshot.evidence.map(({ id }, place) => [id, `${t.evidence} ${place + 1}`]));
  const source: Source = { ...receipt, t, numbers };
  const { organisation, round, signatory } = snapshot;
  const signedAt = new Date(snapshot.signedAt);
  const moment = formatMoment(signedAt, locale);
  const days = { from: formatDay(round.periodFrom, locale), to: formatDay(round.periodTo, locale) };
  const file = `${snapshot.reference}-${snapshot.number}.json`;
  return {
    title: fill(t.title, { round: round.name }),
    description: fill(t.description, { name: signatory.name, organisation: organisation.name, moment }),
    author: organisation.name,
    lang: locale,
    normLang: framework.authority,
    instant: parts(signedAt),
    footer: fill(t.footer, { reference: snapshot.reference, number: snapshot.number }),
    // The template knows the numbers.
    page: t.page,
    organisation: organisation.name,
    about: fill(t.about, { framework: framework.title[framework.authority], scope: round.productScope, ...days }),
    record: recordOf(source),
    declaration: snapshot.declaration,
    signedBy: fill(t.signedBy, signatory),
    profile: framework.intake.flatMap(({ key, short }) => {
      const value = snapshot.intake[key];
      return value === undefined ? [] : [{ name: short[locale], value: value ? t.yes : t.no }];
    }),
    total: score.total && round1HalfUp(score.total.low, locale),
    sections: framework.sections.map((section) => sectionOf(section, source)),
    evidence: snapshot.evidence.map((piece) => pieceOf(piece, source)),
    words: {
      record: t.record,
      hashWhy: t.hashWhy,
      replaced: t.replaced,
      declaration: t.declaration,
      profile: t.profile,
      scores: t.scores,
      scoresWhy: t.scoresWhy,
      total: t.total,
      answer: t.answer,
      evidence: t.evidence,
      evidenceHead: t.evidenceHead,
      noEvidence: t.noEvidence,
      checkHead: t.checkHead,
      checks: [fill(t.check.download, { file }), fill(t.check.compute, { file }), t.check.compare],
    },
  };
}

function recordOf({ snapshot, framework, sha256, withdrawnAt, locale, t }: Source) {
  const { organisation, round, signatory } = snapshot;
  const signedAt = new Date(snapshot.signedAt);
  const facts = [
    ['reference', snapshot.reference],
    ['number', String(snapshot.number)],
    ['organisation', fill(t.facts.organisationText, organisation)],
    ['round', round.name],
    [
      'period',
      fill(t.about, {
        framework: framework.source.publisher,
        scope: round.productScope,
        from: formatDay(round.periodFrom, locale),
        to: formatDay(round.periodTo, locale),
      }),
    ],
    ['at', fill(t.facts.atText, { moment: formatMoment(signedAt, locale), utc: snapshot.signedAt })],
    ['by', fill(t.signedBy, signatory)],
    ...(withdrawnAt ? [['state', fill(t.withdrawn, { moment: formatMoment(withdrawnAt, locale) })] as const] : []),
    ['hash', inFours(sha256)],
    ['framework', snapshot.framework.ref],
    ['frameworkHash', inFours(snapshot.framework.sha256)],
    ...(snapshot.auditHead ? [['audit', inFours(snapshot.auditHead)] as const] : []),
  ] as const;
  const hashes: readonly string[] = ['hash', 'frameworkHash', 'audit'];
  return facts.map(([key, value]) => ({ term: t.facts[key], value, hash: hashes.includes(key) }));
}

function sectionOf(section: Section, source: Source) {
  const { framework, score, snapshot, locale, t } = source;
  const own = sectionScore(score, section.key) as SectionScore;
  const title = named(section.title, source);
  const carried = snapshot.carried?.[section.key];
  const words = carried ? fill(t.carried, carried) : scoreWords(own, source);
  const stopAt = own.high !== null && own.high < 5 && !carried ? own.high + 1 : null;
  return {
    key: section.key,
    title,
    heading: fill(t.section, { key: section.key, title: section.title[framework.authority] }),
    scoreWords: words,
    stairs: own.low &&
      own.high && {
        low: own.low,
        high: own.high,
        stopAt,
        alt: fill(stopAt === null ? t.stairs : t.stairsStop, { words, stop: stopAt ?? '' }),
      },
    trace: carried ? [carried.reason] : own.applies ? own.levels.map((level) => stepWords(level, own, source)) : [],
    criteria: (carried ? [] : section.criteria).map((criterion) => criterionOf(criterion, source, locale)),
  };
}

function scoreWords({ low, high }: SectionScore, { framework, locale, t }: Source): string {
  if (low === null || high === null) return t.notApplicable;
  if (high > low) return fill(t.scoreCan, { low, high });
  return fill(t.score, { low, level: framework.levels.find(({ level }) => level === low)?.name[locale] ?? '' });
}

function stepWords({ level, reached, passedThrough, criteria }: LevelTrace, own: SectionScore, { t, locale }: Source) {
  const applicable = criteria.filter(({ applies }) => applies);
  const fulfilled = applicable.filter((criterion) => criterion.fulfilled).length;
  const counts = { level, fulfilled, applicable: applicable.length };
  if (passedThrough) return fill(t.trace.passed, { level });
  if (reached) return fill(t.trace.reached, counts);
  const keys = own.stops.filter((key) => applicable.some((criterion) => criterion.key === key));
  if (keys.length === 0) return fill(t.trace.above, counts);
  return fill(t.trace.stops, { level, keys: new Intl.ListFormat(locale).format(keys) });
}

function criterionOf({ key, sectionKey, level, short, text }: Criterion, source: Source, locale: Locale) {
  const { snapshot, framework, score, numbers, t } = source;
  const trace = score.traces[key];
  const applies = trace?.applies === true;
  const outside = snapshot.outside[key];
  const facts = (trace?.because ?? []).flatMap((fact) => framework.intakeQuestion(fact)?.short[locale] ?? []);
  const norm = named(text, source);
  return {
    key,
    level: fill(t.level, { level }),
    heading: capital(short[locale]),
    norm: norm.norm,
    courtesy: norm.courtesy,
    answer: applies ? t.answers[trace.response ?? 'none'] : fill(t.notFor, { facts: facts.join(', ') }),
    counts: trace?.code === 'surpassed' && trace.by ? fill(t.surpassed, { key: trace.by }) : null,
    outside: outside
      ? fill(t.outside, { source: outside.source, day: formatDay(outside.measuredOn, locale) })
      : applies && framework.section(sectionKey)?.outsideAssessor
        ? t.selfDeclared
        : null,
    explanationHead: outside ? t.remark : t.explanation,
    explanation: snapshot.answers[key]?.explanation.trim() ?? '',
    evidence: snapshot.evidenceLinks.flatMap(({ criterionKey, evidenceId, locator }) => {
      const piece = snapshot.evidence.find(({ id }) => id === evidenceId);
      if (criterionKey !== key || !piece) return [];
      const number = numbers.get(evidenceId) ?? '';
      const at = { number, title: piece.title, locator: locator.trim() };
      return [fill(at.locator ? t.evidenceAt : t.evidenceWhole, at)];
    }),
  };
}

function pieceOf(piece: PinnedEvidence, { snapshot, numbers, locale, t }: Source) {
  const supports = snapshot.evidenceLinks.filter(({ evidenceId }) => evidenceId === piece.id);
  const facts = [
    ['file', piece.fileName],
    ['type', piece.mediaType],
    [
      'size',
      piece.sizeBytes === null
        ? null
        : fill(t.piece.sizeText, { bytes: new Intl.NumberFormat(languages[locale]).format(piece.sizeBytes) }),
    ],
    ['web', piece.webAddress],
    ['seen', piece.seenOn && formatDay(piece.seenOn, locale)],
    ['period', piece.aboutPeriod],
    ['effective', piece.effectiveOn && formatDay(piece.effectiveOn, locale)],
    ['version', piece.version > 1 ? String(piece.version) : null],
    ['hash', piece.sha256 && inFours(piece.sha256)],
    ['supports', [...new Set(supports.map(({ criterionKey }) => criterionKey))].join(', ')],
  ] as const;
  return {
    number: numbers.get(piece.id) ?? '',
    title: piece.title,
    facts: facts.flatMap(([key, value]) => (value ? [{ term: t.piece[key], value }] : [])),
  };
}

function named(text: LocalizedText, { framework, locale }: Source): Named {
  const norm = text[framework.authority];
  return { norm, courtesy: locale === framework.authority ? null : text[locale] };
}

const wordsIn = (locale: Locale) => messages[locale].receipt.pdf;

const parts = (at: Date) => ({
  year: at.getUTCFullYear(),
  month: at.getUTCMonth() + 1,
  day: at.getUTCDate(),
  hour: at.getUTCHours(),
  minute: at.getUTCMinutes(),
  second: at.getUTCSeconds(),
});

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
