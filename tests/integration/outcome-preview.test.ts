import { eq } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '#db/client.ts';
import { publications } from '#db/schema/publications.ts';
import { canonicalJson } from '#domain/canonical-json.ts';
import type { PublicationContent } from '#domain/snapshot.ts';
import { answerObjection } from '#services/hearing/answer-objection.ts';
import { respondOutcome } from '#services/hearing/respond-outcome.ts';
import { saveStatement } from '#services/hearing/save-statement.ts';
import { correctPublication } from '#services/publications/correct-publication.ts';
import { getDashboard } from '#services/publications/get-dashboard.ts';
import { getOutcomePreview } from '#services/publications/get-outcome-preview.ts';
import { publishAssessment } from '#services/publications/publish-assessment.ts';
import { approveOutcome } from '#services/reviews/approve-outcome.ts';
import { proposeOutcome } from '#services/reviews/propose-outcome.ts';
import { type Case, makeCase, makeStaff, type Staff } from '../support/cases.ts';
import { testDatabase } from '../support/database.ts';
import { as, contextOf, instant } from '../support/insurer-work.ts';

const database = testDatabase();
let db: Database;
let staff: Staff;

beforeAll(async () => {
  db = database.db;
  staff = await makeStaff(db);
});

const judge = (now = instant) => contextOf(db, staff.judge, now);
const lead = (now = instant) => contextOf(db, staff.lead, now);
const preview = async ({ assessmentId }: Case, ctx = judge()) => {
  const { dashboard } = await getOutcomePreview(ctx, { assessmentId });
  if (!dashboard) throw new Error('there is nothing to preview');
  return dashboard;
};
const published = async (publicationId: string) => {
  const [row] = await as(db, 'trede_supervisor', (tx) =>
    tx.select({ content: publications.content }).from(publications).where(eq(publications.id, publicationId)),
  );
  return JSON.parse(row?.content ?? '') as PublicationContent;
};
/** But for what only deciding and publishing fix: their moments, and the head of the log. */
const bytes = ({ decidedAt, publishedAt, auditHead, ...content }: PublicationContent) => canonicalJson(content);

describe('the preview of an outcome', () => {
  it('is byte for byte what publishing writes, before proposing and after deciding, without a hearing', async () => {
    const made = await makeCase(db, staff, 'proposed');
    const proposed = await preview(made);
    await approveOutcome(lead(), { ...made, approved: [] });
    const decided = await preview(made, lead());
    const { publicationId } = await publishAssessment(lead(), made);
    const out = await published(publicationId);
    expect(bytes(proposed.content)).toBe(bytes(out));
    expect(bytes(decided.content)).toBe(bytes(out));
    expect(decided.content.decidedAt).toBe(out.decidedAt);
  });

  it('lays beside it what the insurer reads beside it', async () => {
    const made = await makeCase(db, staff, 'decided');
    const shown = await preview(made);
    const { publicationId } = await publishAssessment(lead(), made);
    const read = await getDashboard(contextOf(db, made.insurer.people.coordinator), { publicationId });
    expect(shown).toMatchObject({
      sector: read.sector,
      earlier: read.earlier,
      pieces: read.pieces,
      texts: read.texts,
    });
    expect(shown.sector).not.toBeNull();
    const handedIn = Object.values(read.pieces).flatMap((pieces) => pieces.map(({ id }) => id));
    const opens = ({ openable }: typeof read) => handedIn.filter((id) => openable.includes(id));
    expect(opens(shown)).toEqual(opens(read));
    expect(opens(shown)).not.toHaveLength(0);
  });

  it('tells the objection with its answer, and the reason of a correction', async () => {
    const made = await makeCase(db, staff, 'hearing');
    const { assessmentId, draftOutcomeId } = made;
    const signatory = contextOf(db, made.insurer.people.signatory);
    for (const sectionKey of ['I', 'II', 'III', 'IV', 'V']) {
      const agrees = sectionKey !== 'II';
      const said = { assessmentId, sectionKey, version: 0, agrees, text: agrees ? '' : 'Wij doen meer.' };
      await saveStatement(signatory, said);
    }
    await respondOutcome(signatory, { assessmentId, draftOutcomeId });
    const answer = { assessmentId, draftOutcomeId, sectionKey: 'II', version: 0, text: 'Dat bleek niet.' };
    await answerObjection(judge(), answer);
    const heard = await preview(made);
    expect(heard.content.sections.find(({ key }) => key === 'II')?.hearing).toEqual({
      objection: 'Wij doen meer.',
      answer: 'Dat bleek niet.',
    });
    const publish = async () => {
      await proposeOutcome(judge(), made);
      await approveOutcome(lead(), { ...made, approved: [] });
      return published((await publishAssessment(lead(), made)).publicationId);
    };
    expect(bytes(heard.content)).toBe(bytes(await publish()));

    const reason = 'Een rekenfout in onderdeel II.';
    await correctPublication(lead(), { assessmentId, reason });
    const corrected = await preview(made);
    expect(corrected.content).toMatchObject({ edition: 2, reason });
    expect(corrected.editions.map(({ edition, replaced }) => [edition, replaced])).toEqual([
      [2, false],
      [1, true],
    ]);
    expect(bytes(corrected.content)).toBe(bytes(await publish()));
  });

  it('says what is missing while sections have no score, and shows no outcome', async () => {
    const made = await makeCase(db, staff, 'in_review');
    const { dashboard, lacks } = await getOutcomePreview(judge(), made);
    expect(dashboard).toBeNull();
    expect(lacks.undetermined).toEqual(['I', 'II', 'III', 'IV', 'V']);
    expect(lacks.unjudged).toContain('I.2.a');
  });

  it('is not found for the insurer, in a conflict of interest, and where there is nothing to preview', async () => {
    const made = await makeCase(db, staff, 'decided');
    const notFound = { code: 'not_found' };
    const read = (ctx: ReturnType<typeof judge>) => getOutcomePreview(ctx, made);
    await expect(read(contextOf(db, made.insurer.people.signatory))).rejects.toMatchObject(notFound);
    await expect(read(contextOf(db, staff.leadInConflict))).rejects.toMatchObject(notFound);
    await expect(read(contextOf(db, staff.reviewerInConflict))).rejects.toMatchObject(notFound);
    await publishAssessment(lead(), made);
    await expect(read(judge())).rejects.toMatchObject(notFound);
  });
});
