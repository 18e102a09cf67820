import { randomUUID } from 'node:crypto';
import { getLocale, getTranslations } from 'next-intl/server';
import { Button } from '#components/ui/button.tsx';
import { TextField } from '#components/ui/field.tsx';
import { Notice } from '#components/ui/notice.tsx';
import { localeOf } from '#lib/i18n/locale.ts';
import { messages } from '#lib/i18n/messages.ts';
import { sentence } from '../phrase.tsx';
import { limitWords } from './limit-words.ts';

type PieceAddProps = {
  assessmentId: string;
  /** The piece that the file is a newer version of; without it the file goes into the library. */
  replacesId?: string;
  label: string;
  submit: string;
};

/** A plain form that puts one file into the library, or in place of an older version. */
export async function PieceAdd({ assessmentId, replacesId, label, submit }: PieceAddProps) {
  const t = await getTranslations('library.add');
  return (
    <form action={`/api/assessments/${assessmentId}/evidence`} method="post" encType="multipart/form-data">
      <input type="hidden" name="evidenceId" value={randomUUID()} />
      {replacesId && <input type="hidden" name="replacesId" value={replacesId} />}
      <TextField id="piece-file" name="file" type="file" label={label} hint={t('types')} required />
      <p className="meta">{t('privacy')}</p>
      <Button type="submit" kind="plain" dense>
        {submit}
      </Button>
    </form>
  );
}

type NotStoredProps = { uploads: readonly string[]; limits: { file: number; assessment: number } };

/** What became of a file that was not stored, as `code~file name` in the address. */
export async function NotStored({ uploads, limits }: NotStoredProps) {
  const locale = localeOf(await getLocale());
  const { upload, library } = messages[locale];
  const codes: Readonly<Record<string, string>> = { ...upload.codes, ...library.codes };
  const failed = uploads.map((entry) => entry.split('~')).filter(([code]) => code !== 'stored');
  return failed.map(([code = '', ...name]) => (
    <Notice key={name.join('~')} kind="bad" title={name.join('~')} role="alert">
      <p>{sentence(codes[code] ?? upload.codes.other, limitWords(limits))}</p>
    </Notice>
  ));
}
