import { and, count, eq } from 'drizzle-orm';
import type { Database } from '#db/client.ts';
import { answers, answerVersions } from '#db/schema/assessments.ts';
import { inTransaction } from '#services/context.ts';
import type { Insurer } from '../support/insurers.ts';
import { postAction, postJson } from './post-action.ts';
import type { RawSave } from './raw-save.ts';
import type { BenchServer } from './server.ts';
import { type Contender, workers } from './slices.ts';
import type { World } from './world.ts';

/** What a worker was told is safe. */
type Acknowledged = { version: number; text: string };

const textOf = (worker: number, version: number) =>
  `Wij nemen binnen twee werkdagen contact op met de klant en leggen vast wat is afgesproken (${worker}.${version}).`;

/** The product's own save, over HTTP: session, input, authorization, row security, version, audit, score. */
export function productSave(
  world: World,
  { server: { origin, processor }, path }: { server: BenchServer; path: (insurer: Insurer) => string },
  criterionKey: string,
) {
  const acknowledged: Acknowledged[] = world.insurers.slice(0, workers).map(() => ({ version: 1, text: '' }));
  const once = async (worker: number) => {
    const insurer = world.insurers[worker];
    const before = acknowledged[worker];
    if (!insurer || !before) throw new Error(`no insurer for worker ${worker}`);
    const version = before.version + 1;
    const text = textOf(worker, version);
    const answer = await postJson({
      origin,
      path: path(insurer),
      cookie: insurer.cookie,
      data: { criterionKey, version: before.version, response: 'met', explanation: text },
    });
    if (!answer.includes('"status":"done"') || !answer.includes(`"version":${version}`)) {
      throw new Error(`a save was not acknowledged: ${answer.slice(0, 400)}`);
    }
    acknowledged[worker] = { version, text };
  };
  return { contender: { name: 'ours', once, processor } satisfies Contender, acknowledged };
}

/** Reference (a): a server action with one upsert. */
export function bareSave(world: World, { server, action }: { server: BenchServer; action: string }): Contender {
  let made = 0;
  const once = async (worker: number) => {
    const id = world.insurers[worker]?.assessmentId ?? '';
    const fields = { id, text: textOf(worker, ++made) };
    await postAction({ origin: server.origin, path: '/', action, fields });
  };
  return { name: '(a) bare action', once, processor: server.processor };
}

/** Reference (b): the same transaction, with neither HTTP nor anything that decides around it. */
export function rawSave(world: World, raw: RawSave): Contender {
  const versions = world.insurers.map(() => 1);
  const once = async (worker: number) => {
    const insurer = world.insurers[worker];
    if (!insurer) throw new Error(`no insurer for worker ${worker}`);
    const version = (versions[worker] ?? 1) + 1;
    await raw.save(insurer, version, textOf(worker, version));
    versions[worker] = version;
  };
  return { name: '(b) raw SQL', once };
}

/** How many answers in the database differ from what was acknowledged, or lack a version on the way there. */
export async function countLost(
  world: World,
  acknowledged: readonly Acknowledged[],
  criterionKey: string,
): Promise<number> {
  const differs = await Promise.all(
    world.insurers.slice(0, workers).map(async (insurer, worker) => {
      const kept = await readKept(world.db, insurer, criterionKey);
      const told = acknowledged[worker];
      return !told || kept.version !== told.version || kept.text !== told.text || kept.versions !== told.version;
    }),
  );
  return differs.filter(Boolean).length;
}

function readKept(db: Database, { person, assessmentId }: Insurer, criterionKey: string) {
  return inTransaction({ actor: person, db, now: new Date() }, async (tx) => {
    const [row] = await tx
      .select({ version: answers.version, text: answers.explanation })
      .from(answers)
      .where(and(eq(answers.assessmentId, assessmentId), eq(answers.criterionKey, criterionKey)));
    const [all] = await tx
      .select({ versions: count() })
      .from(answerVersions)
      .where(and(eq(answerVersions.assessmentId, assessmentId), eq(answerVersions.criterionKey, criterionKey)));
    return { version: row?.version, text: row?.text, versions: all?.versions };
  });
}
