import 'server-only';
import { and, desc, eq, isNull, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import type { Transaction } from '#db/client.ts';
import { answers, assessments, submissions } from '#db/schema/assessments.ts';
import { evidence, evidenceLinks } from '#db/schema/evidence.ts';
import { publications } from '#db/schema/publications.ts';
import { frameworkVersions, rounds } from '#db/schema/rounds.ts';
import { statement } from '#db/statement.ts';
import type { Framework } from '#domain/framework.ts';
import type { PinnedEvidence, SubmissionSnapshot } from '#domain/snapshot.ts';
import { compiledFramework } from '#services/frameworks/compiled-framework.ts';

/** A piece of an earlier round, as its submission pinned it. */
export type EarlierPiece = PinnedEvidence & {
  /** Its bytes are still there, and no scan refused them since. A web address always is. */
  usable: boolean;
  /** The piece of this assessment that was made of it and was not taken away; null when there is none. */
  hereId: string | null;
  /** Where that piece supports a criterion already. */
  hereAt: readonly string[];
};

/** What one earlier round holds of the criteria that were asked for: the insurer's last submission that stands. */
export type EarlierRound = {
  assessmentId: string;
  name: string;
  productScope: string;
  signedAt: Date;
  /** The outcome that stands, once there is one. */
  publicationId: string | null;
  framework: Framework;
  answers: SubmissionSnapshot['answers'];
  links: SubmissionSnapshot['evidenceLinks'];
  evidence: readonly EarlierPiece[];
};

export type LastRoundFacts = {
  /** Newest first. */
  rounds: readonly EarlierRound[];
  /** By criterion key: the round whose explanation stands in this assessment and was not edited since. */
  takenOver: Readonly<Record<string, TakenOver>>;
};

export type TakenOver = { assessmentId: string; roundName: string };

/** How many rounds back an answer is looked for: a framework that changes more often has nothing left to take over. */
const roundsBack = 3;

/**
 * Reads what the same insurer signed in earlier rounds on an edition of the same framework, as far as these criteria go.
 * One statement for any number of them; frameworks come out of the process. Insurer's transactions only.
 * @param criterionKeys null: all
 */
export async function readLastRound(
  tx: Transaction,
  assessmentId: string,
  criterionKeys: readonly string[] | null,
): Promise<LastRoundFacts> {
  const rows = await selectLastRound(tx, { assessmentId, keys: criterionKeys && JSON.stringify(criterionKeys) });
  const found: EarlierRound[] = [];
  for (const { ref, sha256, takenOver: _, ...round } of rows) {
    found.push({ ...round, framework: await compiledFramework(tx, { ref, sha256 }) });
  }
  return { rounds: found, takenOver: rows[0]?.takenOver ?? {} };
}

/** The newest earlier round whose framework has the criterion; undefined when none has. */
export function sourceOf({ rounds: earlier }: LastRoundFacts, criterionKey: string): EarlierRound | undefined {
  return earlier.find(({ framework }) => framework.criterion(criterionKey));
}

/** The name of the newest earlier round in which this insurer's submission stands; null when there is none. */
export async function readLastRoundName(tx: Transaction, assessmentId: string): Promise<string | null> {
  const [row] = await selectName(tx, { assessmentId });
  return row?.name ?? null;
}

const here = alias(assessments, 'here');
const hereRound = alias(rounds, 'here_round');
const framework = (ref: unknown) => sql`split_part(${ref}, '@', 1)`;
const asked = (key: unknown) =>
  sql`(${sql.placeholder('keys')}::jsonb is null or ${sql.placeholder('keys')}::jsonb ? (${key}))`;

const isEarlier = () =>
  and(
    eq(here.id, sql.placeholder('assessmentId')),
    sql`${rounds.periodTo} < ${hereRound.periodTo}`,
    sql`${framework(rounds.frameworkRef)} = ${framework(hereRound.frameworkRef)}`,
  );

const selectName = statement('last-round:name', (db) =>
  db
    .select({ name: rounds.name })
    .from(here)
    .innerJoin(hereRound, eq(hereRound.id, here.roundId))
    .innerJoin(assessments, eq(assessments.organisationId, here.organisationId))
    .innerJoin(rounds, eq(rounds.id, assessments.roundId))
    .where(
      and(
        isEarlier(),
        sql`exists (select from ${submissions} where ${submissions.assessmentId} = ${assessments.id}
          and ${submissions.withdrawnAt} is null)`,
      ),
    )
    .orderBy(desc(rounds.periodTo), desc(rounds.opensAt))
    .limit(1),
);

// The snapshot is read as a whole once, and then taken apart: only what was asked for leaves the database.
const selectLastRound = statement('last-round', (db) => {
  const signed = db
    .select({
      assessmentId: submissions.assessmentId,
      signedAt: submissions.signedAt,
      content: sql`${submissions.snapshot}::jsonb`.as('content'),
    })
    .from(submissions)
    .where(and(eq(submissions.assessmentId, assessments.id), isNull(submissions.withdrawnAt)))
    .orderBy(desc(submissions.number))
    .limit(1)
    .as('signed');
  const content = sql`signed.content`;
  return db
    .select({
      assessmentId: assessments.id,
      name: rounds.name,
      productScope: rounds.productScope,
      signedAt: signed.signedAt,
      ref: frameworkVersions.ref,
      sha256: frameworkVersions.sha256,
      publicationId: sql<string | null>`(select ${publications.id} from ${publications}
        where ${publications.assessmentId} = ${assessments.id} and ${publications.replacedAt} is null limit 1)`,
      answers: sql<SubmissionSnapshot['answers']>`(select coalesce(jsonb_object_agg(answer.key, answer.value), '{}')
        from jsonb_each(${content} -> 'answers') as answer where ${asked(sql`answer.key`)})`,
      links: sql<SubmissionSnapshot['evidenceLinks']>`(select coalesce(jsonb_agg(link), '[]')
        from jsonb_array_elements(${content} -> 'evidenceLinks') as link where ${asked(sql`link ->> 'criterionKey'`)})`,
      evidence: sql<EarlierPiece[]>`(select coalesce(jsonb_agg(piece || jsonb_build_object(
          'usable', piece ->> 'kind' = 'web_address' or coalesce(kept.usable, false),
          'hereId', mine.id, 'hereAt', coalesce(mine.keys, '[]'))), '[]')
        from jsonb_array_elements(${content} -> 'evidence') as piece
        left join lateral (select scan_result <> 'refused' and storage_key is not null as usable from ${evidence}
          where id = (piece ->> 'id')::uuid) as kept on true
        left join lateral (select own.id, (select jsonb_agg(criterion_key) from ${evidenceLinks}
            where evidence_id = own.id and removed_at is null) as keys
          from ${evidence} as own where own.assessment_id = ${here.id} and own.removed_at is null
          and own.taken_over_from = (piece ->> 'id')::uuid limit 1) as mine on true
        where piece ->> 'id' in (select link ->> 'evidenceId'
          from jsonb_array_elements(${content} -> 'evidenceLinks') as link
          where ${asked(sql`link ->> 'criterionKey'`)}))`,
      takenOver: sql<Record<string, TakenOver>>`(select coalesce(jsonb_object_agg(marked.criterion_key,
          jsonb_build_object('assessmentId', marked.taken_over_from, 'roundName', origin_round.name)), '{}')
        from ${answers} as marked join ${assessments} as origin on origin.id = marked.taken_over_from
        join ${rounds} as origin_round on origin_round.id = origin.round_id
        where marked.assessment_id = ${here.id} and ${asked(sql`marked.criterion_key`)})`,
    })
    .from(here)
    .innerJoin(hereRound, eq(hereRound.id, here.roundId))
    .innerJoin(assessments, eq(assessments.organisationId, here.organisationId))
    .innerJoin(rounds, eq(rounds.id, assessments.roundId))
    .innerJoin(frameworkVersions, eq(frameworkVersions.ref, rounds.frameworkRef))
    .innerJoinLateral(signed, sql`true`)
    .where(isEarlier())
    .orderBy(desc(rounds.periodTo), desc(rounds.opensAt))
    .limit(roundsBack);
});
