import type { Metadata } from 'next';
import { getLocale, getTranslations } from 'next-intl/server';
import { Band } from '#components/frame/band.tsx';
import { PageHead } from '#components/frame/page-head.tsx';
import { formatDay } from '#lib/i18n/dates.ts';
import { Frame } from '../frame.tsx';

/** When the statement was last held against the product. */
const statedOn = '2026-11-22';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('accessibility'))('title') };
}

export default async function AccessibilityPage() {
  const [t, locale] = await Promise.all([getTranslations('accessibility'), getLocale()]);
  return (
    <Frame reading>
      <div className="page">
        <PageHead title={t('title')} meta={t('intro')} />
        <Band id="standard" title={t('standardTitle')}>
          <p className="plain-text">{t('standard')}</p>
        </Band>
        <Band id="state" title={t('stateTitle')}>
          <p className="plain-text">{t('state')}</p>
        </Band>
        <Band id="tested" title={t('testedTitle')}>
          <div className="plain-text">
            <ul>
              {(['axe', 'keyboard', 'script', 'contrast', 'score'] as const).map((key) => (
                <li key={key}>{t(`tested.${key}`)}</li>
              ))}
            </ul>
          </div>
        </Band>
        <Band id="known" title={t('knownTitle')}>
          <div className="plain-text">
            <ul>
              {(['reader', 'norm', 'files'] as const).map((key) => (
                <li key={key}>{t(`known.${key}`)}</li>
              ))}
            </ul>
          </div>
        </Band>
        <Band id="contact" title={t('contactTitle')}>
          <p className="plain-text">{t('contact')}</p>
        </Band>
        <Band id="date" title={t('dateTitle')}>
          <p className="plain-text">{t('date', { day: formatDay(statedOn, locale) })}</p>
        </Band>
      </div>
    </Frame>
  );
}
