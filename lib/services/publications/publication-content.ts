import type { Response } from '#domain/answers.ts';
import { toLowest } from '#domain/fraction.ts';
import type { Framework, Level } from '#domain/framework.ts';
import { gainsOf } from '#domain/score-advice.ts';
import { sectionScore } from '#domain/scoring.ts';
import type {
  HeardEvidence,
  PublicationContent,
  PublishedCriterion,
  PublishedGain,
  PublishedHearing,
  PublishedIntake,
  PublishedSection,
  PublishedSupplement,
  PublishedVerdict,
} from '#domain/snapshot.ts';
import { type SentVersion, type StandingObjection, standingObjections } from '#services/hearing/hearing-facts.ts';
import type { Review } from '#services/reviews/compute-review.ts';
import type { ReviewFacts, Verdict } from '#services/reviews/review-facts.ts';
import type { Replies } from './dossier-replies.ts';

type Occasion = {
  edition: number;
  reason: string;
  /** SHA-256 of the edition before; null for the first. */
  previousSha256: Uint8Array | null;
  decidedAt: Date;
  publishedAt: Date;
  auditHead: Uint8Array | null;
  /** The versions that were sent for the hearing, newest first; empty where there was none. */
  heard: readonly SentVersion[];
  /** What the insurer sent after it signed. */
  replies: Replies;
};

/**
 * What is published of a decided case: everything that a dashboard draws, so that no later change of code, framework or
 * case can change what was said. Holds no name and no code of anybody at the supervisor.
 * @throws Error as `outcomeOf`: the workflow lets no such case be decided
 */
export function publicationContent(
  framework: Framework,
  facts: ReviewFacts,
  review: Review,
  occasion: Occasion,
): PublicationContent {
  const outcome = outcomeOf(framework, facts, review);
  const objections = standingObjections(occasion.heard);
  return {
    schema: 'trede-publication-1',
    edition: occasion.edition,
    reason: occasion.reason,
    ...(occasion.previousSha256 && { previousSha256: hex(occasion.previousSha256) }),
    ...outcome,
    criteria: outcome.criteria.map((criterion) => ({
      ...criterion,
      supplements: supplementsOf(occasion.replies, criterion.key),
    })),
    sections: outcome.sections.map((section) => ({
      ...withHearing(section, objections.get(section.key)),
      heardEvidence: heardEvidenceOf(occasion.replies, section.key),
    })),
    ...hearingOf(occasion.heard),
    gains: gainsOf(framework, review.layers, review.determined).map(publishedGain),
    decidedAt: occasion.decidedAt.toISOString(),
    publishedAt: occasion.publishedAt.toISOString(),
    auditHead: occasion.auditHead && hex(occasion.auditHead),
  };
}

/**
 * What was claimed, found and decided in a case: the part that a draft outcome and a publication say in the same words.
 * @throws Error when there is no submission, or a section that applies has no determination
 */
export function outcomeOf(framework: Framework, facts: ReviewFacts, review: Review) {
  if (!facts.submission) throw new Error('a case without a submission has no outcome');
  const { snapshot, number, sha256, signedAt } = facts.submission;
  const applicable = review.computed.sections.filter(({ applies }) => applies);
  if (!applicable.every(({ key }) => review.determined[key])) throw new Error('a section is not determined');
  return {
    reference: facts.assessment.reference,
    organisation: snapshot.organisation,
    round: snapshot.round,
    framework: snapshot.framework,
    submission: { number, sha256: hex(sha256), signedAt: signedAt.toISOString() },
    intake: publishedIntake(facts, review, snapshot.intake),
    criteria: framework.criteria.map(({ key }) => publishedCriterion(facts, review, key)),
    sections: framework.sections.map(({ key }) => publishedSection(facts, review, key)),
    total: review.determinedTotal && toLowest(review.determinedTotal),
    computedTotal: review.computed.total && toLowest(review.computed.total.low),
    ownTotal: review.own.total && toLowest(review.own.total.low),
  };
}

function publishedCriterion(facts: ReviewFacts, review: Review, key: string): PublishedCriterion {
  const answer = facts.submission?.snapshot.answers[key];
  const verdict = review.standing.criteria.has(key) ? facts.criterionVerdicts[key] : undefined;
  return {
    key,
    applies: review.computed.traces[key]?.applies === true,
    answer: answer ? { response: answer.response, explanation: answer.explanation } : null,
    outside: facts.outside[key] ?? null,
    verdict: verdict?.response ? publishedVerdict(verdict, verdict.response) : null,
  };
}

const publishedVerdict = (
  { overrides, ground, reason, claimCounts }: Verdict,
  response: Response,
): PublishedVerdict => ({
  response,
  overrides,
  ground,
  reason,
  ...(claimCounts && { claimCounts }),
});

function publishedSection(facts: ReviewFacts, review: Review, key: string): PublishedSection {
  const trace = sectionScore(review.computed, key);
  if (!trace) throw new Error(`no score of section ${key}`);
  const level: Level | null = review.determined[key] ?? null;
  const carried = facts.submission?.snapshot.carried?.[key];
  return {
    key,
    applies: trace.applies,
    own: sectionScore(review.own, key)?.low ?? null,
    computed: trace.low,
    level,
    reason: carried ? '' : ((level && facts.determinations[key]?.reason) ?? ''),
    ...(carried ? { carried } : {}),
    trace,
  };
}

/** How the hearing of the newest version ended. */
function hearingOf([newest]: readonly SentVersion[]): { hearing?: PublishedHearing } {
  if (!newest) return {};
  const { version, sentAt, termAt, respondedAt } = newest;
  return {
    hearing: {
      version,
      sentAt: sentAt.toISOString(),
      termAt: termAt.toISOString(),
      respondedAt: respondedAt?.toISOString() ?? null,
    },
  };
}

/** What the insurer said last against this section, and its answer; an objection that it gave up is not among it. */
function withHearing(section: PublishedSection, objection: StandingObjection | undefined): PublishedSection {
  if (!objection) return section;
  const { text, answer } = objection.statement;
  return { ...section, hearing: { objection: text, answer } };
}

/** What was answered to information requests on a criterion, in the order in which it was sent. */
const supplementsOf = ({ supplements, askedByPlatform }: Replies, key: string): PublishedSupplement[] =>
  supplements.flatMap(({ criterion, question, text, sentAt, evidence }, place) =>
    criterion === key ? [{ question: askedByPlatform[place] ? null : question, text, sentAt, evidence }] : [],
  );

/** The evidence that came with what was said of a section in a hearing; also with an objection that was given up. */
const heardEvidenceOf = ({ responses }: Replies, key: string): HeardEvidence[] =>
  responses.flatMap(({ version, sentAt, statements }) =>
    statements.flatMap(({ section, evidence }) =>
      section === key && evidence.length > 0 ? [{ version, sentAt, evidence }] : [],
    ),
  );

function publishedGain({
  sectionKey,
  from,
  to,
  missing,
  totalAfter,
}: ReturnType<typeof gainsOf>[number]): PublishedGain {
  return { sectionKey, from, to, missing, totalAfter: toLowest(totalAfter) };
}

function publishedIntake(
  facts: ReviewFacts,
  { layers, standing }: Review,
  own: PublishedIntake['own'],
): PublishedIntake {
  const verdicts = Object.entries(facts.intakeVerdicts).filter(([key]) => standing.intake.has(key));
  return {
    own,
    effective: { ...layers.intake, ...layers.intakeVerdicts },
    verdicts: Object.fromEntries(
      verdicts.map(([key, { overrides, ground, reason }]) => [key, { overrides, ground, reason }]),
    ),
  };
}

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');
