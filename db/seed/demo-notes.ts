import { randomUUID } from 'node:crypto';
import { saveAnswer } from '#services/assessments/save-answer.ts';
import { resolveNote } from '#services/notes/resolve-note.ts';
import { saveNote } from '#services/notes/save-note.ts';
import { seeMentions } from '#services/notes/see-mentions.ts';
import type { Person } from './builders.ts';
import type { DrawnAnswer } from './demo-answers.ts';
import type { InsurerDesk } from './demo-insurer.ts';

type People = Readonly<Record<string, Person>>;

/**
 * What colleagues told each other over a draft, and one answer that was written in three goes. Its response stays what it
 * was drawn to be, so that the scores of the demo do too.
 */
export async function talkOver(desk: InsurerDesk, people: People, answers: readonly DrawnAnswer[], start: Date) {
  const { coordinator, contributor, signatory } = people;
  if (!coordinator || !contributor || !signatory) return;
  const at = (minutes: number) => new Date(start.getTime() + minutes * 60_000);
  const say = async (
    by: Person,
    minutes: number,
    criterionKey: string,
    text: string,
    named: readonly Person[] = [],
  ) => {
    const noteId = randomUUID();
    const mentions = named.map(({ userId }) => userId);
    await saveNote(
      { actor: by, db: desk.db, now: at(minutes) },
      { assessmentId: desk.assessmentId, criterionKey, noteId, text, mentions },
    );
    return noteId;
  };
  const asked = await say(
    contributor,
    0,
    'III.4.a',
    'Tellen de belrondes mee als eigen onderzoek? Ik heb alleen maart tot en met september, oktober komt volgende week.',
    [coordinator],
  );
  await say(coordinator, 94, 'III.4.a', 'Ja. Oktober valt buiten de periode van deze ronde, die hoeft niet.', [
    contributor,
  ]);
  await seeMentions(
    { actor: coordinator, db: desk.db, now: at(90) },
    { assessmentId: desk.assessmentId, noteIds: [asked] },
  );
  await resolveNote(
    { actor: contributor, db: desk.db, now: at(120) },
    { assessmentId: desk.assessmentId, noteId: asked, to: 'resolved' },
  );
  await say(coordinator, 130, 'I.3.c', 'Kunt u hier de telling van het derde kwartaal bij zetten?', [contributor]);
  await say(contributor, 150, 'I.4.c', 'Ik zoek nog twee dossiers uit. Wilt u meelezen voordat wij antwoorden?', [
    signatory,
    coordinator,
  ]);

  const drawn = answers.find(({ criterion }) => criterion.key === 'III.4.a');
  if (!drawn) return;
  const added = [
    'Sinds mei lezen wij ook vijf rapporten over totaalverlies mee.',
    'Bureau Kustlijn heeft naar aanleiding daarvan zijn werkwijze aangepast.',
  ];
  for (const [index, by] of [contributor, coordinator].entries()) {
    await saveAnswer(
      { actor: by, db: desk.db, now: at(160 + index * 40) },
      {
        assessmentId: desk.assessmentId,
        criterionKey: 'III.4.a',
        version: index + 1,
        response: drawn.response,
        explanation: [drawn.explanation, ...added.slice(0, index + 1)].join(' ').trim(),
      },
    );
  }
}
