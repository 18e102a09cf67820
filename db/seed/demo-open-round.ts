import { randomUUID } from 'node:crypto';
import type { ResponseMap } from '#domain/answers.ts';
import { askExtension } from '#services/assessments/ask-extension.ts';
import { correctPublication } from '#services/publications/correct-publication.ts';
import { publishAssessment } from '#services/publications/publish-assessment.ts';
import { closeAssessment } from '#services/reviews/close-assessment.ts';
import { returnAssessment } from '#services/reviews/return-assessment.ts';
import { makeRound } from './builders.ts';
import { drawAnswers, type Random, randomFrom } from './demo-answers.ts';
import { giveList, lookIntoFiles } from './demo-claims.ts';
import { answerObjections, beginResponse, respond, sendDraft } from './demo-hearing.ts';
import { answerAll, contextOf, type InsurerDesk, stateIntake, takeOver } from './demo-insurer.ts';
import { fillLibrary } from './demo-library.ts';
import { talkOver } from './demo-notes.ts';
import { askForMore, askOnce } from './demo-requests.ts';
import {
  type Adjustments,
  approve,
  assign,
  determineAgain,
  determineAll,
  findOtherwise,
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
import { noteForColleagues } from './demo-working-notes.ts';

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
  'noorderhof.example': 'hearing',
  'wilgenbos.example': 'objected',
};

type Stage =
  | 'untouched'
  | 'draft'
  | 'submitted'
  | 'assigned'
  | 'in_review'
  | 'judged'
  | 'returned'
  | 'hearing'
  | 'objected'
  | 'proposed'
  | 'decided'
  | 'published'
  | 'under_revision'
  | 'closed';

/** Who was heard already handed in and was judged earlier than the others: the hearing takes two weeks. */
const heardStages: readonly Stage[] = ['proposed', 'decided', 'published', 'under_revision'];

/** The round that is open, with the hearing on: at least one insurer in every state that can be reached. */
export async function seedOpenRound(scene: Scene, at: At) {
  const { db, storage, framework, staff, insurers } = scene;
  const { assessments } = await makeRound(db, {
    administrator: staff.administrator,
    frameworkRef,
    organisations: insurers.map(({ organisation }) => organisation),
    now: at(-40),
    settings: { ...settings(at, -40, 62), name: '2017-2018', hearing: true },
  });
  await Promise.all(
    insurers.map(async (insurer, index) => {
      const stage = stageOf[insurer.domain] ?? 'untouched';
      const desk = insurerDesk(db, storage, insurer, assessments);
      const intake = intakeOf[insurer.domain] ?? everything;
      const random = randomFrom(2_000 + index);
      if (stage === 'untouched') return;
      if (stage === 'draft') return fillDraft(desk, insurer, scene, random, at);
      const handedIn = at(heardStages.includes(stage) ? -39 : -30);
      const answers = await handIn(desk, insurer, framework, intake, {}, random, handedIn);
      const review = reviewDesk(scene, desk, index, intake, answers, {});
      await bringTo(stage, { review, desk, insurer }, random, at);
      if (stage === 'returned') await askForTime(desk, at(-1));
      if (stage === 'submitted') await giveList(db, desk.coordinator, desk.assessmentId, random, at(-20));
      if (stage === 'judged') {
        await askForMore(review, insurer, at);
        await noteForColleagues(review, at);
        const listId = await giveList(db, desk.coordinator, desk.assessmentId, random, at(-18));
        await lookIntoFiles(review, listId, random, at(-16));
      }
    }),
  );
}

async function fillDraft(desk: InsurerDesk, insurer: Insurer, { framework }: Scene, random: Random, at: At) {
  const intake = intakeOf[insurer.domain] ?? everything;
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
}

type Sides = { review: ReviewDesk; desk: InsurerDesk; insurer: Insurer };

/** Takes a submitted case as far as its stage asks. */
async function bringTo(stage: Stage, sides: Sides, random: Random, at: At) {
  const { db, lead, reviewer, assessmentId } = sides.review;
  let { review } = sides;
  if (stage === 'submitted') return;
  if (stage === 'closed') {
    const reason = 'De vergunning is op verzoek van de verzekeraar ingetrokken.';
    const said = { assessmentId, reasonKind: 'licence_lapsed' as const, reason };
    await closeAssessment({ actor: lead, db, now: at(-5) }, said);
    return;
  }
  const from = (days: number) => at(heardStages.includes(stage) ? days - 15 : days);
  await assign(review, from(-20));
  if (stage === 'assigned') return;
  await start(review, from(-18));
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
  const verdicts = await judge(review, random, from(-17), stage === 'in_review' ? 0.6 : 1);
  if (stage === 'in_review') return;
  if (stage === 'published') await askOnce(review, sides.desk, from(-16), from(-14));
  if (stage === 'hearing' || stage === 'published') review = await findOtherwise(review, from(-13));
  const raise: Adjustments = stage === 'proposed' ? { II: { change: 1, reason: raisedReason } } : {};
  await determineAll(review, verdicts, from(-12), raise);
  if (stage === 'judged') return;
  await hear(stage, sides, at);
  if (stage === 'hearing' || stage === 'objected') return;
  await propose(review, at(-11));
  if (stage === 'proposed') return;
  await approve(review, at(-9));
  if (stage === 'decided') return;
  await publishAssessment({ actor: lead, db, now: at(-7) }, { assessmentId });
  await revise(stage, review, verdicts, at);
}

/** Sends the draft outcome, and lets the insurer answer it, each in its own way: one writes, others object, agree or are silent. */
async function hear(stage: Stage, { review, desk, insurer }: Sides, at: At) {
  if (stage === 'hearing') {
    await sendDraft(review, at(-2));
    await beginResponse(desk, at(-1));
    return;
  }
  if (stage === 'objected') {
    await sendDraft(review, at(-9));
    await respond(desk, insurer, true, at(-3));
    return;
  }
  const sent = await sendDraft(review, at(-26.5));
  if (stage === 'published') return;
  const answers = await respond(desk, insurer, stage !== 'decided', at(-20));
  await answerObjections(review, sent, answers, at(-15));
}

/** Corrects what was published: one outcome comes out anew, a step higher; the other is still being looked into. */
async function revise(stage: Stage, review: ReviewDesk, verdicts: ResponseMap, at: At) {
  const { db, lead, assessmentId } = review;
  const asLead = (days: number) => ({ actor: lead, db, now: at(days) });
  if (stage === 'under_revision') {
    const reason = 'Bij onderdeel III is een toegezonden stuk niet meegewogen. Wij kijken opnieuw.';
    await correctPublication(asLead(-3), { assessmentId, reason });
    return;
  }
  const reason = 'Bij onderdeel II is een stuk dat op tijd binnen was, alsnog meegewogen.';
  await correctPublication(asLead(-6), { assessmentId, reason });
  await determineAgain(review, verdicts, at(-5), ['II', { change: 1, reason: raisedReason }]);
  await propose(review, at(-4.5));
  await approve(review, at(-4), ['II']);
  await publishAssessment(asLead(-3), { assessmentId });
}

/** Asks the lead for more time than it was given; nobody answered yet. */
async function askForTime({ db, assessmentId, coordinator }: InsurerDesk, now: Date) {
  const reason =
    'Het systeem waarin de contactmomenten staan, wordt vervangen. Graag drie weken extra voor het bewijs.';
  await askExtension({ actor: coordinator, db, now }, { id: randomUUID(), assessmentId, reason });
}

const draftedInFour = new Set(['IV.2.a', 'IV.3.b']);
const isAnsweredInDraft = (key: string) =>
  /^(I|II)\./.test(key) ? key !== 'I.4.c' : /^III\.[2-4]/.test(key) ? key !== 'III.4.b' : draftedInFour.has(key);
