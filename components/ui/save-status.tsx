import type { ReactNode } from 'react';
import { Signed } from './sign.tsx';

export type SaveState = 'idle' | 'saving' | 'saved' | 'failed' | 'offline';

type SaveStatusProps = {
  state: SaveState;
  /** What the state says: "Opslaan…", "Opgeslagen 14:02". Empty at first. */
  children?: ReactNode;
  /** A button to try again, shown after a failure and while nothing reaches the server. */
  retry?: ReactNode;
  id?: string;
};

/** Stands in the margin beside its field and never moves the text: its line is there from the start. */
export function SaveStatus({ state, children, retry, id }: SaveStatusProps) {
  return (
    <div className={`saved ${looks[state]}`} id={id}>
      <span role="status">{content(state, children)}</span> {(state === 'failed' || state === 'offline') && retry}
    </div>
  );
}

const looks: Record<SaveState, string> = {
  idle: 'voice',
  saving: 'voice',
  saved: 'voice',
  failed: 'errword',
  offline: 'attword',
};

function content(state: SaveState, words: ReactNode): ReactNode {
  if (state === 'saved') return <Signed kind="check">{words}</Signed>;
  if (state === 'failed') return <Signed kind="cross">{words}</Signed>;
  if (state === 'offline') return <Signed kind="attention">{words}</Signed>;
  return words;
}
