import { randomUUID } from 'node:crypto';
import { answerObjection } from '#services/hearing/answer-objection.ts';
import { getDraftOutcome } from '#services/hearing/get-draft-outcome.ts';
import { respondOutcome } from '#services/hearing/respond-outcome.ts';
import { saveStatement } from '#services/hearing/save-statement.ts';
import { sendDraftOutcome } from '#services/hearing/send-draft-outcome.ts';
import { contextOf, type InsurerDesk } from './demo-insurer.ts';
import type { ReviewDesk } from './demo-review.ts';
import { type Insurer, personOf } from './demo-scene.ts';

/** What is said of a section, by its key. */
type Words = Readonly<Record<string, string>>;

export const objections: Words = {
  I: 'De werkinstructie die wij meestuurden, geldt sinds het begin van de referentieperiode. Graag wegen wij dit samen opnieuw.',
  III: 'Bij drie criteria lezen wij dat de uitvoering niet blijkt. De verslagen van de belrondes, die wij bij III.4.a noemden, laten die juist zien.',
};

/** What the reviewer answers to each of `objections`. */
export const objectionAnswers: Words = {
  I: 'Wij hebben de werkinstructie opnieuw gelezen. Zij geldt sinds het begin van de periode; dat medewerkers haar volgen, blijkt er niet uit. Ons oordeel blijft staan.',
  III: 'De verslagen beschrijven de gesprekken en geen meting over de hele periode. Ons oordeel blijft staan.',
};

/** Sends the draft outcome, and gives the key of its version. */
export async function sendDraft({ db, reviewer, assessmentId }: ReviewDesk, now: Date): Promise<string> {
  const id = randomUUID();
  await sendDraftOutcome({ actor: reviewer, db, now }, { id, assessmentId });
  return id;
}

/** The insurer begins to write; nobody but its own people sees it. */
export async function beginResponse(desk: InsurerDesk, now: Date, { I: text = '' }: Words) {
  const { assessmentId, coordinator } = desk;
  const said = { sectionKey: 'I', version: 0, agrees: false, text };
  await saveStatement(contextOf(desk, coordinator, now), { assessmentId, ...said });
}

/** The insurer agrees with each section but those that it objects to, and its signatory sends that. */
export async function respond(desk: InsurerDesk, insurer: Insurer, objecting: Words, now: Date) {
  const { assessmentId, coordinator } = desk;
  const ctx = contextOf(desk, coordinator, now);
  const { id: draftOutcomeId, content } = await getDraftOutcome(ctx, { assessmentId });
  for (const { key: sectionKey, level } of content.sections) {
    if (level === null) continue;
    const text = objecting[sectionKey] ?? '';
    await saveStatement(ctx, { assessmentId, sectionKey, version: 0, agrees: text === '', text });
  }
  const signatory = contextOf(desk, personOf(insurer.people, 'signatory'), new Date(now.getTime() + 3_600_000));
  await respondOutcome(signatory, { assessmentId, draftOutcomeId });
}

export async function answerObjections(
  { db, reviewer, assessmentId }: ReviewDesk,
  draftOutcomeId: string,
  answers: Words,
  now: Date,
) {
  for (const [sectionKey, text] of Object.entries(answers)) {
    await answerObjection({ actor: reviewer, db, now }, { assessmentId, draftOutcomeId, sectionKey, version: 0, text });
  }
}
