import { randomUUID } from 'node:crypto';
import type { Ground } from '#domain/answers.ts';
import { saveStandardReason } from '#services/standard-reasons/save-standard-reason.ts';
import { saveWorkingNote } from '#services/working-notes/save-working-note.ts';
import type { Person } from './builders.ts';
import { overrideReasons } from './demo-answers.ts';
import type { ReviewDesk } from './demo-review.ts';
import { type At, frameworkRef, type Scene } from './demo-scene.ts';

/** What the supervisor's people tell each other about a case: about all of it, and at two criteria. */
export async function noteForColleagues({ db, assessmentId, reviewer, lead }: ReviewDesk, at: At) {
  const notes: readonly (readonly [by: Person, days: number, criterionKey: string | null, text: string])[] = [
    [
      reviewer,
      -16,
      null,
      'Gebeld met de contactpersoon: de stukken over expertise komen uit één systeem, dat in mei is vervangen.',
    ],
    [lead, -15, null, 'Kijk bij onderdeel III ook naar de vorige ronde. Daar was de uitleg aan de klant het verschil.'],
    [
      reviewer,
      -14,
      'I.2.a',
      'Vergelijken met de voorwaarden op de website van april. Artikel 12 stond daar nog niet in.',
    ],
    [
      reviewer,
      -13,
      'III.4.a',
      'Steekproef van 40 rapporten is ruim. Vraag is alleen of de drie bureaus er alle drie in zitten.',
    ],
  ];
  for (const [actor, days, criterionKey, text] of notes) {
    await saveWorkingNote({ actor, db, now: at(days) }, { id: randomUUID(), assessmentId, criterionKey, text });
  }
}

/** Reasons that come back in many cases, to be inserted and then edited. */
export async function writeStandardReasons({ db, staff }: Scene, at: At) {
  const reasons: readonly (readonly [criterionKey: string | null, ground: Ground, text: string])[] = [
    [null, 'not_demonstrated', overrideReasons[0]],
    [null, 'not_demonstrated', overrideReasons[2]],
    [
      'I.3.c',
      'not_demonstrated',
      'In de bekeken dossiers is het besluit over coulance niet vastgelegd. Daardoor blijkt de werkwijze niet uit dossiers.',
    ],
  ];
  for (const [criterionKey, ground, text] of reasons) {
    const ctx = { actor: staff.lead, db, now: at(-25) };
    await saveStandardReason(ctx, { id: randomUUID(), frameworkRef, criterionKey, ground, text });
  }
}
