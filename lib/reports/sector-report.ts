import 'server-only';
import { fromLowest, round1HalfUp, tenthsOf } from '#domain/fraction.ts';
import type { LocalizedText } from '#domain/framework.ts';
import { changeOfMean, isUnchanged, type SectorCriterionView, type SectorFigureView } from '#domain/sector.ts';
import { formatDay, languages } from '#lib/i18n/dates.ts';
import type { Locale } from '#lib/i18n/locale.ts';
import { messages } from '#lib/i18n/messages.ts';
import { sectorSentences } from '#lib/i18n/sector-sentences.ts';
import { compileReport, type ReportData } from './compile-report.ts';
import { fill } from './fill.ts';

/** What the report is made of: one release of a round, as the page shows it. */
export type SectorSource = {
  round: { name: string; productScope: string; periodFrom: string; periodTo: string };
  framework: string;
  shown: { number: number; madeAt: string };
  texts: {
    authority: Locale;
    sections: readonly { key: string; title: LocalizedText }[];
    criteria: readonly { key: string; sectionKey: string; short: LocalizedText }[];
  };
  minimumForMean: number;
  minimumForSpread: number;
  figures: readonly SectorFigureView[];
  criteria: readonly SectorCriterionView[];
  missed: readonly string[];
  before: { name: string } | null;
  locale: Locale;
};

/**
 * The supervisor's report on one release as an accessible PDF, with the figures of the page. Equal releases give equal bytes.
 * @throws ReportFailure
 */
export async function sectorReport(source: SectorSource): Promise<{ fileName: string; pdf: Uint8Array }> {
  return { fileName: sectorFileName(source, 'fileName'), pdf: await compileReport('sector', sectorData(source)) };
}

export function sectorFileName({ round, shown, locale }: SectorSource, file: 'fileName' | 'sheetName'): string {
  const name = { round: round.name.replace(/[^\p{L}\p{N}-]+/gu, '-'), number: shown.number };
  return fill(messages[locale].sector.file[file], name);
}

/** What the template sets, in words. */
export function sectorData(source: SectorSource): ReportData & Record<string, unknown> {
  const { round, shown, figures, locale, texts, before } = source;
  const t = messages[locale].sector;
  const at = { round: round.name, number: shown.number };
  const madeAt = new Date(shown.madeAt);
  const sentences = sectorSentences(source, locale);
  const counted = figures.flatMap(({ key, levels }) => (levels ? [{ key, levels }] : []));
  const most = Math.max(1, ...counted.flatMap(({ levels }) => levels));
  return {
    title: fill(t.title, { round: round.name }),
    description: fill(t.file.description, at),
    author: t.file.author,
    lang: locale,
    normLang: texts.authority,
    instant: {
      year: madeAt.getUTCFullYear(),
      month: madeAt.getUTCMonth() + 1,
      day: madeAt.getUTCDate(),
      hour: madeAt.getUTCHours(),
      minute: madeAt.getUTCMinutes(),
      second: madeAt.getUTCSeconds(),
    },
    footer: fill(t.file.footer, at),
    page: t.file.page,
    about: fill(t.meta, {
      number: shown.number,
      date: formatDay(madeAt, locale),
      scope: round.productScope,
      from: formatDay(round.periodFrom, locale),
      to: formatDay(round.periodTo, locale),
    }),
    framework: fill(t.file.framework, { framework: source.framework }),
    note: fill(t.file.note, { mean: source.minimumForMean, spread: source.minimumForSpread }),
    figures: {
      title: t.figures.title,
      sentence: sentences.figures,
      under: before ? fill(t.figures.scaleBefore, { round: before.name }) : `${t.figures.scale} ${t.figures.noChange}`,
      pictures: figures.map((figure) => meanPicture(source, figure)),
      head: [
        t.figures.section,
        t.figures.mean,
        t.figures.insurers,
        t.figures.spread,
        ...(before ? [fill(t.figures.change, { round: before.name })] : []),
      ],
      rows: figures.map((figure) => [
        nameOf(source, figure.key),
        meanCell(figure, locale),
        String(figure.insurers ?? '–'),
        figure.spread === null ? '–' : decimal(figure.spread, locale),
        ...(before ? [changeOf(figure, source)] : []),
      ]),
    },
    levels: {
      title: t.levels.title,
      sentence: sentences.levels,
      pictures: counted.map(({ key, levels }) => ({
        bars: levels.map((count) => count / most),
        alt: fill(t.pictures.levels, { name: nameOf(source, key), counts: levels.join(', ') }),
      })),
      none: t.levels.none,
      head: [t.figures.section, ...[1, 2, 3, 4, 5].map((level) => fill(t.levels.level, { level }))],
      rows: counted.map(({ key, levels }) => [nameOf(source, key), ...levels.map(String)]),
    },
    missed: {
      title: t.missed.title,
      sentence: sentences.missed,
      pictures: source.missed.map((key) => missedPicture(source, key)),
      none: t.missed.none,
      head: [t.missed.criterion, t.missed.share],
      rows: source.missed.map((key) => {
        const counts = source.criteria.find((one) => one.key === key)?.counts;
        const share = counts ? fill(t.missed.of, { count: counts.missing, insurers: counts.insurers }) : t.tooFew;
        return [criterionName(source, key), share];
      }),
    },
    claims: {
      title: t.claims.title,
      sentence: sentences.claims,
      none: t.tooFew,
      head: [t.figures.section, t.claims.own, t.claims.determined, t.claims.lower, t.claims.equal, t.claims.higher],
      rows: figures.flatMap((figure) => {
        const { key, claims } = figure;
        return claims
          ? [
              [
                nameOf(source, key),
                mean(claims.own, locale),
                meanCell(figure, locale),
                ...[claims.lower, claims.equal, claims.higher].map(String),
              ],
            ]
          : [];
      }),
    },
    criteria: texts.sections.map(({ key }) => criteriaOf(source, key)),
  };
}

/** The bar of a mean, from 0 (a 1) to 1 (a 5), of the figures as they are written; null where there is none. */
function meanPicture(source: SectorSource, { key, mean: exact, ...figure }: SectorFigureView) {
  if (!exact) return null;
  const { locale } = source;
  const before = source.before && figure.before;
  const { mean: words, before: wordsBefore } = messages[locale].sector.pictures;
  const names = { name: nameOf(source, key), mean: mean(exact, locale), round: source.before?.name ?? '' };
  return {
    share: shareOfScale(exact),
    mark: before && shareOfScale(before),
    alt: before ? fill(wordsBefore, { ...names, before: mean(before, locale) }) : fill(words, names),
  };
}

/** The bar of a criterion: the share of the insurers that it keeps from their next score. */
function missedPicture({ criteria, locale }: SectorSource, key: string) {
  const counts = criteria.find((one) => one.key === key)?.counts;
  if (!counts) return null;
  const { missing: count, insurers } = counts;
  const alt = fill(messages[locale].sector.pictures.missed, { key, count, insurers });
  return { share: count / insurers, mark: null, alt };
}

function criteriaOf(source: SectorSource, sectionKey: string) {
  const t = messages[source.locale].sector;
  const names = ['insurers', 'claimedMet', 'met', 'partly', 'notMet', 'changed', 'missing'] as const;
  return {
    title: nameOf(source, sectionKey),
    none: t.tooFew,
    head: [t.criteria.criterion, ...names.map((name) => t.criteria[name])],
    rows: source.texts.criteria.flatMap((criterion) => {
      const counts = source.criteria.find(({ key }) => key === criterion.key)?.counts;
      if (criterion.sectionKey !== sectionKey || !counts) return [];
      return [[criterionName(source, criterion.key), ...names.map((name) => String(counts[name]))]];
    }),
  };
}

function nameOf({ texts, locale }: SectorSource, key: string): string {
  const section = texts.sections.find((one) => one.key === key);
  return section ? `${key} ${section.title[locale]}` : messages[locale].sector.figures.total;
}

function criterionName({ texts, locale }: SectorSource, key: string): string {
  return `${key} ${texts.criteria.find((one) => one.key === key)?.short[locale] ?? ''}`.trim();
}

function meanCell({ mean: exact, computedIn }: SectorFigureView, locale: Locale): string {
  const t = messages[locale].sector;
  if (!exact) return t.tooFew;
  const from = computedIn === null ? '' : ` (${fill(t.figures.takenOver, { number: computedIn })})`;
  return mean(exact, locale) + from;
}

function changeOf(figure: SectorFigureView, { locale }: SectorSource): string {
  const difference = changeOfMean(figure);
  const t = messages[locale].sector.figures;
  if (figure.normChanged) return t.normChanged;
  if (difference === null) return '–';
  const sign = difference.numerator > 0n ? '+' : '';
  const words = isUnchanged(figure) ? t.changeNone : t.changeFrom;
  return fill(words, { change: sign + round1HalfUp(difference, locale), before: mean(figure.before ?? '', locale) });
}

const mean = (exact: string, locale: Locale) => round1HalfUp(fromLowest(exact), locale);
const shareOfScale = (exact: string) => (Number(tenthsOf(fromLowest(exact))) - 10) / 40;
const decimal = (value: number, locale: Locale) =>
  new Intl.NumberFormat(languages[locale], { minimumFractionDigits: 1, maximumFractionDigits: 1 }).format(value);
