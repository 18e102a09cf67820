import 'server-only';
import { eq, sql } from 'drizzle-orm';
import type { Transaction } from '#db/client.ts';
import { assessments } from '#db/schema/assessments.ts';
import { evidence } from '#db/schema/evidence.ts';
import { frameworkVersions, rounds } from '#db/schema/rounds.ts';
import type { Actor, Capability } from '#domain/policy.ts';
import { applyTransition, type State } from '#domain/workflow.ts';
import { lockAssessment } from '#services/assessments/assessment-facts.ts';
import { authorize } from '#services/authorize.ts';
import { notFound, precondition } from '#services/errors.ts';
import { compiledFramework } from '#services/frameworks/compiled-framework.ts';

/** What verbs on evidence rest on: the assessment, its framework, and how much it holds already. */
export type EvidenceRoom = {
  assessmentId: string;
  organisationId: string;
  state: State;
  framework: { ref: string; sha256: Uint8Array };
  /** Pieces that were not taken away. */
  count: number;
  /** What is kept in storage, also of what was taken away but stays pinned by a submission. */
  bytes: number;
};

/** Reads the room, locked against every other verb on the assessment unless `lock` is false. */
export async function readRoom(tx: Transaction, assessmentId: string, lock = true): Promise<EvidenceRoom> {
  const [, [row]] = await Promise.all([
    lock ? lockAssessment(tx, assessmentId) : null,
    tx
      .select({
        assessmentId: assessments.id,
        organisationId: assessments.organisationId,
        state: assessments.state,
        ref: frameworkVersions.ref,
        sha256: frameworkVersions.sha256,
        count: sql<number>`(select count(*)::int from ${evidence} where ${ofIt} and ${evidence.removedAt} is null)`,
        bytes: sql<number>`(select coalesce(sum(${evidence.sizeBytes}), 0)::float8 from ${evidence} where ${ofIt}
          and ${evidence.storageKey} is not null)`,
      })
      .from(assessments)
      .innerJoin(rounds, eq(rounds.id, assessments.roundId))
      .innerJoin(frameworkVersions, eq(frameworkVersions.ref, rounds.frameworkRef))
      .where(eq(assessments.id, sql.placeholder('assessmentId')))
      .prepare('evidence:room')
      .execute({ assessmentId }),
  ]);
  if (!row) throw notFound();
  const { ref, sha256, ...room } = row;
  return { ...room, framework: { ref, sha256 } };
}

const ofIt = eq(evidence.assessmentId, assessments.id);

/**
 * Lets the actor work with evidence at these criteria, in a state in which evidence can change.
 * @throws not found for a criterion that the framework does not have
 */
export async function authorizeAt(
  tx: Transaction,
  actor: Actor,
  capability: Extract<Capability, 'evidence.store' | 'evidence.remove'>,
  room: EvidenceRoom,
  criterionKeys: readonly string[],
) {
  const framework = await compiledFramework(tx, room.framework);
  for (const key of criterionKeys) {
    const criterion = framework.criterion(key);
    if (!criterion) throw notFound();
    authorize(actor, capability, { organisationId: room.organisationId, sectionKey: criterion.sectionKey });
  }
  const verb = capability === 'evidence.store' ? 'store_evidence' : 'remove_evidence';
  if (!applyTransition({ verb, state: room.state, guards: {} }).ok) throw precondition(['wrong_state']);
}
