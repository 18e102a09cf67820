import { randomUUID } from 'node:crypto';
import { saveStatement } from '#services/hearing/save-statement.ts';
import { sendDraftOutcome } from '#services/hearing/send-draft-outcome.ts';
import { makeRound } from './builders.ts';
import { randomFrom } from './demo-answers.ts';
import { contextOf } from './demo-insurer.ts';
import { assign, determineAll, judge, start } from './demo-review.ts';
import {
  type At,
  everything,
  frameworkRef,
  handIn,
  insurerDesk,
  intakeOf,
  reviewDesk,
  type Scene,
  settings,
} from './demo-scene.ts';

/** Why the round does not measure section V. */
const carriedReason =
  'De website, de bereikbaarheid en de uitleg bij een afwijzing zijn voor alle schadeproducten gelijk, en zijn in de vorige ronde getoetst.';

/**
 * A small round beside the open one, with the hearing on, that carries a section: one insurer reads its draft outcome and
 * began to respond.
 */
export async function seedHearing(scene: Scene, at: At) {
  const { db, storage, framework, staff, insurers } = scene;
  const index = insurers.findIndex(({ domain }) => domain === 'waterkant.example');
  const insurer = insurers[index];
  if (!insurer) throw new Error('the demo lacks the insurer of its hearing');
  const { assessments } = await makeRound(db, {
    administrator: staff.administrator,
    frameworkRef,
    organisations: [insurer.organisation],
    // Before the open round began, so that one stays the newest.
    now: at(-60),
    settings: {
      ...settings(at, -60, 61),
      name: '2017-2018 woonhuis',
      productScope: 'Woonhuisverzekeringen',
      hearing: true,
      carriedSections: [{ sectionKey: 'V', reason: carriedReason }],
    },
  });
  const desk = insurerDesk(db, storage, insurer, assessments);
  const intake = intakeOf[insurer.domain] ?? everything;
  const random = randomFrom(3_000);
  const unasked = Object.fromEntries(framework.section('V')?.criteria.map(({ key }) => [key, true]) ?? []);
  const answers = await handIn(desk, insurer, framework, intake, unasked, random, at(-30));
  const review = { ...reviewDesk(scene, desk, index, intake, answers, {}), carried: { V: 1 as const } };
  await assign(review, at(-20));
  await start(review, at(-18));
  await determineAll(review, await judge(review, random, at(-17)), at(-12));
  const { assessmentId, coordinator } = desk;
  await sendDraftOutcome({ actor: review.reviewer, db, now: at(-2) }, { id: randomUUID(), assessmentId });
  await saveStatement(contextOf(desk, coordinator, at(-1)), {
    assessmentId,
    sectionKey: 'I',
    version: 0,
    agrees: false,
    text: 'De werkinstructie die wij meestuurden, geldt sinds het begin van de referentieperiode. Graag wegen wij dit samen opnieuw.',
  });
}
