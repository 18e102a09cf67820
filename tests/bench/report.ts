import { type Measured, workers } from './slices.ts';

/** A figure beside what docs/performance.md asks of it. */
type Judged = {
  what: string;
  value: number;
  must: number;
  aim: number;
  better: 'more' | 'less';
  unit?: string;
  note?: string;
};

const say = (line = '') => process.stdout.write(`${line}\n`);

export function sayHeading(text: string) {
  say();
  say(text);
}

export function sayThroughput(measured: readonly Measured[]) {
  say(
    `${''.padEnd(28)}${['a second', 'p50 ms', 'p95 ms', 'done', 'server ms'].map((word) => word.padStart(10)).join('')}`,
  );
  for (const { name, perSecond, p50, p95, done, processor } of measured) {
    const server = Number.isNaN(processor) ? '' : processor.toFixed(2);
    const figures = [perSecond.toFixed(0), p50.toFixed(1), p95.toFixed(1), String(done), server];
    say(`${name.padEnd(28)}${figures.map((figure) => figure.padStart(10)).join('')}`);
  }
}

export function sayJudged({ what, value, must, aim, better, unit = '', note = '' }: Judged) {
  const reaches = (limit: number) => (better === 'more' ? value >= limit : value <= limit);
  const verdict = reaches(aim) ? 'reaches the aim' : reaches(must) ? 'holds' : 'FALLS SHORT';
  const sign = better === 'more' ? '≥' : '≤';
  const shown = `${Number.isInteger(value) ? value : value.toFixed(2)}${unit}`;
  say(
    `${what.padEnd(44)}${shown.padStart(12)}   must ${sign} ${must}${unit}, aim ${sign} ${aim}${unit}: ${verdict}${note && `  (${note})`}`,
  );
}

export function sayPlain(what: string, value: string) {
  say(`${what.padEnd(44)}${value.padStart(12)}`);
}

/** The ratio of two contenders over the whole run, and how far it moved between slices. */
export function ratioOf(ours: Measured, reference: Measured) {
  const each = ours.slices
    .map((rate, index) => rate / (reference.slices[index] ?? Number.NaN))
    .toSorted((a, b) => a - b);
  const note = `slices ${each[0]?.toFixed(2)} to ${each.at(-1)?.toFixed(2)}`;
  return { value: ours.perSecond / reference.perSecond, note };
}

export const kilobytes = (bytes: number) => bytes / 1024;
export const megabytes = (bytes: number) => bytes / 1024 / 1024;
export const load = `${workers} at a time over ${workers} assessments`;
