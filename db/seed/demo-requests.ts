import { randomUUID } from 'node:crypto';
import { answerRequest } from '#services/requests/answer-request.ts';
import { saveSupplement } from '#services/requests/save-supplement.ts';
import { sendRequests } from '#services/requests/send-requests.ts';
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
