/** The channel on which the processes of one database tell each other what changed. */
export const changeChannel = 'trede_changes';

/**
 * A change of one assessment, as it is announced: codes and ids, nothing that a person typed. Who changed it is named
 * only when it was somebody of the insurer: of the supervisor's people an insurer never hears.
 */
export type Change = {
  assessmentId: string;
  /** The word of the log, such as `answer.save`; `presence` for a page that was opened, closed or typed in. */
  what: string;
  criterionKey: string | null;
  version: number | null;
  userId: string | null;
};

/** PostgreSQL takes fewer than 8,000 bytes in one announcement. */
const mostBytes = 7_800;

/** What the supervisor does and the insurer sees at once; all else of a review stays unsaid. */
const toldOfSupervisor = new Set([
  'assessment.return',
  'assessment.close',
  'assessment.reopen_closed',
  'claims.draw',
  'outcome.publish',
  'outcome.send',
  'outside.import',
  'publication.correct',
  'request.send',
  'request.withdraw',
  'term.extend',
  'extension.refuse',
]);

/** What is read only and changes no page. */
const unseen = new Set(['evidence.open', 'note.see']);

/** Whether the people of the insurer hear of it. */
export function isToldToInsurer({ what, userId }: Change): boolean {
  if (unseen.has(what)) return false;
  // Of evidence the platform itself says what the scanner found; the supervisor changes none.
  return userId !== null || toldOfSupervisor.has(what) || what.startsWith('evidence.');
}

/** As few announcements as hold the changes; of equal ones only the newest is kept. */
export function packChanges(changes: readonly Change[]): string[] {
  const newest = new Map(changes.map((change) => [keyOf(change), change]));
  const packed: string[] = [];
  let held: string[] = [];
  let bytes = 2;
  for (const { assessmentId, what, criterionKey, version, userId } of newest.values()) {
    const line = JSON.stringify([assessmentId, what, criterionKey, version, userId]);
    const size = Buffer.byteLength(line) + 1;
    if (bytes + size > mostBytes && held.length > 0) {
      packed.push(`[${held.join(',')}]`);
      held = [];
      bytes = 2;
    }
    held.push(line);
    bytes += size;
  }
  if (held.length > 0) packed.push(`[${held.join(',')}]`);
  return packed;
}

const keyOf = ({ assessmentId, what, criterionKey, userId }: Change) =>
  JSON.stringify([assessmentId, what, criterionKey, userId]);

/** What an announcement holds; nothing when it was not made here. */
export function unpackChanges(payload: string): Change[] {
  try {
    const lines: unknown = JSON.parse(payload);
    return Array.isArray(lines) ? lines.flatMap(changeOf) : [];
  } catch {
    return [];
  }
}

function changeOf(line: unknown): Change[] {
  if (!Array.isArray(line)) return [];
  const [assessmentId, what, criterionKey, version, userId] = line as unknown[];
  if (typeof assessmentId !== 'string' || typeof what !== 'string') return [];
  return [
    {
      assessmentId,
      what,
      criterionKey: typeof criterionKey === 'string' ? criterionKey : null,
      version: typeof version === 'number' ? version : null,
      userId: typeof userId === 'string' ? userId : null,
    },
  ];
}
