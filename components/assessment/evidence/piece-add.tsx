import { randomUUID } from 'node:crypto';
import { getLocale, getTranslations } from 'next-intl/server';
import { Notice } from '#components/ui/notice.tsx';
import { localeOf } from '#lib/i18n/locale.ts';
import { messages } from '#lib/i18n/messages.ts';
import { sentence } from '../phrase.tsx';
import { EvidenceUpload } from './evidence-upload.tsx';
import { limitWords } from './limit-words.ts';
import { uploadWords } from './upload-words.ts';

type PieceAddProps = {
  assessmentId: string;
  userId: string;
  /** The piece that the file is a newer version of; without it files go into the library. */
  replacesId?: string;
  label: string;
  submit: string;
  /** What the platform takes, in bytes. */
  limits: { file: number; assessment: number };
};

/** Puts files into the library, or one in place of an older version; resumable, and without script a plain form. */
export async function PieceAdd({ assessmentId, userId, replacesId, label, submit, limits }: PieceAddProps) {
  const [t, evidence, locale] = await Promise.all([
    getTranslations('library.add'),
    getTranslations('evidence'),
    getLocale().then(localeOf),
  ]);
  return (
    <>
      <EvidenceUpload
        id="piece"
        assessmentId={assessmentId}
        userId={userId}
        place={replacesId ? { replacesId } : {}}
        evidenceId={randomUUID()}
        posted={null}
        limits={limitWords(limits)}
        words={{ ...uploadWords(evidence), types: t('types'), files: label, submit }}
        texts={messages[locale].upload}
      />
      <p className="meta">{t('privacy')}</p>
    </>
  );
}

type NotStoredProps = { uploads: readonly string[]; limits: { file: number; assessment: number } };

/** What became of a file that was not stored, as `code~file name` in the address. */
export async function NotStored({ uploads, limits }: NotStoredProps) {
  const locale = localeOf(await getLocale());
  const { upload, library } = messages[locale];
  const codes: Readonly<Record<string, string>> = { ...upload.codes, ...library.codes };
  const failed = uploads.map((entry) => entry.split('~')).filter(([code]) => code !== 'stored');
  return failed.map(([code = '', ...rest]) => {
    const name = rest.join('~');
    const why = sentence(codes[code] ?? upload.codes.other, limitWords(limits));
    return (
      <Notice key={name} kind="bad" title={name || why} role="alert">
        {name && <p>{why}</p>}
      </Notice>
    );
  });
}
