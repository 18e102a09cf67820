import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { getMessages, getTranslations } from 'next-intl/server';
import { ColleagueForm } from '#components/administration/colleague-form.tsx';
import { ConfirmForm } from '#components/administration/confirm-form.tsx';
import { Band } from '#components/frame/band.tsx';
import { PageHead } from '#components/frame/page-head.tsx';
import { pageSession } from '#lib/auth/current-session.ts';
import { readPage } from '#lib/auth/read-page.ts';
import { getColleague, getColleagueInput } from '#services/members/get-colleague.ts';
import { Frame } from '../../../frame.tsx';
import { endColleagueMembershipAction, saveMembershipAction } from '../actions.ts';
import { limitTexts } from '../limit-texts.ts';

type ColleaguePageProps = { params: Promise<{ membershipId: string }> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('team.page'))('title') };
}

export default async function ColleaguePage({ params }: ColleaguePageProps) {
  const input = getColleagueInput.safeParse(await params);
  if (!input.success) notFound();
  const [colleague, { organisationName: organisation }, t, roles, { team: texts }] = await Promise.all([
    readPage('member.read', getColleague, input.data),
    pageSession(),
    getTranslations('team.colleague'),
    getTranslations('common.roles'),
    getMessages(),
  ]);
  const { name, you, membershipId } = colleague;
  return (
    <Frame current="team">
      <div className="page">
        <PageHead
          side={<a href="/team">{t('back')}</a>}
          title={you ? t('self') : t('title', { name })}
          meta={colleague.email}
        />
        <Band id="rights" title={texts.page.roles}>
          <ColleagueForm
            action={saveMembershipAction}
            texts={{
              roles: t('roles'),
              hint: colleague.lastCoordinator ? t('last') : t(you ? 'selfHint' : 'rolesHint'),
              save: t('save'),
              saving: t('saving'),
            }}
            sentences={{ ...texts.grantErrors, ...texts.colleague.errors }}
            membershipId={membershipId}
            seen={colleague.seen}
            roles={colleague.grantable.map((role) => ({
              role,
              name: roles(role),
              note: texts.roleHints[role as keyof typeof texts.roleHints],
              held: colleague.roles.includes(role),
            }))}
            sections={limitTexts(texts.limit, colleague.sections, colleague.sectionKeys)}
          />
        </Band>
        <Band id="access" title={t('endTitle')}>
          {colleague.lastCoordinator ? (
            <p className="narrow">{t('last')}</p>
          ) : (
            <ConfirmForm
              action={endColleagueMembershipAction}
              name="membershipId"
              value={membershipId}
              trigger={t('end')}
              question={you ? t('endSelfQuestion') : t('endQuestion', { name })}
              consequence={
                you ? t('endSelfConsequence', { organisation }) : t('endConsequence', { name, organisation })
              }
              submit={t('endSubmit')}
              sentences={texts.colleague.endErrors}
            />
          )}
        </Band>
      </div>
    </Frame>
  );
}
