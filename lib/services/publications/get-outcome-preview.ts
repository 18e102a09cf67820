import 'server-only';
import { z } from 'zod';
import type { Transaction } from '#db/client.ts';
import type { Framework } from '#domain/framework.ts';
import type { State } from '#domain/workflow.ts';
import { authorize, onlyStaff } from '#services/authorize.ts';
import { type Context, inTransaction } from '#services/context.ts';
import { notFound } from '#services/errors.ts';
import { compiledFramework } from '#services/frameworks/compiled-framework.ts';
import { computeReview } from '#services/reviews/compute-review.ts';
import { readSector, sectorOf } from './dashboard-facts.ts';
import { piecesOf } from './dashboard-work.ts';
import { comparedTo, readEarlier } from './earlier-rounds.ts';
import { frameworkTexts } from './framework-texts.ts';
import type { Dashboard } from './get-dashboard.ts';
import { contentToPublish, type OutcomeToPublish, readOutcomeToPublish } from './outcome-to-publish.ts';

export const getOutcomePreviewInput = z.object({ assessmentId: z.uuid() });
export type GetOutcomePreviewInput = z.infer<typeof getOutcomePreviewInput>;

export type OutcomePreview = {
  assessmentId: string;
  organisation: string;
  state: State;
  /** What the insurer would see if this were published now; null while a section has no score that holds. */
  dashboard: Dashboard | null;
  /** What the outcome still lacks, by key: sections without a score, sections whose computation changed, open verdicts. */
  lacks: { undetermined: readonly string[]; outdated: readonly string[]; unjudged: readonly string[] };
};

/** From the first verdict until it is out; what is out is read on its own page. */
const previewed: readonly State[] = ['in_review', 'hearing', 'proposed', 'decided'];

/**
 * The outcome as its insurer sees it once it is published, made by the function that publishing writes with. The moments
 * of deciding and publishing stand for now, and the insurer's own way into a next round is left out: it leads nowhere
 * for the supervisor.
 * @throws not found in other states, and for who may not read the submission
 */
export async function getOutcomePreview(
  ctx: Context,
  { assessmentId }: GetOutcomePreviewInput,
): Promise<OutcomePreview> {
  onlyStaff(ctx.actor);
  return inTransaction(ctx, async (tx) => {
    const [outcome, figures, earlier] = await Promise.all([
      readOutcomeToPublish(tx, ctx, assessmentId),
      readSector(tx, assessmentId, 'assessments'),
      readEarlier(tx, assessmentId, 'assessments'),
    ]);
    const { facts } = outcome;
    authorize(ctx.actor, 'submission.read', facts.policy);
    const { state } = facts.assessment;
    if (!facts.submission || !previewed.includes(state)) throw notFound();
    const framework = await compiledFramework(tx, facts.framework);
    const review = computeReview(framework, facts);
    const keysAt = (wanted: string) =>
      framework.sections.flatMap(({ key }) => (review.determination[key] === wanted ? [key] : []));
    const lacks = {
      undetermined: keysAt('none'),
      outdated: keysAt('outdated'),
      unjudged: [...review.toJudge.criteria, ...review.toJudge.intake],
    };
    const whole = lacks.undetermined.length + lacks.outdated.length === 0;
    return {
      assessmentId,
      organisation: facts.organisation.name,
      state,
      dashboard: whole ? await dashboardOf(tx, ctx, { outcome, framework, figures, earlier }) : null,
      lacks,
    };
  });
}

type Beside = {
  outcome: OutcomeToPublish;
  framework: Framework;
  figures: Awaited<ReturnType<typeof readSector>>;
  earlier: Awaited<ReturnType<typeof readEarlier>>;
};

/** As `readDashboard` gives it of the edition that publishing would make now. */
async function dashboardOf(
  tx: Transaction,
  ctx: Context,
  { outcome, framework, figures, earlier }: Beside,
): Promise<Dashboard> {
  const { facts, editions, openable } = outcome;
  const { id, state, stateChangedAt, roundId } = facts.assessment;
  const content = contentToPublish(framework, outcome, {
    decidedAt: state === 'decided' ? stateChangedAt : ctx.now,
    publishedAt: ctx.now,
  });
  const asked = { framework, productScope: content.round.productScope };
  const shown = {
    id,
    edition: content.edition,
    reason: content.reason,
    publishedAt: content.publishedAt,
    underRevision: false,
    replaced: false,
  };
  return {
    content,
    sha256: '',
    texts: frameworkTexts(framework),
    editions: [
      shown,
      ...editions.map(({ sha256, ...edition }) => ({ ...edition, underRevision: false, replaced: true })),
    ],
    shown,
    sector: sectorOf(figures),
    earlier: await Promise.all(
      earlier.map(async (round) => comparedTo(asked, round, await compiledFramework(tx, round.version))),
    ),
    pieces: piecesOf(facts.submission?.snapshot ?? { evidence: [], evidenceLinks: [] }),
    openable,
    nextRound: null,
    roundId,
    assessmentId: id,
    may: { publishItself: false, takeDossier: false },
  };
}
