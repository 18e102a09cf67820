import { randomUUID } from 'node:crypto';
import type { ResponseMap } from '#domain/answers.ts';
import type { Framework } from '#domain/framework.ts';
import { dayInAmsterdam } from '#domain/terms.ts';
import { openRelease } from '#services/open-data/open-release.ts';
import { publishAssessment } from '#services/publications/publish-assessment.ts';
import { makeRelease } from '#services/releases/make-release.ts';
import { importOutsideResults } from '#services/reviews/import-outside-results.ts';
import { outsideColumns } from '#services/reviews/outside-rows.ts';
import { makeRound } from './builders.ts';
import { randomFrom } from './demo-answers.ts';
import { type Adjustments, approve, assign, determineAll, judge, propose, start } from './demo-review.ts';
import {
  type At,
  everything,
  frameworkRef,
  handIn,
  type Insurer,
  insurerDesk,
  intakeOf,
  raisedReason,
  reviewDesk,
  type Scene,
  settings,
} from './demo-scene.ts';

/** The round of before: published for everybody, with sector figures that are public. */
export async function seedPublishedRound({ db, storage, framework, staff, insurers }: Scene, at: At) {
  const { round, assessments } = await makeRound(db, {
    administrator: staff.administrator,
    frameworkRef,
    organisations: insurers.map(({ organisation }) => organisation),
    now: at(-420),
    settings: { ...settings(at, -420, 60), name: '2016-2017' },
  });
  // The outside assessor measured two insurers; the others declare section V themselves.
  const measured = insurers.slice(1, 3);
  await importOutsideResults(
    { actor: staff.lead, db, now: at(-400) },
    {
      roundId: round.id,
      table: outsideTable(measured.flatMap((insurer) => outsideLines(framework, insurer, dayInAmsterdam(at(-430))))),
      plan: '',
    },
  );
  await Promise.all(
    insurers.map(async (insurer, index) => {
      const random = randomFrom(1_000 + index);
      const outside = measured.includes(insurer) ? outsideOf(framework, insurer) : {};
      const desk = insurerDesk(db, storage, insurer, assessments);
      const intake = intakeOf[insurer.domain] ?? everything;
      const answers = await handIn(desk, insurer, framework, intake, outside, random, at(-380));
      const review = reviewDesk({ db, framework, staff }, desk, index, intake, answers, outside);
      await assign(review, at(-350));
      await start(review, at(-340));
      const verdicts = await judge(review, random, at(-339));
      const raise: Adjustments = index === 3 ? { I: { change: 1, reason: raisedReason } } : {};
      await determineAll(review, verdicts, at(-330), raise);
      await propose(review, at(-329));
      await approve(review, at(-320), Object.keys(raise));
      await publishAssessment({ actor: staff.lead, db, now: at(-310) }, { assessmentId: desk.assessmentId });
    }),
  );
  const releaseId = randomUUID();
  await makeRelease({ actor: staff.lead, db, now: at(-300) }, { id: releaseId, roundId: round.id });
  await openRelease({ actor: staff.lead, db, now: at(-290) }, { releaseId });
}

/** What the outside assessor found: the lower levels of section V are met. */
function outsideOf(framework: Framework, { strength }: Pick<Insurer, 'strength'>): ResponseMap {
  const reach = strength > 0.5 ? 4 : 3;
  const criteria = framework.section('V')?.criteria ?? [];
  return Object.fromEntries(criteria.map(({ key, level }) => [key, level <= reach ? 'met' : 'not_met'] as const));
}

function outsideLines(framework: Framework, insurer: Insurer, measuredOn: string): string[][] {
  return Object.entries(outsideOf(framework, insurer)).map(([criterionKey, response]) => [
    insurer.organisation.number,
    criterionKey,
    response,
    measuredOn,
    'Stichting toetsing verzekeraars (verzonnen uitkomst)',
  ]);
}

function outsideTable(lines: readonly (readonly string[])[]): string {
  const header = Object.values(outsideColumns).map(([title]) => title);
  return [header, ...lines].map((cells) => cells.join(';')).join('\r\n');
}
