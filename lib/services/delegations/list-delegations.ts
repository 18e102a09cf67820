import 'server-only';
import type { LocalizedText } from '#domain/framework.ts';
import { type CalendarDay, dayInAmsterdam } from '#domain/terms.ts';
import { type AssessmentStatus, readStatus } from '#services/assessments/assessment-status.ts';
import { scoreShown, sectionWork } from '#services/assessments/section-work.ts';
import { readTeam } from '#services/assessments/team.ts';
import { readWork } from '#services/assessments/work-facts.ts';
import { authorize, onlyInsurer } from '#services/authorize.ts';
import { type Context, inTransaction } from '#services/context.ts';
import { type DelegationShown, delegationsOf, lackingIn, mayAnswerIn, readDelegations } from './delegation-facts.ts';

export type SectionToAsk = {
  key: string;
  title: LocalizedText;
  applicable: number;
  responded: number;
  /** Applicable criteria that still lack something. */
  lacking: number;
  asked: DelegationShown | null;
  /** Who may answer in it, by name; `asked` is for how many other sections. */
  candidates: readonly { membershipId: string; name: string; you: boolean; asked: number }[];
};

export type Delegations = {
  status: AssessmentStatus;
  /** Those that apply. */
  sections: readonly SectionToAsk[];
  today: CalendarDay;
  /** The last day that can be asked for; null when the deadline is over already. */
  latest: CalendarDay | null;
};

/** Who is asked for which section of an assessment, for the coordinator who asks. */
export async function listDelegations(ctx: Context, { assessmentId }: { assessmentId: string }): Promise<Delegations> {
  onlyInsurer(ctx.actor);
  return inTransaction(ctx, async (tx) => {
    const [status, work, team, rows] = await Promise.all([
      readStatus(tx, ctx.now, assessmentId),
      readWork(tx, assessmentId),
      readTeam(tx, ctx.actor.organisationId),
      readDelegations(tx, [assessmentId]),
    ]);
    authorize(ctx.actor, 'section.assign', { organisationId: status.organisationId });
    const asked = delegationsOf(work, rows, ctx);
    const applying = work.framework.sections.filter(
      ({ key }) => !work.carried[key] && scoreShown(work.score, key, work.carried).applies,
    );
    return {
      status,
      sections: applying.map((section) => {
        const { applicable, responded } = sectionWork(work, section);
        const elsewhere = asked.filter(({ sectionKey }) => sectionKey !== section.key);
        return {
          key: section.key,
          title: section.title,
          applicable,
          responded,
          lacking: lackingIn(work, section.key),
          asked: asked.find(({ sectionKey }) => sectionKey === section.key) ?? null,
          candidates: team
            .filter((member) => mayAnswerIn(member, section.key))
            .toSorted((a, b) => a.name.localeCompare(b.name, 'nl'))
            .map(({ membershipId, name, userId }) => ({
              membershipId,
              name,
              you: userId === ctx.actor.userId,
              asked: elsewhere.filter((other) => other.membershipId === membershipId).length,
            })),
        };
      }),
      today: dayInAmsterdam(ctx.now),
      latest: status.deadlineOver ? null : dayInAmsterdam(status.deadlineAt),
    };
  });
}
