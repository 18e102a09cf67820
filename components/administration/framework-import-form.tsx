'use client';

import { useRef, useState } from 'react';
import { Button, ButtonRow } from '#components/ui/button.tsx';
import { TextArea, TextField } from '#components/ui/field.tsx';
import type { Locale } from '#lib/i18n/locale.ts';
import type { Messages } from '#lib/i18n/messages.ts';
import type { FormAction, FormResult } from '#services/form-result.ts';
import type { FrameworkFault } from '#services/frameworks/parse-framework.ts';
import type { FrameworkPreview } from '#services/frameworks/preview-framework.ts';
import { FaultList, PreviewTable } from './framework-findings.tsx';
import { KeptForm } from './kept-form.tsx';

export type ImportTexts = Messages['framework']['import'];
type Data = FrameworkPreview | { ref: string };

type FrameworkImportFormProps = { action: FormAction<Data>; texts: ImportTexts; locale: Locale };

/** Paste or choose a document, see what it holds or every fault in it, and only then import it. */
export function FrameworkImportForm({ action, texts, locale }: FrameworkImportFormProps) {
  const document = useRef<HTMLTextAreaElement>(null);
  const [chosen, setChosen] = useState('');
  const read = async (input: HTMLInputElement) => {
    const file = input.files?.[0];
    if (!file || !document.current) return;
    document.current.value = await file.text();
    setChosen(file.name);
    // The text goes along; the file would make the post twice as large.
    input.value = '';
  };
  return (
    <KeptForm action={action} sentences={texts.errors}>
      {(form) => {
        const preview = previewOf(form.state);
        const faults = faultsOf(form.state);
        return (
          <>
            {preview && <PreviewTable preview={preview} texts={texts} locale={locale} />}
            {faults.length > 0 && <FaultList faults={faults} texts={texts} />}
            <TextField
              name="file"
              type="file"
              accept=".yaml,.yml,text/yaml,text/plain"
              label={texts.file}
              hint={chosen || texts.fileHint}
              onChange={(event) => read(event.currentTarget)}
            />
            <TextArea
              name="document"
              ref={document}
              rows={16}
              label={texts.text}
              spellCheck={false}
              defaultValue={form.value('document')}
              error={form.error('document')}
            />
            <ButtonRow>
              <Button type="submit" name="intent" value="preview" kind={preview ? 'plain' : 'primary'}>
                {form.pending ? texts.previewing : texts.preview}
              </Button>
              {preview && preview.becomes !== 'frozen' && (
                <Button type="submit" name="intent" value="import">
                  {texts.import}
                </Button>
              )}
            </ButtonRow>
          </>
        );
      }}
    </KeptForm>
  );
}

function previewOf(state: FormResult<Data>): FrameworkPreview | null {
  return state.status === 'done' && 'sections' in state.data ? state.data : null;
}

function faultsOf(state: FormResult<Data>): readonly FrameworkFault[] {
  const detail = state.status === 'refused' ? (state.detail as { faults?: readonly FrameworkFault[] } | null) : null;
  return detail?.faults ?? [];
}
