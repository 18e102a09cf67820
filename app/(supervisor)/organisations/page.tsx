import { randomUUID } from 'node:crypto';
import type { Metadata } from 'next';
import Link from 'next/link';
import { getMessages, getTranslations } from 'next-intl/server';
import { OrganisationForm } from '#components/administration/organisation-form.tsx';
import { Band } from '#components/frame/band.tsx';
import { PageHead } from '#components/frame/page-head.tsx';
import { Button } from '#components/ui/button.tsx';
import { Empty } from '#components/ui/empty.tsx';
import { TextField } from '#components/ui/field.tsx';
import { Pager } from '#components/ui/pager.tsx';
import { Table } from '#components/ui/table.tsx';
import { Tag } from '#components/ui/tag.tsx';
import { readPage } from '#lib/auth/read-page.ts';
import {
  listOrganisations,
  listOrganisationsInput,
  type OrganisationLine,
} from '#services/organisations/list-organisations.ts';
import { Frame } from '../../frame.tsx';
import { addOrganisationAction } from './actions.ts';

type OrganisationsPageProps = { searchParams: Promise<{ search?: string; after?: string }> };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('administration.organisations');
  return { title: t('title') };
}

export default async function OrganisationsPage({ searchParams }: OrganisationsPageProps) {
  const input = listOrganisationsInput.catch({ search: '' }).parse(await searchParams);
  const { organisations, next } = await readPage('organisation.list', listOrganisations, input);
  const [t, { administration: texts }] = await Promise.all([
    getTranslations('administration.organisations'),
    getMessages(),
  ]);
  const here = (after: string) => `/organisations?${new URLSearchParams({ search: input.search, after })}`;
  return (
    <Frame current="organisations" dense>
      <div className="page">
        <PageHead title={t('title')} meta={t('meta')} action={<a href="#add">{t('add')}</a>} />
        <form method="get" className="filters" action="/organisations">
          <TextField name="search" type="search" label={t('search')} defaultValue={input.search} />
          <div className="btnrow">
            <Button type="submit" kind="plain">
              {t('searchSubmit')}
            </Button>
            {input.search !== '' && (
              <Link href="/organisations" prefetch={false}>
                {t('searchAll')}
              </Link>
            )}
          </div>
        </form>
        {organisations.length === 0 ? (
          <div className="told">
            <Empty title={t('nothing')} level={2}>
              <p>{t('nothingText')}</p>
            </Empty>
          </div>
        ) : (
          <div className="stacks">
            <Table label={t('list')} tight>
              <thead>
                <tr>
                  <th scope="col">{t('name')}</th>
                  <th scope="col">{t('number')}</th>
                  <th scope="col">{t('kind')}</th>
                  <th scope="col" className="r">
                    {t('people')}
                  </th>
                  <th scope="col">{t('state')}</th>
                </tr>
              </thead>
              <tbody>
                {organisations.map((organisation) => (
                  <tr key={organisation.id}>
                    <th scope="row">
                      <Link href={`/organisations/${organisation.id}`} prefetch={false}>
                        {organisation.name}
                      </Link>
                    </th>
                    <td className="nb" data-label={t('number')}>
                      {organisation.number}
                    </td>
                    <td data-label={t('kind')}>{t(`kinds.${organisation.kind}`)}</td>
                    <td className="r" data-label={t('people')}>
                      {organisation.people}
                    </td>
                    <td data-label={t('state')}>
                      <Readiness organisation={organisation} words={(state) => t(state)} />
                    </td>
                  </tr>
                ))}
              </tbody>
            </Table>
          </div>
        )}
        {(next || input.after) && (
          <Pager
            label={t('title')}
            steps={[
              ...(input.after
                ? [{ href: `/organisations?${new URLSearchParams({ search: input.search })}`, label: t('first') }]
                : []),
              ...(next ? [{ href: here(next), label: t('next'), rel: 'next' as const }] : []),
            ]}
          />
        )}
        <div className="apart">
          <Band id="add" title={texts.organisationForm.addTitle}>
            <OrganisationForm
              action={addOrganisationAction}
              texts={texts.organisationForm}
              organisationId={randomUUID()}
              name=""
              number=""
              submit={texts.organisationForm.create}
              kind="primary"
            />
          </Band>
        </div>
      </div>
    </Frame>
  );
}

type State = 'ready' | 'nobody' | 'noCoordinator' | 'noSignatory';

/** Whether an insurer has the people that a round needs. */
function Readiness({ organisation, words }: { organisation: OrganisationLine; words: (state: State) => string }) {
  const { kind, people, coordinators, signatories } = organisation;
  if (kind === 'supervisor') return null;
  if (people === 0) return <Tag kind="todo">{words('nobody')}</Tag>;
  if (coordinators === 0) return <Tag kind="attention">{words('noCoordinator')}</Tag>;
  if (signatories === 0) return <Tag kind="attention">{words('noSignatory')}</Tag>;
  return <Tag kind="done">{words('ready')}</Tag>;
}
