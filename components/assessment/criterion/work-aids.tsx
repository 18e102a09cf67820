import { getLocale, getTranslations } from 'next-intl/server';
import { Band } from '#components/frame/band.tsx';
import type { TaskList } from '#services/assessments/get-task-list.ts';
import { libraryPath } from '../evidence/library-path.ts';
import { lastRoundPath, trialPath } from '../paths.ts';

type WorkAidsProps = {
  assessmentId: string;
  work: NonNullable<TaskList['work']>;
  /** The round before, where this insurer signed something in it. */
  lastRound: string | null;
};

/** What gets the work along: trying answers, all evidence in one list, and taking over from the last round. */
export async function WorkAids({ assessmentId, work, lastRound }: WorkAidsProps) {
  const [t, locale] = await Promise.all([getTranslations('previous.aids'), getLocale()]);
  const applicable = work.sections.filter(({ score }) => score.applies && !score.carried);
  return (
    <Band id="aids" title={t('title')}>
      <dl className="aids">
        <div>
          <dt>
            <a href={trialPath(assessmentId)}>{t('trial')}</a>
          </dt>
          <dd>{t('trialText')}</dd>
        </div>
        <div>
          <dt>
            <a href={libraryPath(assessmentId)}>{t('library')}</a>
          </dt>
          <dd>{t('libraryText')}</dd>
        </div>
        {lastRound && (
          <div>
            <dt>{t('takeOver', { round: lastRound })}</dt>
            <dd>
              {t('takeOverText')}
              <ul className="aid-sections">
                {applicable.map(({ key, title }) => (
                  <li key={key}>
                    <a href={lastRoundPath(assessmentId, key)}>
                      {t('sections')} {key}
                      <span className="vh">: {title[locale]}</span>
                    </a>
                  </li>
                ))}
              </ul>
            </dd>
          </div>
        )}
      </dl>
    </Band>
  );
}
