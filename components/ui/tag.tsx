import type { ReactNode } from 'react';
import { Sign, type SignKind } from './sign.tsx';

export type TagKind = 'done' | 'todo' | 'waiting' | 'attention' | 'refused';

const looks: Record<TagKind, { sign: SignKind; look: string }> = {
  done: { sign: 'check', look: 'tag tag-done' },
  todo: { sign: 'open', look: 'tag tag-todo' },
  waiting: { sign: 'clock', look: 'tag tag-wait' },
  attention: { sign: 'attention', look: 'tag tag-att' },
  refused: { sign: 'cross', look: 'tag tag-err' },
};

/** A status: sign and word. `refused` is for errors and what was refused, nothing else. */
export function Tag({ kind, children }: { kind: TagKind; children: ReactNode }) {
  return (
    <span className={looks[kind].look}>
      <Sign kind={looks[kind].sign} />
      <span>{children}</span>
    </span>
  );
}
