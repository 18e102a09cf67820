import { randomUUID } from 'node:crypto';
import { storeEvidence } from '#services/evidence/store-evidence.ts';
import { answerRequest } from '#services/requests/answer-request.ts';
import { saveSupplement } from '#services/requests/save-supplement.ts';
import { sendRequests } from '#services/requests/send-requests.ts';
import { demoPdf } from './demo-file.ts';
import { contextOf, type InsurerDesk } from './demo-insurer.ts';
import type { ReviewDesk } from './demo-review.ts';
import { type At, type Insurer, personOf } from './demo-scene.ts';

/** Questions of the reviewer while it reviews: one was answered, one is open, and of one the term went by. */
export async function askForMore({ db, reviewer, assessmentId }: ReviewDesk, insurer: Insurer, at: At) {
  const [answered, open] = [randomUUID(), randomUUID()];
  await sendRequests(
    { actor: reviewer, db, now: at(-11) },
    {
      assessmentId,
      id: [randomUUID()],
      criterionKey: ['III.3.a'],
      question: ['Uit welke maanden komen de rapporten die u hebt teruggelezen?'],
      term: 'days',
      days: 7,
    },
  );
  await sendRequests(
    { actor: reviewer, db, now: at(-6) },
    {
      assessmentId,
      id: [answered, open],
      criterionKey: ['I.2.a', 'II.4.a'],
      question: [
        'Om welke artikelen van de voorwaarden gaat dit, en sinds wanneer gelden die?',
        'Welke klantgroepen zijn in het onderzoek meegenomen? Noem per groep het aantal deelnemers.',
      ],
      term: 'days',
      days: 21,
    },
  );
  const asCoordinator = { actor: personOf(insurer.people, 'coordinator'), db };
  const of = { assessmentId, requestId: answered };
  const text = 'Om artikel 12 en 14. Die gelden in deze vorm sinds 1 maart 2017.';
  await answerRequest({ ...asCoordinator, now: at(-4) }, { ...of, version: 0, text });
  const draft = 'Wij zoeken de aantallen per groep nog uit.';
  await saveSupplement({ ...asCoordinator, now: at(-2) }, { assessmentId, requestId: open, version: 0, text: draft });
}

/** One question on a criterion, answered with a file: what the dashboard tells beside the signed answer. */
export async function askOnce(
  { db, reviewer, assessmentId }: ReviewDesk,
  desk: InsurerDesk,
  asked: Date,
  answered: Date,
) {
  const requestId = randomUUID();
  await sendRequests(
    { actor: reviewer, db, now: asked },
    {
      assessmentId,
      id: [requestId],
      criterionKey: ['II.3.b'],
      question: ['Over welke maanden is dit gemeten?'],
      term: 'days',
      days: 14,
    },
  );
  const ctx = contextOf(desk, desk.coordinator, answered);
  await storeEvidence(ctx, {
    ...{ assessmentId, requestId, evidenceId: randomUUID(), criterionKey: '', replacesId: null, aboutPeriod: '' },
    ...{ fileName: 'Meting per maand.pdf', locator: 'blz. 2', body: pdf('Meting per maand') },
  });
  const text = 'Over alle twaalf maanden van de periode. De meting per maand gaat hierbij.';
  await answerRequest(ctx, { assessmentId, requestId, version: 0, text });
}

async function* pdf(title: string) {
  yield demoPdf(title, 3);
}
