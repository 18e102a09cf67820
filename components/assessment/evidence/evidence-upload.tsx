'use client';

import { useRouter } from 'next/navigation';
import { type FormEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { TextField } from '#components/ui/field.tsx';
import type { Messages } from '#lib/i18n/messages.ts';
import { thisDevice } from '../answer/draft-store.ts';
import { sentence } from '../phrase.tsx';
import { piecePath } from './library-path.ts';
import type { announce, UploadLines } from './upload-lines.tsx';
import type { UploadLine, UploadQueue } from './upload-queue.ts';
import { formOf, readRecords, recordsOf, type UploadPlace, uploadPlace } from './upload-records.ts';

type UploadTexts = Messages['upload'];

export type UploadWords = Record<'files' | 'types' | 'period' | 'periodHint' | 'locator' | 'submit', string>;

type EvidenceUploadProps = {
  assessmentId: string;
  userId: string;
  /** Where the files go; nothing said: into the library alone. A piece has one newer version. */
  place: Partial<UploadPlace>;
  /** Tells the fields of several forms on one page apart. */
  id?: string;
  /** Key of the first file of a post without script; each further file has one made from it. */
  evidenceId: string;
  /** What became of files that were posted without script; stands there until others are sent. */
  posted: ReactNode;
  /** In words, such as "100 MB". */
  limits: { file: string; assessment: string };
  words: UploadWords;
  texts: UploadTexts;
};

type Live = { queue: UploadQueue; Lines: typeof UploadLines; announce: typeof announce };

/**
 * One queue a tab: going to another criterion does not stop what is on its way. Loaded, with what shows it, when it is
 * first used.
 */
let opened: { of: string; live: Promise<Live> } | null = null;

/** Adds files, several at a time, each with its progress and its own result. Without script it is a plain form. */
export function EvidenceUpload(props: EvidenceUploadProps) {
  const { assessmentId, userId, id = 'upload', evidenceId, posted, limits, words, texts } = props;
  const place = uploadPlace(props.place);
  const here = formOf(place);
  const router = useRouter();
  const [lines, setLines] = useState<readonly UploadLine[]>([]);
  const [live, setLive] = useState<Live | null>(null);
  const [noFile, setNoFile] = useState(false);
  const [said, setSaid] = useState('');
  const input = useRef<HTMLInputElement>(null);
  const stop = useRef<(() => void) | null>(null);
  const of = recordsOf(userId, assessmentId);

  async function watchQueue(): Promise<UploadQueue> {
    const now = await openLive(of, assessmentId, userId);
    setLive(now);
    const { queue } = now;
    let before: readonly UploadLine[] = [];
    stop.current ??= queue.watch((all) => {
      const after = all.filter(({ form }) => form === here);
      const news = now.announce(before, after, limits, texts);
      if (news) setSaid(news);
      setLines(after);
      // The list of evidence is drawn anew when all is quiet: not once for each of two hundred files.
      if (before.some(isBusy) && !after.some(isBusy)) show(after);
      before = after;
    });
    return queue;
  }

  /** What was added shows on the page; a newer version of a piece on its own, where one says what goes over to it. */
  function show(after: readonly UploadLine[]) {
    const added = after.filter(isAdded);
    const newer = place.replacesId && added.find(({ code }) => code === null);
    if (newer) router.push(piecePath(assessmentId, newer.id));
    else if (added.length > 0 || after.length === 0) router.refresh();
  }

  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the page is there
  useEffect(() => {
    if (opened?.of === of || readRecords(thisDevice(), of).length > 0) void watchQueue();
    return () => {
      stop.current?.();
      stop.current = null;
    };
  }, []);

  async function onSubmit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = event.currentTarget;
    const fields = new FormData(form);
    const files = fields.getAll('file').filter((entry): entry is File => entry instanceof File && entry.name !== '');
    setNoFile(files.length === 0);
    if (files.length === 0) return input.current?.focus();
    const text = (name: string) => String(fields.get(name) ?? '');
    form.reset();
    const queue = await watchQueue();
    queue.add(files, { ...place, locator: text('locator'), aboutPeriod: text('aboutPeriod') });
    setSaid(sentence(texts.announceStart, { count: files.length }));
  }

  const inLibrary = !place.criterionKey && !here;
  return (
    <>
      <form
        action={`/api/assessments/${assessmentId}/evidence`}
        method="post"
        encType="multipart/form-data"
        onSubmit={onSubmit}
      >
        {Object.entries(place).map(([name, value]) => value && <input key={name} type="hidden" {...{ name, value }} />)}
        <input type="hidden" name="evidenceId" value={evidenceId} />
        <TextField
          id={`${id}-period`}
          name="aboutPeriod"
          label={words.period}
          hint={words.periodHint}
          maxLength={200}
        />
        {!inLibrary && !place.replacesId && (
          <TextField id={`${id}-locator`} name="locator" label={words.locator} maxLength={200} />
        )}
        <TextField
          ref={input}
          id={`${id}-file`}
          name="file"
          type="file"
          multiple={!place.replacesId}
          label={words.files}
          hint={words.types}
          error={noFile ? texts.noFile : undefined}
        />
        <Button type="submit" kind="plain" dense>
          {words.submit}
        </Button>
      </form>
      <p role="status" className="vh">
        {said}
      </p>
      {lines.length > 0 && live ? (
        <live.Lines
          lines={lines}
          criterionKey={place.criterionKey}
          limits={limits}
          texts={texts}
          act={(doing, line) => live.queue[doing](line)}
        />
      ) : (
        posted
      )}
    </>
  );
}

function openLive(of: string, assessmentId: string, userId: string): Promise<Live> {
  if (opened?.of !== of) {
    const action = `/api/assessments/${assessmentId}/uploads`;
    const live = Promise.all([import('./upload-queue.ts'), import('./upload-lines.tsx')]).then(
      ([{ openUploadQueue }, { UploadLines: Lines, announce }]) => ({
        queue: openUploadQueue(action, userId, assessmentId),
        Lines,
        announce,
      }),
    );
    opened = { of, live };
  }
  return opened.live;
}

const isBusy = ({ state }: UploadLine) =>
  state === 'queued' || state === 'sending' || state === 'checking' || state === 'elsewhere';
const isAdded = ({ state, code }: UploadLine) => state === 'done' || state === 'waiting' || code === 'malware';
