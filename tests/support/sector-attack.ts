import { fraction, toLowest, toNumber } from '#domain/fraction.ts';
import type { Level } from '#domain/framework.ts';
import {
  effectiveReleaseSettings,
  mayRelease,
  type ReleasedTotal,
  type ScoreCount,
  type ScoreGroup,
} from '#domain/release-rules.ts';
import type { OpenDataContent } from '#services/open-data/open-data-content.ts';
import { openFigures } from '#services/open-data/open-data-content.ts';
import { figuresCsv } from '#services/open-data/open-data-files.ts';
import { composeFigures, type LastFigures } from '#services/releases/compose-figures.ts';

/** What was published of one insurer: A applies to everybody, B not; the releases that it stood behind, ascending. */
export type Published = { insurer: number; releases: readonly number[]; A: number; B: number | null };
type Key = 'A' | 'B' | 'total';
/** What everybody can read of one figure that was computed in a release. */
type Known = { release: number; key: Key; mean: string; insurers: number; levels: readonly number[] | null };

const keys: readonly Key[] = ['A', 'B', 'total'];
const sections: readonly string[] = ['A', 'B'];
const levels = [1, 2, 3, 4, 5];

/** The total in sixths of a point would do for more sections; two sections need halves. */
const scoreOf = ({ A, B }: Published, key: Key): number | null => {
  if (key === 'A') return A;
  if (key === 'B') return B;
  return B === null ? A : (A + B) / 2;
};

/**
 * Makes releases 1, 2, … of a sector by the rules of the platform, and reads back what anybody can know: the means and
 * numbers in the public file, and what the dashboards add, the counts per level. Null when the platform would refuse one.
 */
export function releasedFigures(sector: readonly Published[]): Known[] | null {
  const numbers = [...new Set(sector.flatMap(({ releases }) => releases))].toSorted();
  const known: Known[] = [];
  const computed = new Set<string>();
  const totals: ReleasedTotal[] = [];
  let last: LastFigures | null = null;
  for (const number of numbers) {
    const inside = sector.filter(({ releases }) => releases.includes(number));
    const came = inside.filter(({ releases }) => !releases.includes(number - 1)).length;
    if (!mayRelease(number === numbers[0] ? null : came)) return null;
    const groups = { sections: new Map(sections.map((key) => [key, groupsOf(sector, key, number, computed)])), totals };
    const facts = {
      settings: effectiveReleaseSettings(),
      totals: countsOf(inside, 'total'),
      sections: new Map(
        sections.map((key) => [
          key,
          countsOf(inside, key as Key).map(({ value, insurers }) => ({ level: toNumber(value) as Level, insurers })),
        ]),
      ),
    };
    const figures = composeFigures(sections, facts, groups, last, number);
    last = { number, figures: new Map(figures.map((figure) => [figure.sectionKey, { releaseId: '', ...figure }])) };
    const rows = publicRows(figures as Parameters<typeof openFigures>[1], number);
    for (const [place, key] of keys.entries()) {
      const figure = figures.find(({ sectionKey }) => sectionKey === key);
      const row = rows[place];
      if (!row?.mean || row.computedIn !== number) continue;
      computed.add(`${number} ${key}`);
      if (key === 'total') totals.push({ release: number, mean: exactMean(inside), insurers: row.insurers });
      known.push({ release: number, key, mean: row.mean, insurers: row.insurers, levels: figure?.levelCounts ?? null });
    }
  }
  return known;
}

/** The lines of the CSV that is open to everybody. */
function publicRows(figures: Parameters<typeof openFigures>[1], number: number) {
  const name = (key: string) => ({ key, title: { nl: key, en: key } });
  const content: OpenDataContent = {
    schema: 'trede-open-data-1',
    round: { name: '2026', productScope: 'Schade', periodFrom: '2026-01-01', periodTo: '2026-12-31' },
    framework: { ref: 'x@1', title: { nl: 'x', en: 'x' }, publisher: 'x' },
    release: { id: 'x', number, madeAt: '2026-11-20T10:00:00.000Z' },
    scale: { lowest: 1, highest: 5 },
    minimumInsurers: 5,
    figures: openFigures([name('A'), name('B')], figures, number),
  };
  const [head = '', ...lines] = figuresCsv(content).replace('\uFEFF', '').trim().split(/\r?\n/);
  const separator = head.includes(';') ? ';' : ',';
  const column = (title: string) => head.split(separator).indexOf(title);
  const [mean, insurers, computedIn] = ['mean', 'insurers', 'computed_in_release'].map(column) as [
    number,
    number,
    number,
  ];
  return lines.map((line) => {
    const cells = line.split(separator);
    return { mean: cells[mean] || null, insurers: Number(cells[insurers]), computedIn: Number(cells[computedIn]) };
  });
}

/** As the database groups them: by the releases that show the section or a total, by level and by what applies. */
function groupsOf(
  sector: readonly Published[],
  key: string,
  number: number,
  computed: ReadonlySet<string>,
): ScoreGroup[] {
  const shows = (at: number) => at === number || computed.has(`${at} ${key}`) || computed.has(`${at} total`);
  const shown = sector.flatMap((one) => {
    const score = key === 'A' ? one.A : one.B;
    const releases = one.releases.filter((at) => at <= number && shows(at));
    const share = fraction(1, one.B === null ? 1 : 2);
    return score === null || releases.length === 0 ? [] : [{ releases, score: score as Level, share, insurers: 1 }];
  });
  return [...Map.groupBy(shown, (one) => `${one.releases}|${one.score}|${toLowest(one.share)}`).values()].map(
    (same) => ({
      ...(same[0] as ScoreGroup),
      insurers: same.length,
    }),
  );
}

function exactMean(inside: readonly Published[]) {
  const halves = inside.reduce((sum, one) => sum + 2 * (scoreOf(one, 'total') ?? 0), 0);
  return fraction(halves, 2 * inside.length);
}

function countsOf(inside: readonly Published[], key: Key): ScoreCount[] {
  const scores = inside.map((one) => scoreOf(one, key)).filter((score) => score !== null);
  return [...Map.groupBy(scores, (score) => score)].map(([score, same]) => ({
    value: fraction(score * 2, 2),
    insurers: same.length,
  }));
}

/** Whether a sector would give the figures that are known. */
function agrees(sector: readonly Published[], known: readonly Known[]): boolean {
  return known.every(({ release, key, mean, insurers, levels: counts }) => {
    const scores = sector.flatMap((one) => (one.releases.includes(release) ? (scoreOf(one, key) ?? []) : []));
    if (scores.length !== insurers) return false;
    if (counts?.some((count, place) => scores.filter((score) => score === place + 1).length !== count)) return false;
    const sum = scores.reduce((all, score) => all + score, 0);
    return Math.floor((sum * 20 + insurers) / (2 * insurers)) === Math.round(Number(mean) * 10);
  });
}

/**
 * Which scores of one publication somebody can be certain of, who knows what everybody can know, who stands behind which
 * release, and all results of the insurers `allied`. Looks for other sectors with the same figures: first those in which
 * few insurers differ, then all.
 */
export function certainOf(
  sector: readonly Published[],
  allied: ReadonlySet<number>,
  victim: Published,
  known: readonly Known[],
) {
  const open = keys.filter((key) => scoreOf(victim, key) !== null);
  const others = sector.filter((one) => one !== victim && !allied.has(one.insurer));
  const certain = new Set(open);
  const differs = (world: Published) => {
    for (const key of [...certain]) if (scoreOf(world, key) !== scoreOf(victim, key)) certain.delete(key);
  };
  const near = variants(victim).filter((one) => one.A !== victim.A || one.B !== victim.B);
  for (const changed of near) {
    if (certain.size === 0) return certain;
    if (worldsNear(others).some((pairs) => agrees(replaced(sector, [[victim, changed], ...pairs]), known)))
      differs(changed);
  }
  if (certain.size === 0) return certain;
  const fixed = sector.filter((one) => one !== victim && allied.has(one.insurer));
  for (const changed of near) {
    if (![...certain].some((key) => scoreOf(changed, key) !== scoreOf(victim, key))) continue;
    if (anyWorld([...fixed, changed], others, known)) differs(changed);
  }
  return certain;
}

type Pairs = readonly (readonly [Published, Published])[];

function variants(one: Published): Published[] {
  return levels.flatMap((A) => (one.B === null ? [{ ...one, A }] : levels.map((B) => ({ ...one, A, B }))));
}

/** One other insurer that has another result, and two whose results changed places with each other's neighbours. */
function worldsNear(others: readonly Published[]): Pairs[] {
  const single = others.map((one) => variants(one).map((changed) => [one, changed] as const));
  return [[], ...single.flat().map((pair) => [pair])];
}

function replaced(sector: readonly Published[], pairs: Pairs): Published[] {
  const map = new Map(pairs);
  return sector.map((one) => map.get(one) ?? one);
}

/** Whether the others can have results so that every figure comes out; remembers which sums led nowhere. */
function anyWorld(fixed: readonly Published[], others: readonly Published[], known: readonly Known[]): boolean {
  const dead = new Set<string>();
  const counted = [...new Set(known.flatMap(({ release }) => release))];
  const stateOf = (world: readonly Published[], at: number) =>
    `${at}|${counted.map((release) =>
      known
        .filter((one) => one.release === release)
        .map(({ key, levels: counts }) => {
          const scores = world.flatMap((one) => (one.releases.includes(release) ? (scoreOf(one, key) ?? []) : []));
          return counts
            ? levels.map((level) => scores.filter((score) => score === level).length)
            : scores.reduce((a, b) => a + b, 0);
        }),
    )}`;
  const fits = (world: readonly Published[], at: number): boolean => {
    const one = others[at];
    if (!one) return agrees(world, known);
    const state = stateOf(world, at);
    if (dead.has(state)) return false;
    if (variants(one).some((changed) => canStill([...world, changed], known) && fits([...world, changed], at + 1)))
      return true;
    dead.add(state);
    return false;
  };
  return fits(fixed, 0);
}

/** Whether what is placed leaves every figure within reach, whatever the rest have. */
function canStill(world: readonly Published[], known: readonly Known[]): boolean {
  return known.every(({ release, key, mean, insurers, levels: counts }) => {
    const scores = world.flatMap((one) => (one.releases.includes(release) ? (scoreOf(one, key) ?? []) : []));
    if (counts?.some((count, place) => scores.filter((score) => score === place + 1).length > count)) return false;
    const [sum, left] = [scores.reduce((all, score) => all + score, 0), insurers - scores.length];
    return sum + left <= (Number(mean) + 0.05) * insurers && sum + 5 * left >= (Number(mean) - 0.05) * insurers - 1e-9;
  });
}
