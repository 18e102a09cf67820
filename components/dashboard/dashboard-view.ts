import { fraction, fromLowest, round1HalfUp, subtractFractions, toNumber } from '#domain/fraction.ts';
import type { Level, LocalizedText } from '#domain/framework.ts';
import { levelOneShown } from '#domain/score-advice.ts';
import type { OutsideResult, PublishedCriterion, PublishedGain, PublishedSection } from '#domain/snapshot.ts';
import type { Dashboard } from '#services/publications/get-dashboard.ts';
import { laterPiece, type PieceView, piecesOf } from './evidence-told.ts';
import { decidingFacts, type ProfileFact, profileFacts } from './profile-view.ts';

/** One score, exact and as the page writes it. */
export type Shown = { value: number; written: string };

export type CriterionView = PublishedCriterion & {
  level: Level;
  text: LocalizedText;
  short: LocalizedText;
  derived: boolean;
  /** Profile questions that must all be true for it to apply. */
  appliesWhen: readonly string[];
  /** It stops the climb. */
  stops: boolean;
  /** The criterion that surpassed it. */
  by: string | null;
  /** What was handed in for it, when signing and after; absent where the page does not tell. */
  pieces?: readonly PieceView[];
  /** Where the insurer answers it again; absent where it cannot. */
  again?: string;
};

export type SectionView = Pick<
  PublishedSection,
  'key' | 'applies' | 'own' | 'computed' | 'level' | 'reason' | 'hearing' | 'carried'
> & {
  title: LocalizedText;
  levelName: LocalizedText | null;
  /** The norm's text of level 1, where it may stand as the result; never of a level that was taken over. */
  levelOne: LocalizedText | null;
  /** The mean of the insurers that have this score; null: too few of them, or nothing is released. */
  sector: Shown | null;
  /** What came with its responses in the hearing. */
  heard: readonly PieceView[];
  previous: number | null;
  /** Levels gained since the round before; 0 or less is not drawn. */
  gained: number;
  gain: (Omit<PublishedGain, 'totalAfter'> & { totalAfter: string; rise: string }) | null;
  /** What the next level asks, in the norm's order. */
  missing: readonly (CriterionView & { orElse: readonly string[] })[];
  criteria: readonly CriterionView[];
  /** Who measured it and when, where it was measured outside; empty for what the insurer said itself. */
  outside: readonly Pick<OutsideResult, 'source' | 'measuredOn'>[];
  /** Where an outside assessor can establish it: the criteria that the insurer answered itself, none of them measured. */
  selfDeclared: readonly string[];
  /** Profile questions that decide about its criteria and were found otherwise than answered. */
  otherwise: readonly ProfileFact[];
};

/** The tone of a comparison, by what stands on the page: tenths, rounded once. */
export type Against = 'far_above' | 'above' | 'equal' | 'below' | 'far_below';

export type DashboardView = {
  total: Shown | null;
  own: Shown | null;
  computed: Shown | null;
  sector: Shown | null;
  previous: (Shown & { name: string }) | null;
  /** The round before, when its total may not be laid beside this one. */
  incomparable: { name: string; product: string; why: 'product' | 'framework' } | null;
  againstSector: Against | null;
  againstPrevious: Against | null;
  /** The only section that lies a level or more under the total. */
  behind: SectionView | null;
  profile: readonly ProfileFact[];
  /** In the framework's order. */
  sections: readonly SectionView[];
  /** The section where the total rises most. */
  best: SectionView | null;
  /** The other sections that apply: best gain first, then the framework's order. */
  others: readonly SectionView[];
};

/** Turns what was published into what the page draws: looked up, written and sorted, never scored again. */
export function dashboardView(dashboard: Dashboard, locale: 'nl' | 'en'): DashboardView {
  const { content } = dashboard;
  const write = (exact: string | null | undefined) => (exact ? shown(exact, locale) : null);
  const profile = profileFacts(content.intake, dashboard.texts);
  const sections = content.sections.map((section) => sectionView(dashboard, section, profile, locale));
  const total = write(content.total);
  const sector = write(dashboard.sector?.means.total);
  const before = dashboard.earlier.at(-1);
  const previous = before?.totalComparable ? write(before.total) : null;
  const applying = sections.filter(({ applies }) => applies);
  const gains = content.gains.flatMap(({ sectionKey }) => applying.find(({ key }) => key === sectionKey) ?? []);
  return {
    total,
    own: write(content.ownTotal),
    computed: write(content.computedTotal),
    sector,
    previous: before && previous ? { ...previous, name: before.name } : null,
    incomparable: before?.why ? { name: before.name, product: before.productScope, why: before.why } : null,
    againstSector: against(total, sector),
    againstPrevious: against(total, previous),
    behind: behind(applying, total),
    profile,
    sections,
    best: gains[0] ?? null,
    others: [...gains.slice(1), ...applying.filter((section) => !gains.includes(section))],
  };
}

function sectionView(
  dashboard: Dashboard,
  section: PublishedSection,
  profile: readonly ProfileFact[],
  locale: 'nl' | 'en',
): SectionView {
  const { content, texts, sector, earlier, pieces, openable } = dashboard;
  const { key, level, trace } = section;
  const words = texts.sections.find((candidate) => candidate.key === key);
  const traces = trace.levels.flatMap(({ criteria }) => criteria);
  const criteria = texts.criteria
    .filter(({ sectionKey }) => sectionKey === key)
    .map((criterion): CriterionView => {
      const published = content.criteria.find((candidate) => candidate.key === criterion.key);
      return {
        ...criterion,
        ...(published ?? { applies: false, answer: null, outside: null, verdict: null }),
        stops: trace.stops.includes(criterion.key),
        by: traces.find((candidate) => candidate.key === criterion.key)?.by ?? null,
        pieces: piecesOf(pieces[criterion.key] ?? [], published ?? {}, openable),
        ...againOf(dashboard, criterion.key),
      };
    });
  const gain = content.gains.find(({ sectionKey }) => sectionKey === key);
  const before = earlier.at(-1);
  const previous = before?.comparable.includes(key) ? (before.levels[key] ?? null) : null;
  const mean = sector?.means[key];
  const outside = criteria.flatMap((criterion) => (criterion.applies && criterion.outside ? [criterion.outside] : []));
  return {
    key,
    applies: section.applies,
    own: section.own,
    computed: section.computed,
    level,
    reason: section.reason,
    ...(section.hearing && { hearing: section.hearing }),
    ...(section.carried && { carried: section.carried }),
    heard: (section.heardEvidence ?? []).flatMap(({ sentAt, evidence }) =>
      evidence.map((piece) => laterPiece(piece, { with: 'hearing', sentAt }, openable)),
    ),
    title: words?.title ?? { nl: key, en: key },
    levelName: level && texts.levels[level],
    levelOne:
      words && !section.carried && levelOneShown(words.levelOne.when, level, traces) ? words.levelOne.text : null,
    sector: mean ? shown(mean, locale) : null,
    previous,
    gained: previous && level ? level - previous : 0,
    gain: gain ? { ...gain, ...rise(gain, content.total, locale) } : null,
    missing: (gain?.missing ?? []).flatMap(({ criterion, orElse }) => {
      const found = criteria.find((candidate) => candidate.key === criterion);
      return found ? [{ ...found, orElse }] : [];
    }),
    criteria,
    outside: outside.filter(
      (result, place) =>
        place === outside.findIndex((o) => o.source === result.source && o.measuredOn === result.measuredOn),
    ),
    selfDeclared: words?.outsideAssessor ? selfDeclaredKeys(criteria) : [],
    otherwise: decidingFacts(profile, texts, key),
  };
}

/** Criteria without a result of an outside assessor, in the framework's order. */
export function selfDeclaredKeys(criteria: readonly CriterionView[]): string[] {
  return criteria.flatMap(({ key, applies, outside }) => (applies && !outside ? [key] : []));
}

/** What a reader can narrow the criteria down to. */
export const shows = ['changed', 'blocking'] as const;
export type Show = (typeof shows)[number];

/** The sections with those of their criteria that the supervisor changed, or that block the next level. */
export function narrowed({ sections }: DashboardView, show: Show): SectionView[] {
  return sections.flatMap((section) => {
    const criteria = section.criteria.filter(({ key, verdict }) =>
      show === 'changed' ? verdict?.overrides === true : section.missing.some((missing) => missing.key === key),
    );
    return criteria.length > 0 ? [{ ...section, criteria }] : [];
  });
}

function againOf({ nextRound }: Dashboard, key: string): { again?: string } {
  if (!nextRound?.criteria.includes(key)) return {};
  return { again: `/assessments/${nextRound.assessmentId}/criteria/${key}` };
}

function rise(gain: PublishedGain, total: string | null, locale: 'nl' | 'en') {
  const before = total ? fromLowest(total) : fraction(0);
  return {
    totalAfter: shown(gain.totalAfter, locale).written,
    rise: round1HalfUp(subtractFractions(fromLowest(gain.totalAfter), before), locale),
  };
}

function shown(exact: string, locale: 'nl' | 'en'): Shown {
  const value = fromLowest(exact);
  return { value: toNumber(value), written: round1HalfUp(value, locale) };
}

/** Compares what stands on the page, so that "above" never stands beside two equal figures. */
function against(one: Shown | null, other: Shown | null): Against | null {
  if (!one || !other) return null;
  const tenths = tenthsOf(one) - tenthsOf(other);
  if (tenths === 0) return 'equal';
  if (tenths > 0) return tenths > 2 ? 'far_above' : 'above';
  return tenths < -2 ? 'far_below' : 'below';
}

const tenthsOf = ({ written }: Shown) => Number(written.replace(/\D/g, ''));

function behind(sections: readonly SectionView[], total: Shown | null): SectionView | null {
  const lowest = Math.min(...sections.map(({ level }) => level ?? 5));
  const [only, ...more] = sections.filter(({ level }) => level === lowest);
  return only && more.length === 0 && total && lowest <= total.value - 1 ? only : null;
}
