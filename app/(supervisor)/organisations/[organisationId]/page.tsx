import { randomUUID } from 'node:crypto';
import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { getMessages, getTranslations } from 'next-intl/server';
import { cache } from 'react';
import { ConfirmForm } from '#components/administration/confirm-form.tsx';
import { InviteForm } from '#components/administration/invite-form.tsx';
import { OrganisationForm } from '#components/administration/organisation-form.tsx';
import { Band } from '#components/frame/band.tsx';
import { PageHead } from '#components/frame/page-head.tsx';
import { Empty } from '#components/ui/empty.tsx';
import { Notice } from '#components/ui/notice.tsx';
import { Table } from '#components/ui/table.tsx';
import { readPage } from '#lib/auth/read-page.ts';
import { env } from '#lib/env.ts';
import { readFormatter } from '#lib/i18n/read-formatter.ts';
import { readLocale } from '#lib/i18n/read-locale.ts';
import { getOrganisation, getOrganisationInput } from '#services/organisations/get-organisation.ts';
import { Frame } from '../../../frame.tsx';
import { endMembershipAction, invitePersonAction, revokeInvitationAction, saveOrganisationAction } from '../actions.ts';

type OrganisationPageProps = {
  params: Promise<{ organisationId: string }>;
  searchParams: Promise<{ done?: string }>;
};

type Organisation = Awaited<ReturnType<typeof getOrganisation>>;

/** Read once a request, for the title and for the page. */
const readOrganisation = cache((organisationId: string) => {
  const input = getOrganisationInput.safeParse({ organisationId });
  if (!input.success) notFound();
  return readPage('organisation.read', getOrganisation, input.data);
});

export async function generateMetadata({ params }: OrganisationPageProps): Promise<Metadata> {
  return { title: (await readOrganisation((await params).organisationId)).name };
}

export default async function OrganisationPage({ params, searchParams }: OrganisationPageProps) {
  const [{ organisationId }, { done }] = await Promise.all([params, searchParams]);
  const organisation = await readOrganisation(organisationId);
  const [t, kinds, roles, { administration: texts }, locale] = await Promise.all([
    getTranslations('administration.organisation'),
    getTranslations('administration.organisations.kinds'),
    getTranslations('common.roles'),
    getMessages(),
    readLocale(),
  ]);
  const { kind } = organisation;
  return (
    <Frame current="organisations" dense>
      <div className="page">
        <PageHead side={kinds(kind)} title={organisation.name} meta={t('number', { number: organisation.number })} />
        {(done === 'saved' || done === 'added') && (
          <div className="told">
            <Notice kind="ok" role="status" title={t(done)}>
              {done === 'added' && <p>{t('addedText')}</p>}
            </Notice>
          </div>
        )}
        <Band id="people" title={t('people')} meta={t('peopleNote')}>
          <People organisation={organisation} />
        </Band>
        <Band id="invitations" title={t('invitations')} meta={t('invitationsNote')}>
          <Invitations organisation={organisation} />
        </Band>
        <Band id="invite" title={texts.inviteForm.title} meta={texts.inviteForm.note}>
          <InviteForm
            action={invitePersonAction}
            texts={texts.inviteForm}
            organisationId={organisation.id}
            invitationId={randomUUID()}
            linkPrefix={`${env().TREDE_ORIGIN}/invitations/`}
            locale={locale}
            rolesHint={kind === 'insurer' ? texts.inviteForm.rolesInsurer : texts.inviteForm.rolesSupervisor}
            roles={organisation.grantable.map((role) => ({
              role,
              name: roles(role),
              note: texts.inviteForm.roleHints[role as keyof typeof texts.inviteForm.roleHints],
            }))}
          />
        </Band>
        <Band id="details" title={texts.organisationForm.title}>
          <OrganisationForm
            action={saveOrganisationAction}
            texts={texts.organisationForm}
            organisationId={organisation.id}
            name={organisation.name}
            number={organisation.number}
            submit={texts.organisationForm.save}
          />
        </Band>
      </div>
    </Frame>
  );
}

async function People({ organisation }: { organisation: Organisation }) {
  const [t, roles, { administration: texts }, format] = await Promise.all([
    getTranslations('administration.organisation'),
    getTranslations('common.roles'),
    getMessages(),
    readFormatter(),
  ]);
  if (organisation.members.length === 0) {
    return (
      <Empty title={t('nobody')}>
        <p>{t(organisation.kind === 'insurer' ? 'nobodyInsurer' : 'nobodySupervisor')}</p>
      </Empty>
    );
  }
  return (
    <div className="stacks">
      <Table label={t('peopleList')} tight>
        <thead>
          <tr>
            <th scope="col">{t('name')}</th>
            <th scope="col">{t('email')}</th>
            <th scope="col">{t('roles')}</th>
            <th scope="col">{t('since')}</th>
            <th scope="col">{t('action')}</th>
          </tr>
        </thead>
        <tbody>
          {organisation.members.map(({ membershipId, name, email, roles: held, since, own }) => (
            <tr key={membershipId}>
              <th scope="row">{name}</th>
              <td data-label={t('email')}>{email}</td>
              <td data-label={t('roles')}>{held.map((role) => roles(role)).join(', ')}</td>
              <td className="nb" data-label={t('since')}>
                {format.dateTime(since, { dateStyle: 'long' })}
              </td>
              <td>
                {own ? (
                  t('you')
                ) : (
                  <ConfirmForm
                    action={endMembershipAction}
                    name="membershipId"
                    value={membershipId}
                    trigger={t('end')}
                    question={t('endQuestion', { name })}
                    consequence={t('endConsequence', { name, organisation: organisation.name })}
                    submit={t('endSubmit')}
                    sentences={texts.organisation.endErrors}
                  />
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </Table>
    </div>
  );
}

async function Invitations({ organisation }: { organisation: Organisation }) {
  const [t, roles, { administration: texts }, format] = await Promise.all([
    getTranslations('administration.organisation'),
    getTranslations('common.roles'),
    getMessages(),
    readFormatter(),
  ]);
  if (organisation.invitations.length === 0) return <p>{t('noInvitations')}</p>;
  return (
    <div className="stacks">
      <Table label={t('invitationsList')} tight>
        <thead>
          <tr>
            <th scope="col">{t('name')}</th>
            <th scope="col">{t('email')}</th>
            <th scope="col">{t('roles')}</th>
            <th scope="col">{t('validUntil')}</th>
            <th scope="col">{t('action')}</th>
          </tr>
        </thead>
        <tbody>
          {organisation.invitations.map(({ id, name, email, roles: offered, expiresAt }) => (
            <tr key={id}>
              <th scope="row">{name}</th>
              <td data-label={t('email')}>{email}</td>
              <td data-label={t('roles')}>{offered.map((role) => roles(role)).join(', ')}</td>
              <td className="nb" data-label={t('validUntil')}>
                {format.dateTime(expiresAt, { dateStyle: 'long', timeStyle: 'short' })}
              </td>
              <td>
                <ConfirmForm
                  action={revokeInvitationAction}
                  name="invitationId"
                  value={id}
                  trigger={t('revoke')}
                  question={t('revokeQuestion', { name })}
                  consequence={t('revokeConsequence')}
                  submit={t('revokeSubmit')}
                  sentences={texts.organisation.revokeErrors}
                />
              </td>
            </tr>
          ))}
        </tbody>
      </Table>
    </div>
  );
}
