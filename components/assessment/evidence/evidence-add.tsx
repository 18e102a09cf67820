import { randomUUID } from 'node:crypto';
import { getLocale, getTranslations } from 'next-intl/server';
import { dayInAmsterdam } from '#domain/terms.ts';
import { localeOf } from '#lib/i18n/locale.ts';
import { messages } from '#lib/i18n/messages.ts';
import type { CriterionPage } from '#services/assessments/get-criterion.ts';
import { choosable, pieceNames } from '#services/evidence/piece-names.ts';
import { EvidenceField, EvidenceForm } from './evidence-form.tsx';
import type { EvidenceActions } from './evidence-list.tsx';
import { EvidenceUpload } from './evidence-upload.tsx';
import { limitWords } from './limit-words.ts';
import { PieceField } from './piece-field.tsx';
import { postedLine, UploadLines } from './upload-lines.tsx';
import { uploadWords } from './upload-words.ts';

type EvidenceAddProps = {
  page: CriterionPage;
  actions: EvidenceActions;
  /** What became of files that were posted without script, as `code~file name`. */
  uploads: readonly string[];
  /** What the platform takes, in bytes. */
  limits: { file: number; assessment: number };
};

/** The three ways to add evidence to a criterion: files, a piece that is there already, a web address. */
export async function EvidenceAdd({ page, actions, uploads, ...given }: EvidenceAddProps) {
  const limits = limitWords(given.limits);
  const [t, locale] = await Promise.all([getTranslations('evidence'), getLocale().then(localeOf)]);
  const texts = messages[locale].evidence;
  const hidden = { assessmentId: page.assessment.id, criterionKey: page.criterion.key };
  // One key a form that is drawn: posting it twice adds once.
  const [fileKey, linkKey, addressKey] = [randomUUID(), randomUUID(), randomUUID()];
  const choices = pieceNames(choosable(page.otherEvidence));
  return (
    <>
      <div className="adding">
        <details className="opener" open={uploads.length > 0 || undefined}>
          <summary className="btn plain small">{t('addFile')}</summary>
          <EvidenceUpload
            assessmentId={page.assessment.id}
            userId={page.userId}
            place={{ criterionKey: page.criterion.key }}
            evidenceId={fileKey}
            posted={
              <UploadLines
                lines={uploads.map((entry) => postedLine(entry, page.criterion.key))}
                criterionKey={page.criterion.key}
                limits={limits}
                texts={messages[locale].upload}
              />
            }
            limits={limits}
            words={uploadWords(t)}
            texts={messages[locale].upload}
          />
        </details>
        {choices.length === 0 ? (
          <details className="opener">
            <summary className="btn plain small">{t('choose')}</summary>
            <p>{t('chooseNone')}</p>
          </details>
        ) : (
          <EvidenceForm
            opener={{ look: 'opener', summaryLook: 'btn plain small', words: t('choose') }}
            action={actions.link}
            hidden={{ ...hidden, linkId: linkKey }}
            submit={t('link')}
            texts={texts.form}
            problem={t('problem')}
            ids={{ piece: 'choose-piece', locator: 'choose-locator' }}
          >
            <PieceField id="choose-piece" label={t('choosePiece')} hint={t('choosePieceHint')} names={choices} />
            <EvidenceField
              id="choose-locator"
              name="locator"
              label={t('locator')}
              hint={t('locatorHint')}
              maxLength={200}
            />
          </EvidenceForm>
        )}
        <EvidenceForm
          opener={{ look: 'opener', summaryLook: 'link', words: t('nameAddress') }}
          action={actions.addWebAddress}
          hidden={{ ...hidden, evidenceId: addressKey }}
          submit={t('addAddress')}
          texts={texts.form}
          problem={t('problem')}
          ids={{ title: 'address-title', locator: 'address-locator', aboutPeriod: 'address-period' }}
        >
          <EvidenceField id="address-title" name="title" label={t('title')} maxLength={200} />
          <EvidenceField name="webAddress" type="url" label={t('address')} hint={t('addressHint')} maxLength={2000} />
          <EvidenceField name="seenOn" type="date" label={t('seen')} max={dayInAmsterdam(new Date(page.readAt))} />
          <EvidenceField
            id="address-period"
            name="aboutPeriod"
            label={t('period')}
            hint={t('periodHint')}
            maxLength={200}
          />
          <EvidenceField
            id="address-locator"
            name="locator"
            label={t('locator')}
            hint={t('locatorHint')}
            maxLength={200}
          />
        </EvidenceForm>
      </div>
      <p className="meta">{t('privacy', limits)}</p>
    </>
  );
}
