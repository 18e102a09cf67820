import type { Metadata } from 'next';
import Link from 'next/link';
import { notFound } from 'next/navigation';
import { getMessages, getTranslations } from 'next-intl/server';
import { cache } from 'react';
import { AddParticipantForm } from '#components/administration/add-participant-form.tsx';
import { OpenRoundForm } from '#components/administration/open-round-form.tsx';
import { RoundForm } from '#components/administration/round-form.tsx';
import { Band } from '#components/frame/band.tsx';
import { PageHead } from '#components/frame/page-head.tsx';
import { RoundLinks } from '#components/review/round-links.tsx';
import { ButtonLink } from '#components/ui/button.tsx';
import { DefinitionList } from '#components/ui/definition-list.tsx';
import { Empty } from '#components/ui/empty.tsx';
import { Notice } from '#components/ui/notice.tsx';
import { Pager } from '#components/ui/pager.tsx';
import { Table } from '#components/ui/table.tsx';
import { readPage } from '#lib/auth/read-page.ts';
import { readFormatter } from '#lib/i18n/read-formatter.ts';
import { readLocale } from '#lib/i18n/read-locale.ts';
import { type Candidate, getRound, getRoundInput } from '#services/rounds/get-round.ts';
import { Frame } from '../../../frame.tsx';
import { addParticipantAction, openRoundAction, saveRoundAction } from '../actions.ts';
import { frameworkChoices, reviewerChoices, sectionChoices } from '../choices.ts';

type RoundPageProps = {
  params: Promise<{ roundId: string }>;
  searchParams: Promise<{ after?: string; done?: string }>;
};

/** Read once a request, for the title and for the page. */
const readRound = cache((roundId: string, after?: string) => {
  const input = getRoundInput.safeParse({ roundId, after });
  if (!input.success) notFound();
  return readPage('round.read', getRound, input.data);
});

export async function generateMetadata({ params, searchParams }: RoundPageProps): Promise<Metadata> {
  const [{ roundId }, { after }] = await Promise.all([params, searchParams]);
  return { title: (await readRound(roundId, after)).name };
}

export default async function RoundPage({ params, searchParams }: RoundPageProps) {
  const [{ roundId }, { after, done }] = await Promise.all([params, searchParams]);
  const round = await readRound(roundId, after);
  const [t, roles, { administration: texts }, locale] = await Promise.all([
    getTranslations('administration.round'),
    getTranslations('common.roles'),
    getMessages(),
    readLocale(),
  ]);
  const editable = round.mayManage && !round.openedAt;
  return (
    <Frame current="rounds" dense>
      <div className="page">
        <PageHead
          side={t('side')}
          title={round.name}
          meta={`${round.framework[locale]}, ${round.productScope}`}
          action={round.openedAt && !round.mayManage && <RoundLinks roundId={round.id} leads={round.leads} />}
        />
        <Done done={done} />
        {editable ? (
          <Band id="settings" title={t('settings')} meta={t('settingsNote')}>
            <RoundForm
              action={saveRoundAction}
              texts={texts.roundForm}
              submit={texts.roundForm.save}
              frameworks={frameworkChoices(round.frameworks, locale)}
              reviewers={reviewerChoices(round.reviewers, roles)}
              sections={sectionChoices(round.sections, locale)}
              carried={Object.fromEntries(round.carriedSections.map(({ sectionKey, reason }) => [sectionKey, reason]))}
              values={{ ...round, roundId: round.id }}
            />
          </Band>
        ) : (
          <Band id="settings" title={t('settings')} meta={round.openedAt && t('settingsFixed')}>
            <Settings round={round} />
          </Band>
        )}
        {editable && <Opening round={round} />}
        {!editable && (
          <Band
            id="participants"
            title={t('participants')}
            meta={t('participantsCount', { count: round.participantCount })}
          >
            <Participants round={round} />
          </Band>
        )}
        {round.mayManage && round.openedAt && (
          <Band id="add" title={texts.addForm.title}>
            {round.candidates.length === 0 ? (
              <p>{texts.addForm.none}</p>
            ) : (
              <AddParticipantForm
                action={addParticipantAction}
                texts={texts.addForm}
                roundId={round.id}
                deadlineOver={round.deadlineOver}
                insurers={round.candidates.map(({ id, name, number }) => ({ id, label: `${name} (${number})` }))}
              />
            )}
          </Band>
        )}
      </div>
    </Frame>
  );
}

type Round = Awaited<ReturnType<typeof getRound>>;

async function Done({ done }: { done: string | undefined }) {
  const t = await getTranslations('administration.round');
  if (done !== 'saved' && done !== 'opened' && done !== 'added') return null;
  return (
    <div className="told">
      <Notice kind="ok" role="status" title={t(done)}>
        {done === 'opened' && <p>{t('openedText')}</p>}
      </Notice>
    </div>
  );
}

async function Settings({ round }: { round: Round }) {
  const [t, format, locale] = await Promise.all([
    getTranslations('administration.round'),
    readFormatter(),
    readLocale(),
  ]);
  const instant = (at: Date) => format.dateTime(at, { dateStyle: 'long', timeStyle: 'short' });
  const day = (on: string) => format.dateTime(new Date(`${on}T12:00:00Z`), { dateStyle: 'long' });
  return (
    <DefinitionList
      items={[
        {
          term: t('framework'),
          value: (
            <Link href={`/frameworks/${encodeURIComponent(round.framework.ref)}`} prefetch={false}>
              {round.framework[locale]}
            </Link>
          ),
        },
        { term: t('productScope'), value: round.productScope },
        { term: t('period'), value: t('periodValue', { from: day(round.periodFrom), to: day(round.periodTo) }) },
        round.openedAt
          ? { term: t('opened_at'), value: instant(round.openedAt) }
          : { term: t('opens'), value: day(round.opensOn) },
        { term: t('deadline'), value: instant(round.deadlineAt) },
        { term: t('decisionsDue'), value: day(round.decisionsDueOn) },
        { term: t('contact'), value: round.contactMailbox },
        { term: t('hearing'), value: round.hearing ? t('hearingOn', { days: round.hearingDays }) : t('hearingOff') },
        { term: t('fourEyes'), value: round.fourEyes ? t('fourEyesOn') : t('fourEyesOff') },
        {
          term: t('minimums'),
          value: t('minimumsValue', {
            mean: round.minimumForMean,
            spread: round.minimumForSpread,
            changed: round.minimumChanged,
          }),
        },
        ...round.carriedSections.map(({ sectionKey, reason }) => ({
          term: t('carried', { section: sectionKey }),
          value: t('carriedValue', { reason }),
          id: `carried-${sectionKey}`,
        })),
        { term: t('retain'), value: day(round.retainUntil) },
        ...(round.mayManage
          ? [
              {
                term: t('reviewers'),
                value: round.reviewers
                  .filter(({ admitted }) => admitted)
                  .map(({ name }) => name)
                  .join(', '),
              },
            ]
          : []),
      ]}
    />
  );
}

async function Opening({ round }: { round: Round }) {
  const [t, { administration: texts }, format] = await Promise.all([
    getTranslations('administration.openForm'),
    getMessages(),
    readFormatter(),
  ]);
  const lacks = ({ coordinator, signatory }: Candidate) => {
    if (!coordinator && !signatory) return t('nobody');
    if (!coordinator) return t('noCoordinator');
    return signatory ? '' : t('noSignatory');
  };
  return (
    <Band id="open" title={t('title')} meta={t('note')}>
      {round.candidates.length === 0 && (
        <Empty
          title={t('noInsurers')}
          actions={
            <ButtonLink href="/organisations" kind="plain">
              {t('toOrganisations')}
            </ButtonLink>
          }
        >
          <p>{t('noInsurersText')}</p>
        </Empty>
      )}
      {round.opensLater && <p>{t('later', { day: format.dateTime(round.opensAt, { dateStyle: 'long' }) })}</p>}
      {!round.opensLater && round.candidates.length > 0 && (
        <OpenRoundForm
          action={openRoundAction}
          texts={texts.openForm}
          roundId={round.id}
          insurers={round.candidates.map((candidate) => ({
            id: candidate.id,
            label: candidate.name,
            note: [candidate.number, lacks(candidate)].filter(Boolean).join(', '),
            ready: true,
          }))}
        />
      )}
    </Band>
  );
}

async function Participants({ round }: { round: Round }) {
  const [t, format] = await Promise.all([getTranslations('administration.round'), readFormatter()]);
  if (round.participants.length === 0) {
    const hidden = round.participantCount > 0;
    return (
      <Empty title={t(hidden ? 'noneVisible' : 'noParticipants')}>
        <p>{t(hidden ? 'noneVisibleText' : 'noParticipantsText')}</p>
      </Empty>
    );
  }
  return (
    <>
      <div className="stacks">
        <Table label={t('participantsList')} tight>
          <thead>
            <tr>
              <th scope="col">{t('insurer')}</th>
              <th scope="col">{t('number')}</th>
              <th scope="col">{t('reference')}</th>
              <th scope="col">{t('ownDeadline')}</th>
            </tr>
          </thead>
          <tbody>
            {round.participants.map((participant) => (
              <tr key={participant.assessmentId}>
                <th scope="row">{participant.name}</th>
                <td className="nb" data-label={t('number')}>
                  {participant.number}
                </td>
                <td className="nb" data-label={t('reference')}>
                  {participant.reference}
                </td>
                <td data-label={t('ownDeadline')}>
                  {format.dateTime(participant.deadlineAt, { dateStyle: 'long', timeStyle: 'short' })}
                </td>
              </tr>
            ))}
          </tbody>
        </Table>
      </div>
      {round.next && (
        <Pager
          label={t('participants')}
          steps={[{ href: `/rounds/${round.id}?after=${round.next}#participants`, label: t('next'), rel: 'next' }]}
        />
      )}
    </>
  );
}
