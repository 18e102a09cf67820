import 'server-only';
import { hearingGuards, lowerSections, unheardSections } from '#domain/hearing.ts';
import { can } from '#domain/policy.ts';
import { isOver } from '#domain/terms.ts';
import { applyTransition, type Guard } from '#domain/workflow.ts';
import type { Context } from '#services/context.ts';
import type { Review } from '#services/reviews/compute-review.ts';
import type { ReviewFacts } from '#services/reviews/review-facts.ts';
import { type Hearing, type SectionStatement, standingObjections } from './hearing-facts.ts';

/** One version that was sent, as the reviewer follows it. */
export type VersionView = {
  id: string;
  version: number;
  sentAt: Date;
  termAt: Date;
  /** The term is over without a response: silence, never agreement. */
  silent: boolean;
  respondedAt: Date | null;
  sections: readonly StatedSection[];
};

export type StatedSection = {
  key: string;
  level: number;
  statement: SectionStatement | null;
  /** It is an objection, and the insurer's last word on this section: it is to be answered. */
  stands: boolean;
};

/** The hearing of a case on its own page. */
export type HearingView = {
  days: number;
  /** Newest first. */
  versions: readonly VersionView[];
  responded: boolean;
  termOver: boolean;
  /** What stands in the way of sending a version. */
  sending: readonly Guard[];
  /** Sections that would end lower than the insurer was told: they ask for a new version. */
  lower: readonly string[];
  /** Those among them of which it was told no level: they came to apply since. */
  unheard: readonly string[];
  may: Record<'send' | 'reopen' | 'answer', boolean>;
};

/** Null where the round holds no hearing and nothing was ever sent. */
export function hearingView(
  ctx: Context,
  facts: ReviewFacts,
  review: Review,
  { hearing, openRequest }: { hearing: Hearing; openRequest: boolean },
): HearingView | null {
  const { round, assessment, policy } = facts;
  if (!round.hearing && hearing.versions.length === 0) return null;
  const guards = hearingGuards(hearing.facts, review.determined, ctx.now);
  const { state } = assessment;
  const sending = applyTransition({
    verb: 'send',
    state,
    hearing: round.hearing,
    guards: { ...review.guards, no_open_request: !openRequest },
  });
  const reopening = applyTransition({ verb: 'reopen', state, guards });
  const objections = standingObjections(hearing.versions);
  const answering = applyTransition({ verb: 'answer_objection', state, guards: { reason_given: true } });
  return {
    days: round.hearingDays,
    versions: hearing.versions.map((sent) => ({
      id: sent.id,
      version: sent.version,
      sentAt: sent.sentAt,
      termAt: sent.termAt,
      silent: sent.respondedAt === null && isOver(sent.termAt, ctx.now),
      respondedAt: sent.respondedAt,
      sections: sent.content.sections.flatMap(({ key, level }) =>
        level === null
          ? []
          : [
              {
                key,
                level,
                statement: sent.statements[key] ?? null,
                stands: objections.get(key)?.draftOutcomeId === sent.id,
              },
            ],
      ),
    })),
    responded: hearing.facts.responded,
    termOver: hearing.facts.sent !== null && !guards.term_open,
    sending: sending.ok ? [] : sending.failing,
    lower: lowerSections(hearing.facts, review.determined),
    unheard: unheardSections(hearing.facts, review.determined),
    may: {
      send: state === 'in_review' && round.hearing && can(ctx.actor, 'outcome.send', policy).ok,
      reopen: reopening.ok && can(ctx.actor, 'review.reopen', policy).ok,
      answer: answering.ok && can(ctx.actor, 'objection.answer', policy).ok,
    },
  };
}
