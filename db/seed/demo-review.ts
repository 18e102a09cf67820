import { randomUUID } from 'node:crypto';
import type { Database } from '#db/client.ts';
import type { IntakeMap, Response, ResponseMap } from '#domain/answers.ts';
import type { Framework, Level } from '#domain/framework.ts';
import { weakenedBy } from '#domain/score-advice.ts';
import { type Layers, scoreAssessment } from '#domain/scoring.ts';
import { approveOutcome } from '#services/reviews/approve-outcome.ts';
import { assignReviewer } from '#services/reviews/assign-reviewer.ts';
import { confirmUndisputed } from '#services/reviews/confirm-undisputed.ts';
import { decideCriterion } from '#services/reviews/decide-criterion.ts';
import { decideIntake } from '#services/reviews/decide-intake.ts';
import { determineSection } from '#services/reviews/determine-section.ts';
import { proposeOutcome } from '#services/reviews/propose-outcome.ts';
import { startReview } from '#services/reviews/start-review.ts';
import type { Person } from './builders.ts';
import { overrideReasons, type Random } from './demo-answers.ts';

/** The supervisor's side of the demo: one case, its reviewer and the lead, and what the insurer signed. */
export type ReviewDesk = {
  db: Database;
  framework: Framework;
  assessmentId: string;
  reviewer: Person;
  lead: Person;
  intake: IntakeMap;
  /** Profile questions that the reviewer found otherwise. */
  found?: IntakeMap;
  answers: ResponseMap;
  outside: ResponseMap;
};

const minute = 60_000;

export async function assign({ db, assessmentId, reviewer, lead }: ReviewDesk, now: Date) {
  await assignReviewer({ actor: lead, db, now }, { assessmentIds: [assessmentId], userId: reviewer.userId });
}

export async function start({ db, assessmentId, reviewer }: ReviewDesk, now: Date) {
  await startReview({ actor: reviewer, db, now }, { assessmentId });
}

/**
 * Judges intake and criteria: most are confirmed, undisputed ones together, and some claims are overridden.
 * @param share of the criteria that get a verdict, from 0 to 1
 * @returns the verdicts that were given
 */
export async function judge(desk: ReviewDesk, random: Random, now: Date, share = 1): Promise<ResponseMap> {
  const { db, framework, assessmentId, reviewer } = desk;
  let at = now.getTime();
  const ctx = () => {
    at += minute;
    return { actor: reviewer, db, now: new Date(at) };
  };
  for (const [intakeKey, value] of Object.entries(desk.intake)) {
    await decideIntake(ctx(), {
      id: randomUUID(),
      assessmentId,
      intakeKey,
      version: 0,
      value,
      ground: null,
      reason: '',
    });
  }
  const verdicts: Record<string, Response> = {};
  const reasons: Record<string, string> = {};
  const asked = Object.entries(desk.answers).filter(([key]) => !desk.outside[key]);
  for (const [criterionKey, answer] of asked.slice(0, Math.ceil(asked.length * share))) {
    const drawn: Response = answer === 'met' && random() < 0.08 ? 'partly' : answer;
    // What a verdict would rob of its fulfilment has to be judged first; the demo then leaves it at a confirmation.
    const weakened = weakenedBy(framework, layersOf(desk, verdicts), criterionKey, drawn).length > 0;
    const response = weakened ? answer : drawn;
    if (response !== answer) reasons[criterionKey] = pickReason(random);
    verdicts[criterionKey] = response;
  }
  const { traces } = scoreAssessment(framework, layersOf(desk, {}));
  const undisputed = Object.keys(verdicts).filter(
    (key) =>
      !(key in reasons) &&
      /^(met|not_met)$/.test(traces[key]?.code ?? '') &&
      framework.criterion(key)?.claimFiles === false,
  );
  const lines = undisputed.map((criterionKey) => ({ criterionKey, id: randomUUID() }));
  await confirmUndisputed(ctx(), { assessmentId, lines });
  for (const [criterionKey, response] of Object.entries(verdicts)) {
    if (undisputed.includes(criterionKey)) continue;
    const reason = reasons[criterionKey] ?? '';
    const ground = reason === '' ? null : ('not_demonstrated' as const);
    const word = { id: randomUUID(), assessmentId, criterionKey, version: 0 };
    await decideCriterion(ctx(), { ...word, response, ground, reason });
  }
  return verdicts;
}

/** Overrides a fact of the profile that was confirmed before, and gives the case as it is judged from then on. */
export async function findOtherwise(desk: ReviewDesk, now: Date): Promise<ReviewDesk> {
  await decideIntake(
    { actor: desk.reviewer, db: desk.db, now },
    {
      id: randomUUID(),
      assessmentId: desk.assessmentId,
      intakeKey: 'ownLossAdjusters',
      version: 1,
      value: false,
      ground: 'practice_differs',
      reason:
        'Volgens uw toelichting stelden het hele jaar alleen externe experts schade vast. Eigen schade-experts waren er niet meer.',
    },
  );
  return { ...desk, found: { ownLossAdjusters: false } };
}

/** Sections that are determined on another level than the computed one, one step up or down. */
export type Adjustments = Readonly<Record<string, Adjustment>>;
type Adjustment = { change: 1 | -1; reason: string };

/** Determines every section on its computed level, but the named ones, which get another level with a reason. */
export async function determineAll(desk: ReviewDesk, verdicts: ResponseMap, now: Date, otherwise: Adjustments = {}) {
  for (const { key } of desk.framework.sections) await determine(desk, verdicts, key, now, otherwise[key]);
}

/** Determines one section anew, after it was determined once. */
export async function determineAgain(
  desk: ReviewDesk,
  verdicts: ResponseMap,
  now: Date,
  [sectionKey, other]: readonly [string, Adjustment],
) {
  await determine(desk, verdicts, sectionKey, now, other, 1);
}

async function determine(
  desk: ReviewDesk,
  verdicts: ResponseMap,
  sectionKey: string,
  now: Date,
  other: Adjustment | undefined,
  version = 0,
) {
  const { sections } = scoreAssessment(desk.framework, layersOf(desk, verdicts));
  const computedLevel = sections.find(({ key }) => key === sectionKey)?.low ?? null;
  if (computedLevel === null) return;
  const level = (other ? Math.min(5, Math.max(1, computedLevel + other.change)) : computedLevel) as Level;
  const reason = level === computedLevel ? '' : (other?.reason ?? '');
  const word = { id: randomUUID(), assessmentId: desk.assessmentId, sectionKey, version };
  await determineSection({ actor: desk.reviewer, db: desk.db, now }, { ...word, computedLevel, level, reason });
}

export async function propose({ db, assessmentId, reviewer }: ReviewDesk, now: Date) {
  await proposeOutcome({ actor: reviewer, db, now }, { assessmentId });
}

/** Approves, with every difference between computed and determined named. */
export async function approve(
  { db, framework, assessmentId, lead }: ReviewDesk,
  now: Date,
  differing: readonly string[] = [],
) {
  const approved = framework.sections.map(({ key }) => key).filter((key) => differing.includes(key));
  await approveOutcome({ actor: lead, db, now }, { assessmentId, approved });
}

const pickReason = (random: Random) => overrideReasons[Math.floor(random() * overrideReasons.length)] as string;

function layersOf({ intake, found, answers, outside }: ReviewDesk, verdicts: ResponseMap): Layers {
  return { intake, answers, outside, verdicts, intakeVerdicts: { ...intake, ...found } };
}
