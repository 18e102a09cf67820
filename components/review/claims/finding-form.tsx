'use client';

import { useEffect, useRef } from 'react';
import { Button } from '#components/ui/button.tsx';
import { ErrorSummary } from '#components/ui/error-summary.tsx';
import { TextArea } from '#components/ui/field.tsx';
import { Notice } from '#components/ui/notice.tsx';
import { RadioGroup } from '#components/ui/radio-group.tsx';
import { usePost } from '#components/ui/use-post.ts';
import type { FormAction } from '#services/form-result.ts';
import { dropDraft, keepDraft, readDraft } from '../draft-store.ts';
import { problemsOf, type RefusalWords } from '../refusal-problems.ts';

type Present = { finding: string; remark: string; version: number };

type FindingFormProps = {
  action: FormAction;
  /** Fields that go along: assessment, draw, line, criterion, and the cell to go on to. */
  hidden: Readonly<Record<string, string>>;
  present: Present | null;
  options: readonly { value: string; label: string }[];
  texts: Record<'legend' | 'remark' | 'remarkHint' | 'submit' | 'failed' | 'conflictTitle' | 'conflictText', string>;
  refusals: RefusalWords;
};

/** What one file shows on one criterion. What is typed and not yet recorded stays on this device. */
export function FindingForm({ action, hidden, present, options, texts, refusals }: FindingFormProps) {
  const { result, dispatch, onSubmit, pending } = usePost(action);
  const form = useRef<HTMLFormElement>(null);
  const typed = result.status === 'refused' ? result.typed : undefined;
  const theirs = result.status === 'refused' && result.code === 'conflict' ? (result.detail as Present) : null;
  const place = `finding:${hidden.drawId}:${hidden.line}:${hidden.criterionKey}`;
  const version = present?.version ?? 0;

  useEffect(() => {
    const draft = readDraft(place);
    if (!draft || !form.current) return;
    if (draft.version !== version) return dropDraft(place);
    const [choice, remark] = ['finding', 'remark'].map((name) => form.current?.elements.namedItem(name));
    if (choice instanceof RadioNodeList) choice.value = draft.choice;
    if (remark instanceof HTMLTextAreaElement) remark.value = draft.reason;
  }, [place, version]);

  const keep = () => {
    if (!form.current) return;
    const data = new FormData(form.current);
    const text = (name: string) => String(data.get(name) ?? '');
    const at = new Date().toISOString();
    keepDraft(place, { version, choice: text('finding'), ground: '', reason: text('remark'), at });
  };
  return (
    <form id="shortcut-form" ref={form} action={dispatch} onSubmit={onSubmit} onInput={keep} onChange={keep} noValidate>
      {result.status === 'refused' && !theirs && (
        <ErrorSummary
          title={texts.failed}
          problems={problemsOf(result, refusals, { finding: 'finding-choice', finding_missing: 'finding-choice' })}
        />
      )}
      {theirs && (
        <Notice kind="attention" title={texts.conflictTitle} role="alert" level={3}>
          <p>
            {texts.conflictText.replace(
              '{finding}',
              options.find(({ value }) => value === theirs.finding)?.label ?? theirs.finding,
            )}
          </p>
          {theirs.remark && <p className="prewrap">{theirs.remark}</p>}
        </Notice>
      )}
      {Object.entries(hidden).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <input type="hidden" name="version" value={theirs?.version ?? version} />
      <RadioGroup
        id="finding-choice"
        name="finding"
        legend={texts.legend}
        legendHidden
        variant="segmented"
        defaultValue={typed?.finding?.[0] || present?.finding}
        options={options.map((option, place) => ({ ...option, keyCap: String(place + 1) }))}
      />
      <TextArea
        id="finding-remark"
        name="remark"
        rows={2}
        label={texts.remark}
        hint={texts.remarkHint}
        defaultValue={typed?.remark?.[0] ?? present?.remark}
      />
      <Button type="submit" aria-disabled={pending}>
        {texts.submit}
      </Button>
    </form>
  );
}
