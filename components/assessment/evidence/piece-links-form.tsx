'use client';

import { useEffect, useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { ErrorSummary } from '#components/ui/error-summary.tsx';
import { FieldError } from '#components/ui/field.tsx';
import { Notice } from '#components/ui/notice.tsx';
import type { Messages } from '#lib/i18n/messages.ts';
import type { SavedLinks } from '#services/evidence/save-evidence-links.ts';
import type { FormAction, FormResult } from '#services/form-result.ts';
import { OpenedOnce } from '../live/opened-once.tsx';
import { sentence } from '../phrase.tsx';
import { problemsIn, usePosted } from '../use-posted.ts';

type Choice = { key: string; short: string; asked: boolean; locator: string | null };

type PieceLinksFormProps = {
  action: FormAction<SavedLinks>;
  assessmentId: string;
  evidenceId: string;
  /** Made with the form: posting it twice links once. */
  formKey: string;
  sections: readonly { key: string; title: string; chosen: string; criteria: readonly Choice[] }[];
  texts: Pick<Messages['library'], 'links' | 'form'>;
};

/** Every criterion at which a piece may be used, by section, each with its own page or paragraph. */
export function PieceLinksForm({ action, assessmentId, evidenceId, formKey, sections, texts }: PieceLinksFormProps) {
  const { result, dispatch, onSubmit, pending, typed } = usePosted(action);
  const { links, form } = texts;
  const refused = result.status === 'refused' ? result : null;
  const chosen = refused && new Set(refused.typed['criterionKeys[]'] ?? []);
  const seen = useSeen(sections, result);
  const overtaken = refused?.code === 'conflict' ? (refused.detail as Overtaken).links : null;
  return (
    <form action={dispatch} onSubmit={onSubmit} className="linking">
      <ErrorSummary title={form.problem} problems={problemsIn(result, form)} />
      {overtaken && (
        <Notice kind="attention" level={3} role="alert" title={links.conflictTitle}>
          <ul>
            {Object.entries(overtaken).map(([key, locator]) => (
              <li key={key}>
                {locator === null
                  ? sentence(links.conflictGone, { key })
                  : sentence(links.conflictLine, { key, locator })}
              </li>
            ))}
          </ul>
          <p>{links.conflictText}</p>
        </Notice>
      )}
      <input type="hidden" name="assessmentId" value={assessmentId} />
      <input type="hidden" name="evidenceId" value={evidenceId} />
      <input type="hidden" name="formKey" value={formKey} />
      {sections.map((section) => (
        <OpenedOnce
          key={section.key}
          open={section.criteria.some(({ locator }) => locator !== null)}
          summary={
            <>
              {section.key} {section.title} <span className="meta">{section.chosen}</span>
            </>
          }
        >
          <ul className="link-choices">
            {section.criteria.map((criterion) => (
              <Line
                key={criterion.key}
                criterion={criterion}
                chosen={chosen ? chosen.has(criterion.key) : criterion.locator !== null}
                locator={typed(`locator.${criterion.key}`, criterion.locator ?? '')}
                was={(overtaken?.[criterion.key] === undefined ? seen : overtaken)[criterion.key] ?? null}
                tooLong={refused?.fields[`locator.${criterion.key}`] ? form.too_long : undefined}
                texts={links}
              />
            ))}
          </ul>
        </OpenedOnce>
      ))}
      <Button type="submit" kind="plain" dense aria-disabled={pending}>
        {links.save}
      </Button>{' '}
      <span role="status">{result.status === 'done' && savedWords(result.data, links)}</span>
    </form>
  );
}

type Overtaken = { links: Readonly<Record<string, string | null>> };

/**
 * The links as this person saw them when they began, or left them when they saved: never what a colleague does in the
 * meantime, or saving would undo it unseen.
 */
function useSeen(sections: PieceLinksFormProps['sections'], result: FormResult<SavedLinks>) {
  const [seen, setSeen] = useState<Overtaken['links']>(() =>
    Object.fromEntries(sections.flatMap(({ criteria }) => criteria.map(({ key, locator }) => [key, locator]))),
  );
  useEffect(() => {
    if (result.status === 'refused' && result.code === 'conflict') {
      const { links } = result.detail as Overtaken;
      setSeen((before) => ({ ...before, ...links }));
    }
    if (result.status !== 'done') return;
    const { typed = {} } = result;
    const chosen = new Set(typed['criterionKeys[]'] ?? []);
    setSeen((before) =>
      Object.fromEntries(
        Object.keys(before).map((key) => [key, chosen.has(key) ? (typed[`locator.${key}`]?.[0] ?? '').trim() : null]),
      ),
    );
  }, [result]);
  return seen;
}

type LineProps = {
  criterion: Choice;
  chosen: boolean;
  locator: string;
  was: string | null;
  tooLong: string | undefined;
  texts: Messages['library']['links'];
};

function Line({ criterion, chosen, locator, was, tooLong, texts }: LineProps) {
  const { key, short, asked } = criterion;
  const id = `locator.${key}`;
  return (
    <li>
      <label className="checkline">
        <input type="checkbox" name="criterionKeys[]" value={key} defaultChecked={chosen} />
        <span>
          <span className="key">{key}</span> {short}
          {asked && <span className="hint">{texts.asked}</span>}
        </span>
      </label>
      {was !== null && <input type="hidden" name={`was.${key}`} value={was} />}
      <span className="link-place">
        <label htmlFor={id}>
          {texts.locator} <span className="vh">{key}</span>
        </label>
        {tooLong && <FieldError id={`${id}-error`}>{tooLong}</FieldError>}
        <input
          className="input"
          id={id}
          name={id}
          defaultValue={locator}
          maxLength={200}
          aria-describedby={tooLong ? `${id}-error` : undefined}
        />
      </span>
    </li>
  );
}

function savedWords({ linked, changed, removed }: SavedLinks, texts: Messages['library']['links']): string {
  if (linked + changed + removed === 0) return texts.savedNone;
  return sentence(texts.saved, { linked, changed, removed });
}
