import 'server-only';
import { and, desc, eq, isNull, sql } from 'drizzle-orm';
import type { Transaction } from '#db/client.ts';
import { draftOutcomes, hearingResponses, hearingStatements, objectionAnswers } from '#db/schema/hearing.ts';
import { publicationSections, publications } from '#db/schema/publications.ts';
import type { Level } from '#domain/framework.ts';
import type { HearingFacts, LevelsByKey } from '#domain/hearing.ts';
import type { DraftOutcomeContent } from '#domain/snapshot.ts';

/** What the insurer said of one section, and what it was answered. `answerVersion` is 0 while there is no answer. */
export type SectionStatement = { agrees: boolean; text: string; answer: string; answerVersion: number };

/** One version of the draft outcome as the supervisor follows it. What the insurer is still writing is not there. */
export type SentVersion = {
  id: string;
  version: number;
  content: DraftOutcomeContent;
  sha256: string;
  termAt: Date;
  sentAt: Date;
  silentAt: Date | null;
  respondedAt: Date | null;
  /** By section key; empty before the response is in. */
  statements: Readonly<Record<string, SectionStatement>>;
};

/** Where the hearing of a case stands. Only in the supervisor's transactions. */
export type Hearing = {
  /** Newest first. */
  versions: readonly SentVersion[];
  /** For the workflow's questions. */
  facts: HearingFacts;
};

/** Reads it in one flight of two statements, whatever the number of versions and sections. */
export async function readHearing(tx: Transaction, assessmentId: string): Promise<Hearing> {
  const [rows, published] = await Promise.all([readVersions(tx, assessmentId), readPublished(tx, assessmentId)]);
  const versions = rows.map(
    (row): SentVersion => ({ ...row, content: JSON.parse(row.content) as DraftOutcomeContent }),
  );
  return { versions, facts: factsOf(versions[0], published) };
}

function factsOf(newest: SentVersion | undefined, published: Published): HearingFacts {
  const statements = Object.entries(newest?.statements ?? {});
  const objections = statements.filter(([, { agrees }]) => !agrees);
  const since = published.at !== null && newest !== undefined && published.at > newest.sentAt;
  return {
    sent: newest ? { levels: levelsOf(newest.content), termAt: newest.termAt } : null,
    publishedSince: since ? published.levels : null,
    responded: newest?.respondedAt != null,
    objections: objections.map(([key]) => key),
    answered: objections.filter(([, { answerVersion }]) => answerVersion > 0).map(([key]) => key),
  };
}

/** The levels that a draft outcome tells. */
export function levelsOf({ sections }: Pick<DraftOutcomeContent, 'sections'>): LevelsByKey {
  return Object.fromEntries(sections.flatMap(({ key, level }) => (level === null ? [] : [[key, level]])));
}

async function readVersions(tx: Transaction, assessmentId: string) {
  return tx
    .select({
      id: draftOutcomes.id,
      version: draftOutcomes.version,
      content: draftOutcomes.content,
      sha256: sql<string>`encode(${draftOutcomes.sha256}, 'hex')`,
      termAt: draftOutcomes.termAt,
      sentAt: draftOutcomes.sentAt,
      silentAt: draftOutcomes.silentAt,
      respondedAt: hearingResponses.sentAt,
      statements: sql<Record<string, SectionStatement>>`(select coalesce(json_object_agg(statement.section_key,
        json_build_object('agrees', statement.agrees, 'text', statement.text, 'answer', coalesce(answer.text, ''),
        'answerVersion', coalesce(answer.version, 0)) order by statement.section_key), '{}')
        from ${hearingStatements} as statement
        left join lateral (select text, version from ${objectionAnswers}
          where draft_outcome_id = statement.draft_outcome_id and section_key = statement.section_key
          order by version desc limit 1) as answer on true
        where statement.draft_outcome_id = ${draftOutcomes.id})`,
    })
    .from(draftOutcomes)
    .leftJoin(hearingResponses, eq(hearingResponses.draftOutcomeId, draftOutcomes.id))
    .where(eq(draftOutcomes.assessmentId, sql.placeholder('assessmentId')))
    .orderBy(desc(draftOutcomes.version))
    .prepare('hearing:versions')
    .execute({ assessmentId });
}

type Published = { at: Date | null; levels: LevelsByKey };

async function readPublished(tx: Transaction, assessmentId: string): Promise<Published> {
  const rows = await tx
    .select({ at: publications.publishedAt, key: publicationSections.sectionKey, level: publicationSections.level })
    .from(publications)
    .innerJoin(publicationSections, eq(publicationSections.publicationId, publications.id))
    .where(and(eq(publications.assessmentId, sql.placeholder('assessmentId')), isNull(publications.replacedAt)))
    .prepare('hearing:published')
    .execute({ assessmentId });
  return { at: rows[0]?.at ?? null, levels: Object.fromEntries(rows.map(({ key, level }) => [key, level as Level])) };
}
