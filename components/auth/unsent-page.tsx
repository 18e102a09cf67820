import { getTranslations } from 'next-intl/server';
import { Notice } from '#components/ui/notice.tsx';
import { AccessEnded } from './access-ended.tsx';

type UnsentPageProps = {
  /** What a person wrote in the form. */
  texts: readonly string[];
  /** Their access was taken away: signing in again does not help. */
  ended: boolean;
  /** Where it was posted from. */
  path: string;
};

/**
 * Stands in place of a page that was posted without script after the session had ended. The browser holds the form, and
 * sends it again when this page is loaded again; signing in beside it therefore loses nothing. It offers no other way
 * out of the page, and no script.
 */
export async function UnsentPage({ texts, ended, path }: UnsentPageProps) {
  const t = await getTranslations('auth.unsent');
  return (
    <div className="sheet">
      <main id="content" tabIndex={-1}>
        <div className="page entry alone">
          <section aria-labelledby="unsent">
            <h1 className="title" id="unsent">
              {t('title')}
            </h1>
            {ended ? (
              <AccessEnded />
            ) : (
              <div className="told">
                <Notice kind="attention" title={t('how')}>
                  <ol className="numbered">
                    <li>
                      <a href={`/sign-in?to=${encodeURIComponent(path)}`} target="_blank" rel="noreferrer">
                        {t('signIn')}
                      </a>
                    </li>
                    <li>{t('reload')}</li>
                  </ol>
                </Notice>
              </div>
            )}
            {texts.length > 0 && <h2 className="h2">{t('typed')}</h2>}
            {texts.map((text) => (
              <p key={text} className="prewrap quoted">
                {text}
              </p>
            ))}
          </section>
        </div>
      </main>
    </div>
  );
}
