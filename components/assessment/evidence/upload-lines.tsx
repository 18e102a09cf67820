import { Button } from '#components/ui/button.tsx';
import { Tag } from '#components/ui/tag.tsx';
import type { Messages } from '#lib/i18n/messages.ts';
import { sentence } from '../phrase.tsx';
import type { UploadLine, UploadQueue } from './upload-queue.ts';

type Texts = Messages['upload'];
type Doing = 'pause' | 'resume' | 'cancel';
type Limits = { file: string; assessment: string };

type UploadLinesProps = {
  lines: readonly UploadLine[];
  /** The criterion of the page; a line of another one says of which. */
  criterionKey: string;
  limits: Limits;
  texts: Texts;
  /** Absent where nothing is on its way any more: after a post without script. */
  act?: (doing: Extract<keyof UploadQueue, Doing>, id: string) => void;
};

/** So many files are listed one by one when they are added; of more only the number is said. */
const fewAdded = 10;

/** Where each file stands, with what can be done about it. */
export function UploadLines({ lines, ...rest }: UploadLinesProps) {
  const added = lines.filter(({ state }) => state === 'done');
  const failed = lines.filter(({ state }) => state === 'refused').length;
  const many = added.length > fewAdded;
  const { texts } = rest;
  return (
    <>
      {lines.length > fewAdded && (
        <p className="meta">
          {sentence(texts.summary, { done: added.length, all: lines.length })}
          {failed > 0 && `, ${sentence(texts.failed, { count: failed })}`}
        </p>
      )}
      <ul className="uploads">
        {lines.map((line) => (many && line.state === 'done' ? null : <Line key={line.id} line={line} {...rest} />))}
      </ul>
    </>
  );
}

function Line({ line, criterionKey, limits, texts, act }: Omit<UploadLinesProps, 'lines'> & { line: UploadLine }) {
  const { id, name, state, code, size, sent } = line;
  const elsewhere = line.criterionKey && line.criterionKey !== criterionKey;
  const at = elsewhere ? ` (${sentence(texts.at, { key: line.criterionKey })})` : '';
  if (state === 'done' || state === 'waiting' || state === 'refused') {
    return (
      <li className={state === 'refused' ? 'up bad' : 'up'}>
        <p>
          <b>{name}</b>
          {at}{' '}
          <Tag kind={state === 'refused' ? 'refused' : 'done'}>
            {state === 'refused' ? texts.notStored : texts.done}
          </Tag>
        </p>
        {state === 'waiting' && <p>{texts.waiting}</p>}
        {code && <p>{readCode(code, texts, limits)}</p>}
      </li>
    );
  }
  const button = (doing: Doing, word: string) => (
    <Button kind="link" aria-label={sentence(texts.ofName, { doing: word, name })} onClick={() => act?.(doing, id)}>
      {word}
    </Button>
  );
  return (
    <li className={state === 'stopped' ? 'up bad' : 'up'}>
      <p>
        {sentence(texts[state], { name, sent: megabytes(sent), size: megabytes(size) })}
        {at}
      </p>
      {state !== 'left' && state !== 'elsewhere' && <progress max={size} value={sent} aria-label={name} />}
      {code && <p>{readCode(code, texts, limits)}</p>}
      <p className="doings">
        {(state === 'sending' || state === 'queued') && button('pause', texts.pause)}
        {state === 'paused' && button('resume', texts.resume)}
        {state === 'stopped' && button('resume', texts.retry)}
        {state !== 'checking' && state !== 'elsewhere' && button('cancel', texts.cancel)}
      </p>
    </li>
  );
}

/** Why a file was not taken, in a sentence; empty when nothing was wrong. */
export function readCode(code: string | null, { codes }: Texts, limits: Limits): string {
  if (code === null) return '';
  return sentence(Object.hasOwn(codes, code) ? codes[code as keyof Texts['codes']] : codes.other, limits);
}

function megabytes(bytes: number): string {
  return bytes < 1_000_000 ? `${Math.ceil(bytes / 1_000)} kB` : `${Math.floor(bytes / 1_000_000)} MB`;
}

/** A file that was posted without script, from `code~file name`. */
export function postedLine(entry: string, criterionKey: string): UploadLine {
  const [code = '', ...name] = entry.split('~');
  const stored = code === 'stored';
  const state = stored ? ('done' as const) : ('refused' as const);
  return {
    id: entry,
    name: name.join('~'),
    form: '',
    criterionKey,
    size: 0,
    sent: 0,
    state,
    code: stored ? null : code,
  };
}

const underWay = ['queued', 'sending', 'checking'];
const ended = ['done', 'waiting', 'refused', 'stopped'];

/** What a screen reader is told: beginnings and ends, never each percent. */
export function announce(
  before: readonly UploadLine[],
  now: readonly UploadLine[],
  limits: Limits,
  texts: Texts,
): string {
  const busy = ({ state }: UploadLine) => underWay.includes(state);
  if (before.some(busy) && now.length > 1 && !now.some(busy)) {
    const failed = now.filter(({ state }) => state === 'refused' || state === 'stopped').length;
    const done = now.filter(({ state }) => state === 'done' || state === 'waiting').length;
    return sentence(texts.announceAll, { done, failed });
  }
  const was = new Map(before.map(({ id, state }) => [id, state]));
  const news = now.find(({ id, state }) => was.get(id) !== state && ended.includes(state));
  if (!news) return '';
  const text = { refused: texts.announceNot, stopped: texts.announceStop }[news.state as string] ?? texts.announceDone;
  return sentence(text, { name: news.name, why: readCode(news.code, texts, limits) });
}
