import { submitJson } from '#lib/action.ts';
import { saveAnswer, saveAnswerInput } from '#services/assessments/save-answer.ts';

type Posted = { assessmentId: string; body: string; cookie: string | null | undefined };

/** Saves an answer while somebody types it: what `saveAnswerAction` is for a page without script. */
export function saveByScript({ assessmentId, body, cookie }: Posted) {
  const door = { name: 'answer.save', input: saveAnswerInput, verb: saveAnswer };
  return submitJson(door, { body, cookie, path: { assessmentId } });
}
