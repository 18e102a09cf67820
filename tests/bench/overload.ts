import { postJson, Refused } from './post-action.ts';
import { workers } from './slices.ts';
import type { World } from './world.ts';

type Target = {
  origin: string;
  path: (assessmentId: string) => string;
  criteria: readonly string[];
};

export type Overload = {
  /** Saves done in a second at the rate that the server keeps up with, and at four times that. */
  peak: number;
  goodput: number;
  /** Milliseconds that a refusal took, at the 95th percentile. */
  refusalP95: number;
  refused: number;
  /** Refusals that did not say when to come back. */
  silent: number;
};

/**
 * Finds what the server does at most, then asks four times as much, whether or not it answers: as many people would. In
 * turn, so that whatever else the machine does falls on both. Each answer has at most one save on its way, so that no two
 * meet on a version.
 */
export async function overload(
  world: World,
  target: Target,
  { rounds, milliseconds }: { rounds: number; milliseconds: number },
): Promise<Overload> {
  const free = world.insurers
    .slice(0, workers)
    .flatMap((insurer) => target.criteria.map((criterionKey) => ({ insurer, criterionKey, version: 1, before: '' })));
  const tally = { done: 0, refused: 0, silent: 0, refusals: [] as number[] };

  const save = async () => {
    const answer = free.shift();
    if (!answer) throw new Error('more on its way than there are answers');
    const { insurer, criterionKey, version } = answer;
    const explanation = `Versie ${version + 1} van deze toelichting.`;
    const began = performance.now();
    try {
      const text = await postJson({
        origin: target.origin,
        path: target.path(insurer.assessmentId),
        cookie: insurer.cookie,
        crowd: true,
        data: { criterionKey, version, response: 'met', explanation },
      });
      if (!text.includes('"status":"done"')) throw new Error(`a save was not acknowledged: ${text.slice(0, 200)}`);
      answer.version += 1;
      tally.done += 1;
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      tally.refused += 1;
      tally.refusals.push(performance.now() - began);
      if (!error.retryAfter) tally.silent += 1;
    } finally {
      free.push(answer);
    }
  };

  let [peak, goodput] = [0, 0];
  for (let round = 0; round < rounds; round++) {
    const most = await closed(save, tally, milliseconds);
    peak += most / rounds;
    goodput += (await open(save, tally, { milliseconds, rate: 4 * most })) / rounds;
  }
  const sorted = tally.refusals.toSorted((a, b) => a - b);
  const refusalP95 = sorted[Math.floor(sorted.length * 0.95)] ?? 0;
  return { peak, goodput, refusalP95, refused: tally.refused, silent: tally.silent };
}

/** As many at a time as there are workers: each asks again when it has its answer. */
async function closed(save: () => Promise<void>, tally: { done: number }, milliseconds: number): Promise<number> {
  const before = tally.done;
  const until = performance.now() + milliseconds;
  const worker = async () => {
    while (performance.now() < until) await save();
  };
  await Promise.all(Array.from({ length: workers }, worker));
  return ((tally.done - before) / milliseconds) * 1000;
}

/** So many a second, whatever comes back. */
async function open(
  save: () => Promise<void>,
  tally: { done: number },
  { milliseconds, rate }: { milliseconds: number; rate: number },
): Promise<number> {
  const before = tally.done;
  const began = performance.now();
  const sent: Promise<void>[] = [];
  while (performance.now() - began < milliseconds) {
    const due = Math.floor(((performance.now() - began) / 1000) * rate);
    while (sent.length < due) sent.push(save());
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  const done = tally.done - before;
  await Promise.all(sent);
  return (done / milliseconds) * 1000;
}
