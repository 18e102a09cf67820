import 'server-only';
import { z } from 'zod';
import { recordEvent } from '#services/audit.ts';
import { noAdministrator } from '#services/authorize.ts';
import { type Context, inTransaction } from '#services/context.ts';
import { forbidden, notFound } from '#services/errors.ts';
import { readHead } from './dashboard-facts.ts';
import { type Dashboard, readDashboard } from './get-dashboard.ts';

/** What an outcome can be downloaded as; each is a file name below the publication's address. */
export const outcomeFiles = [
  'board.pdf',
  'complete.pdf',
  'own.pdf',
  'answers.xlsx',
  'answers.csv',
  'publication.json',
] as const;
export type OutcomeFile = (typeof outcomeFiles)[number];

export const downloadOutcomeInput = z.object({ publicationId: z.uuid(), file: z.enum(outcomeFiles) });
export type DownloadOutcomeInput = z.infer<typeof downloadOutcomeInput>;

export type OutcomeDownload = {
  dashboard: Dashboard;
  /** The canonical JSON that was published, byte for byte. */
  text: string;
};

/**
 * Reads what a file of an outcome is made of, for who may see its dashboard, and logs the download. The page that an
 * insurer may publish is for that insurer only.
 * @throws not found; forbidden
 */
export async function downloadOutcome(
  ctx: Context,
  { publicationId, file }: DownloadOutcomeInput,
): Promise<OutcomeDownload> {
  noAdministrator(ctx.actor);
  return inTransaction(ctx, async (tx) => {
    const dashboard = await readDashboard(tx, ctx, publicationId);
    if (file === 'own.pdf' && !dashboard.may.publishItself) throw forbidden('own_only');
    const head = await readHead(tx, publicationId);
    if (!head) throw notFound();
    await recordEvent(tx, {
      at: ctx.now,
      actorId: ctx.actor.userId,
      action: 'outcome.download',
      organisationId: head.organisationId,
      assessmentId: dashboard.assessmentId,
      detail: { publicationId, file },
    });
    return { dashboard, text: head.content };
  });
}
