import { randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Database } from '#db/client.ts';
import type { IntakeMap } from '#domain/answers.ts';
import { evidenceLimits } from '#domain/evidence-types.ts';
import { addDays, dayInAmsterdam } from '#domain/terms.ts';
import { diskStaging } from '#lib/storage/staging.ts';
import type { Storage } from '#lib/storage/storage.ts';
import { saveAnswer } from '#services/assessments/save-answer.ts';
import { saveIntake } from '#services/assessments/save-intake.ts';
import { submitAssessment } from '#services/assessments/submit-assessment.ts';
import { addWebAddress } from '#services/evidence/add-web-address.ts';
import { builtInScanner } from '#services/evidence/built-in-scanner.ts';
import { storeEvidence } from '#services/evidence/store-evidence.ts';
import { takeOverAnswer } from '#services/last-round/take-over-answer.ts';
import type { Person } from './builders.ts';
import { demoNameOf, demoPassword } from './demo-accounts.ts';
import type { DrawnAnswer, DrawnEvidence } from './demo-answers.ts';
import { demoPdf } from './demo-file.ts';

/** The insurer's side of the demo, by the verbs that its people use. */
export type InsurerDesk = { db: Database; storage: Storage; assessmentId: string; coordinator: Person };

/** States the facts that decide which criteria apply. */
export async function stateIntake(desk: InsurerDesk, intake: IntakeMap, now: Date) {
  const facts = Object.fromEntries(Object.entries(intake).map(([key, value]) => [key, { value, version: 0 }]));
  await saveIntake(contextOf(desk, desk.coordinator, now), { assessmentId: desk.assessmentId, facts });
}

/** Answers criteria one after the other, with their evidence, a minute apart. */
export async function answerAll(desk: InsurerDesk, answers: readonly DrawnAnswer[], start: Date) {
  for (const [index, { criterion, response, explanation, evidence }] of answers.entries()) {
    const ctx = contextOf(desk, desk.coordinator, new Date(start.getTime() + index * 60_000));
    const of = { assessmentId: desk.assessmentId, criterionKey: criterion.key };
    await saveAnswer(ctx, { ...of, version: 0, response, explanation });
    if (evidence) await addEvidence(ctx, of, evidence);
  }
}

/** Takes over what was signed last round, where nothing stands yet. */
export async function takeOver(desk: InsurerDesk, by: Person, criterionKey: string, now: Date) {
  const { assessmentId } = desk;
  await takeOverAnswer(contextOf(desk, by, now), { assessmentId, criterionKey, version: 0, append: false });
}

/** Signs and submits. */
export async function submit(desk: InsurerDesk, signatory: Person, now: Date) {
  await submitAssessment(contextOf(desk, signatory, now), {
    assessmentId: desk.assessmentId,
    submissionId: randomUUID(),
    signatoryName: demoNameOf(signatory.email),
    signatoryFunction: 'Directeur Schade',
    declared: true,
    password: demoPassword,
  });
}

/** Lets a person of the insurer act at an instant. */
export const contextOf = (desk: InsurerDesk, actor: Person, now: Date) => ({
  actor,
  db: desk.db,
  now,
  storage: desk.storage,
  staging: diskStaging(join(tmpdir(), 'trede-demo')),
  scanner: builtInScanner,
  limits: { ...evidenceLimits, count: 1_000 },
});

async function addEvidence(
  ctx: ReturnType<typeof contextOf>,
  of: { assessmentId: string; criterionKey: string },
  { kind, title, aboutPeriod, locator }: DrawnEvidence,
) {
  const evidenceId = randomUUID();
  if (kind === 'web_address') {
    const seenOn = addDays(dayInAmsterdam(ctx.now), -3);
    const webAddress = `https://www.example/${encodeURIComponent(title.toLowerCase().replaceAll(' ', '-'))}`;
    await addWebAddress(ctx, { ...of, evidenceId, title, webAddress, seenOn, aboutPeriod, locator });
    return;
  }
  const body = (async function* () {
    yield demoPdf(title);
  })();
  await storeEvidence(ctx, {
    ...of,
    evidenceId,
    fileName: `${title.replace(/[^\p{L}\p{N} -]/gu, '')}.pdf`,
    aboutPeriod,
    locator,
    replacesId: null,
    body,
  });
}
