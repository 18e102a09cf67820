import 'server-only';
import { sql } from 'drizzle-orm';
import { answerVersions } from '#db/schema/assessments.ts';
import { evidenceLinks } from '#db/schema/evidence.ts';

/**
 * Every save at a criterion, an answer or evidence, with who saved it: `user_id`, `assessment_id`, `criterion_key`,
 * `saved_at`. The current answers would name only the last of those who wrote one.
 */
export const savesByPerson = () =>
  sql`(select saved_by as user_id, assessment_id, criterion_key, saved_at from ${answerVersions}
    union all select linked_by, assessment_id, criterion_key, linked_at from ${evidenceLinks})`;
