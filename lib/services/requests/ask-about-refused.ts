import 'server-only';
import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import type { Transaction } from '#db/client.ts';
import { submissions } from '#db/schema/assessments.ts';
import { evidence, submissionEvidence } from '#db/schema/evidence.ts';
import { informationRequests, supplementEvidence, supplements } from '#db/schema/requests.ts';
import { statement } from '#db/statement.ts';
import { termEnd } from '#domain/terms.ts';
import { recordEvents } from '#services/audit.ts';

/** Days that the insurer gets to send a clean version of a file that was refused after it was signed or sent. */
export const refusedFileDays = 14;

type Assessment = { id: string; organisationId: string };

/**
 * Asks the insurer, in the platform's own name, about every file that was refused after it was signed in the submission
 * that stands, or sent with a supplement: one request a file, on the first criterion that it supports. For a case in
 * review, under its lock. A file that was asked about is not asked about again.
 */
export async function askAboutRefused(tx: Transaction, now: Date, { id: assessmentId, organisationId }: Assessment) {
  const refused = await selectRefused(tx, { assessmentId });
  if (refused.length === 0) return;
  const termAt = termEnd(now, refusedFileDays);
  const requests = refused.map(({ evidenceId, criterionKey, title }) => ({
    id: randomUUID(),
    assessmentId,
    organisationId,
    criterionKey,
    // The screen says the question in the reader's language; what stands here tells which file.
    question: title,
    termAt,
    sentAt: now,
    sentBy: null,
    refusedEvidenceId: evidenceId,
  }));
  await Promise.all([
    tx.insert(informationRequests).values(requests),
    recordEvents(
      tx,
      requests.map(({ id, criterionKey, refusedEvidenceId }) => ({
        at: now,
        actorId: null,
        action: 'request.send',
        organisationId,
        assessmentId,
        detail: { requestId: id, criterionKey, term: termAt.toISOString(), evidenceId: refusedEvidenceId },
      })),
    ),
  ]);
}

/** Read by the platform and by the supervisor: of work in progress it sees nothing. */
const refusedFiles = sql`(
  with signed as (
    select s.id, s.snapshot from ${submissions} s
      where s.assessment_id = ${sql.placeholder('assessmentId')}::uuid and s.withdrawn_at is null
      order by s.number desc limit 1
  ), used as (
    select pin.evidence_id, (select min(link->>'criterionKey')
        from jsonb_array_elements(signed.snapshot::jsonb->'evidenceLinks') link
        where link->>'evidenceId' = pin.evidence_id::text) as criterion_key
      from signed join ${submissionEvidence} pin on pin.submission_id = signed.id
      join ${evidence} e on e.id = pin.evidence_id and e.scan_result = 'refused'
    union all
    select enclosure.evidence_id, asked.criterion_key from ${informationRequests} asked
      join ${supplements} sent on sent.request_id = asked.id and sent.sent_at is not null
      join ${supplementEvidence} enclosure on enclosure.request_id = asked.id and enclosure.removed_at is null
      join ${evidence} e on e.id = enclosure.evidence_id and e.scan_result = 'refused'
      where asked.assessment_id = ${sql.placeholder('assessmentId')}::uuid
  )
  select used.evidence_id, min(used.criterion_key) as criterion_key, e.title from used
    join ${evidence} e on e.id = used.evidence_id
    where used.criterion_key is not null and not exists (
      select from ${informationRequests} r where r.refused_evidence_id = used.evidence_id)
    group by used.evidence_id, e.title
) as refused`;

const selectRefused = statement('requests:about-refused', (db) =>
  db
    .select({
      evidenceId: sql<string>`refused.evidence_id`,
      criterionKey: sql<string>`refused.criterion_key`,
      title: sql<string>`refused.title`,
    })
    .from(refusedFiles),
);
