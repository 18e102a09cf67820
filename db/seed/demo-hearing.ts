import { randomUUID } from 'node:crypto';
import { storeEvidence } from '#services/evidence/store-evidence.ts';
import { answerObjection } from '#services/hearing/answer-objection.ts';
import { getDraftOutcome } from '#services/hearing/get-draft-outcome.ts';
import { respondOutcome } from '#services/hearing/respond-outcome.ts';
import { saveStatement } from '#services/hearing/save-statement.ts';
import { sendDraftOutcome } from '#services/hearing/send-draft-outcome.ts';
import { demoPdf } from './demo-file.ts';
import { contextOf, type InsurerDesk } from './demo-insurer.ts';
import type { ReviewDesk } from './demo-review.ts';
import { type Insurer, personOf } from './demo-scene.ts';

/** What an insurer says against a score below its own, and what the reviewer answers to that. */
const objections = [
  {
    text: 'De werkinstructie die wij meestuurden, geldt sinds het begin van de referentieperiode. Graag wegen wij dit samen opnieuw.',
    answer:
      'Wij hebben de werkinstructie opnieuw gelezen. Zij geldt sinds het begin van de periode; dat medewerkers haar volgen, blijkt er niet uit. Ons oordeel blijft staan.',
  },
  {
    text: 'U schrijft dat de stukken de uitvoering niet laten zien. De maandverslagen die wij noemden, beschrijven juist wat medewerkers deden.',
    answer:
      'De verslagen beschrijven gesprekken, en geen meting over de hele periode. Wij zien er geen reden in om anders te oordelen.',
  },
] as const;

/** Sends the draft outcome, and gives the key of its version. */
export async function sendDraft({ db, reviewer, assessmentId }: ReviewDesk, now: Date): Promise<string> {
  const id = randomUUID();
  await sendDraftOutcome({ actor: reviewer, db, now }, { id, assessmentId });
  return id;
}

/** The insurer begins to write, against the first section that ended below its own score; only its own people see it. */
export async function beginResponse(desk: InsurerDesk, now: Date) {
  const { assessmentId, coordinator } = desk;
  const ctx = contextOf(desk, coordinator, now);
  const { content } = await getDraftOutcome(ctx, { assessmentId });
  const lowered = content.sections.find(({ own, level }) => own !== null && level !== null && own > level);
  if (!lowered) return;
  const said = { sectionKey: lowered.key, version: 0, agrees: false, text: objections[0].text };
  await saveStatement(ctx, { assessmentId, ...said });
}

/**
 * The insurer agrees with each section, but where `objecting` it speaks against the first that ended below its own score;
 * its signatory sends that.
 * @returns the answer that each of its objections gets, by section key
 */
export async function respond(
  desk: InsurerDesk,
  insurer: Insurer,
  objecting: boolean,
  now: Date,
): Promise<Readonly<Record<string, string>>> {
  const { assessmentId, coordinator } = desk;
  const ctx = contextOf(desk, coordinator, now);
  const { id: draftOutcomeId, content } = await getDraftOutcome(ctx, { assessmentId });
  const answers: Record<string, string> = {};
  const left = objecting ? [...objections] : [];
  for (const { key: sectionKey, level, own } of content.sections) {
    if (level === null) continue;
    const objection = own !== null && own > level ? left.shift() : undefined;
    if (objection) answers[sectionKey] = objection.answer;
    const said = { sectionKey, version: 0, agrees: !objection, text: objection?.text ?? '' };
    await saveStatement(ctx, { assessmentId, ...said });
    if (objection && left.length === 1) await encloseReport(ctx, { assessmentId, draftOutcomeId, sectionKey });
  }
  const signatory = contextOf(desk, personOf(insurer.people, 'signatory'), new Date(now.getTime() + 3_600_000));
  await respondOutcome(signatory, { assessmentId, draftOutcomeId });
  return answers;
}

async function encloseReport(
  ctx: ReturnType<typeof contextOf>,
  at: { assessmentId: string; draftOutcomeId: string; sectionKey: string },
) {
  const body = (async function* () {
    yield demoPdf('Verslag van de uitvoering', 4);
  })();
  const said = { evidenceId: randomUUID(), criterionKey: '', replacesId: null, aboutPeriod: '', locator: 'blz. 3' };
  await storeEvidence(ctx, { ...at, ...said, fileName: 'Verslag van de uitvoering.pdf', body });
}

export async function answerObjections(
  { db, reviewer, assessmentId }: ReviewDesk,
  draftOutcomeId: string,
  answers: Readonly<Record<string, string>>,
  now: Date,
) {
  for (const [sectionKey, text] of Object.entries(answers)) {
    await answerObjection({ actor: reviewer, db, now }, { assessmentId, draftOutcomeId, sectionKey, version: 0, text });
  }
}
