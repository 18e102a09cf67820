export type Language = { code: string; name: string; current: boolean };

type LanguageSwitchProps = {
  label: string;
  languages: readonly Language[];
  /** Where the choice is posted, as `locale`; a server action or a path. */
  action: string | ((form: FormData) => void | Promise<void>);
  /** The page to come back to. */
  returnTo?: string;
};

/** Each language by its own name. A form, so that the choice is kept without script and a crawler never changes it. */
export function LanguageSwitch({ label, languages, action, returnTo }: LanguageSwitchProps) {
  return (
    <nav className="lang" aria-label={label}>
      <form action={action} method={typeof action === 'string' ? 'post' : undefined}>
        {returnTo && <input type="hidden" name="returnTo" value={returnTo} />}
        {languages.map((language) =>
          language.current ? (
            <b key={language.code} lang={language.code} aria-current="true">
              {language.name}
            </b>
          ) : (
            <button
              type="submit"
              key={language.code}
              className="link"
              lang={language.code}
              name="locale"
              value={language.code}
            >
              {language.name}
            </button>
          ),
        )}
      </form>
    </nav>
  );
}
