import type { ReactNode } from 'react';
import type { AssessmentStatus } from '#services/assessments/assessment-status.ts';

/** What a sentence needs that names the round's mailbox as a link. */
export function mailbox({ round }: AssessmentStatus) {
  return {
    mailbox: round.contactMailbox,
    mail: (text: ReactNode) => <a href={`mailto:${round.contactMailbox}`}>{text}</a>,
  };
}
