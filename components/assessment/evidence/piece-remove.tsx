import { getLocale, getTranslations } from 'next-intl/server';
import { ConfirmStep } from '#components/ui/confirm-step.tsx';
import { localeOf } from '#lib/i18n/locale.ts';
import { messages } from '#lib/i18n/messages.ts';
import type { EvidencePage } from '#services/evidence/get-evidence.ts';
import { type EvidenceAction, EvidenceForm, KeepButton } from './evidence-form.tsx';

/** Takes a piece away, after a question that names what goes with it. */
export async function PieceRemove({ page, action }: { page: EvidencePage; action: EvidenceAction }) {
  const [t, locale] = await Promise.all([getTranslations('library.remove'), getLocale().then(localeOf)]);
  const { evidence, library } = messages[locale];
  const { piece, versions } = page;
  const before = piece.current && versions.find(({ id, removedAt }) => id === piece.replacesId && removedAt === null);
  const count = piece.links.length;
  return (
    <ConfirmStep
      trigger={t('open')}
      title={t('title', { title: piece.title })}
      actions={
        <>
          <EvidenceForm
            action={action}
            hidden={{ assessmentId: page.assessment.id, evidenceId: piece.id }}
            submit={t('submit')}
            danger
            texts={{ ...evidence.form, ...library.form }}
            problem={library.form.problem}
          />
          <KeepButton>{t('keep')}</KeepButton>
        </>
      }
    >
      <p>
        {t(piece.submissions.length > 0 ? 'textPinned' : 'text', { count })}{' '}
        {before && t('textBefore', { version: before.version })}
      </p>
    </ConfirmStep>
  );
}
