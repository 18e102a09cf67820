import 'server-only';
import type { BlockCode } from '#domain/evidence-rules.ts';
import type { Level, LocalizedText } from '#domain/framework.ts';
import type { TraceCode } from '#domain/scoring.ts';
import { authorize, onlyInsurer } from '#services/authorize.ts';
import { type Context, inTransaction } from '#services/context.ts';
import { type PresentColleague, presentColleagues } from '#services/live/present-colleagues.ts';
import { type OpenNotes, openNotes } from '#services/notes/open-notes.ts';
import { type AssessmentStatus, readStatus } from './assessment-status.ts';
import { type ScoreShown, scoreShown } from './section-work.ts';
import { readWork, type Work } from './work-facts.ts';

/** One criterion in the outline of the whole framework. */
export type OutlinedCriterion = {
  key: string;
  level: Level;
  short: LocalizedText;
  /** What became of it; `by` fulfils it in its place. */
  code: TraceCode;
  by: string | null;
  /** The climb of its section stops here. */
  stops: boolean;
  /** What of it blocks submitting. */
  blocks: readonly BlockCode[];
  colleagues: readonly PresentColleague[];
  notes: OpenNotes | null;
  views: readonly OutlineView[];
};

export type OutlinedSection = {
  key: string;
  title: LocalizedText;
  score: ScoreShown;
  applicable: number;
  responded: number;
  blocking: number;
  criteria: readonly OutlinedCriterion[];
};

/** What can be asked of the outline: everything, or only what is open, or what blocks submitting once it is answered. */
export const outlineViews = ['all', 'open', 'blocking', 'notes'] as const;
export type OutlineView = (typeof outlineViews)[number];

export type OutlinePage = {
  readAt: string;
  userId: string;
  status: AssessmentStatus;
  intake: { asked: number; answered: number };
  sections: readonly OutlinedSection[];
  counts: Readonly<Record<OutlineView, number>>;
  colleagues: readonly PresentColleague[];
};

/** The whole framework as this insurer stands in it: every criterion with its state, and who is at it. */
export async function getOutline(ctx: Context, { assessmentId }: { assessmentId: string }): Promise<OutlinePage> {
  onlyInsurer(ctx.actor);
  return inTransaction(ctx, async (tx) => {
    const [status, work, colleagues, notes] = await Promise.all([
      readStatus(tx, ctx.now, assessmentId),
      readWork(tx, assessmentId),
      presentColleagues(tx, assessmentId, ctx),
      openNotes(tx, assessmentId, ctx.actor.userId),
    ]);
    authorize(ctx.actor, 'assessment.read', { organisationId: status.organisationId });
    const sections = sectionsOf(work, colleagues, notes);
    const criteria = sections.flatMap((section) => section.criteria);
    const countIn = (view: OutlineView) => criteria.filter(({ views }) => views.includes(view)).length;
    const asked = work.framework.intake.length;
    return {
      readAt: ctx.now.toISOString(),
      userId: ctx.actor.userId,
      status,
      intake: { asked, answered: asked - work.score.awaitsIntake.length },
      sections,
      counts: { all: countIn('all'), open: countIn('open'), blocking: countIn('blocking'), notes: countIn('notes') },
      colleagues,
    };
  });
}

/** The views of the outline in which a criterion stands. */
function viewsOf(blocks: readonly BlockCode[], notes: OpenNotes | undefined): readonly OutlineView[] {
  const lacks = blocks.some((block) => block !== 'unanswered');
  return [
    'all',
    ...(blocks.includes('unanswered') ? ['open' as const] : []),
    ...(lacks ? ['blocking' as const] : []),
    ...(notes ? ['notes' as const] : []),
  ];
}

function sectionsOf(
  work: Work,
  colleagues: readonly PresentColleague[],
  notes: Readonly<Record<string, OpenNotes>>,
): OutlinedSection[] {
  const { framework, score } = work;
  const blocks = Map.groupBy(work.blocks, ({ criterion }) => criterion);
  return framework.sections.map((section) => {
    const found = score.sections.find(({ key }) => key === section.key);
    const stops = found?.high && found.high < 5 ? found.stopsHigh : [];
    const criteria = section.criteria.flatMap(({ key, level, short }): OutlinedCriterion[] => {
      const trace = score.traces[key];
      if (!trace) return [];
      const own = blocks.get(key)?.map(({ code }) => code) ?? [];
      return [
        {
          key,
          level,
          short,
          code: trace.code,
          by: trace.by ?? null,
          stops: stops.includes(key),
          blocks: own,
          colleagues: colleagues.filter(({ criterionKey }) => criterionKey === key),
          notes: notes[key] ?? null,
          views: viewsOf(own, notes[key]),
        },
      ];
    });
    const applicable = section.criteria.filter(({ key }) => score.traces[key]?.applies);
    return {
      key: section.key,
      title: section.title,
      score: scoreShown(score, section.key, work.carried),
      applicable: applicable.length,
      responded: applicable.filter(({ key }) => score.traces[key]?.response !== null).length,
      blocking: criteria.filter(({ views }) => views.includes('blocking')).length,
      criteria,
    };
  });
}
