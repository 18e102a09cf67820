import { getTranslations } from 'next-intl/server';
import { Block } from '#components/score/block.tsx';
import type { RequestPage } from '#services/requests/get-request.ts';

/** The answer that was signed, word for word; beside it stands what is asked about it. */
export async function SignedAnswer({ signed: { response, explanation } }: Pick<RequestPage, 'signed'>) {
  const [t, words] = await Promise.all([
    getTranslations('requests.insurer'),
    getTranslations('assessment.criterion.live.options'),
  ]);
  return (
    <>
      <p>
        {response ? <Block kind={response}>{words(response)}</Block> : <span className="meta">{t('signedNone')}</span>}
      </p>
      <p className={explanation ? 'prewrap' : 'meta'}>{explanation || t('noExplanation')}</p>
    </>
  );
}
