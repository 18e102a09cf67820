import { getLocale, getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { ConfirmStep } from '#components/ui/confirm-step.tsx';
import { Empty } from '#components/ui/empty.tsx';
import { Sign } from '#components/ui/sign.tsx';
import { Tag } from '#components/ui/tag.tsx';
import { isViewable } from '#domain/evidence-types.ts';
import { localeOf } from '#lib/i18n/locale.ts';
import { messages } from '#lib/i18n/messages.ts';
import { readFormatter } from '#lib/i18n/read-formatter.ts';
import type { CriterionPage } from '#services/assessments/get-criterion.ts';
import type { EvidencePiece } from '#services/evidence/evidence-facts.ts';
import { cameOver } from '#services/last-round/last-round-view.ts';
import { CriterionLink } from '../criterion/criterion-link.tsx';
import { type EvidenceAction, EvidenceField, EvidenceForm, KeepButton } from './evidence-form.tsx';
import { sizeWords, typeName } from './file-words.ts';
import { piecePath } from './library-path.ts';
import { refusedWords } from './refused-words.ts';

export type EvidenceActions = {
  changeLocator: EvidenceAction;
  removeLink: EvidenceAction;
  remove: EvidenceAction;
  addWebAddress: EvidenceAction;
  link: EvidenceAction;
};

type EvidenceListProps = { page: CriterionPage; actions: EvidenceActions };

/** The pieces that support a criterion: what they are, where in them to look, and what can be done. */
export async function EvidenceList({ page, actions }: EvidenceListProps) {
  const t = await getTranslations('evidence');
  const { key } = page.criterion;
  if (page.evidence.length === 0) {
    return (
      <div className="adding">
        <Empty title={t('emptyTitle', { key })}>
          <p>{page.criterion.evidenceAsked ? t('emptyAsked') : t('emptyText')}</p>
        </Empty>
      </div>
    );
  }
  return (
    <ol className="evidence" aria-label={t('listLabel', { key })}>
      {page.evidence.map((piece) => (
        <Piece key={piece.id} page={page} piece={piece} actions={actions} />
      ))}
    </ol>
  );
}

async function Piece({ page, piece, actions }: EvidenceListProps & { piece: EvidencePiece }) {
  const [t, common, previous, format] = await Promise.all([
    getTranslations('evidence'),
    getTranslations('common'),
    getTranslations('previous'),
    readFormatter(),
  ]);
  const texts = messages[localeOf(await getLocale())].evidence;
  const { key } = page.criterion;
  const link = piece.links.find(({ criterionKey }) => criterionKey === key);
  const elsewhere = piece.links.filter(({ criterionKey }) => criterionKey !== key);
  const date = (day: string) =>
    format.dateTime(new Date(`${day}T12:00:00Z`), { day: 'numeric', month: 'long', year: 'numeric' });
  const about = [
    piece.kind === 'file'
      ? t('file', { type: typeName(piece), size: sizeWords(piece.sizeBytes ?? 0, format.number) })
      : t('seenOn', { date: date(piece.seenOn ?? '') }),
    piece.aboutPeriod && t('about', { period: piece.aboutPeriod }),
    piece.addedByRoles[0] && t('addedBy', { role: common(`roles.${piece.addedByRoles[0]}`).toLowerCase() }),
  ].filter(Boolean);
  const hidden = { assessmentId: page.assessment.id, linkId: link?.id ?? '', evidenceId: piece.id };
  return (
    <li id={`evidence-${piece.id}`}>
      <p className="piece">
        <span>
          <PieceTitle piece={piece} opensElsewhere={t('opensElsewhere')} />
          {piece.scan === 'refused' && (
            <>
              {' '}
              <Tag kind="refused">{t('refused')}</Tag>
            </>
          )}
        </span>
        <span className={link?.locator ? 'where' : 'where attword'}>{link?.locator || t('noLocator')}</span>
      </p>
      <p className="meta">
        {about.join('. ')}
        {elsewhere.length > 0 && (
          <>
            {'. '}
            {t.rich('alsoAt', {
              keys: () =>
                elsewhere.map(({ criterionKey }, place) => (
                  <span key={criterionKey}>
                    {place > 0 && ', '}
                    <CriterionLink to={criterionKey} />
                  </span>
                )),
            })}
          </>
        )}
      </p>
      {link && cameOver(page.lastRound, piece, link.locator) && (
        <p className="taken-over">
          <Sign kind="attention" /> {previous('mark', { round: page.lastRound?.roundName ?? '' })}
        </p>
      )}
      {piece.scan === 'waiting' && <p className="meta">{t('waiting')}</p>}
      {piece.scan === 'refused' && <p>{t(refusedWords(page))}</p>}
      <div className="doings">
        <ViewHere assessmentId={page.assessment.id} piece={piece} criterionKey={key} />
        {!page.readOnly && link && (
          <>
            {piece.scan !== 'refused' && (
              <EvidenceForm
                opener={{
                  look: 'more',
                  words: <Named title={piece.title}>{t(link.locator ? 'changeLocator' : 'nameLocator')}</Named>,
                }}
                action={actions.changeLocator}
                hidden={hidden}
                submit={t('saveLocator')}
                texts={texts.form}
                problem={t('problem')}
              >
                <EvidenceField
                  id={`locator-${piece.id}`}
                  name="locator"
                  label={t('locator')}
                  hint={t('locatorHint')}
                  defaultValue={link.locator}
                  maxLength={200}
                />
              </EvidenceForm>
            )}
            {piece.scan !== 'refused' && (
              <ConfirmStep
                trigger={<Named title={piece.title}>{t('unlink')}</Named>}
                title={t('unlinkTitle', { key })}
                actions={
                  <>
                    <EvidenceForm
                      action={actions.removeLink}
                      hidden={hidden}
                      submit={t('unlink')}
                      danger
                      focusId="evidence-head"
                      texts={texts.form}
                      problem={t('problem')}
                    />
                    <KeepButton>{t('keep')}</KeepButton>
                  </>
                }
              >
                <p>
                  {t('unlinkText', {
                    title: piece.title,
                    key,
                    count: elsewhere.length,
                    left: page.evidence.length - 1,
                  })}
                </p>
              </ConfirmStep>
            )}
            <ConfirmStep
              trigger={<Named title={piece.title}>{t('remove')}</Named>}
              title={t('removeTitle', { title: piece.title })}
              actions={
                <>
                  <EvidenceForm
                    action={actions.remove}
                    hidden={hidden}
                    submit={t('remove')}
                    danger
                    focusId="evidence-head"
                    texts={texts.form}
                    problem={t('problem')}
                  />
                  <KeepButton>{t('keep')}</KeepButton>
                </>
              }
            >
              <p>{t('removeText')}</p>
            </ConfirmStep>
          </>
        )}
      </div>
    </li>
  );
}

/** What opens a question, with the piece that it is about for who does not see where it stands. */
function Named({ title, children }: { title: string; children: ReactNode }) {
  return (
    <>
      {children} <span className="vh">{title}</span>
    </>
  );
}

/** Leads to the piece's own page, with its file open at the place that it has here. */
async function ViewHere({
  assessmentId,
  piece,
  criterionKey,
}: {
  assessmentId: string;
  piece: EvidencePiece;
  criterionKey: string;
}) {
  const t = await getTranslations('library.viewer');
  const viewed = piece.scan === 'clean' && isViewable(piece.mediaType, piece.sizeBytes);
  return (
    viewed && (
      <a href={`${piecePath(assessmentId, piece.id, criterionKey)}#file`}>
        {t('open')} <span className="vh">{piece.title}</span>
      </a>
    )
  );
}

function PieceTitle({ piece, opensElsewhere }: { piece: EvidencePiece; opensElsewhere: string }) {
  if (piece.kind === 'web_address') {
    return (
      <a href={piece.webAddress ?? ''} rel="noreferrer noopener external">
        {piece.title} <span className="vh">{opensElsewhere}</span>
      </a>
    );
  }
  if (piece.scan !== 'clean') return piece.title;
  return (
    <a href={`/api/evidence/${piece.id}`} download={piece.fileName ?? true}>
      {piece.title}
    </a>
  );
}
