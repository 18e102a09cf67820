'use client';

import { Button, ButtonRow } from '#components/ui/button.tsx';
import { ErrorSummary } from '#components/ui/error-summary.tsx';
import { TextField } from '#components/ui/field.tsx';
import { Notice } from '#components/ui/notice.tsx';
import { Table } from '#components/ui/table.tsx';
import { usePost } from '#components/ui/use-post.ts';
import { inFours } from '#lib/i18n/in-fours.ts';
import type { Messages } from '#lib/i18n/messages.ts';
import type { ClaimGroup } from '#services/claims/claim-groups.ts';
import type { ClaimsPreview } from '#services/claims/preview-claims.ts';
import type { FormAction } from '#services/form-result.ts';
import { sentence } from '../phrase.tsx';
import { listProblems } from './list-problems.ts';

type Texts = Messages['claims']['insurer'];

type GiveFormProps = { action: FormAction<ClaimsPreview>; assessmentId: string; listId: string; texts: Texts };

/** Chooses a list, shows what it holds or everything that is wrong with it, and only then gives it; also without script. */
export function GiveForm({ action, assessmentId, listId, texts }: GiveFormProps) {
  const { result, dispatch, onSubmit, pending } = usePost(action, (_, form) => {
    // What was checked is what is given: the next post brings a file only when another one is chosen.
    const file = form.elements.namedItem('file');
    if (file instanceof HTMLInputElement) file.value = '';
  });
  const shown = result.status === 'done' ? result : null;
  const kept = (name: string) => shown?.typed?.[name]?.[0] ?? '';
  return (
    <form action={dispatch} onSubmit={onSubmit} noValidate className="give-list">
      {result.status === 'refused' && (
        <ErrorSummary
          title={texts.failed}
          problems={listProblems(result, texts).map((text) => ({ text, fieldId: 'claims-file' }))}
        />
      )}
      <input type="hidden" name="assessmentId" value={assessmentId} />
      <input type="hidden" name="id" value={listId} />
      {shown && (
        <>
          <input type="hidden" name="fileName" value={kept('fileName')} />
          <input type="hidden" name="content" value={kept('content')} />
          <Preview preview={shown.data} fileName={kept('fileName')} texts={texts} />
          <ButtonRow>
            <Button type="submit" name="intent" value="give" aria-disabled={pending}>
              {texts.submit}
            </Button>
          </ButtonRow>
        </>
      )}
      <TextField
        id="claims-file"
        name="file"
        type="file"
        accept=".csv,text/csv,text/plain"
        label={texts.file}
        hint={texts.fileHint}
      />
      <Button type="submit" name="intent" value="preview" kind={shown ? 'plain' : 'primary'} aria-disabled={pending}>
        {shown ? texts.previewAgain : texts.preview}
      </Button>
    </form>
  );
}

type PreviewProps = { preview: ClaimsPreview; fileName: string; texts: Texts };

function Preview({ preview: { claims, sha256, groups }, fileName, texts }: PreviewProps) {
  const count = claims === 1 ? texts.previewOne : texts.previewMany;
  return (
    <Notice kind="ok" title={texts.previewTitle} role="status" level={3}>
      <p>
        <b>{sentence(count, { count: claims, file: fileName })}</b>
      </p>
      <Groups name={texts.product} counted={texts.claims} groups={groups.product} />
      <Groups name={texts.outcome} counted={texts.claims} groups={groups.outcome} />
      <p className="meta hash">
        {texts.hash} {inFours(sha256)}
      </p>
      <p>{texts.previewNext}</p>
    </Notice>
  );
}

function Groups({ name, counted, groups }: { name: string; counted: string; groups: readonly ClaimGroup[] }) {
  return (
    <Table label={name} tight>
      <thead>
        <tr>
          <th scope="col">{name}</th>
          <th scope="col" className="r">
            {counted}
          </th>
        </tr>
      </thead>
      <tbody>
        {groups.map((group) => (
          <tr key={group.name}>
            <th scope="row">{group.name}</th>
            <td className="r">{group.claims}</td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
