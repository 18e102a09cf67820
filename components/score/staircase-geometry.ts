/** The five drawn sizes; `wide` is the numbered drawing beside "what gains most". */
export type StaircaseSize = 'small' | 'strip' | 'middle' | 'layers' | 'wide' | 'large';

export type Point = readonly [x: number, y: number];
export type Box = { x: number; y: number; width: number; height: number };
export type WhoseMark = { whose: 'own' | 'computed' | 'determined'; x: number; y: number };

/**
 * What the staircase shows. Levels are whole numbers 1 to 5, `low <= high`; `sector` is a mean, 1 to 5.
 * `stopAt` is the step (2 to 5) whose unfulfilled criterion ends the climb; leave it out when only open answers lie ahead.
 */
export type StaircaseFacts = {
  low: number;
  high?: number | undefined;
  stopAt?: number | undefined;
  stopKey?: string | undefined;
  own?: number | undefined;
  computed?: number | undefined;
  determined?: number | undefined;
  wouldBecome?: number | undefined;
  sector?: number | undefined;
  /** Steps gained since the last round; drawn when 1 or more. */
  gain?: number | undefined;
  /** The score before the answer that was just saved: the steps gained since then fill in. */
  risenFrom?: number | undefined;
  /** Writes the score above its steps; on by default in the large drawing without marks, possible in the middle one. */
  numeral?: boolean | undefined;
  /** The intake has to be answered first: an empty profile. */
  waiting?: boolean | undefined;
};

/** All figures in pixels, origin top left. Absent parts are undefined. */
export type StaircaseGeometry = {
  width: number;
  height: number;
  reached?: Point[];
  risen?: Point[];
  reach?: Point[];
  reachEdge?: Point[];
  /** The hatch of the provisional steps: lines at 45 degrees, cut off at the edge. */
  hatch?: readonly (readonly [from: Point, to: Point])[];
  profile?: Point[];
  baseline?: { from: number; to: number; y: number };
  wouldBecome?: Point[];
  sector?: { from: number; to: number; y: number; label: Point };
  stop?: { bar: Box; halo: Box; key?: { text: string; at: Point } };
  marks: WhoseMark[];
  gain?: { text: string; at: Point };
  numbers: { level: number; reached: boolean; at: Point }[];
  numeral?: { level: number; at: Point };
};

const STEPS = 5;

type Measure = {
  tread: number;
  rise: number;
  top: number;
  below: number;
  bar: number;
  hair: number;
  inset: number;
  tile: number;
};

const measures: Record<StaircaseSize, Measure> = {
  small: { tread: 8, rise: 3, top: 5, below: 0, bar: 8, hair: 0.5, inset: 0.5, tile: 3 },
  strip: { tread: 40, rise: 12, top: 22, below: 2, bar: 26, hair: 0, inset: 1, tile: 8 },
  middle: { tread: 40, rise: 22, top: 24, below: 2, bar: 36, hair: 0, inset: 1, tile: 8 },
  layers: { tread: 40, rise: 18, top: 26, below: 2, bar: 32, hair: 0, inset: 1, tile: 8 },
  wide: { tread: 48, rise: 22, top: 26, below: 26, bar: 36, hair: 0, inset: 1, tile: 8 },
  large: { tread: 60, rise: 25, top: 36, below: 26, bar: 39, hair: 0, inset: 1, tile: 8 },
};

/**
 * Where every part of a staircase stands, by the construction in docs/design.md: step n spans (n-1)·tread to n·tread
 * and is n·rise high. Where a determination is given, fill and bar follow it and nothing is provisional.
 * @throws RangeError when a level is not a whole number from 1 to 5 or `low` exceeds `high`.
 */
export function drawStaircase(size: StaircaseSize, facts: StaircaseFacts): StaircaseGeometry {
  const measure = measures[size];
  const base = measure.top + STEPS * measure.rise;
  const width = STEPS * measure.tread;
  const frame = { width, height: base + measure.below };
  const numbered = size === 'large' || size === 'wide';

  if (facts.waiting) {
    return {
      ...frame,
      profile: emptyProfile(measure, base),
      baseline: { from: 0, to: width, y: base - measure.hair },
      marks: [],
      numbers: numbered ? stepNumbers(measure, base, 0) : [],
    };
  }

  const { low, high, stopAt } = effectiveScore(facts);
  const marks = size === 'small' ? [] : whoseMarks(measure, base, facts, stopAt);
  const risenFrom = facts.risenFrom;
  const risen = risenFrom !== undefined && risenFrom < low ? risenFrom : undefined;
  const showsNumeral = facts.numeral ?? (size === 'large' && marks.length === 0);

  return {
    ...frame,
    reached: filled(measure, base, 0, low),
    ...(risen !== undefined && { risen: filled(measure, base, risen, low) }),
    ...(high > low && {
      reach: filled(measure, base, low, high),
      reachEdge: edge(measure, base, low, high),
      hatch: hatchLines(measure, base, low, high),
    }),
    ...(high < STEPS && {
      profile: treads(measure, base, high, STEPS, measure.hair),
      baseline: { from: high * measure.tread, to: width, y: base - measure.hair },
    }),
    ...(facts.wouldBecome !== undefined &&
      facts.wouldBecome > low && { wouldBecome: treads(measure, base, low, facts.wouldBecome, measure.hair) }),
    ...(facts.sector !== undefined &&
      size !== 'small' && { sector: sectorLine(measure, base, width, low, facts.sector) }),
    ...(stopAt !== undefined && { stop: stopBar(size, measure, base, stopAt, facts.stopKey) }),
    marks,
    ...(facts.gain !== undefined &&
      facts.gain > 0 &&
      size !== 'small' && {
        gain: { text: `+${facts.gain}`, at: [(low - 0.5) * measure.tread, base - 6] as const },
      }),
    numbers: numbered ? stepNumbers(measure, base, low) : [],
    ...(showsNumeral && { numeral: { level: low, at: size === 'large' ? ([-4, 63] as const) : ([-2, 46] as const) } }),
  };
}

/** The levels that fill and bar follow: the determination when there is one, else the provisional interval. */
function effectiveScore(facts: StaircaseFacts): { low: number; high: number; stopAt: number | undefined } {
  const low = facts.determined ?? facts.low;
  const high = facts.determined ?? facts.high ?? facts.low;
  for (const level of [low, high, facts.own ?? 1, facts.computed ?? 1, facts.wouldBecome ?? 1, facts.risenFrom ?? 1]) {
    if (!Number.isInteger(level) || level < 1 || level > STEPS) throw new RangeError(`Not a level: ${level}`);
  }
  if (low > high) throw new RangeError(`Lowest score ${low} is above highest score ${high}`);
  const wanted = facts.determined === undefined ? facts.stopAt : facts.determined + 1;
  const stops = wanted !== undefined && wanted >= 2 && wanted <= STEPS && low < STEPS;
  return { low, high, stopAt: stops ? wanted : undefined };
}

/** The outline of steps after `from` up to and including `to`, standing on the ground. */
function filled(measure: Measure, base: number, from: number, to: number): Point[] {
  return [[from * measure.tread, base], ...treads(measure, base, from, to, 0), [to * measure.tread, base]];
}

/** The upper line of steps after `from` up to and including `to`; `hair` puts thin lines on whole pixels. */
function treads(measure: Measure, base: number, from: number, to: number, hair: number): Point[] {
  const points: Point[] = [];
  for (let level = from + 1; level <= to; level++) {
    const y = base - level * measure.rise + hair;
    const left = (level - 1) * measure.tread;
    points.push([level === from + 1 ? left : left + hair, y]);
    points.push([level * measure.tread + (level < to ? hair : 0), y]);
  }
  return points;
}

/** The firm edge of the provisional steps, drawn inside their outline so that it does not grow the step. */
function edge(measure: Measure, base: number, from: number, to: number): Point[] {
  const { inset, hair } = measure;
  const inner = treads(measure, base, from, to, 0).map(([x, y]): Point => [x + hair, y + inset]);
  const left = from * measure.tread + inset;
  const right = to * measure.tread - inset;
  const bottom = base - inset;
  const first = inner[0];
  const last = inner.at(-1);
  if (!first || !last) return [];
  return [[left, bottom], [left, first[1]], ...inner.slice(1, -1), [right, last[1]], [right, bottom]];
}

/**
 * Lines at 45 degrees, cut per step. Computed rather than a pattern: a pattern lives elsewhere in the document and is
 * lost where that part is not drawn, as on paper.
 */
function hatchLines(measure: Measure, base: number, from: number, to: number): (readonly [Point, Point])[] {
  const { tread, rise, inset, tile } = measure;
  const lines: (readonly [Point, Point])[] = [];
  for (let level = from + 1; level <= to; level++) {
    const left = (level - 1) * tread + (level === from + 1 ? inset : 0);
    const right = level * tread - (level === to ? inset : 0);
    const top = base - level * rise + inset;
    const bottom = base - inset;
    // Every point of a line has the same x + y.
    for (let sum = Math.ceil((left + top) / tile) * tile; sum < right + bottom; sum += tile) {
      const start = Math.max(left, sum - bottom);
      const end = Math.min(right, sum - top);
      if (end > start) lines.push([[start, sum - start] as const, [end, sum - end] as const]);
    }
  }
  return lines;
}

function emptyProfile(measure: Measure, base: number): Point[] {
  const line = treads(measure, base, 0, STEPS, measure.hair);
  const first = line[0];
  if (!first) return line;
  return [[measure.hair, base], [measure.hair, first[1]], ...line.slice(1)];
}

/** The bar stands on the tread before the step that stops the climb, centred on that step's riser. */
function stopBar(size: StaircaseSize, measure: Measure, base: number, stopAt: number, stopKey: string | undefined) {
  const riser = (stopAt - 1) * measure.tread;
  const foot = base - (stopAt - 1) * measure.rise;
  const top = foot - measure.bar;
  if (size === 'small') {
    return {
      bar: { x: riser - 1, y: top, width: 3, height: measure.bar },
      halo: { x: riser - 2, y: top - 1, width: 5, height: measure.bar + 1 },
    };
  }
  return {
    bar: { x: riser - 3, y: top, width: 6, height: measure.bar },
    halo: { x: riser - 5, y: top - 2, width: 10, height: measure.bar + 2 },
    ...(size === 'large' &&
      stopKey !== undefined && {
        key: { text: stopKey, at: [riser - 10, top + 11] as const },
      }),
  };
}

function sectorLine(measure: Measure, base: number, width: number, low: number, sector: number) {
  const y = round(base - sector * measure.rise);
  const from = low < STEPS ? low * measure.tread + 5 : width;
  return { from, to: width + 8, y, label: [width + 12, round(y + 5)] as const };
}

/** Marks stand side by side on their tread, and keep clear of the bar at its end. */
function whoseMarks(measure: Measure, base: number, facts: StaircaseFacts, stopAt: number | undefined): WhoseMark[] {
  const whose = (['own', 'computed', 'determined'] as const).filter((key) => facts[key] !== undefined);
  return whose.map((key) => {
    const level = facts[key] ?? 1;
    const together = whose.filter((other) => facts[other] === level);
    const gap = Math.min(18, measure.tread / 2.75);
    const shift = (together.indexOf(key) - (together.length - 1) / 2) * gap;
    const last = level * measure.tread - measure.tread / 2 + ((together.length - 1) / 2) * gap;
    // With the bar at the end of its tread a mark moves 3 px aside; several together stay 12 px from the bar.
    const clear = stopAt === level + 1 ? Math.min(-3, level * measure.tread - 12 - last) : 0;
    return {
      whose: key,
      x: round((level - 0.5) * measure.tread + shift + clear),
      y: base - level * measure.rise - 13,
    };
  });
}

function stepNumbers(measure: Measure, base: number, low: number) {
  return Array.from({ length: STEPS }, (_, index) => ({
    level: index + 1,
    reached: index + 1 <= low,
    at: [(index + 0.5) * measure.tread, base + 20] as const,
  }));
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
