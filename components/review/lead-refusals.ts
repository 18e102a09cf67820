import { getTranslations } from 'next-intl/server';
import type { RefusalWords } from './refusal-problems.ts';

const codes = [
  'wrong_state',
  'reason_given',
  'term_set',
  'differences_approved',
  'approver_not_involved',
  'second_eyes',
  'no_conflict',
  'never_published',
  'round_reviewer',
  'required',
  'date',
  'too_few_changed',
  'nothing_published',
  'no_figures',
  'not_open',
  'signed_out',
  'not_found',
  'other',
] as const;

/** A sentence for every code that a lead's decision can be refused with. */
export async function leadRefusals(): Promise<RefusalWords> {
  const t = await getTranslations('decisions.refusals');
  return Object.fromEntries(codes.map((code) => [code, t(code)]));
}
