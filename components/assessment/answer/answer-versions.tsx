import { getLocale, getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { Band } from '#components/frame/band.tsx';
import { Block } from '#components/score/block.tsx';
import { Disclosure } from '#components/ui/disclosure.tsx';
import { diffWords } from '#components/ui/text-diff.ts';
import { formatDay, formatMoment, formatTime } from '#lib/i18n/dates.ts';
import { localeOf } from '#lib/i18n/locale.ts';
import { messages } from '#lib/i18n/messages.ts';
import type { FormAction } from '#services/form-result.ts';
import type { AnswerHistory, AnswerText, AnswerVersion } from '#services/history/get-answer-history.ts';
import { criterionPath } from '../criterion/criterion-path.ts';
import { differenceOf, sittingsOf } from './answer-sittings.ts';
import { RestoreForm } from './restore-form.tsx';

type AnswerVersionsProps = { history: AnswerHistory; restore: FormAction };

/** Every version of an answer, the newest first, each with what became of it and a way back to it. */
export async function AnswerVersions({ history, restore }: AnswerVersionsProps) {
  const [t, locale] = await Promise.all([getTranslations('history.versions'), getLocale().then(localeOf)]);
  const sittings = sittingsOf(history.versions);
  return sittings.map(({ last, between }, place) => {
    const later = sittings[place - 1]?.last ?? last.next;
    const isCurrent = last.version === history.current.version;
    return (
      <Band
        key={last.version}
        id={`version-${last.version}`}
        title={
          <>
            {formatDay(last.savedAt, locale)}, <span className="nb">{formatTime(last.savedAt, locale)}</span>
          </>
        }
        meta={
          <>
            {last.by.you ? t('you') : last.by.name}, {t('version', { version: last.version })}
          </>
        }
      >
        <div className="narrow">
          {isCurrent && <p className="voice h3">{t('current')}</p>}
          <Version history={history} version={last} later={later} restore={restore} />
          {between.length > 0 && (
            <Disclosure summary={t('between', { count: between.length })}>
              <ol className="between">
                {between.map((version) => (
                  <li key={version.version}>
                    <p className="meta">
                      {formatMoment(version.savedAt, locale)}, {t('version', { version: version.version })}
                    </p>
                    <Version history={history} version={version} later={version.next} restore={restore} />
                  </li>
                ))}
              </ol>
            </Disclosure>
          )}
        </div>
      </Band>
    );
  });
}

type VersionProps = { history: AnswerHistory; version: AnswerVersion; later: AnswerText | null; restore: FormAction };

async function Version({ history, version, later, restore }: VersionProps) {
  const [t, locale] = await Promise.all([getTranslations('history.versions'), getLocale().then(localeOf)]);
  const texts = messages[locale].history.versions;
  const { current, criterion, assessmentId } = history;
  const { response, explanation } = version;
  const stands = current.response === response && current.explanation === explanation;
  return (
    <>
      <p>
        <Block kind={response ?? 'open'}>{texts.form.words[response ?? 'open']}</Block>
      </p>
      {explanation ? (
        <p className="prewrap">{later ? marked(explanation, later.explanation) : explanation}</p>
      ) : (
        <p className="meta">{t('noText')}</p>
      )}
      {later && <Became version={version} later={later} />}
      {!stands && !history.readOnly && (
        <RestoreForm
          action={restore}
          answer={{
            assessmentId,
            criterionKey: criterion.key,
            response: response ?? '',
            explanation,
          }}
          version={current.version}
          backHref={criterionPath(assessmentId, criterion.key)}
          locale={locale}
          submit={texts.restore}
          about={t('restoreOf', { version: version.version, moment: formatMoment(version.savedAt, locale) })}
          texts={texts.form}
        />
      )}
    </>
  );
}

/** What changed between a version and the one after it, in words: marks alone tell a screen reader nothing. */
async function Became({ version, later }: { version: AnswerVersion; later: AnswerText }) {
  const [t, locale] = await Promise.all([getTranslations('history.versions'), getLocale().then(localeOf)]);
  const words = messages[locale].history.versions.form.words;
  const { gone, added } = differenceOf(version, later);
  const bold = { b: (part: ReactNode) => <b>{part}</b> };
  const changed = version.response !== later.response;
  return (
    <ul className="became">
      {changed && later.response && <li>{t.rich('became', { ...bold, response: words[later.response] })}</li>}
      {changed && !later.response && <li>{t.rich('becameOpen', bold)}</li>}
      {gone.length > 0 && <li>{t.rich('gone', { ...bold, parts: quoted(gone) })}</li>}
      {added.length > 0 && <li>{t.rich('added', { ...bold, parts: quoted(added) })}</li>}
      {gone.length + added.length === 0 && <li>{t.rich('sameText', bold)}</li>}
    </ul>
  );

  function quoted(parts: readonly string[]): string {
    const shown = parts.slice(0, 5).map((part) => `‘${part.length > 160 ? `${part.slice(0, 150)} […]` : part}’`);
    const left = parts.length - shown.length;
    return [...shown, ...(left > 0 ? [t('more', { count: left })] : [])].join(', ');
  }
}

function marked(text: string, later: string): ReactNode {
  let place = 0;
  return diffWords(text, later).left.map((part) => {
    const key = place;
    place += part.text.length;
    return part.differs ? <mark key={key}>{part.text}</mark> : <span key={key}>{part.text}</span>;
  });
}
