import 'server-only';
import type { BlockCode, EvidenceNotice } from '#domain/evidence-rules.ts';
import type { Fraction } from '#domain/fraction.ts';
import type { LocalizedText } from '#domain/framework.ts';
import { can } from '#domain/policy.ts';
import { authorize, onlyInsurer } from '#services/authorize.ts';
import { type Context, inTransaction } from '#services/context.ts';
import { type UnusedPiece, unusedEvidence } from '#services/evidence/unused-evidence.ts';
import { type PresentColleague, presentColleagues } from '#services/live/present-colleagues.ts';
import { type AssessmentStatus, readStatus } from './assessment-status.ts';
import { type CheckedSection, checkedSections } from './checked-sections.ts';
import { declarationOf } from './declaration.ts';
import { type Hindrance, hindrancesOf } from './in-the-way.ts';
import { readTeam } from './team.ts';
import { readWork, type Work } from './work-facts.ts';

/** One point that blocks submitting, with its name and the spot to mend it. */
export type BlockShown = {
  code: BlockCode;
  /** Key and name of the criterion, or the name of the intake question; null for a file that supports nothing. */
  criterion: { key: string; sectionKey: string; short: LocalizedText } | null;
  intake: { key: string; short: LocalizedText } | null;
};

export type CheckPage = {
  status: AssessmentStatus;
  intake: readonly { key: string; short: LocalizedText; value: boolean | null }[];
  sections: readonly CheckedSection[];
  total: { low: Fraction; high: Fraction } | null;
  waitsForIntake: boolean;
  blocks: readonly BlockShown[];
  notices: readonly EvidenceNotice[];
  /** A remark: what was stored and supports nothing. */
  unused: readonly UnusedPiece[];
  /** What will be signed: its counts and its words. */
  answers: number;
  evidence: number;
  declaration: string;
  maySign: boolean;
  maySaveIntake: boolean;
  /** Who else has the assessment open right now. */
  present: readonly PresentColleague[];
  /** What stands in the way besides; nothing once it was submitted. */
  hindrances: readonly Hindrance[];
};

/** The page that shows all answers before signing, and everything that blocks it. */
export async function getCheck(ctx: Context, { assessmentId }: { assessmentId: string }): Promise<CheckPage> {
  onlyInsurer(ctx.actor);
  return inTransaction(ctx, async (tx) => {
    const [status, work, team, present] = await Promise.all([
      readStatus(tx, ctx.now, assessmentId),
      readWork(tx, assessmentId),
      readTeam(tx, ctx.actor.organisationId),
      presentColleagues(tx, assessmentId, ctx),
    ]);
    const facts = { organisationId: status.organisationId };
    authorize(ctx.actor, 'assessment.read', facts);
    const { framework, score } = work;
    const waitsForIntake = score.awaitsIntake.length > 0;
    const sections = sectionsOf(work, status);
    return {
      status,
      intake: framework.intake.map(({ key, short }) => ({ key, short, value: work.intake[key]?.value ?? null })),
      sections,
      total: waitsForIntake ? null : score.total,
      waitsForIntake,
      blocks: work.blocks.map((block) => {
        const criterion = framework.criterion(block.criterion ?? '');
        const question = framework.intakeQuestion(block.intake ?? '');
        return {
          code: block.code,
          criterion: criterion
            ? { key: criterion.key, sectionKey: criterion.sectionKey, short: criterion.short }
            : null,
          intake: question ? { key: question.key, short: question.short } : null,
        };
      }),
      notices: work.notices,
      unused: unusedEvidence(work.evidence),
      answers: score.counts.responded,
      evidence: new Set(
        work.evidence.flatMap(({ evidence, link }) =>
          link && score.traces[link.criterionKey]?.applies ? [evidence.id] : [],
        ),
      ).size,
      declaration: declarationOf(status.organisationName),
      maySign: status.editable && can(ctx.actor, 'assessment.submit', facts).ok,
      maySaveIntake: status.editable && can(ctx.actor, 'intake.save', facts).ok,
      present,
      hindrances: status.editable ? hindrancesOf(status, team) : [],
    };
  });
}

function sectionsOf(work: Work, status: AssessmentStatus): CheckedSection[] {
  const asked = status.state === 'returned' ? (status.notices.returned?.items ?? []) : [];
  return checkedSections(work.framework, {
    score: work.score,
    explanationOf: (key) => work.answers[key]?.explanation ?? '',
    outside: work.outside,
    carried: work.carried,
    evidenceOf: (key) =>
      work.evidence.flatMap(({ evidence, link }) =>
        link?.criterionKey === key
          ? [
              {
                id: evidence.id,
                kind: evidence.kind,
                title: evidence.title,
                webAddress: evidence.webAddress,
                seenOn: evidence.seenOn,
                locator: link.locator,
                scan: evidence.kind === 'file' ? evidence.scanResult : null,
              },
            ]
          : [],
      ),
    asksOf: (key) => asked.filter((item) => item.key === key).map(({ text }) => text),
    blocksOf: (key) => work.blocks.filter(({ criterion }) => criterion === key).map(({ code }) => code),
  });
}
