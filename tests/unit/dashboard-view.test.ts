import { describe, expect, test } from 'vitest';
import { dashboardView } from '#components/dashboard/dashboard-view.ts';
import { toLowest } from '#domain/fraction.ts';
import type { Level } from '#domain/framework.ts';
import { gainsOf } from '#domain/score-advice.ts';
import { determinedTotal, scoreAssessment } from '#domain/scoring.ts';
import { frameworkTexts } from '#services/publications/framework-texts.ts';
import type { Dashboard } from '#services/publications/get-dashboard.ts';
import { norm } from '../support/frameworks.ts';

const intake = { ownLossAdjusters: true, externalLossAdjusters: true, authorisedAgents: true };

/** A dashboard of all criteria met but these, with these determined levels where they differ from the computed ones. */
function dashboard(gaps: readonly string[], levels: Partial<Record<string, Level>> = {}): Dashboard {
  const framework = norm;
  const layers = {
    intake,
    answers: {
      ...Object.fromEntries(framework.criteria.map(({ key }) => [key, 'met' as const])),
      ...Object.fromEntries(gaps.map((key) => [key, 'not_met' as const])),
    },
  };
  const score = scoreAssessment(framework, layers);
  const determined = Object.fromEntries(
    score.sections.map(({ key, low }) => [key, levels[key] ?? (low as Level)] as const),
  );
  const total = determinedTotal(framework, determined);
  return {
    content: {
      intake: { own: {}, effective: {} },
      criteria: [],
      sections: score.sections.map((trace) => ({
        key: trace.key,
        applies: true,
        own: trace.low,
        computed: trace.low,
        level: determined[trace.key] ?? null,
        reason: '',
        trace,
      })),
      gains: gainsOf(framework, layers, determined).map((gain) => ({ ...gain, totalAfter: toLowest(gain.totalAfter) })),
      total: total && toLowest(total),
    },
    texts: frameworkTexts(framework),
    sector: null,
    earlier: [],
    pieces: {},
    openable: [],
    nextRound: null,
  } as unknown as Dashboard;
}

const sectorOf = (total: string) =>
  ({ means: { total }, spreads: {}, levelCounts: {} }) as unknown as Dashboard['sector'];
const against = (sector: string) =>
  dashboardView({ ...dashboard(['I.5.a']), sector: sectorOf(sector) }, 'nl').againstSector;

describe('what a dashboard says of its figures', () => {
  test('leads from a criterion to itself in the next round, and nowhere where that round does not have it', () => {
    const keys = norm.criteria.map(({ key }) => key).filter((key) => key !== 'II.3.a');
    const nextRound = { assessmentId: 'next', name: '2018-2019', criteria: keys };
    const seen = dashboardView({ ...dashboard([]), nextRound }, 'nl').sections.flatMap(({ criteria }) => criteria);
    expect(seen.map(({ key, again }) => [key, again])).toEqual(
      norm.criteria.map(({ key }) => [key, key === 'II.3.a' ? undefined : `/assessments/next/criteria/${key}`]),
    );
    const ends = dashboardView(dashboard([]), 'nl').sections.flatMap(({ criteria }) => criteria);
    expect(ends.filter(({ again }) => again)).toEqual([]);
  });

  test('compares what stands on the page, so that equal figures are called equal', () => {
    // The total is 4,8; 119/25 reads 4,8 and 19/4 reads 4,8 too.
    expect(against('119/25')).toBe('equal');
    expect(against('19/4')).toBe('equal');
    expect(against('47/10')).toBe('above');
    expect(against('9/2')).toBe('far_above');
    expect(against('49/10')).toBe('below');
  });

  test('says nothing of a sector that is not released, or that too few insurers stand behind', () => {
    expect(dashboardView(dashboard([]), 'nl').againstSector).toBeNull();
    const sector = { means: {}, spreads: {}, levelCounts: {} } as unknown as Dashboard['sector'];
    expect(dashboardView({ ...dashboard([]), sector }, 'nl').sector).toBeNull();
  });

  test('names a section that lags behind only when it is the only one, a level or more under the total', () => {
    expect(dashboardView(dashboard(['IV.3.b']), 'nl').behind?.key).toBe('IV');
    expect(dashboardView(dashboard(['IV.3.b', 'I.3.a']), 'nl').behind).toBeNull();
    expect(dashboardView(dashboard(['IV.5.a']), 'nl').behind).toBeNull();
    expect(dashboardView(dashboard([]), 'nl').behind).toBeNull();
  });

  test('tells the best gain first, then the other gains, then what has none', () => {
    const view = dashboardView(dashboard(['II.5.a', 'IV.3.b']), 'nl');
    expect(view.best).toMatchObject({ key: 'IV', gain: { from: 2, to: 5, totalAfter: '4,8', rise: '0,6' } });
    expect(view.best?.missing.map(({ key, stops }) => [key, stops])).toEqual([['IV.3.b', true]]);
    expect(view.others.map(({ key }) => key)).toEqual(['II', 'I', 'III', 'V']);
  });

  test('shows the text of level 1 where it may stand as the result, and nowhere else', () => {
    const shown = (gaps: readonly string[], levels = {}) =>
      dashboardView(dashboard(gaps, levels), 'nl').sections.flatMap(({ key, levelOne }) => (levelOne ? [key] : []));
    expect(shown(['V.2.a'])).toEqual(['V']);
    expect(shown(['V.2.a', 'V.2.b'])).toEqual([]);
    expect(shown(['I.2.a', 'II.3.a'])).toEqual(['I']);
    expect(shown([], { V: 1 })).toEqual([]);
    const { levelOne } = dashboardView(dashboard(['I.2.a']), 'nl').sections[0] ?? {};
    expect(levelOne).toEqual(norm.section('I')?.levelTexts.find(({ level }) => level === 1)?.text);
  });

  test('promises nothing where the supervisor set a lower level than what is computed', () => {
    const view = dashboardView(dashboard([], { III: 3 }), 'nl');
    expect(view.best).toBeNull();
    expect(view.others.map(({ key, missing }) => [key, missing.length])).toContainEqual(['III', 0]);
  });

  test('counts the levels gained since the round before on the same framework', () => {
    const same = {
      framework: norm.ref,
      productScope: 'Motorverzekering',
      comparable: ['I', 'II'],
      totalComparable: true,
      why: null,
      changes: [],
      names: {},
    };
    const earlier = [{ publicationId: 'a', name: '2015-2016', total: '4', levels: { I: 4, II: 5 }, ...same }];
    const view = dashboardView({ ...dashboard(['II.5.a']), earlier }, 'en');
    expect(view.sections.map(({ gained }) => gained)).toEqual([1, -1, 0, 0, 0]);
    expect(view.previous).toMatchObject({ written: '4.0', name: '2015-2016' });
    expect(view.againstPrevious).toBe('far_above');
  });
});
