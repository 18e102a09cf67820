import 'server-only';
import { eq, sql } from 'drizzle-orm';
import type { Transaction } from '#db/client.ts';
import { assessments, submissions } from '#db/schema/assessments.ts';
import { evidence } from '#db/schema/evidence.ts';
import { publications } from '#db/schema/publications.ts';
import { standardReasons, verdicts } from '#db/schema/reviews.ts';
import { rounds } from '#db/schema/rounds.ts';
import { statement } from '#db/statement.ts';
import type { Ground, Response } from '#domain/answers.ts';
import type { PublishedCriterion } from '#domain/snapshot.ts';
import { notFound } from '#services/errors.ts';
import { batchesOfAssessment, type ConfirmedBatch } from './confirmed-together.ts';

/** A reason that may be inserted; without a criterion it is for every one, without a ground it goes with all. */
export type StandardReason = { id: string; criterionKey: string | null; ground: Ground | null; text: string };

/** How a pinned file stands with the scanner; `gone` when its bytes were not kept. */
export type FileState = 'clean' | 'waiting' | 'refused' | 'gone';

/** What the same insurer said on the criterion the round before, and what the supervisor found. */
export type LastRoundWord = {
  roundName: string;
  response: Response | null;
  explanation: string;
  /** Null where no outcome was published, or nothing was judged. */
  verdict: PublishedCriterion['verdict'];
};

/** A verdict as it was given, whether it still counts or not. */
export type GivenVerdict = {
  version: number;
  response: Response | null;
  ground: Ground | null;
  reason: string;
  /** ISO 8601. */
  decidedAt: string;
  decidedBy: string;
  /** The number of the submission that it was given on. */
  submission: number;
};

export type DeskFacts = {
  reasons: readonly StandardReason[];
  files: Readonly<Record<string, FileState>>;
  lastRound: LastRoundWord | null;
  /** Every verdict that was given on the criterion, the newest first; one without a response undid the one before. */
  verdicts: readonly GivenVerdict[];
  /** The lists that were confirmed at once. */
  batches: readonly ConfirmedBatch[];
};

/**
 * What lies on the reviewer's desk beside the signed answer: standard reasons, how each file stands, the round
 * before, and which lists were confirmed at once. One statement, whatever there is of it; supervisor's transactions only.
 */
export async function readDesk(tx: Transaction, assessmentId: string, criterionKey: string | null): Promise<DeskFacts> {
  const [row] = await selectDesk(tx, { assessmentId, criterionKey });
  if (!row) throw notFound();
  return { ...row, lastRound: row.lastRound && wordOf(row.lastRound) };
}

type EarlierRow = {
  roundName: string;
  answer: { response: Response | null; explanation: string } | null;
  published: PublishedCriterion | null;
};

function wordOf({ roundName, answer, published }: EarlierRow): LastRoundWord | null {
  const said = published?.answer ?? answer;
  if (!said && !published?.verdict) return null;
  return {
    roundName,
    response: said?.response ?? null,
    explanation: said?.explanation ?? '',
    verdict: published?.verdict ?? null,
  };
}

const criterion = sql`${sql.placeholder('criterionKey')}::text`;
const framework = (ref: unknown) => sql`split_part(${ref}, '@', 1)`;

const selectDesk = statement('review:desk', (db) =>
  db
    .select({
      reasons: sql<StandardReason[]>`(select coalesce(json_agg(json_build_object('id', kept.id, 'criterionKey',
        kept.criterion_key, 'ground', kept.ground, 'text', kept.text)
        order by kept.criterion_key nulls last, kept.written_at, kept.id), '[]')
        from ${standardReasons} as kept where kept.framework_ref = ${rounds.frameworkRef} and kept.retired_at is null
        and (kept.criterion_key is null or kept.criterion_key = ${criterion}))`,
      files: sql<Record<string, FileState>>`(select coalesce(json_object_agg(file.id, case
        when file.scan_result = 'clean' and file.storage_key is null then 'gone' else file.scan_result::text end), '{}')
        from ${evidence} as file where file.assessment_id = ${assessments.id} and file.kind = 'file')`,
      lastRound: sql<EarlierRow | null>`(select json_build_object('roundName', was_round.name,
        'answer', (select signed.snapshot::jsonb -> 'answers' -> ${criterion} from ${submissions} as signed
          where signed.assessment_id = was.id and signed.withdrawn_at is null order by signed.number desc limit 1),
        'published', (select found from ${publications} as outcome,
          jsonb_array_elements(outcome.content::jsonb -> 'criteria') as found
          where outcome.assessment_id = was.id and outcome.replaced_at is null and found ->> 'key' = ${criterion} limit 1))
        from ${assessments} as was join ${rounds} as was_round on was_round.id = was.round_id
        where ${criterion} is not null and was.organisation_id = ${assessments.organisationId}
        and was_round.period_to < ${rounds.periodTo}
        and ${framework(sql`was_round.framework_ref`)} = ${framework(rounds.frameworkRef)}
        and exists (select from ${submissions} as any_signed where any_signed.assessment_id = was.id
          and any_signed.withdrawn_at is null)
        order by was_round.period_to desc, was_round.opens_at desc limit 1)`,
      verdicts: sql<GivenVerdict[]>`(select coalesce(json_agg(json_build_object('version', given.version,
        'response', given.response, 'ground', given.ground, 'reason', given.reason, 'decidedAt', given.decided_at,
        'decidedBy', given.decided_by, 'submission', judged.number) order by given.version desc), '[]')
        from ${verdicts} as given join ${submissions} as judged on judged.id = given.submission_id
        where given.assessment_id = ${assessments.id} and given.criterion_key = ${criterion})`,
      batches: batchesOfAssessment,
    })
    .from(assessments)
    .innerJoin(rounds, eq(rounds.id, assessments.roundId))
    .where(eq(assessments.id, sql.placeholder('assessmentId'))),
);
