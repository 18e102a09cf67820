import { randomUUID } from 'node:crypto';
import { askExtension } from '#services/assessments/ask-extension.ts';
import { correctPublication } from '#services/publications/correct-publication.ts';
import { publishAssessment } from '#services/publications/publish-assessment.ts';
import { answerRequest } from '#services/requests/answer-request.ts';
import { saveSupplement } from '#services/requests/save-supplement.ts';
import { sendRequests } from '#services/requests/send-requests.ts';
import { closeAssessment } from '#services/reviews/close-assessment.ts';
import { returnAssessment } from '#services/reviews/return-assessment.ts';
import { makeRound } from './builders.ts';
import { drawAnswers, type Random, randomFrom } from './demo-answers.ts';
import { giveList, lookIntoFiles } from './demo-claims.ts';
import { answerAll, contextOf, type InsurerDesk, stateIntake, takeOver } from './demo-insurer.ts';
import { fillLibrary } from './demo-library.ts';
import { talkOver } from './demo-notes.ts';
import {
  type Adjustments,
  approve,
  assign,
  determineAll,
  judge,
  propose,
  type ReviewDesk,
  start,
} from './demo-review.ts';
import {
  type At,
  everything,
  frameworkRef,
  handIn,
  type Insurer,
  insurerDesk,
  intakeOf,
  personOf,
  raisedReason,
  reviewDesk,
  type Scene,
  settings,
} from './demo-scene.ts';
import { seedTeamwork } from './demo-team.ts';

/** How far each insurer's assessment has come in the round that is open. */
const stageOf: Readonly<Record<string, Stage>> = {
  'duinrand.example': 'draft',
  'waterkant.example': 'in_review',
  'lindehof.example': 'submitted',
  'kustwacht.example': 'assigned',
  'polderhuis.example': 'proposed',
  'eikendaal.example': 'returned',
  'meerzicht.example': 'judged',
  'vlietstede.example': 'under_revision',
  'heidezicht.example': 'decided',
  'stroomdal.example': 'published',
  'veldhoek.example': 'untouched',
  'torenwijk.example': 'closed',
};

type Stage =
  | 'untouched'
  | 'draft'
  | 'submitted'
  | 'assigned'
  | 'in_review'
  | 'judged'
  | 'returned'
  | 'proposed'
  | 'decided'
  | 'published'
  | 'under_revision'
  | 'closed';

/** The round that is open: at least one insurer in every state that can be reached. */
export async function seedOpenRound(scene: Scene, at: At) {
  const { db, storage, framework, staff, insurers } = scene;
  const { assessments } = await makeRound(db, {
    administrator: staff.administrator,
    frameworkRef,
    organisations: insurers.map(({ organisation }) => organisation),
    now: at(-40),
    settings: { ...settings(at, -40, 62), name: '2017-2018' },
  });
  await Promise.all(
    insurers.map(async (insurer, index) => {
      const stage = stageOf[insurer.domain] ?? 'untouched';
      const desk = insurerDesk(db, storage, insurer, assessments);
      const intake = intakeOf[insurer.domain] ?? everything;
      const random = randomFrom(2_000 + index);
      if (stage === 'untouched') return;
      if (stage === 'draft') {
        await stateIntake(desk, intake, at(-30));
        // About two thirds: section IV is hardly begun and V not at all, as with somebody who works from the top.
        const drawn = drawAnswers(framework, intake, 0.8, random);
        const answers = drawn.filter(({ criterion }) => isAnsweredInDraft(criterion.key));
        await answerAll(desk, answers, at(-2));
        const asCoordinator = (now: Date) => contextOf(desk, desk.coordinator, now);
        await fillLibrary(asCoordinator, desk.assessmentId, answers, at(-2));
        await takeOver(desk, personOf(insurer.people, 'contributor'), 'IV.3.c', at(-3));
        await seedTeamwork(desk, personOf(insurer.people, 'contributor'), at);
        await talkOver(desk, insurer.people, answers, at(-1));
        return;
      }
      const answers = await handIn(desk, insurer, framework, intake, {}, random, at(-30));
      const review = reviewDesk(scene, desk, index, intake, answers, {});
      await bringTo(stage, review, random, at);
      if (stage === 'returned') await askForTime(desk, at(-1));
      if (stage === 'submitted') await giveList(db, desk.coordinator, desk.assessmentId, random, at(-20));
      if (stage === 'judged') {
        await askForMore(review, insurer, at);
        const listId = await giveList(db, desk.coordinator, desk.assessmentId, random, at(-18));
        await lookIntoFiles(review, listId, random, at(-16));
      }
    }),
  );
}

/** Takes a submitted case as far as its stage asks. */
async function bringTo(stage: Stage, review: ReviewDesk, random: Random, at: At) {
  const { db, lead, reviewer, assessmentId } = review;
  const asLead = (now: Date) => ({ actor: lead, db, now });
  if (stage === 'submitted') return;
  if (stage === 'closed') {
    const reason = 'De vergunning is op verzoek van de verzekeraar ingetrokken.';
    await closeAssessment(asLead(at(-5)), { assessmentId, reasonKind: 'licence_lapsed', reason });
    return;
  }
  await assign(review, at(-20));
  if (stage === 'assigned') return;
  await start(review, at(-18));
  if (stage === 'returned') {
    await returnAssessment(
      { actor: reviewer, db, now: at(-12) },
      {
        id: randomUUID(),
        assessmentId,
        reason: 'Vul de zelfbeoordeling aan op twee punten. Wat u al invulde, blijft staan.',
        itemKey: ['I.2.d', 'II'],
        itemText: [
          'Er is geen bewijs van contactmomenten uit de referentieperiode. Voeg dit toe.',
          'De toelichtingen gaan over een eerdere periode. Beschrijf de periode van deze ronde.',
        ],
        term: 'days',
        days: 21,
      },
    );
    return;
  }
  const verdicts = await judge(review, random, at(-17), stage === 'in_review' ? 0.6 : 1);
  if (stage === 'in_review') return;
  const raise: Adjustments = stage === 'proposed' ? { II: { change: 1, reason: raisedReason } } : {};
  await determineAll(review, verdicts, at(-12), raise);
  if (stage === 'judged') return;
  await propose(review, at(-11));
  if (stage === 'proposed') return;
  await approve(review, at(-9));
  if (stage === 'decided') return;
  await publishAssessment(asLead(at(-7)), { assessmentId });
  if (stage === 'published') return;
  const reason = 'Bij onderdeel III is een toegezonden stuk niet meegewogen. Wij kijken opnieuw.';
  await correctPublication(asLead(at(-3)), { assessmentId, reason });
}

/** Asks the lead for more time than it was given; nobody answered yet. */
async function askForTime({ db, assessmentId, coordinator }: InsurerDesk, now: Date) {
  const reason =
    'Het systeem waarin de contactmomenten staan, wordt vervangen. Graag drie weken extra voor het bewijs.';
  await askExtension({ actor: coordinator, db, now }, { id: randomUUID(), assessmentId, reason });
}

/** Two questions of the reviewer while it reviews: one was answered, one is open. */
async function askForMore({ db, reviewer, assessmentId }: ReviewDesk, insurer: Insurer, at: At) {
  const [answered, open] = [randomUUID(), randomUUID()];
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

const draftedInFour = new Set(['IV.2.a', 'IV.3.b']);
const isAnsweredInDraft = (key: string) =>
  /^(I|II)\./.test(key) ? key !== 'I.4.c' : /^III\.[2-4]/.test(key) ? key !== 'III.4.b' : draftedInFour.has(key);
