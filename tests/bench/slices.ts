/**
 * One thing that is measured: `once` does it one time for the worker of that number, and `processor` says how many
 * milliseconds of a processor its server has used.
 */
export type Contender = { name: string; once: (worker: number) => Promise<void>; processor?: () => Promise<number> };

/** What a contender did over all its slices: per second, and milliseconds that one took. */
export type Measured = {
  name: string;
  done: number;
  perSecond: number;
  p50: number;
  p95: number;
  slices: readonly number[];
  /** Milliseconds of a processor that its server used for one; NaN without a server. */
  processor: number;
};

export const workers = 50;

/**
 * Measures contenders in turn, in short slices, so that whatever else the machine does falls on all of them. In a slice
 * fifty workers each start the next one when the last is done.
 */
export async function measureInSlices(
  contenders: readonly Contender[],
  { rounds, milliseconds }: { rounds: number; milliseconds: number },
): Promise<Measured[]> {
  const held = contenders.map((contender) => ({
    contender,
    times: [] as number[],
    slices: [] as number[],
    spent: 0,
    worked: 0,
  }));
  for (const { contender } of held) await slice(contender, milliseconds);
  for (let round = 0; round < rounds; round++) {
    for (const one of held) {
      const { processor = async () => Number.NaN } = one.contender;
      const before = await processor();
      const { times, spent } = await slice(one.contender, milliseconds);
      one.worked += (await processor()) - before;
      one.times.push(...times);
      one.slices.push((times.length / spent) * 1000);
      one.spent += spent;
    }
  }
  return held.map(({ contender, times, slices, spent, worked }) => {
    const sorted = times.toSorted((a, b) => a - b);
    const at = (part: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN;
    const perSecond = (times.length / spent) * 1000;
    const processor = worked / times.length;
    return { name: contender.name, done: times.length, perSecond, p50: at(0.5), p95: at(0.95), slices, processor };
  });
}

/** Runs one contender a number of times, spread over all workers. */
export async function repeat({ once }: Contender, times: number) {
  let left = times;
  await allWorkers(async (worker) => {
    while (left-- > 0) await once(worker);
  });
}

async function slice({ once }: Contender, milliseconds: number) {
  const times: number[] = [];
  const started = performance.now();
  await allWorkers(async (worker) => {
    for (;;) {
      const began = performance.now();
      if (began - started > milliseconds) return;
      await once(worker);
      times.push(performance.now() - began);
    }
  });
  return { times, spent: performance.now() - started };
}

const allWorkers = (work: (worker: number) => Promise<void>) =>
  Promise.all(Array.from({ length: workers }, (_, worker) => work(worker)));
