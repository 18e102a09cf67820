'use client';

import { useRef, useState } from 'react';
import { Button, ButtonRow } from '#components/ui/button.tsx';
import { TextArea, TextField } from '#components/ui/field.tsx';
import { Notice } from '#components/ui/notice.tsx';
import type { Locale } from '#lib/i18n/locale.ts';
import type { Messages } from '#lib/i18n/messages.ts';
import type { FormAction, FormResult } from '#services/form-result.ts';
import type { TableFault } from '#services/read-table.ts';
import type { ImportedOutside } from '#services/reviews/import-outside-results.ts';
import type { OutsideProblem } from '#services/reviews/outside-rows.ts';
import type { OutsidePreview } from '#services/reviews/preview-outside-results.ts';
import { type FormParts, KeptForm } from '../kept-form.tsx';
import { OutsidePreviewTable } from './outside-preview-table.tsx';
import { OutsideProblems } from './outside-problems.tsx';

export type OutsideTexts = Messages['outside']['form'];
type Data = OutsidePreview | ImportedOutside;
type Findings = { fault?: TableFault; problems?: readonly OutsideProblem[] };

type OutsideFormProps = {
  action: FormAction<Data>;
  roundId: string;
  texts: OutsideTexts;
  /** Criteria that an outside assessor can establish. */
  keys: readonly string[];
  locale: Locale;
};

/** Paste or choose a table, see every fault or what would change, and only then take it in. */
export function OutsideForm({ action, ...props }: OutsideFormProps) {
  return (
    <KeptForm action={action} sentences={props.texts.errors}>
      {(form) => <OutsideFields form={form} {...props} />}
    </KeptForm>
  );
}

type OutsideFieldsProps = Omit<OutsideFormProps, 'action'> & { form: FormParts<Data> };

function OutsideFields({ form, roundId, texts, keys, locale }: OutsideFieldsProps) {
  const table = useRef<HTMLTextAreaElement>(null);
  const [chosen, setChosen] = useState('');
  const [seen, setSeen] = useState<OutsidePreview | null>(null);
  const read = async (input: HTMLInputElement) => {
    const file = input.files?.[0];
    if (!file || !table.current) return;
    table.current.value = await file.text();
    setChosen(file.name);
    // The text goes along; the file would make the post twice as large.
    input.value = '';
  };
  const fresh = previewIn(form.state);
  if (fresh && fresh !== seen) setSeen(fresh);
  const done = form.state.status === 'done' && 'imported' in form.state.data ? form.state.data : null;
  const { fault, problems = [] } = findingsIn(form.state);
  const hasFaults = fault !== undefined || problems.length > 0;
  // What was seen stays on screen when taking it in did not succeed for a reason that is not in the table.
  const isStale = form.state.status === 'refused' && form.state.code === 'conflict';
  const preview = fresh ?? (done || hasFaults || isStale ? null : seen);
  const changes = preview ? preview.added + preview.changed : 0;
  return (
    <>
      {done && <Imported done={done} texts={texts} />}
      {preview && <OutsidePreviewTable preview={preview} texts={texts} locale={locale} />}
      {hasFaults && <OutsideProblems fault={fault} problems={problems} texts={texts} keys={keys} />}
      <input type="hidden" name="roundId" value={roundId} />
      <input type="hidden" name="plan" value={preview?.plan ?? ''} />
      <TextField
        name="file"
        type="file"
        accept=".csv,text/csv,text/plain"
        label={texts.file}
        hint={chosen || texts.fileHint}
        onChange={(event) => read(event.currentTarget)}
      />
      <TextArea
        name="table"
        ref={table}
        rows={12}
        label={texts.table}
        hint={texts.tableHint}
        spellCheck={false}
        defaultValue={done ? '' : form.value('table')}
        error={form.error('table')}
      />
      <ButtonRow>
        <Button type="submit" name="intent" value="preview" kind={changes > 0 ? 'plain' : 'primary'}>
          {form.pending ? texts.previewing : texts.preview}
        </Button>
        {changes > 0 && (
          <Button type="submit" name="intent" value="import">
            {texts.import.replace('{count}', String(changes))}
          </Button>
        )}
      </ButtonRow>
    </>
  );
}

function Imported({ done, texts }: { done: ImportedOutside; texts: OutsideTexts }) {
  const counts = texts.importedText
    .replace('{imported}', String(done.imported))
    .replace('{unchanged}', String(done.unchanged));
  return (
    <div className="told">
      <Notice kind="ok" role="status" level={3} title={texts.imported}>
        <p>{counts}</p>
      </Notice>
    </div>
  );
}

function previewIn(state: FormResult<Data>): OutsidePreview | null {
  return state.status === 'done' && 'plan' in state.data ? state.data : null;
}

function findingsIn(state: FormResult<Data>): Findings {
  return state.status === 'refused' ? ((state.detail as Findings | null) ?? {}) : {};
}
