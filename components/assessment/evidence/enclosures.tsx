import { randomUUID } from 'node:crypto';
import { getLocale, getTranslations } from 'next-intl/server';
import { ConfirmStep } from '#components/ui/confirm-step.tsx';
import { Tag } from '#components/ui/tag.tsx';
import { localeOf } from '#lib/i18n/locale.ts';
import { messages } from '#lib/i18n/messages.ts';
import { readFormatter } from '#lib/i18n/read-formatter.ts';
import type { EnclosedPiece } from '#services/evidence/enclosed-pieces.ts';
import type { PieceName } from '#services/evidence/piece-names.ts';
import { type EvidenceAction, EvidenceField, EvidenceForm, KeepButton } from './evidence-form.tsx';
import { EvidenceUpload } from './evidence-upload.tsx';
import { sizeWords, typeName } from './file-words.ts';
import { piecePath } from './library-path.ts';
import { limitWords } from './limit-words.ts';
import { PieceField } from './piece-field.tsx';
import { postedLine, UploadLines } from './upload-lines.tsx';
import { uploadWords } from './upload-words.ts';

export type EnclosureActions = { enclose: EvidenceAction; remove: EvidenceAction };

type EnclosuresProps = {
  /** Tells the lists and forms of one page apart. */
  id: string;
  title: string;
  assessmentId: string;
  pieces: readonly EnclosedPiece[];
  /** Null once nothing may change. */
  adding: EnclosuresAdding | null;
};

export type EnclosuresAdding = {
  userId: string;
  /** Where the pieces go: `requestId`, or `draftOutcomeId` and `sectionKey`. */
  place: Readonly<Record<string, string>>;
  choices: readonly PieceName[];
  actions: EnclosureActions;
  /** What became of files that were posted without script, as `code~file name`. */
  uploads: readonly string[];
  /** What the platform takes, in bytes. */
  limits: { file: number; assessment: number };
};

/** What goes with a supplement or an objection: the pieces, and while it is written the ways to add one or take it away. */
export async function Enclosures({ id, title, assessmentId, pieces, adding }: EnclosuresProps) {
  const t = await getTranslations('evidence.enclosures');
  if (pieces.length === 0 && !adding) return null;
  return (
    <section className="enclosures" id={id} aria-labelledby={`${id}-title`}>
      <h3 className="h3" id={`${id}-title`} tabIndex={-1}>
        {title}
      </h3>
      {pieces.length === 0 && <p className="meta">{t('none')}</p>}
      {pieces.length > 0 && (
        <ol className="evidence">
          {pieces.map((piece) => (
            <Enclosed key={piece.id} assessmentId={assessmentId} piece={piece} adding={adding} headId={`${id}-title`} />
          ))}
        </ol>
      )}
      {adding && <Adding id={id} assessmentId={assessmentId} adding={adding} />}
    </section>
  );
}

type EnclosedProps = Pick<EnclosuresProps, 'assessmentId' | 'adding'> & { piece: EnclosedPiece; headId: string };

async function Enclosed({ assessmentId, piece, adding, headId }: EnclosedProps) {
  const [t, common, format, locale] = await Promise.all([
    getTranslations('evidence.enclosures'),
    getTranslations('evidence'),
    readFormatter(),
    getLocale().then(localeOf),
  ]);
  const { id, kind, title, scan, sizeBytes, locator, webAddress } = piece;
  return (
    <li>
      <p className="piece">
        <span>
          <a href={piecePath(assessmentId, id)}>{title}</a>{' '}
          {scan === 'refused' && <Tag kind="refused">{common('refused')}</Tag>}
        </span>
        {locator && <span className="where">{locator}</span>}
      </p>
      <p className="meta">
        {kind === 'file'
          ? common('file', { type: typeName(piece), size: sizeWords(sizeBytes ?? 0, format.number) })
          : webAddress}
      </p>
      {scan === 'waiting' && <p className="meta">{t('waiting')}</p>}
      {scan === 'refused' && <p>{t(adding ? 'refused' : 'refusedSent')}</p>}
      {adding && (
        <div className="doings">
          <ConfirmStep
            trigger={
              <>
                {common('remove')} <span className="vh">{title}</span>
              </>
            }
            title={t('removeTitle', { title })}
            actions={
              <>
                <EvidenceForm
                  action={adding.actions.remove}
                  hidden={{ assessmentId, evidenceId: id, ...adding.place }}
                  submit={common('remove')}
                  danger
                  focusId={headId}
                  texts={messages[locale].evidence.form}
                  problem={common('problem')}
                />
                <KeepButton>{common('keep')}</KeepButton>
              </>
            }
          >
            <p>{t('removeText')}</p>
          </ConfirmStep>
        </div>
      )}
    </li>
  );
}

async function Adding({ id, assessmentId, adding }: { id: string; assessmentId: string; adding: EnclosuresAdding }) {
  const { userId, place, choices, actions, uploads } = adding;
  const [t, locale] = await Promise.all([getTranslations('evidence'), getLocale().then(localeOf)]);
  const limits = limitWords(adding.limits);
  const texts = messages[locale];
  const [piece, locator] = [`${id}-piece`, `${id}-locator`];
  return (
    <>
      <div className="adding">
        <details className="opener" open={uploads.length > 0 || undefined}>
          <summary className="btn plain small">{t('addFile')}</summary>
          <EvidenceUpload
            id={id}
            assessmentId={assessmentId}
            userId={userId}
            place={place}
            evidenceId={randomUUID()}
            posted={
              <UploadLines
                lines={uploads.map((entry) => postedLine(entry, ''))}
                criterionKey=""
                limits={limits}
                texts={texts.upload}
              />
            }
            limits={limits}
            words={uploadWords(t)}
            texts={texts.upload}
          />
        </details>
        {choices.length > 0 && (
          <EvidenceForm
            opener={{ look: 'opener', summaryLook: 'btn plain small', words: t('choose') }}
            action={actions.enclose}
            hidden={{ assessmentId, ...place }}
            submit={t('enclosures.enclose')}
            texts={texts.evidence.form}
            problem={t('problem')}
            ids={{ piece, locator }}
          >
            <PieceField id={piece} label={t('choosePiece')} hint={t('choosePieceHint')} names={choices} />
            <EvidenceField id={locator} name="locator" label={t('locator')} hint={t('locatorHint')} maxLength={200} />
          </EvidenceForm>
        )}
      </div>
      <p className="meta">{t('privacy', limits)}</p>
    </>
  );
}
