import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { getLocale, getTranslations } from 'next-intl/server';
import { Band } from '#components/frame/band.tsx';
import { PageHead } from '#components/frame/page-head.tsx';
import { MeansTable } from '#components/sector/means-table.tsx';
import { DefinitionList } from '#components/ui/definition-list.tsx';
import { formatDay } from '#lib/i18n/dates.ts';
import { inFours } from '#lib/i18n/in-fours.ts';
import { localeOf } from '#lib/i18n/locale.ts';
import { requestSystemContext } from '#services/context.ts';
import { Refusal } from '#services/errors.ts';
import { getOpenData, getOpenDataInput } from '#services/open-data/get-open-data.ts';
import { openDataFiles } from '#services/open-data/open-data-files.ts';
import { Frame } from '../../frame.tsx';

type OpenDataPageProps = { params: Promise<{ releaseId: string }> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('sector.open'))('pageTitle') };
}

/** What the supervisor made public of a round, for anybody. */
export default async function OpenDataPage({ params }: OpenDataPageProps) {
  const [{ releaseId }, t, locale] = await Promise.all([
    params,
    getTranslations('sector.open'),
    getLocale().then(localeOf),
  ]);
  const { content, openedAt, sha256 } = await readOpen(releaseId);
  const { round, framework, release } = content;
  const files = `/api/open-data/${release.id}`;
  return (
    <Frame reading>
      <div className="page">
        <PageHead
          side={t('side')}
          title={t('title', { subject: (framework.subject ?? framework.title)[locale], round: round.name })}
          meta={t('meta', {
            scope: round.productScope,
            framework: framework.title[locale],
            from: formatDay(round.periodFrom, locale),
            to: formatDay(round.periodTo, locale),
          })}
        />
        <Band id="means" title={t('means')} meta={t('meansMeta', { minimum: content.minimumInsurers })}>
          <MeansTable figures={content.figures} number={release.number} label={t('means')} />
          <p className="meta">{t('explained')}</p>
        </Band>
        <Band id="files" title={t('files')} meta={t('filesMeta')}>
          <ul>
            {openDataFiles.map((name) => (
              <li key={name}>
                <a href={`${files}/${name}`}>{t(`file.${name.replace('.', '_') as 'figures_csv'}`)}</a>
              </li>
            ))}
          </ul>
        </Band>
        <Band id="source" title={t('source')}>
          <DefinitionList
            items={[
              {
                term: t('release'),
                value: t('releaseIs', { number: release.number, date: formatDay(new Date(release.madeAt), locale) }),
              },
              { term: t('openedOn'), value: formatDay(new Date(openedAt), locale) },
              { term: t('framework'), value: `${framework.publisher}, ${framework.ref}` },
              { term: t('hash'), value: <span className="hash">{inFours(sha256)}</span> },
            ]}
          />
        </Band>
      </div>
    </Frame>
  );
}

async function readOpen(releaseId: string) {
  const input = getOpenDataInput.safeParse({ releaseId });
  if (!input.success) notFound();
  try {
    return await getOpenData(requestSystemContext(), input.data);
  } catch (error) {
    if (error instanceof Refusal) notFound();
    throw error;
  }
}
