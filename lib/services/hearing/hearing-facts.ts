import 'server-only';
import { sql } from 'drizzle-orm';
import type { Transaction } from '#db/client.ts';
import { draftOutcomes, hearingResponses, hearingStatements, objectionAnswers } from '#db/schema/hearing.ts';
import { publicationSections, publications } from '#db/schema/publications.ts';
import type { HearingFacts, LevelsByKey } from '#domain/hearing.ts';
import type { DraftOutcomeContent } from '#domain/snapshot.ts';
import { type EnclosedBySection, type EnclosedPiece, enclosedWithOutcome } from '#services/evidence/enclosed-pieces.ts';

/** What the insurer said of one section, and what it was answered. `answerVersion` is 0 while there is no answer. */
export type SectionStatement = {
  agrees: boolean;
  text: string;
  answer: string;
  answerVersion: number;
  /** What was sent with the words. */
  enclosed: readonly EnclosedPiece[];
};

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
  /** An outcome stands published: what changes now is a revision of it. */
  published: boolean;
  /** For the workflow's questions. */
  facts: HearingFacts;
};

/** Reads it in one statement, whatever the number of versions and sections. */
export async function readHearing(tx: Transaction, assessmentId: string): Promise<Hearing> {
  const [row] = await tx
    .select({ versions: versionsOf(), published: publishedOf() })
    .from(sql`(values (1)) as one`)
    .prepare('hearing:all')
    .execute({ assessmentId });
  const versions = (row?.versions ?? []).map(
    ({ termAt, sentAt, silentAt, respondedAt, statements, enclosed, ...sent }): SentVersion => ({
      ...sent,
      statements: Object.fromEntries(
        Object.entries(statements).map(([key, said]) => [key, { ...said, enclosed: enclosed[key] ?? [] }]),
      ),
      content: JSON.parse(sent.content) as DraftOutcomeContent,
      termAt: new Date(termAt),
      sentAt: new Date(sentAt),
      silentAt: silentAt === null ? null : new Date(silentAt),
      respondedAt: respondedAt === null ? null : new Date(respondedAt),
    }),
  );
  const { at = null, levels = {} } = row?.published ?? {};
  return {
    versions,
    published: at !== null,
    facts: factsOf(versions, { at: at === null ? null : new Date(at), levels }),
  };
}

/** An objection that waits for an answer or has one, with the version that it was made to. */
export type StandingObjection = { draftOutcomeId: string; statement: SectionStatement };

/**
 * What the insurer objects to, by section key: its last word on each section over all versions that it responded to. One
 * that it agreed to later was given up; silence on a later version, or a later version without that section, gives nothing
 * up.
 * @param versions newest first
 */
export function standingObjections(versions: readonly SentVersion[]): ReadonlyMap<string, StandingObjection> {
  const last = new Map<string, StandingObjection>();
  for (const { id, respondedAt, statements } of versions) {
    if (respondedAt === null) continue;
    for (const [key, statement] of Object.entries(statements)) {
      if (!last.has(key)) last.set(key, { draftOutcomeId: id, statement });
    }
  }
  return new Map([...last].filter(([, { statement }]) => !statement.agrees));
}

function factsOf(versions: readonly SentVersion[], published: Published): HearingFacts {
  const newest = versions[0];
  const objections = [...standingObjections(versions)];
  const since = published.at !== null && newest !== undefined && published.at > newest.sentAt;
  return {
    sent: newest ? { levels: levelsOf(newest.content), termAt: newest.termAt } : null,
    publishedSince: since ? published.levels : null,
    responded: newest?.respondedAt != null,
    objections: objections.map(([key]) => key),
    answered: objections.filter(([, { statement }]) => statement.answerVersion > 0).map(([key]) => key),
  };
}

/** The levels that a draft outcome tells. */
export function levelsOf({ sections }: Pick<DraftOutcomeContent, 'sections'>): LevelsByKey {
  return Object.fromEntries(sections.flatMap(({ key, level }) => (level === null ? [] : [[key, level]])));
}

type Stored = Omit<SentVersion, 'content' | 'termAt' | 'sentAt' | 'silentAt' | 'respondedAt' | 'statements'> & {
  statements: Readonly<Record<string, Omit<SectionStatement, 'enclosed'>>>;
  enclosed: EnclosedBySection;
  content: string;
  termAt: string;
  sentAt: string;
  silentAt: string | null;
  respondedAt: string | null;
};

/** Every version that was sent, newest first, with what the insurer said of it once that is in. */
const versionsOf = () => sql<Stored[]>`(select coalesce(json_agg(json_build_object('id', sent.id,
  'version', sent.version, 'content', sent.content, 'sha256', encode(sent.sha256, 'hex'), 'termAt', sent.term_at,
  'sentAt', sent.sent_at, 'silentAt', sent.silent_at, 'respondedAt', response.sent_at,
  'enclosed', ${enclosedWithOutcome(sql`sent.id`)},
  'statements', (select coalesce(json_object_agg(statement.section_key,
    json_build_object('agrees', statement.agrees, 'text', statement.text, 'answer', coalesce(answer.text, ''),
    'answerVersion', coalesce(answer.version, 0)) order by statement.section_key), '{}')
    from ${hearingStatements} as statement
    left join lateral (select text, version from ${objectionAnswers}
      where draft_outcome_id = statement.draft_outcome_id and section_key = statement.section_key
      order by version desc limit 1) as answer on true
    where statement.draft_outcome_id = sent.id)) order by sent.version desc), '[]')
  from ${draftOutcomes} as sent
  left join ${hearingResponses} as response on response.draft_outcome_id = sent.id
  where sent.assessment_id = ${sql.placeholder('assessmentId')})`;

type Published = { at: Date | null; levels: LevelsByKey };

/** What stands published, with its levels. */
const publishedOf = () => sql<{ at: string; levels: LevelsByKey } | null>`(select json_build_object(
  'at', edition.published_at, 'levels', (select coalesce(json_object_agg(section.section_key, section.level), '{}')
    from ${publicationSections} as section where section.publication_id = edition.id))
  from ${publications} as edition
  where edition.assessment_id = ${sql.placeholder('assessmentId')} and edition.replaced_at is null)`;
