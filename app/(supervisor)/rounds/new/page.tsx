import { randomUUID } from 'node:crypto';
import type { Metadata } from 'next';
import { getMessages, getTranslations } from 'next-intl/server';
import { RoundForm } from '#components/administration/round-form.tsx';
import { Band } from '#components/frame/band.tsx';
import { PageHead } from '#components/frame/page-head.tsx';
import { ButtonLink } from '#components/ui/button.tsx';
import { Empty } from '#components/ui/empty.tsx';
import { releaseFloor } from '#domain/release-rules.ts';
import { readPage } from '#lib/auth/read-page.ts';
import { readLocale } from '#lib/i18n/read-locale.ts';
import { getNewRound } from '#services/rounds/get-new-round.ts';
import { Frame } from '../../../frame.tsx';
import { saveRoundAction } from '../actions.ts';
import { frameworkChoices, reviewerChoices, sectionChoices } from '../choices.ts';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('administration.round');
  return { title: t('newTitle') };
}

export default async function NewRoundPage() {
  const { frameworks, reviewers, sections, suggested } = await readPage('round.save', getNewRound, {});
  const [t, roles, { administration }, locale] = await Promise.all([
    getTranslations('administration.round'),
    getTranslations('common.roles'),
    getMessages(),
    readLocale(),
  ]);
  return (
    <Frame current="rounds" dense>
      <div className="page">
        <PageHead side={t('side')} title={t('newTitle')} meta={t('newMeta')} />
        {frameworks.length === 0 ? (
          <Empty
            level={2}
            title={t('noFrameworks')}
            actions={<ButtonLink href="/frameworks/import">{t('importFramework')}</ButtonLink>}
          >
            <p>{t('noFrameworksText')}</p>
          </Empty>
        ) : (
          <Band id="settings" title={t('settings')} meta={t('settingsNote')}>
            <RoundForm
              action={saveRoundAction}
              texts={administration.roundForm}
              submit={administration.roundForm.create}
              frameworks={frameworkChoices(frameworks, locale)}
              reviewers={reviewerChoices(reviewers, roles)}
              sections={sectionChoices(sections, locale)}
              carried={{}}
              values={{
                roundId: randomUUID(),
                frameworkRef: frameworks.length === 1 ? (frameworks[0]?.ref ?? '') : '',
                name: '',
                productScope: '',
                contactMailbox: '',
                hearing: true,
                hearingDays: 14,
                fourEyes: true,
                minimumForMean: releaseFloor.mean,
                minimumForSpread: releaseFloor.spread,
                minimumChanged: releaseFloor.changed,
                ...suggested,
              }}
            />
          </Band>
        )}
      </div>
    </Frame>
  );
}
