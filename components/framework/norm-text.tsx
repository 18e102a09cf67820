import type { LocalizedText } from '#domain/framework.ts';
import type { Locale } from '#lib/i18n/locale.ts';

type NormTextProps = {
  text: LocalizedText;
  /** The language whose text has authority: shown word for word. */
  authority: Locale;
  locale: Locale;
  /** Stands before the translation, for a reader of another language. */
  courtesy: string;
};

/** The norm, word for word in the language that has authority; a reader of another language gets ours beside it. */
export function NormText({ text, authority, locale, courtesy }: NormTextProps) {
  return (
    <>
      <blockquote className="quoted" lang={authority}>
        <p>{text[authority]}</p>
      </blockquote>
      {locale !== authority && (
        <p className="courtesy" lang={locale}>
          <span className="vh">{courtesy}: </span>
          {text[locale]}
        </p>
      )}
    </>
  );
}
