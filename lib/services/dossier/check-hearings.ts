import { draftOutcomeName, publicationName } from '#domain/dossier.ts';
import { lowerSections } from '#domain/hearing.ts';
import type { DraftOutcomeContent } from '#domain/snapshot.ts';
import { checkOutcome, determinedIn } from './check-publication.ts';
import type { Dossier } from './read-dossier.ts';

/**
 * Whether each draft outcome follows from what it judges, whether the versions follow each other, and whether no outcome
 * says what the insurer was not heard about: lower than it was told last, or of another hearing than the one it tells.
 * @returns sentences; none where there are no draft outcomes, as in dossiers that were made before they were in it
 */
export function checkHearings({
  draftOutcomes,
  publications,
  submissions,
  replies,
  framework,
}: Dossier): readonly string[] {
  if (draftOutcomes.size === 0) return [];
  const faults: string[] = [];
  const versions = inOrder(draftOutcomes);
  const editions = inOrder(publications);
  for (const [place, draft] of versions.entries()) {
    const name = draftOutcomeName(draft.version);
    const before = versions[place - 1];
    if (draft.version !== place + 1)
      faults.push(`${draftOutcomeName(place + 1)} is missing: the versions do not follow each other.`);
    if (before && before.sentAt >= draft.sentAt) faults.push(`${name} was not sent after the version before.`);
    if (draft.termAt <= draft.sentAt) faults.push(`${name} ends before it was sent.`);
    const judged = submissions.get(draft.submission.number);
    faults.push(...checkOutcome(draft, judged, framework).map((fault) => `${name}: ${fault}`));
  }
  for (const { version, sentAt } of replies?.responses ?? []) {
    const draft = draftOutcomes.get(version);
    if (!draft) faults.push(`${draftOutcomeName(version)}, which was responded to, is missing.`);
    else if (sentAt <= draft.sentAt) faults.push(`${draftOutcomeName(version)} was responded to before it was sent.`);
  }
  for (const [place, content] of editions.entries()) {
    const name = publicationName(content.edition);
    const sent = versions.findLast(({ sentAt }) => sentAt < content.publishedAt);
    const before = editions[place - 1];
    if (content.hearing && !tells(content.hearing, sent))
      faults.push(`${name}: it tells of another hearing than the last draft outcome.`);
    if (!sent) continue;
    const since = before && before.publishedAt > sent.sentAt ? determinedIn(before) : null;
    const told = {
      sent: { levels: determinedIn(sent), termAt: new Date(sent.termAt) },
      publishedSince: since,
      responded: false,
      objections: [],
      answered: [],
    };
    for (const key of lowerSections(told, determinedIn(content)))
      faults.push(`${name}: section ${key} ends lower than the insurer was told, and was not heard again.`);
  }
  return faults;
}

const inOrder = <Content>(of: ReadonlyMap<number, Content>) =>
  [...of].sort(([one], [other]) => one - other).map(([, content]) => content);

const tells = (
  { version, sentAt, termAt }: { version: number; sentAt: string; termAt: string },
  sent: DraftOutcomeContent | undefined,
) => sent !== undefined && version === sent.version && sentAt === sent.sentAt && termAt === sent.termAt;
