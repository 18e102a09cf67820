import { getLocale, getTranslations } from 'next-intl/server';
import type { IntakeQuestionShown } from '#services/assessments/get-intake.ts';
import type { IntakeQuestionField } from './intake-form.tsx';

/** The questions in the reader's language, each with what a No leaves out. */
export async function intakeFields(questions: readonly IntakeQuestionShown[]): Promise<IntakeQuestionField[]> {
  const [t, locale] = await Promise.all([getTranslations('insurer.intake'), getLocale()]);
  const list = new Intl.ListFormat(locale);
  return questions.map(({ key, question, help, decides: { sectionKeys, criterionKeys }, value, version, waiting }) => ({
    key,
    question: question[locale],
    help: help[locale],
    consequence: [
      sectionKeys.length > 0 && t('decidesSection', { sections: list.format(sectionKeys) }),
      criterionKeys.length > 0 &&
        t('decidesCriteria', { criteria: list.format(criterionKeys), count: criterionKeys.length }),
      waiting > 0 && t('waiting', { count: waiting }),
    ]
      .filter(Boolean)
      .join(' '),
    value,
    version,
  }));
}
