import { createTranslator } from 'next-intl';
import type { LocalizedText } from '#domain/framework.ts';
import type {
  NormText,
  OutcomeCriterion,
  OutcomeDocument,
  OutcomePiece,
  OutcomeSection,
} from '#domain/outcome-document.ts';
import type { CriterionTrace, LevelTrace } from '#domain/scoring.ts';
import { formatDay } from '#lib/i18n/dates.ts';
import type { Locale } from '#lib/i18n/locale.ts';
import { messages } from '#lib/i18n/messages.ts';
import type { Dashboard } from '#services/publications/get-dashboard.ts';
import { beforeCell } from './before-cell.ts';
import { changeList, type VersionChanges } from './change-list.ts';
import { claimWords } from './claim-words.ts';
import { type CriterionView, dashboardView, type SectionView } from './dashboard-view.ts';
import { convinced, type PieceView } from './evidence-told.ts';
import { hearingWords } from './hearing-words.ts';
import { valueWord } from './profile-view.ts';
import { verdictWords } from './verdict-words.ts';

/** What an outcome is told from. */
export type OutcomeSource = { dashboard: Dashboard };

type Telling = ReturnType<typeof telling>;

/**
 * Tells an outcome once, for every medium: the numbers are those of the dashboard's view, the words those of its
 * messages. Nothing is scored again.
 */
export function outcomeDocument({ dashboard }: OutcomeSource, locale: Locale): OutcomeDocument {
  const tell = telling(dashboard, locale);
  const { view, t, d } = tell;
  const { content, sector, shown, editions, texts } = dashboard;
  const { organisation, round, framework, submission } = content;
  return {
    locale,
    authority: texts.authority,
    organisation,
    reference: content.reference,
    edition: content.edition,
    reason: content.reason,
    standing: standingWords(tell, shown, editions[0]?.edition ?? content.edition),
    round: {
      name: round.name,
      productScope: round.productScope,
      period: d('period', { from: formatDay(round.periodFrom, locale), to: formatDay(round.periodTo, locale) }),
    },
    framework: { title: texts.title[texts.authority], subject: texts.subject[locale], ...framework },
    decidedOn: formatDay(new Date(content.decidedAt), locale),
    publishedAt: content.publishedAt,
    publishedOn: formatDay(new Date(content.publishedAt), locale),
    sha256: dashboard.sha256,
    submission: { ...submission, signedOn: formatDay(new Date(submission.signedAt), locale) },
    hearing: hearingWords(content, locale),
    ...headlineOf(tell),
    total: view.total && content.total ? { written: view.total.written, exact: content.total } : null,
    own: view.own?.written ?? '–',
    computed: view.computed?.written ?? '–',
    sector: view.sector?.written ?? t(sector ? 'total.tooFew' : 'total.notYet'),
    previous: tell.before('total').at(-1) ?? '–',
    previousName: dashboard.earlier.at(-1)?.name ?? '',
    earlier: tell.before('total').map((total, place) => ({ name: dashboard.earlier[place]?.name ?? '', total })),
    changes: changeList(dashboard.earlier, framework.ref).map((changes) => changesOf(tell, changes)),
    sectorSource: sector
      ? t('foot.sector', {
          number: sector.number,
          round: round.name,
          insurers: sector.insurers ?? 0,
          date: formatDay(new Date(sector.madeAt), locale),
        })
      : t('foot.noSector'),
    profile: view.profile.map(({ key, short, own, effective, differs, ground, reason }) => ({
      key,
      name: short[locale],
      own: t('profile.value', { value: valueWord(own) }),
      effective: t('profile.value', { value: valueWord(effective) }),
      differs,
      groundWords: ground ? tell.c(`grounds.${ground}`) : '',
      reason,
    })),
    sections: view.sections.map((section) => sectionOf(tell, section)),
  };
}

function telling(dashboard: Dashboard, locale: Locale) {
  const { authority } = dashboard.texts;
  const t = createTranslator({ locale, messages: messages[locale], namespace: 'dashboard' });
  const words = { locale, notComparable: t('rounds.notComparable') };
  return {
    dashboard,
    locale,
    view: dashboardView(dashboard, locale),
    t,
    before: (key: string) => dashboard.earlier.map((round) => beforeCell(round, key, words)),
    c: createTranslator({ locale, messages: messages[locale], namespace: 'dashboard.criterion' }),
    d: createTranslator({ locale, messages: messages[locale], namespace: 'downloads.words' }),
    norm: (text: LocalizedText): NormText => ({
      norm: text[authority],
      courtesy: locale === authority ? null : text[locale],
    }),
  };
}

function headlineOf({ view, dashboard, t }: Telling) {
  const { total, sector, previous, behind } = view;
  const organisation = dashboard.content.organisation.name;
  const parts = [
    view.againstSector && t(`total.sector.${view.againstSector}`),
    view.againstPrevious && t(`total.previous.${view.againstPrevious}`),
  ].filter((part) => part !== null);
  const sentences = [
    total ? t('total.score', { organisation, total: total.written }) : t('total.none'),
    sector
      ? t('total.sectorIs', { sector: sector.written })
      : t(dashboard.sector ? 'total.sectorTooFew' : 'total.sectorNotYet'),
    previous && t('total.previousWas', { round: previous.name, previous: previous.written }),
    view.incomparable && t(`total.incomparable.${view.incomparable.why}`, view.incomparable),
    behind && t('total.behind', { section: behind.key, level: behind.level ?? 1 }),
  ].filter((sentence) => typeof sentence === 'string');
  return { headline: parts.length > 0 ? capital(parts.join(t('total.and'))) : t('total.plain'), sentences };
}

function changesOf({ t, locale }: Telling, { framework, sections }: VersionChanges) {
  const since = t('rounds.framework', { edition: framework.split('@')[1] ?? '' });
  const criteria = sections.flatMap(({ section, comparable, criteria: changed }) =>
    changed.map(({ kind, key, short }) => ({
      section,
      key,
      short: short[locale],
      kindWords: t(`rounds.${kind}`),
      standingWords: t(comparable ? 'rounds.declared' : 'rounds.notCompared'),
    })),
  );
  return {
    title: t('rounds.changesTitle', { framework: since }),
    lines: criteria.map(({ section, key, short, kindWords, standingWords: standing }) =>
      [t('rounds.change', { section, standing }), kindWords, key, short].join(' '),
    ),
    since,
    criteria,
  };
}

function standingWords({ t, d }: Telling, { underRevision, replaced }: Dashboard['shown'], newest: number): string {
  if (replaced) return t('editions.replaced', { edition: newest });
  return underRevision ? d('underRevision') : '';
}

function sectionOf(tell: Telling, section: SectionView): OutcomeSection {
  const { dashboard, locale, norm, t, d } = tell;
  const { key, level, computed, own, applies, carried } = section;
  const published = dashboard.content.sections.find((candidate) => candidate.key === key);
  const trace = published?.trace;
  const levelName = section.levelName && norm(section.levelName);
  const outside = section.outside.map(({ source, measuredOn }) =>
    t('section.outside', { source, date: formatDay(measuredOn, locale) }),
  );
  return {
    key,
    title: norm(section.title),
    applies,
    own,
    computed,
    level,
    levelName,
    levelOne: section.levelOne && norm(section.levelOne),
    words: level ? d('score', { level, name: section.levelName?.[locale] ?? '' }) : t('sections.doesNotApply'),
    sector: section.sector?.written ?? t(dashboard.sector ? 'table.tooFew' : 'total.notYet'),
    previous: tell.before(key).at(-1) ?? '–',
    earlier: tell.before(key),
    stops: trace?.stops ?? [],
    trace: applies && trace ? trace.levels.map((step) => stepWords(tell, step, trace.stops)) : [],
    reason: section.reason,
    differs: level && computed && level !== computed ? t('section.differs', { computed, level }) : '',
    marks: [
      ...(carried ? [d('carried', { round: carried.roundName }), ...(carried.reason ? [carried.reason] : [])] : []),
      ...outside,
      ...(section.selfDeclared.length > 0 ? [d('selfDeclared', { keys: list(section.selfDeclared, locale) })] : []),
    ],
    briefMarks: [
      ...(carried ? [d('carriedBrief', { round: carried.roundName })] : []),
      ...(section.selfDeclared.length > 0 ? [d('selfDeclaredBrief')] : []),
    ],
    profile: section.otherwise.map(({ short, own, effective }) =>
      t('profile.note', { name: short[locale], own: valueWord(own), effective: valueWord(effective) }),
    ),
    hearing: section.hearing ?? null,
    heard: section.heard.map((piece) => pieceOf(tell, piece)),
    next: section.gain && {
      to: section.gain.to,
      words: d('gain', {
        to: section.gain.to,
        total: tell.view.total?.written ?? '–',
        totalAfter: section.gain.totalAfter,
      }),
      missing: section.missing.map((criterion) => ({
        key: criterion.key,
        short: capital(criterion.short[locale]),
        text: norm(criterion.text),
        words: [
          verdictWords(tell.c, criterion),
          ...(criterion.orElse.length > 0
            ? [t('criterion.orElse', { keys: list(criterion.orElse, locale, true) })]
            : []),
        ].join('; '),
      })),
    },
    criteria: section.criteria.map((criterion) =>
      criterionOf(tell, criterion, traceOf(trace?.levels ?? [], criterion.key)),
    ),
  };
}

const traceOf = (levels: readonly LevelTrace[], key: string) =>
  levels.flatMap(({ criteria }) => criteria).find((criterion) => criterion.key === key);

function stepWords({ d, locale }: Telling, step: LevelTrace, stops: readonly string[]): string {
  const { level } = step;
  const applicable = step.criteria.filter(({ applies }) => applies);
  const counts = {
    level,
    fulfilled: applicable.filter(({ fulfilled }) => fulfilled).length,
    applicable: applicable.length,
  };
  if (step.passedThrough) return d('trace.passed', { level });
  if (step.reached) return d('trace.reached', counts);
  const keys = stops.filter((key) => applicable.some((criterion) => criterion.key === key));
  return keys.length > 0 ? d('trace.stops', { level, keys: list(keys, locale) }) : d('trace.above', counts);
}

function criterionOf(tell: Telling, criterion: CriterionView, trace: CriterionTrace | undefined): OutcomeCriterion {
  const { c, locale, norm, d } = tell;
  const { key, level, applies, appliesWhen, answer, outside, verdict, stops, by, pieces = [] } = criterion;
  const counts = trace?.response ?? null;
  return {
    key,
    level,
    short: capital(criterion.short[locale]),
    text: norm(criterion.text),
    derived: criterion.derived,
    applies,
    appliesWhen,
    answer: answer?.response ?? null,
    answerWords: c(`responses.${answer?.response ?? 'none'}`),
    explanation: answer?.explanation.trim() ?? '',
    verdict: verdict?.response ?? null,
    verdictWords: verdict ? c(`responses.${verdict.response}`) : c('noVerdict'),
    overrides: verdict?.overrides ?? false,
    ground: verdict?.ground ?? null,
    groundWords: verdict?.ground ? c(`grounds.${verdict.ground}`) : '',
    reason: verdict?.reason ?? '',
    claimWords: claimWords(c, verdict),
    outsideWords: outside
      ? d('outside', {
          response: c(`responses.${outside.response}`),
          source: outside.source,
          day: formatDay(outside.measuredOn, locale),
        })
      : '',
    counts,
    countsWords: applies ? c(`responses.${counts ?? 'none'}`) : c('notApplicable'),
    fulfilled: trace?.fulfilled ?? false,
    by,
    stops,
    summary: applies ? verdictWords(c, criterion) : capital(c('notApplicable')),
    supplements: (criterion.supplements ?? []).map(({ question, text, sentAt }) => {
      const date = formatDay(new Date(sentAt), locale);
      return { head: question === null ? c('newFile', { date }) : c('supplement', { date, question }), text };
    }),
    pieces: pieces.map((piece) => pieceOf(tell, piece)),
    convincedWords: applies ? d(`convinced.${convinced(criterion, pieces.length)}`) : '',
  };
}

function pieceOf(
  { c, locale }: Telling,
  { title, locator, fileName, webAddress, sha256, given }: PieceView,
): OutcomePiece {
  const when = given && c(`given.${given.with}`, { date: formatDay(new Date(given.sentAt), locale) });
  return { title, locator: locator.trim(), source: fileName ?? webAddress ?? '', sha256, given: when ?? '' };
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
const list = (keys: readonly string[], locale: Locale, either = false) =>
  new Intl.ListFormat(locale, { type: either ? 'disjunction' : 'conjunction' }).format(keys);
