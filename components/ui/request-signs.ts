import type { TagKind } from './tag.tsx';

/** The sign that goes with each state of an information request. */
export const requestSigns = {
  open: 'waiting',
  answered: 'done',
  withdrawn: 'todo',
  overdue: 'attention',
} as const satisfies Record<string, TagKind>;
