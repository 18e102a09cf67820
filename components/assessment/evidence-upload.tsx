'use client';

import { useRouter } from 'next/navigation';
import { type FormEvent, useRef, useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { TextField } from '#components/ui/field.tsx';
import { Tag } from '#components/ui/tag.tsx';
import type { Messages } from '#lib/i18n/messages.ts';
import { sentence } from './phrase.tsx';

type Texts = Messages['evidence']['live'];

/** One file on its way: sent in part, stored (`code` null), or not stored and why. */
type Upload = { key: string; name: string; percent: number; code: string | null; ended: boolean };

type EvidenceUploadProps = {
  /** Where files are posted, with and without script. */
  action: string;
  criterionKey: string;
  /** Key of the first file of a post without script; each further file has one made from it. */
  evidenceId: string;
  /** What became of files that were posted without script, as `code~file name`. */
  posted: readonly string[];
  words: Record<'files' | 'types' | 'privacy' | 'period' | 'periodHint' | 'locator' | 'submit', string>;
  texts: Texts;
};

/** Adds files, several at a time, each with its progress and its own result. Without script it is a plain form. */
export function EvidenceUpload({ action, criterionKey, evidenceId, posted, words, texts }: EvidenceUploadProps) {
  const router = useRouter();
  const [uploads, setUploads] = useState<readonly Upload[]>(() => posted.map(fromPost));
  const [noFile, setNoFile] = useState(false);
  const input = useRef<HTMLInputElement>(null);

  async function onSubmit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = event.currentTarget;
    const fields = new FormData(form);
    const files = fields.getAll('file').filter((entry): entry is File => entry instanceof File && entry.name !== '');
    setNoFile(files.length === 0);
    if (files.length === 0) return input.current?.focus();
    const started = files.map((file) => ({
      key: crypto.randomUUID(),
      name: file.name,
      percent: 0,
      code: null,
      ended: false,
    }));
    setUploads(started);
    form.reset();
    // One after another: each has the whole line, and the first that is refused is known early.
    for (const [place, file] of files.entries()) {
      const { key } = started[place] as Upload;
      const change = (part: Partial<Upload>) =>
        setUploads((now) => now.map((upload) => (upload.key === key ? { ...upload, ...part } : upload)));
      const body = new FormData();
      body.set('criterionKey', criterionKey);
      body.set('evidenceId', key);
      body.set('aboutPeriod', String(fields.get('aboutPeriod') ?? ''));
      body.set('locator', String(fields.get('locator') ?? ''));
      body.set('file', file);
      change({ code: await send(action, body, (percent) => change({ percent })), ended: true, percent: 100 });
    }
    router.refresh();
  }

  return (
    <>
      <form action={action} method="post" encType="multipart/form-data" onSubmit={onSubmit}>
        <input type="hidden" name="criterionKey" value={criterionKey} />
        <input type="hidden" name="evidenceId" value={evidenceId} />
        <TextField id="upload-period" name="aboutPeriod" label={words.period} hint={words.periodHint} maxLength={200} />
        <TextField id="upload-locator" name="locator" label={words.locator} maxLength={200} />
        <TextField
          ref={input}
          id="upload-file"
          name="file"
          type="file"
          multiple
          label={words.files}
          hint={words.types}
          error={noFile ? texts.noFile : undefined}
        />
        <Button type="submit" kind="plain" dense>
          {words.submit}
        </Button>
      </form>
      <div role="status">
        <ul className="uploads">
          {uploads.map((upload) => (
            <UploadLine key={upload.key} upload={upload} texts={texts} />
          ))}
        </ul>
      </div>
    </>
  );
}

function UploadLine({ upload, texts }: { upload: Upload; texts: Texts }) {
  const { name, percent, code, ended } = upload;
  if (!ended) {
    return (
      <li className="up">
        <p>{sentence(percent < 100 ? texts.busy : texts.checking, { name, percent })}</p>
        <progress max={100} value={percent} aria-label={name} />
      </li>
    );
  }
  return (
    <li className={code ? 'up bad' : 'up'}>
      <p>
        <b>{name}</b> <Tag kind={code ? 'refused' : 'done'}>{code ? texts.notStored : texts.done}</Tag>
      </p>
      {code && <p>{code in texts.codes ? texts.codes[code as keyof Texts['codes']] : texts.codes.other}</p>}
    </li>
  );
}

/** Posts one file; tells how far it is. Resolves with null when it is stored, else with why not. */
function send(action: string, body: FormData, onProgress: (percent: number) => void): Promise<string | null> {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.open('POST', action);
    request.setRequestHeader('accept', 'application/json');
    request.responseType = 'json';
    let shown = -1;
    request.upload.onprogress = ({ loaded, total }) => {
      const percent = Math.floor((100 * loaded) / total);
      if (percent > shown) onProgress(percent);
      shown = percent;
    };
    request.onload = () => {
      const answer = request.response as { files?: { code: string | null }[]; code?: string } | null;
      const file = answer?.files?.[0];
      resolve(file ? file.code : (answer?.code ?? 'other'));
    };
    request.onerror = () => resolve('connection');
    request.onabort = () => resolve('connection');
    request.send(body);
  });
}

function fromPost(entry: string, place: number): Upload {
  const [code = '', ...name] = entry.split('~');
  const stored = code === 'stored';
  return { key: `posted-${place}`, name: name.join('~'), percent: 100, code: stored ? null : code, ended: true };
}
