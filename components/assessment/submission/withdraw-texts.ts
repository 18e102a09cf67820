import { getLocale, getTranslations } from 'next-intl/server';
import { formatMoment } from '#lib/i18n/dates.ts';

/** The words of the form that withdraws. */
export async function withdrawTexts(deadlineAt: Date) {
  const [t, locale] = await Promise.all([getTranslations('insurer.withdraw'), getLocale()]);
  return {
    trigger: t('trigger'),
    question: t('question'),
    consequence: t('consequence', { moment: formatMoment(deadlineAt, locale) }),
    confirm: t('confirm'),
    keep: t('keep'),
    refused: t('refused'),
  };
}
