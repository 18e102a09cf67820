import 'server-only';
import { eq, sql } from 'drizzle-orm';
import type { Transaction } from '#db/client.ts';
import { assessments } from '#db/schema/assessments.ts';
import { evidence } from '#db/schema/evidence.ts';
import { frameworkVersions, rounds } from '#db/schema/rounds.ts';
import { type Actor, type Capability, can } from '#domain/policy.ts';
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
  /** The same over all assessments of the organisation; bytes that several pieces share count once. */
  organisationBytes: number;
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
        organisationBytes: sql<number>`(select coalesce(sum(kept.size_bytes), 0)::float8 from (
          select distinct on (one.storage_key) one.size_bytes from ${evidence} one join ${assessments} its
            on its.id = one.assessment_id
          where its.organisation_id = ${assessments.organisationId} and one.storage_key is not null) as kept)`,
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

type EvidenceCapability = Extract<Capability, 'evidence.store' | 'evidence.remove'>;

/**
 * Lets the actor work with evidence at these criteria, in a state in which evidence can change; without any, wherever
 * the actor may.
 * @throws not found for a criterion that the framework does not have
 */
export async function authorizeAt(
  tx: Transaction,
  actor: Actor,
  capability: EvidenceCapability,
  room: EvidenceRoom,
  criterionKeys: readonly string[],
) {
  const nowhere = { addedBy: actor.userId, criterionKeys: [] };
  if (criterionKeys.length === 0) return authorizePiece(tx, actor, capability, room, nowhere);
  const framework = await compiledFramework(tx, room.framework);
  for (const key of criterionKeys) {
    const criterion = framework.criterion(key);
    if (!criterion) throw notFound();
    authorize(actor, capability, { organisationId: room.organisationId, sectionKey: criterion.sectionKey });
  }
  requireEditable(capability, room);
}

/** A piece as far as permission looks at it. */
type PieceFacts = { addedBy: string; criterionKeys: readonly string[] };

/**
 * Lets the actor work with a piece itself: its title, its date, its next version. Who is limited to some sections may
 * when it supports a criterion in one of them, or when it is their own and supports nothing.
 */
export async function authorizePiece(
  tx: Transaction,
  actor: Actor,
  capability: EvidenceCapability,
  room: EvidenceRoom,
  piece: PieceFacts,
) {
  const framework = await compiledFramework(tx, room.framework);
  const sectionKeys = new Set(piece.criterionKeys.flatMap((key) => framework.criterion(key)?.sectionKey ?? []));
  const own = piece.addedBy === actor.userId ? actor.sectionKeys?.[0] : undefined;
  if (sectionKeys.size === 0 && own) sectionKeys.add(own);
  const factsOf = (sectionKey?: string) => ({
    organisationId: room.organisationId,
    ...(sectionKey && { sectionKey }),
  });
  const allowed = [...sectionKeys].find((sectionKey) => can(actor, capability, factsOf(sectionKey)).ok);
  authorize(actor, capability, factsOf(allowed ?? [...sectionKeys][0]));
  requireEditable(capability, room);
}

function requireEditable(capability: EvidenceCapability, room: EvidenceRoom) {
  const verb = capability === 'evidence.store' ? 'store_evidence' : 'remove_evidence';
  if (!applyTransition({ verb, state: room.state, guards: {} }).ok) throw precondition(['wrong_state']);
}
