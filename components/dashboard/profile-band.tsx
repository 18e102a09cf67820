import { getLocale, getTranslations } from 'next-intl/server';
import { localeOf } from '#lib/i18n/locale.ts';
import { Band } from '../frame/band.tsx';
import { Disclosure } from '../ui/disclosure.tsx';
import { Table } from '../ui/table.tsx';
import { type ProfileFact, valueWord } from './profile-view.ts';

/** What was answered to the profile questions, and what was found, with why; open where there is something to read. */
export async function ProfileBand({ profile }: { profile: readonly ProfileFact[] }) {
  const [t, c, locale] = await Promise.all([
    getTranslations('dashboard.profile'),
    getTranslations('dashboard.criterion'),
    getLocale().then(localeOf),
  ]);
  if (profile.length === 0) return null;
  const different = profile.filter(({ differs }) => differs).length;
  return (
    <Band id="profile" title={t('title')} meta={t('explained')}>
      <Disclosure
        summary={t('summary', { different })}
        open={profile.some(({ differs, reason }) => differs || reason !== '')}
      >
        <div className="stacks">
          <Table label={t('title')} tight>
            <thead>
              <tr>
                <th scope="col">{t('question')}</th>
                <th scope="col">{c('answer')}</th>
                <th scope="col">{c('verdict')}</th>
              </tr>
            </thead>
            <tbody>
              {profile.map(({ key, short, own, effective, differs, ground, reason }) => (
                <tr key={key}>
                  <th scope="row">{short[locale]}</th>
                  <td data-label={c('answer')}>{t('value', { value: valueWord(own) })}</td>
                  <td data-label={c('verdict')}>
                    <div>
                      {differs ? (
                        <b>{t('value', { value: valueWord(effective) })}</b>
                      ) : (
                        t('value', { value: valueWord(effective) })
                      )}
                      {ground && <span className="under-word">{c(`grounds.${ground}`)}</span>}
                      {reason && <p className="prewrap">{reason}</p>}
                    </div>
                  </td>
                </tr>
              ))}
            </tbody>
          </Table>
        </div>
      </Disclosure>
    </Band>
  );
}

/** Says under a section that it was computed with another profile than the insurer's, and leads to why. */
export async function ProfileNotes({ facts }: { facts: readonly ProfileFact[] }) {
  const [t, locale] = await Promise.all([getTranslations('dashboard.profile'), getLocale().then(localeOf)]);
  return facts.map(({ key, short, own, effective }) => (
    <p key={key}>
      {t('note', { name: short[locale], own: valueWord(own), effective: valueWord(effective) })}{' '}
      <a href="#profile">{t('why')}</a>
    </p>
  ));
}
