import { randomUUID } from 'node:crypto';
import type { Metadata } from 'next';
import { getLocale, getTranslations } from 'next-intl/server';
import { sizeWords, typeName } from '#components/assessment/evidence/file-words.ts';
import { libraryPath, piecePath } from '#components/assessment/evidence/library-path.ts';
import { NotStored, PieceAdd } from '#components/assessment/evidence/piece-add.tsx';
import { PieceFacts } from '#components/assessment/evidence/piece-facts.tsx';
import { PieceForm } from '#components/assessment/evidence/piece-form.tsx';
import { PieceLinksForm } from '#components/assessment/evidence/piece-links-form.tsx';
import { PieceMoveForm } from '#components/assessment/evidence/piece-move-form.tsx';
import { PieceRemove } from '#components/assessment/evidence/piece-remove.tsx';
import { PieceUses } from '#components/assessment/evidence/piece-uses.tsx';
import { PieceVersions } from '#components/assessment/evidence/piece-versions.tsx';
import { OpenedOnce } from '#components/assessment/live/opened-once.tsx';
import { EvidenceViewer } from '#components/evidence/evidence-viewer.tsx';
import { Band } from '#components/frame/band.tsx';
import { PageHead } from '#components/frame/page-head.tsx';
import { ButtonLink } from '#components/ui/button.tsx';
import { Disclosure } from '#components/ui/disclosure.tsx';
import { Notice } from '#components/ui/notice.tsx';
import { isViewable } from '#domain/evidence-types.ts';
import { locatorPage } from '#domain/locator-page.ts';
import { readPage } from '#lib/auth/read-page.ts';
import { localeOf } from '#lib/i18n/locale.ts';
import { messages } from '#lib/i18n/messages.ts';
import { readFormatter } from '#lib/i18n/read-formatter.ts';
import { platformLimits } from '#services/evidence/evidence-context.ts';
import { type EvidencePage, getEvidence } from '#services/evidence/get-evidence.ts';
import { Frame } from '../../../../../frame.tsx';
import { moveEvidenceLinksAction, removePieceAction, saveEvidenceAction, saveEvidenceLinksAction } from '../actions.ts';

type PiecePageProps = {
  params: Promise<{ assessmentId: string; evidenceId: string }>;
  searchParams: Promise<{ at?: string | string[]; upload?: string | string[] }>;
};

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('library'))('title') };
}

export default async function PiecePage({ params, searchParams }: PiecePageProps) {
  const [{ assessmentId, evidenceId }, { at, upload }] = await Promise.all([params, searchParams]);
  const [page, t, locale] = await Promise.all([
    readPage('assessment.read', getEvidence, { assessmentId, evidenceId }),
    getTranslations('library'),
    getLocale().then(localeOf),
  ]);
  const texts = messages[locale].library;
  const { piece, may, versions, toMove } = page;
  const current = versions.find((version) => version.current);
  const linked = (count: number) => t('links.chosen', { count });
  return (
    <Frame current="assessments">
      <div className="page">
        <PageHead
          side={<a href={libraryPath(assessmentId)}>{t('page.back')}</a>}
          title={piece.title}
          meta={versions.length > 1 && t('facts.version', { version: piece.version })}
        />
        <NotStored uploads={[upload ?? []].flat()} limits={platformLimits()} />
        <Standing page={page} current={current} />
        {toMove && (
          <Band id="move" title={t('replace.moveTitle')}>
            <p>{t('replace.moveText', { version: toMove.version, count: toMove.links.length })}</p>
            <PieceMoveForm
              action={moveEvidenceLinksAction}
              assessmentId={assessmentId}
              evidenceId={piece.id}
              links={toMove.links.map(({ id, criterionKey, short, locator }) => ({
                id,
                key: criterionKey,
                short: short[locale],
                locator,
              }))}
              texts={{ replace: texts.replace, links: texts.links, form: texts.form }}
            />
          </Band>
        )}
        <Band id="uses" title={t('page.uses')}>
          <PieceUses
            assessmentId={assessmentId}
            evidenceId={piece.id}
            links={piece.links}
            enclosedAt={piece.enclosedAt}
            shown={piece.opens && isViewable(piece.mediaType, piece.sizeBytes)}
          />
          {may.link && piece.scan !== 'refused' && (
            <OpenedOnce summary={t('links.open')} open={piece.links.length + piece.enclosedAt.length === 0 && !toMove}>
              <p>{t('links.hint')}</p>
              <PieceLinksForm
                action={saveEvidenceLinksAction}
                assessmentId={assessmentId}
                evidenceId={piece.id}
                formKey={randomUUID()}
                sections={page.sections.map(({ key, title, criteria }) => ({
                  key,
                  title: title[locale],
                  chosen: linked(criteria.filter(({ link }) => link).length),
                  criteria: criteria.map((criterion) => ({
                    key: criterion.key,
                    short: criterion.short[locale],
                    asked: criterion.evidenceAsked,
                    locator: criterion.link?.locator ?? null,
                  })),
                }))}
                texts={{ links: texts.links, form: texts.form }}
              />
            </OpenedOnce>
          )}
        </Band>
        {piece.kind === 'file' && piece.scan === 'clean' && (
          <Band id="file" title={t('page.file')}>
            <File page={page} at={[at ?? []].flat()[0]} />
          </Band>
        )}
        <Band id="facts" title={t('page.facts')}>
          <PieceFacts piece={piece} />
          {may.edit && (
            <Disclosure summary={t('page.edit')}>
              <PieceForm
                action={saveEvidenceAction}
                assessmentId={assessmentId}
                evidenceId={piece.id}
                said={{
                  title: piece.title,
                  aboutPeriod: piece.aboutPeriod,
                  effectiveOn: piece.effectiveOn ?? '',
                }}
                texts={{ edit: texts.edit, form: texts.form }}
              />
            </Disclosure>
          )}
          {may.remove && <PieceRemove page={page} action={removePieceAction} />}
        </Band>
        {(versions.length > 1 || may.replace) && (
          <Band id="versions" title={t('page.versions')}>
            <PieceVersions page={page} />
            {may.replace && (
              <Disclosure summary={t('replace.open')} open={piece.scan === 'refused'}>
                <p>{t(piece.scan === 'refused' ? 'replace.textRefused' : 'replace.text')}</p>
                <PieceAdd
                  assessmentId={assessmentId}
                  userId={page.userId}
                  replacesId={piece.id}
                  label={t('replace.file')}
                  submit={t('replace.submit')}
                  limits={platformLimits()}
                />
              </Disclosure>
            )}
          </Band>
        )}
      </div>
    </Frame>
  );
}

/** What is the matter with a piece, before anything else on its page. */
async function Standing({ page, current }: { page: EvidencePage; current: EvidencePage['piece'] | undefined }) {
  const t = await getTranslations('library');
  const { piece, assessment } = page;
  if (piece.removedAt) {
    return (
      <Notice title={t('page.removedTitle')}>
        <p>{t('page.removedText')}</p>
      </Notice>
    );
  }
  if (piece.scan === 'refused') {
    return (
      <Notice kind="bad" title={t('page.refusedTitle')}>
        <p>{t('list.refusedText')}</p>
      </Notice>
    );
  }
  if (piece.scan === 'waiting') {
    return (
      <Notice title={t('scan.waiting')}>
        <p>{t('scan.waitingText')}</p>
      </Notice>
    );
  }
  if (!current || piece.current) return null;
  return (
    <Notice title={t('page.older', { version: piece.version })}>
      <p>
        <a href={piecePath(assessment.id, current.id)}>{t('page.toCurrent', { version: current.version })}</a>
      </p>
    </Notice>
  );
}

/** The file itself, at the place that it has at a criterion; what cannot be shown is downloaded. */
async function File({ page: { piece }, at }: { page: EvidencePage; at: string | undefined }) {
  const [t, locale, format] = await Promise.all([
    getTranslations('library.page'),
    getLocale().then(localeOf),
    readFormatter(),
  ]);
  const texts = messages[locale].library.viewer;
  const href = `/api/evidence/${piece.id}`;
  const [mediaType, sizeBytes, fileName] = [piece.mediaType ?? '', piece.sizeBytes ?? 0, piece.fileName ?? ''];
  if (!piece.opens) return <p>{t('gone')}</p>;
  if (!isViewable(mediaType, sizeBytes)) {
    return (
      <>
        <p>{t('cannotShow', { type: typeName(piece), size: sizeWords(sizeBytes, format.number) })}</p>
        <ButtonLink kind="plain" dense href={href} download={fileName}>
          {texts.download}
        </ButtonLink>
      </>
    );
  }
  const place = piece.links.find(({ criterionKey }) => criterionKey === at);
  return (
    <EvidenceViewer
      file={{ href, title: piece.title, fileName, mediaType, sizeBytes }}
      page={locatorPage(place?.locator ?? '') ?? 1}
      opened={place !== undefined}
      texts={texts}
    />
  );
}
