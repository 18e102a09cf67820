import 'server-only';
import { z } from 'zod';
import type { Criterion, Framework, LocalizedText } from '#domain/framework.ts';
import { type Actor, can } from '#domain/policy.ts';
import { scoreAssessment } from '#domain/scoring.ts';
import { readInsurerFacts } from '#services/assessments/assessment-facts.ts';
import { readStatus } from '#services/assessments/assessment-status.ts';
import { authorize, onlyInsurer } from '#services/authorize.ts';
import { type Context, inTransaction } from '#services/context.ts';
import { notFound } from '#services/errors.ts';
import { compiledFramework } from '#services/frameworks/compiled-framework.ts';
import { type EvidenceVersion, readVersions } from './evidence-versions.ts';
import type { UseShown } from './list-evidence.ts';

export type GetEvidenceInput = { assessmentId: string; evidenceId: string };

export type ShownLink = UseShown & { id: string; applies: boolean };
export type ShownVersion = Omit<EvidenceVersion, 'links'> & {
  links: readonly ShownLink[];
  /** The last version that was not taken away. */
  current: boolean;
  /** Its bytes can be opened: they are there, and clean. */
  opens: boolean;
};

/** A criterion on the form of links: one that applies and that the actor may answer. */
export type LinkChoice = {
  key: string;
  short: LocalizedText;
  evidenceAsked: boolean;
  link: { id: string; locator: string } | null;
};

export type EvidencePage = {
  userId: string;
  assessment: { id: string; roundName: string; editable: boolean };
  piece: ShownVersion;
  /** Newest first, the piece itself among them. */
  versions: readonly ShownVersion[];
  /** What still points to the version before this one and may go over, with the number of that version; null when nothing. */
  toMove: { version: number; links: readonly ShownLink[] } | null;
  sections: readonly { key: string; title: LocalizedText; criteria: readonly LinkChoice[] }[];
  may: { edit: boolean; link: boolean; replace: boolean; remove: boolean };
};

/** One piece of evidence: what it is, where it is used, its versions, and what the actor may do with it. Three statements. */
export async function getEvidence(ctx: Context, input: GetEvidenceInput): Promise<EvidencePage> {
  onlyInsurer(ctx.actor);
  if (!z.uuid().safeParse(input.evidenceId).success) throw notFound();
  return inTransaction(ctx, async (tx) => {
    const [status, facts, versions] = await Promise.all([
      readStatus(tx, ctx.now, input.assessmentId),
      readInsurerFacts(tx, input.assessmentId),
      readVersions(tx, input),
    ]);
    authorize(ctx.actor, 'assessment.read', { organisationId: status.organisationId });
    const framework = await compiledFramework(tx, facts.framework);
    const { traces } = scoreAssessment(framework, { ...facts, answers: {}, outside: {} });
    const applies = (key: string) => traces[key]?.applies === true;
    const current = versions.find(({ removedAt }) => removedAt === null)?.id;
    const shown = versions.map((version) => shownVersion(framework, version, current, applies));
    const piece = shown.find(({ id }) => id === input.evidenceId);
    // What was taken away is gone, unless something that was signed holds on to it.
    if (!piece || (piece.removedAt && piece.submissions.length === 0)) throw notFound();
    const may = permissions(ctx.actor, status, framework, piece, shown);
    const mayAnswer = (criterion: Criterion) =>
      may.link && can(ctx.actor, 'evidence.store', factsOf(status, criterion.sectionKey)).ok;
    const older = shown.find(({ id }) => id === piece.replacesId);
    const toMove = piece.current
      ? (older?.links ?? []).filter(({ criterionKey }) => {
          const criterion = framework.criterion(criterionKey);
          return criterion && mayAnswer(criterion);
        })
      : [];
    return {
      userId: ctx.actor.userId,
      assessment: { id: status.id, roundName: status.round.name, editable: status.editable },
      piece,
      versions: shown,
      toMove: older && toMove.length > 0 ? { version: older.version, links: toMove } : null,
      sections: framework.sections.flatMap(({ key, title, criteria }) => {
        const open = criteria.filter((criterion) => applies(criterion.key) && mayAnswer(criterion));
        if (open.length === 0) return [];
        return [{ key, title, criteria: open.map((criterion) => choiceOf(criterion, piece)) }];
      }),
      may,
    };
  });
}

type Place = { organisationId: string };
const factsOf = ({ organisationId }: Place, sectionKey?: string) => ({
  organisationId,
  ...(sectionKey && { sectionKey }),
});

function shownVersion(
  framework: Framework,
  { links, ...version }: EvidenceVersion,
  current: string | undefined,
  applies: (key: string) => boolean,
): ShownVersion {
  return {
    ...version,
    links: links.map((link) => ({
      ...link,
      short: framework.criterion(link.criterionKey)?.short ?? { nl: link.criterionKey, en: link.criterionKey },
      applies: applies(link.criterionKey),
    })),
    current: version.id === current,
    opens: version.kind === 'file' && version.stored && version.scan === 'clean',
  };
}

/** As the verbs ask it: see `authorizePiece` and `removeEvidence`. */
function permissions(
  actor: Actor,
  status: Place & { editable: boolean },
  framework: Framework,
  piece: ShownVersion,
  versions: readonly ShownVersion[],
): EvidencePage['may'] {
  const open = status.editable && piece.removedAt === null;
  const sectionKeys = piece.links.flatMap(({ criterionKey }) => framework.criterion(criterionKey)?.sectionKey ?? []);
  const own = piece.addedBy === actor.userId ? actor.sectionKeys?.[0] : undefined;
  const places = sectionKeys.length > 0 ? sectionKeys : [own];
  const may = (sectionKey?: string) => can(actor, 'evidence.store', factsOf(status, sectionKey)).ok;
  const some = open && places.some(may);
  const standing = versions.filter(({ removedAt }) => removedAt === null);
  const outer = standing[0]?.id === piece.id || standing.at(-1)?.id === piece.id;
  return {
    edit: some,
    link: open && piece.current && may(actor.sectionKeys?.[0]),
    replace: some && piece.current,
    remove: open && outer && places.every(may),
  };
}

function choiceOf({ key, short, evidenceAsked }: Criterion, piece: ShownVersion): LinkChoice {
  const link = piece.links.find(({ criterionKey }) => criterionKey === key);
  return { key, short, evidenceAsked, link: link ? { id: link.id, locator: link.locator } : null };
}
