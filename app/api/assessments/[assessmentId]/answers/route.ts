import { submitJson } from '#lib/action.ts';
import { saveAnswer, saveAnswerInput } from '#services/assessments/save-answer.ts';

type Params = { params: Promise<{ assessmentId: string }> };

/** Bytes of the longest explanation, were each of its characters written as an escape, with room for the rest. */
const most = 128 * 1024;

/** Saves an answer while somebody types it: what `saveAnswerAction` is for a page without script. */
export async function POST(request: Request, { params }: Params): Promise<Response> {
  const door = { name: 'answer.save', input: saveAnswerInput, verb: saveAnswer };
  return submitJson(door, request, { most, path: await params });
}
