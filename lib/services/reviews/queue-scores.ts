import 'server-only';
import { sql } from 'drizzle-orm';
import type { Transaction } from '#db/client.ts';
import { outsideResults, submissions } from '#db/schema/assessments.ts';
import { draftOutcomes, hearingResponses } from '#db/schema/hearing.ts';
import { publications } from '#db/schema/publications.ts';
import { determinations, verdicts } from '#db/schema/reviews.ts';
import type { Framework } from '#domain/framework.ts';
import { type KeptScores, keptScores } from '#domain/snapshot.ts';
import { computeReview } from './compute-review.ts';
import type { ScoredFacts, ScoredVerdict, SignedPart } from './review-facts.ts';

/** What a line of the queue shows of a submitted assessment: computed over the verdicts so far. */
export type QueueScores = {
  computed: KeptScores;
  judged: number;
  /** Applicable criteria without an outside result. */
  toBeJudged: number;
  /** Sections whose determined level is not the computed one. */
  differences: number;
  /** Criteria that still ask for a verdict, in the norm's order, and sections that ask for a determination. */
  toJudge: readonly string[];
  undetermined: readonly string[];
  /** Where its hearing stands by the version that was sent last; null before one was. */
  sent: { termAt: Date; responded: boolean } | null;
  /** An outcome was published before. */
  published: boolean;
};

type LeanSubmission = { id: string; assessmentId: string; number: number; part: SignedPart };
type Laid = {
  assessmentId: string;
  verdicts: ScoredVerdict[];
  determinations: ({ sectionKey: string } & ScoredFacts['determinations'][string])[];
  outside: ({ criterionKey: string } & ScoredFacts['outside'][string])[];
  sent: { termAt: string; responded: boolean } | null;
  published: boolean;
};

/**
 * The scores of a page of assessments in two statements, whatever their number. Of each submission only what a score
 * rests on comes over: explanations as hashes, which is enough to tell whether a verdict stands.
 */
export async function readQueueScores(
  tx: Transaction,
  framework: Framework,
  assessmentIds: readonly string[],
): Promise<Readonly<Record<string, QueueScores>>> {
  if (assessmentIds.length === 0) return {};
  const ids = `{${assessmentIds.join(',')}}`;
  const [signed, laid] = await Promise.all([readSubmissions(tx, ids), readLaid(tx, ids)]);
  const byAssessment = Map.groupBy(signed, (submission) => submission.assessmentId);
  const scored = laid.flatMap((row): [string, QueueScores][] => {
    const [last, ...before] = byAssessment.get(row.assessmentId) ?? [];
    return last ? [[row.assessmentId, scoresOf(framework, last, before, row)]] : [];
  });
  return Object.fromEntries(scored);
}

function scoresOf(framework: Framework, last: LeanSubmission, before: LeanSubmission[], laid: Laid): QueueScores {
  const review = computeReview(framework, {
    submission: { id: last.id, snapshot: last.part },
    earlier: Object.fromEntries(before.map(({ id, part }) => [id, part])),
    outside: keyed(laid.outside, (result) => result.criterionKey),
    criterionVerdicts: keyed(laid.verdicts, (verdict) => verdict.criterionKey),
    intakeVerdicts: keyed(laid.verdicts, (verdict) => verdict.intakeKey),
    determinations: keyed(laid.determinations, (determination) => determination.sectionKey),
  });
  const applicable = Object.values(review.computed.traces).filter(
    ({ applies, layer }) => applies && layer !== 'outside',
  );
  const differing = review.computed.sections.filter(({ key, low }) => (review.determined[key] ?? low) !== low);
  return {
    computed: keptScores(review.computed),
    judged: applicable.length - review.toJudge.criteria.length,
    toBeJudged: applicable.length,
    differences: differing.length,
    toJudge: review.toJudge.criteria,
    undetermined: Object.entries(review.determination).flatMap(([key, state]) =>
      state === 'none' || state === 'outdated' ? [key] : [],
    ),
    sent: laid.sent && { ...laid.sent, termAt: new Date(laid.sent.termAt) },
    published: laid.published,
  };
}

function readSubmissions(tx: Transaction, ids: string): Promise<LeanSubmission[]> {
  return tx
    .select({
      id: sql<string>`signed.id`,
      assessmentId: sql<string>`signed.assessment_id`,
      number: sql<number>`signed.number`,
      part: sql<SignedPart>`json_build_object(
        'intake', signed.content -> 'intake',
        'outside', signed.content -> 'outside',
        'carried', coalesce(signed.content -> 'carried', '{}'),
        'answers', (select coalesce(json_object_agg(key, json_build_object('response', value -> 'response',
          'explanation', md5(value ->> 'explanation'))), '{}') from jsonb_each(signed.content -> 'answers')),
        'evidenceLinks', (select coalesce(json_agg(json_build_object('evidenceId', value -> 'evidenceId',
          'criterionKey', value -> 'criterionKey', 'locator', value -> 'locator')), '[]')
          from jsonb_array_elements(signed.content -> 'evidenceLinks')))`,
    })
    .from(
      sql`(select s.id, s.assessment_id, s.number, s.snapshot::jsonb as content from ${submissions} s
        where s.assessment_id = any (${sql.placeholder('ids')}::text::uuid[]) and s.withdrawn_at is null
          and (s.number = (select max(number) from ${submissions} newest
            where newest.assessment_id = s.assessment_id and newest.withdrawn_at is null)
          or s.id in (select submission_id from ${verdicts} v where v.assessment_id = s.assessment_id))
        offset 0) as signed`,
    )
    .orderBy(sql`signed.assessment_id, signed.number desc`)
    .prepare('queue:submissions')
    .execute({ ids });
}

function readLaid(tx: Transaction, ids: string): Promise<Laid[]> {
  return tx
    .select({
      assessmentId: sql<string>`of.id`,
      verdicts: sql<Laid['verdicts']>`(select coalesce(json_agg(json_build_object('submissionId', submission_id,
        'criterionKey', criterion_key, 'intakeKey', intake_key, 'response', response, 'intakeValue', intake_value)), '[]')
        from (select distinct on (criterion_key, intake_key) * from ${verdicts} where assessment_id = of.id
          order by criterion_key, intake_key, version desc) as latest)`,
      determinations: sql<Laid['determinations']>`(select coalesce(json_agg(json_build_object('sectionKey', section_key,
        'computedLevel', computed_level, 'level', level)), '[]')
        from (select distinct on (section_key) * from ${determinations} where assessment_id = of.id
          order by section_key, version desc) as latest)`,
      outside: sql<Laid['outside']>`(select coalesce(json_agg(json_build_object('criterionKey', criterion_key,
        'response', response)), '[]')
        from (select distinct on (criterion_key) * from ${outsideResults} where assessment_id = of.id
          order by criterion_key, imported_at desc) as latest)`,
      sent: sql<Laid['sent']>`(select json_build_object('termAt', sent.term_at, 'responded', exists (
          select from ${hearingResponses} h where h.draft_outcome_id = sent.id and h.sent_at is not null))
        from ${draftOutcomes} as sent where sent.assessment_id = of.id order by sent.version desc limit 1)`,
      published: sql<boolean>`exists (select from ${publications} p where p.assessment_id = of.id)`,
    })
    .from(sql`unnest(${sql.placeholder('ids')}::text::uuid[]) as of (id)`)
    .prepare('queue:laid')
    .execute({ ids });
}

function keyed<Row>(rows: readonly Row[], keyOf: (row: Row) => string | null): Record<string, Row> {
  return Object.fromEntries(rows.flatMap((row) => (keyOf(row) === null ? [] : [[keyOf(row), row]])));
}
