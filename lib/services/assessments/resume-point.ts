import type { Fraction } from '#domain/fraction.ts';
import type { LocalizedText } from '#domain/framework.ts';
import { type Actor, can } from '#domain/policy.ts';
import { effectOf } from '#domain/score-advice.ts';
import { sectionScore } from '#domain/scoring.ts';
import type { Work } from './work-facts.ts';

/** Where a person goes on: the intake, a criterion, or the page of checks when nothing is left that they may do. */
export type ResumePoint =
  | { at: 'intake' }
  | {
      at: 'criterion';
      key: string;
      short: LocalizedText;
      /** What a Yes there would bring, when it raises the section. */
      gain: { sectionKey: string; level: number; total: Fraction | null } | null;
    }
  | { at: 'check' };

/** What the supervisor asked to mend, and when. */
export type Returned = { items: readonly { key: string }[]; sentAt: Date };

/**
 * Where this person resumes: at the criterion where they saved an answer or evidence last when it lacks something, else at the next criterion after it
 * that lacks something and that they may answer, round the end of the framework. What the supervisor returned lacks
 * something until it is saved anew, or its evidence changes. Who saved nothing yet begins in the section that was asked of them. An intake that is not complete goes first for who may save it.
 */
export function resumePoint(
  work: Work,
  actor: Actor,
  returned?: Returned,
  askedSection?: string | undefined,
): ResumePoint {
  const { framework, assessment, blocks } = work;
  const organisationId = assessment.organisationId;
  const intakeOpen = blocks.some(({ code }) => code === 'intake_missing');
  if (intakeOpen && can(actor, 'intake.save', { organisationId }).ok) return { at: 'intake' };
  const lacking = new Set([
    ...blocks.flatMap(({ criterion }) => criterion ?? []),
    ...stillReturned(work, returned).map(({ at }) => at),
  ]);
  const start = work.lastSaved[actor.userId]?.key ?? framework.section(askedSection ?? '')?.criteria[0]?.key ?? '';
  const from = framework.criterionIndex.get(start) ?? 0;
  const round = [...framework.criteria.slice(from), ...framework.criteria.slice(0, from)];
  const next = round.find(
    ({ key, sectionKey }) => lacking.has(key) && can(actor, 'answer.save', { organisationId, sectionKey }).ok,
  );
  if (!next) return { at: 'check' };
  return { at: 'criterion', key: next.key, short: next.short, gain: gainOf(work, next.key, next.sectionKey) };
}

/** What was returned and nobody mended since, by an answer or by its evidence: its key, and the criterion to mend it at (of a whole section its first). */
export function stillReturned(
  { framework, answers, supportedAt, assessment }: Work,
  returned?: Returned,
): { key: string; at: string }[] {
  if (!returned || assessment.state !== 'returned') return [];
  return returned.items.flatMap(({ key }) => {
    const criteria =
      framework.section(key)?.criteria ?? [framework.criterion(key)].filter((found) => found !== undefined);
    const mended = criteria.some((criterion) =>
      [answers[criterion.key]?.savedAt, supportedAt[criterion.key]].some((at) => at && new Date(at) > returned.sentAt),
    );
    return mended || !criteria[0] ? [] : [{ key, at: criteria[0].key }];
  });
}

function gainOf(work: Work, key: string, sectionKey: string) {
  if (work.score.awaitsIntake.length > 0) return null;
  const { before, after } = effectOf(work.framework, work.layers, key, 'met');
  const level = sectionScore(after, sectionKey)?.low ?? null;
  if (level === null || level <= (sectionScore(before, sectionKey)?.low ?? 5)) return null;
  return { sectionKey, level, total: after.total?.low ?? null };
}
