import 'server-only';
import { z } from 'zod';
import type { Transaction } from '#db/client.ts';
import type { Actor } from '#domain/policy.ts';
import type { PublicationContent } from '#domain/snapshot.ts';
import { authorize } from '#services/authorize.ts';
import { type Context, inTransaction } from '#services/context.ts';
import { notFound } from '#services/errors.ts';
import { compiledFramework } from '#services/frameworks/compiled-framework.ts';
import {
  type Edition,
  readEditions,
  readHead,
  readSector,
  readStanding,
  type Sector,
  sectorOf,
} from './dashboard-facts.ts';
import { type NextRound, type Pieces, readNextRound, readPieces } from './dashboard-work.ts';
import { comparedTo, type EarlierRound, readEarlier } from './earlier-rounds.ts';
import { type FrameworkTexts, frameworkTexts } from './framework-texts.ts';

export const getDashboardInput = z.object({ publicationId: z.uuid() });
export type GetDashboardInput = z.infer<typeof getDashboardInput>;

export type Dashboard = {
  content: PublicationContent;
  /** Of the content; empty in a preview, where publishing still adds to it. */
  sha256: string;
  texts: FrameworkTexts;
  /** Newest first; the one that is shown is among them. */
  editions: readonly Edition[];
  shown: Edition;
  sector: Sector | null;
  /** Oldest first. */
  earlier: readonly EarlierRound[];
  /** The evidence that was handed in, by criterion. */
  pieces: Pieces;
  /** The files of the case that can be opened now, by the id of the evidence. */
  openable: readonly string[];
  /** For the insurer: where it can mend what is missing; null where no such round is open. */
  nextRound: NextRound | null;
  roundId: string;
  assessmentId: string;
  /** What who reads may take along beside the outcome: the page to publish itself, everything of the case. */
  may: { publishItself: boolean; takeDossier: boolean };
};

/**
 * Reads one publication with what stands beside it. Draws what was published and computes no score.
 * @throws not found for who may not see it
 */
export function getDashboard(ctx: Context, { publicationId }: GetDashboardInput): Promise<Dashboard> {
  return inTransaction(ctx, (tx) => readDashboard(tx, ctx, publicationId));
}

/** The same within a transaction, for verbs that make something of it. */
export async function readDashboard(tx: Transaction, ctx: Context, publicationId: string): Promise<Dashboard> {
  const insurer = ctx.actor.organisationKind === 'insurer';
  if (!insurer && ctx.actor.roles.includes('administrator')) throw notFound();
  const [head, standing, editions, figures, earlier, { pieces, openable }, nextRound] = await Promise.all([
    readHead(tx, publicationId),
    insurer ? null : readStanding(tx, ctx, publicationId),
    readEditions(tx, publicationId),
    readSector(tx, publicationId),
    readEarlier(tx, publicationId),
    readPieces(tx, publicationId),
    insurer ? readNextRound(tx, publicationId, ctx.now) : null,
  ]);
  if (!head) throw notFound();
  authorize(ctx.actor, 'dashboard.read', { organisationId: head.organisationId, everPublished: true, ...standing });
  const framework = await compiledFramework(tx, { ref: head.ref, sha256: head.frameworkSha256 });
  const content = JSON.parse(head.content) as PublicationContent;
  const asked = { framework, productScope: content.round.productScope };
  const before = await Promise.all(
    earlier.map(async (round) => comparedTo(asked, round, await compiledFramework(tx, round.version))),
  );
  return {
    content,
    sha256: Buffer.from(head.sha256).toString('hex'),
    texts: frameworkTexts(framework),
    editions,
    shown: editions.find(({ id }) => id === publicationId) as Edition,
    sector: sectorOf(figures),
    earlier: before,
    pieces,
    openable,
    nextRound,
    roundId: head.roundId,
    assessmentId: head.assessmentId,
    may: { publishItself: insurer, takeDossier: mayTakeDossier(ctx.actor) },
  };
}

/** The insurer whose it is, and whoever of the supervisor sees every case. */
const mayTakeDossier = ({ organisationKind, roles }: Actor) =>
  organisationKind === 'insurer' || roles.some((role) => role === 'lead' || role === 'auditor');
