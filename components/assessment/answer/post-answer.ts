import type { SavedAnswer } from '#services/assessments/save-answer.ts';
import type { FormResult } from '#services/form-result.ts';
import type { AnswerText } from './autosave.ts';

type Said = Exclude<FormResult<SavedAnswer>, { status: 'idle' }>;
/** What a posted answer comes back with. */
export type AnswerOutcome = Said | { status: 'later'; after: number } | { status: 'unknown' };

/**
 * Sends an answer by script. Whatever was decided about it comes back as a result; anything else than a result was not
 * said by the door for answers.
 * @throws TypeError when there is no connection
 */
export async function postAnswer(
  assessmentId: string,
  answer: AnswerText & { criterionKey: string; version: number },
): Promise<AnswerOutcome> {
  const reply = await fetch(`/api/assessments/${assessmentId}/answers`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(answer),
  });
  if (reply.ok) return reply.json();
  if (reply.status === 404) return { status: 'unknown' };
  return { status: 'later', after: Number(reply.headers.get('retry-after') ?? 0) * 1000 };
}
