import 'server-only';
import { createHash } from 'node:crypto';
import { eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Transaction } from '#db/client.ts';
import { submissions } from '#db/schema/assessments.ts';
import { submissionEvidence } from '#db/schema/evidence.ts';
import { canonicalJson, type JsonValue } from '#domain/canonical-json.ts';
import { keptScores } from '#domain/snapshot.ts';
import { isOver } from '#domain/terms.ts';
import type { Guard } from '#domain/workflow.ts';
import { authorize, onlyInsurer } from '#services/authorize.ts';
import { type Context, inTransaction } from '#services/context.ts';
import { notFound } from '#services/errors.ts';
import { signInAgain } from '#services/sessions/sign-in-again.ts';
import { nextState, writeTransition } from '#services/take-transition.ts';
import { lockAssessment } from './assessment-facts.ts';
import { submissionSnapshot } from './submission-snapshot.ts';
import { readWork, type Work } from './work-facts.ts';

const oneLine = z
  .string()
  .max(200)
  .default('')
  .transform((text) => text.normalize('NFC').replace(/\s+/g, ' ').trim());

export const submitAssessmentInput = z.object({
  assessmentId: z.uuid(),
  /** Made by the client, so that a repeated post finds its own submission. */
  submissionId: z.uuid(),
  signatoryName: oneLine,
  signatoryFunction: oneLine,
  /** The box under the declaration, as a form posts it. */
  declared: z
    .literal('yes')
    .optional()
    .transform((box) => box === 'yes'),
  password: z.string().max(1024).default(''),
});
export type SubmitAssessmentInput = z.infer<typeof submitAssessmentInput>;

export type Submitted = {
  assessmentId: string;
  submissionId: string;
  number: number;
  sha256: string;
  signedAt: string;
};

/**
 * Signs and submits: fixes what the insurer answered, and the evidence that it points at, as canonical JSON with its
 * hash. Whoever wins the lock goes first: an answer saved before it is in the snapshot, one after it is refused.
 * @throws precondition with every guard that fails; busy when the password was tried too often
 */
export async function submitAssessment(ctx: Context, input: SubmitAssessmentInput): Promise<Submitted> {
  onlyInsurer(ctx.actor);
  const signedInAgain = await signInAgain(ctx, input.password);
  return inTransaction(ctx, async (tx) => {
    const [assessment, work, [earlier], [chain]] = await Promise.all([
      lockAssessment(tx, input.assessmentId),
      readWork(tx, input.assessmentId),
      findSubmission(tx, input.submissionId),
      readChain(tx, input.assessmentId),
    ]);
    authorize(ctx.actor, 'assessment.submit', { organisationId: assessment.organisationId });
    if (earlier) return repeated(earlier, ctx, input);
    const to = nextState(assessment, { verb: 'submit', guards: guardsOf(work, input, signedInAgain, ctx.now) });

    const snapshot = submissionSnapshot(work, {
      signatory: { name: input.signatoryName, function: input.signatoryFunction },
      signedAt: ctx.now,
      auditHead: chain?.head ?? null,
    });
    const text = canonicalJson(snapshot as unknown as JsonValue);
    const digest = createHash('sha256').update(text).digest();
    const sha256 = digest.toString('hex');
    const { organisationId } = assessment;
    await Promise.all([
      tx.insert(submissions).values({
        id: input.submissionId,
        assessmentId: assessment.id,
        organisationId,
        number: snapshot.number,
        snapshot: text,
        sha256: digest,
        scores: keptScores(work.score),
        signatoryName: input.signatoryName,
        signatoryFunction: input.signatoryFunction,
        signedAt: ctx.now,
        signedBy: ctx.actor.userId,
        auditHead: chain?.head ? Buffer.from(chain.head, 'hex') : null,
      }),
      ...(snapshot.evidence.length > 0
        ? [
            tx.insert(submissionEvidence).values(
              snapshot.evidence.map(({ id }) => ({
                submissionId: input.submissionId,
                evidenceId: id,
                organisationId,
              })),
            ),
          ]
        : []),
      writeTransition(tx, ctx, assessment, {
        verb: 'submit',
        to,
        action: 'assessment.submit',
        detail: { submissionId: input.submissionId, number: snapshot.number, sha256 },
      }),
    ]);
    return {
      assessmentId: assessment.id,
      submissionId: input.submissionId,
      number: snapshot.number,
      sha256,
      signedAt: ctx.now.toISOString(),
    };
  });
}

function guardsOf(
  { blocks, assessment }: Work,
  input: SubmitAssessmentInput,
  signedInAgain: boolean,
  now: Date,
): Partial<Record<Guard, boolean>> {
  const free = (...codes: string[]) => !blocks.some(({ code }) => codes.includes(code));
  return {
    intake_complete: free('intake_missing'),
    all_answered: free('unanswered'),
    evidence_rules_met: free('evidence_missing', 'explanation_or_evidence_missing', 'explanation_missing'),
    no_refused_file: free('file_refused'),
    declaration_signed: input.declared && input.signatoryName !== '' && input.signatoryFunction !== '',
    signed_in_again: signedInAgain,
    own_deadline_open: !isOver(assessment.deadlineAt, now),
  };
}

function findSubmission(tx: Transaction, submissionId: string) {
  return tx
    .select({
      assessmentId: submissions.assessmentId,
      number: submissions.number,
      sha256: submissions.sha256,
      signedAt: submissions.signedAt,
      signedBy: submissions.signedBy,
    })
    .from(submissions)
    .where(eq(submissions.id, sql.placeholder('submissionId')))
    .prepare('submit:earlier')
    .execute({ submissionId });
}

/** The last link of the assessment's audit chain before signing, in hexadecimal. */
function readChain(tx: Transaction, assessmentId: string) {
  return tx
    .select({ head: sql<string | null>`encode(audit_head(${sql.placeholder('assessmentId')}::uuid), 'hex')` })
    .from(sql`(values (1)) as one`)
    .prepare('submit:chain')
    .execute({ assessmentId });
}

type Earlier = Awaited<ReturnType<typeof findSubmission>>[number];

/** The same post again, by the same person: says what it already did. */
function repeated(earlier: Earlier, ctx: Context, input: SubmitAssessmentInput): Submitted {
  if (earlier.assessmentId !== input.assessmentId || earlier.signedBy !== ctx.actor.userId) throw notFound();
  return {
    assessmentId: earlier.assessmentId,
    submissionId: input.submissionId,
    number: earlier.number,
    sha256: Buffer.from(earlier.sha256).toString('hex'),
    signedAt: earlier.signedAt.toISOString(),
  };
}
