'use client';

import { Button } from '#components/ui/button.tsx';
import { ErrorSummary } from '#components/ui/error-summary.tsx';
import type { Messages } from '#lib/i18n/messages.ts';
import type { FormAction } from '#services/form-result.ts';
import { problemsIn, usePosted } from '../use-posted.ts';

type PieceMoveFormProps = {
  action: FormAction<{ moved: number }>;
  assessmentId: string;
  evidenceId: string;
  links: readonly { id: string; key: string; short: string; locator: string }[];
  texts: Pick<Messages['library'], 'replace' | 'links' | 'form'>;
};

/** Which criteria of the version before go over to this one: all of them, until a person says otherwise. */
export function PieceMoveForm({ action, assessmentId, evidenceId, links, texts }: PieceMoveFormProps) {
  const { result, dispatch, onSubmit, pending, typed } = usePosted(action);
  const chosen = result.status === 'refused' ? new Set(result.typed['linkIds[]'] ?? []) : null;
  return (
    <form action={dispatch} onSubmit={onSubmit} className="linking">
      <ErrorSummary title={texts.form.problem} problems={problemsIn(result, texts.form)} />
      <input type="hidden" name="assessmentId" value={assessmentId} />
      <input type="hidden" name="evidenceId" value={evidenceId} />
      <ul className="link-choices">
        {links.map(({ id, key, short, locator }) => (
          <li key={id}>
            <label className="checkline">
              <input type="checkbox" name="linkIds[]" value={id} defaultChecked={chosen ? chosen.has(id) : true} />
              <span>
                <span className="key">{key}</span> {short}
              </span>
            </label>
            <span className="link-place">
              <label htmlFor={`move-${id}`}>
                {texts.links.locator} <span className="vh">{key}</span>
              </label>
              <input
                className="input"
                id={`move-${id}`}
                name={`locator.${id}`}
                defaultValue={typed(`locator.${id}`, locator)}
                maxLength={200}
              />
            </span>
          </li>
        ))}
      </ul>
      <Button type="submit" dense aria-disabled={pending}>
        {texts.replace.move}
      </Button>
    </form>
  );
}
