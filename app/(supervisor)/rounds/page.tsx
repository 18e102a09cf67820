import type { Metadata } from 'next';
import Link from 'next/link';
import { getTranslations } from 'next-intl/server';
import { PageHead } from '#components/frame/page-head.tsx';
import { ButtonLink } from '#components/ui/button.tsx';
import { Empty } from '#components/ui/empty.tsx';
import { Pager } from '#components/ui/pager.tsx';
import { Table } from '#components/ui/table.tsx';
import { Tag } from '#components/ui/tag.tsx';
import { isOver } from '#domain/terms.ts';
import { readPage } from '#lib/auth/read-page.ts';
import { readFormatter } from '#lib/i18n/read-formatter.ts';
import { readLocale } from '#lib/i18n/read-locale.ts';
import { listRounds, listRoundsInput, type RoundLine } from '#services/rounds/list-rounds.ts';
import { Frame } from '../../frame.tsx';

type RoundsPageProps = { searchParams: Promise<{ after?: string }> };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('administration.rounds');
  return { title: t('title') };
}

export default async function RoundsPage({ searchParams }: RoundsPageProps) {
  const input = listRoundsInput.catch({}).parse(await searchParams);
  const { rounds, next, mayManage } = await readPage('round.list', listRounds, input);
  const [t, format, locale] = await Promise.all([
    getTranslations('administration.rounds'),
    readFormatter(),
    readLocale(),
  ]);
  const now = new Date();
  const day = (at: Date | string) =>
    format.dateTime(typeof at === 'string' ? new Date(`${at}T12:00:00Z`) : at, { dateStyle: 'long' });
  return (
    <Frame current="rounds" dense>
      <div className="page">
        <PageHead
          title={t('title')}
          meta={t('meta')}
          action={mayManage && <ButtonLink href="/rounds/new">{t('new')}</ButtonLink>}
        />
        {rounds.length === 0 ? (
          <Empty title={t('empty')} level={2}>
            <p>{t('emptyText')}</p>
          </Empty>
        ) : (
          <div className="stacks">
            <Table label={t('list')}>
              <thead>
                <tr>
                  <th scope="col">{t('name')}</th>
                  <th scope="col">{t('framework')}</th>
                  <th scope="col">{t('period')}</th>
                  <th scope="col">{t('deadline')}</th>
                  <th scope="col" className="r">
                    {t('participants')}
                  </th>
                  <th scope="col">{t('state')}</th>
                </tr>
              </thead>
              <tbody>
                {rounds.map((round) => (
                  <tr key={round.id}>
                    <th scope="row">
                      <Link href={`/rounds/${round.id}`} prefetch={false}>
                        {round.name}
                      </Link>
                      <span className="meta under-word">{round.productScope}</span>
                    </th>
                    <td data-label={t('framework')}>
                      {round.framework[locale]}
                      <span className="meta under-word">
                        {t('edition', { edition: editionOf(round.framework.ref) })}
                      </span>
                    </td>
                    <td className="nb" data-label={t('period')}>
                      <span>
                        {day(round.periodFrom)} – {day(round.periodTo)}
                      </span>
                    </td>
                    <td className="nb" data-label={t('deadline')}>
                      {day(round.deadlineAt)}
                    </td>
                    <td className="r" data-label={t('participants')}>
                      {round.participants}
                    </td>
                    <td data-label={t('state')}>
                      <StateTag round={round} now={now} words={(state) => t(`states.${state}`)} />
                    </td>
                  </tr>
                ))}
              </tbody>
            </Table>
          </div>
        )}
        {next && (
          <Pager label={t('title')} steps={[{ href: `/rounds?after=${next}`, label: t('next'), rel: 'next' }]} />
        )}
      </div>
    </Frame>
  );
}

type State = 'preparing' | 'open' | 'over';

function StateTag({ round, now, words }: { round: RoundLine; now: Date; words: (state: State) => string }) {
  if (!round.openedAt) return <Tag kind="todo">{words('preparing')}</Tag>;
  return isOver(round.deadlineAt, now) ? (
    <Tag kind="waiting">{words('over')}</Tag>
  ) : (
    <Tag kind="done">{words('open')}</Tag>
  );
}

/** The edition in `key@edition`. */
function editionOf(ref: string): string {
  return ref.slice(ref.indexOf('@') + 1);
}
