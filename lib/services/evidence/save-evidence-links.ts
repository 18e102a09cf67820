import 'server-only';
import { createHash } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Transaction } from '#db/client.ts';
import { evidenceLinks } from '#db/schema/evidence.ts';
import { recordEvents } from '#services/audit.ts';
import { onlyInsurer } from '#services/authorize.ts';
import { type Context, inTransaction } from '#services/context.ts';
import { conflict, invalid, notFound } from '#services/errors.ts';
import { authorizeAt, type EvidenceRoom, readRoom } from './evidence-room.ts';
import { readLinkedPiece } from './piece-links.ts';
import { removeLinks, type StandingLink } from './standing-links.ts';

const choice = z.object({
  criterionKey: z.string().max(32),
  chosen: z.boolean(),
  /** At most 200 characters: a longer one is refused by its criterion. */
  locator: z.string().trim().max(10_000).default(''),
  /** The locator of the link as the person saw it; null where there was no link. */
  was: z.string().nullable(),
});

/**
 * At which criteria a piece is used, one choice a criterion that was on the form. `formKey` is made with the form, so that
 * posting it twice links once. A form posts `criterionKeys[]`, `locator.KEY`, and `was.KEY` for
 * what stood.
 */
export const saveEvidenceLinksInput = z.preprocess(
  choicesOfForm,
  z.object({
    assessmentId: z.uuid(),
    evidenceId: z.uuid(),
    formKey: z.uuid(),
    choices: z.array(choice).max(2_000),
  }),
);
export type SaveEvidenceLinksInput = z.infer<typeof saveEvidenceLinksInput>;

/** How many links were made, given another place, and taken away. */
export type SavedLinks = { linked: number; changed: number; removed: number };

type Choice = z.infer<typeof choice>;
type Plan = { link: Choice[]; change: { id: string; criterionKey: string; locator: string }[]; remove: StandingLink[] };

/**
 * Links a piece to several criteria at once, changes places, takes links away. Only what this person changed is written:
 * what a colleague linked or took away meanwhile stays so.
 * @throws conflict when a colleague gave a link another place that this person changes or takes away: `detail` holds, by
 * criterion, what stands now. Then nothing is written
 */
export async function saveEvidenceLinks(ctx: Context, input: SaveEvidenceLinksInput): Promise<SavedLinks> {
  onlyInsurer(ctx.actor);
  const long = input.choices.find(({ locator }) => locator.length > 200);
  if (long) throw invalid({ [`locator.${long.criterionKey}`]: 'too_long' });
  return inTransaction(ctx, async (tx) => {
    const [room, piece] = await Promise.all([
      readRoom(tx, input.assessmentId),
      readLinkedPiece(tx, input.assessmentId, input.evidenceId),
    ]);
    if (!piece) throw notFound();
    const plan = planOf(input.choices, piece.links);
    const touched = [...plan.link, ...plan.change, ...plan.remove].map(({ criterionKey }) => criterionKey);
    await authorizeAt(tx, ctx.actor, 'evidence.store', room, touched);
    await Promise.all([
      insertLinks(tx, ctx, room, input, plan.link),
      changeLocators(tx, plan.change),
      removeLinks(
        tx,
        ctx,
        plan.remove.map(({ id }) => id),
      ),
    ]);
    const events = eventsOf(plan, input).map((event) => ({
      at: ctx.now,
      actorId: ctx.actor.userId,
      assessmentId: room.assessmentId,
      organisationId: room.organisationId,
      ...event,
    }));
    if (events.length > 0) await recordEvents(tx, events);
    return { linked: plan.link.length, changed: plan.change.length, removed: plan.remove.length };
  });
}

function planOf(choices: readonly Choice[], links: readonly StandingLink[]): Plan {
  const plan: Plan = { link: [], change: [], remove: [] };
  const overtaken: Record<string, string | null> = {};
  for (const one of choices) {
    const { criterionKey, chosen, locator, was } = one;
    const stands = links.find((link) => link.criterionKey === criterionKey);
    if (was === null) {
      if (chosen && !stands) plan.link.push(one);
      else if (chosen && stands && locator !== '' && locator !== stands.locator)
        overtaken[criterionKey] = stands.locator;
      continue;
    }
    const changed = !chosen || locator !== was;
    if (!changed || (stands ? chosen && stands.locator === locator : !chosen)) continue;
    if (stands?.locator !== was) overtaken[criterionKey] = stands?.locator ?? null;
    else if (chosen) plan.change.push({ id: stands.id, criterionKey, locator });
    else plan.remove.push(stands);
  }
  if (Object.keys(overtaken).length > 0) throw conflict({ links: overtaken });
  return plan;
}

async function insertLinks(
  tx: Transaction,
  ctx: Context,
  room: EvidenceRoom,
  input: SaveEvidenceLinksInput,
  choices: readonly Choice[],
) {
  if (choices.length === 0) return;
  await tx
    .insert(evidenceLinks)
    .values(
      choices.map(({ criterionKey, locator }) => ({
        id: linkKey(input.formKey, criterionKey),
        assessmentId: room.assessmentId,
        organisationId: room.organisationId,
        evidenceId: input.evidenceId,
        criterionKey,
        locator,
        linkedAt: ctx.now,
        linkedBy: ctx.actor.userId,
      })),
    )
    // A link of this key that was taken away since is not made again by a late repeat.
    .onConflictDoNothing();
}

async function changeLocators(tx: Transaction, changes: Plan['change']) {
  if (changes.length === 0) return;
  const given = JSON.stringify(changes);
  await tx
    .update(evidenceLinks)
    .set({ locator: sql`given.locator` })
    .from(sql`json_to_recordset(${given}::json) as given(id uuid, locator text)`)
    .where(sql`${evidenceLinks.id} = given.id`);
}

function eventsOf(plan: Plan, { evidenceId, formKey }: SaveEvidenceLinksInput) {
  const event = (action: string, linkId: string, criterionKey: string) => ({
    action,
    detail: { evidenceId, linkId, criterionKey },
  });
  return [
    ...plan.link.map(({ criterionKey }) => event('evidence.link', linkKey(formKey, criterionKey), criterionKey)),
    ...plan.change.map(({ id, criterionKey }) => event('evidence.change_locator', id, criterionKey)),
    ...plan.remove.map(({ id, criterionKey }) => event('evidence.remove_link', id, criterionKey)),
  ];
}

/** The key of the link that a form makes at a criterion: the same whenever it is posted. */
function linkKey(formKey: string, criterionKey: string): string {
  const hex = createHash('sha256').update(`${formKey}:${criterionKey}`).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

function choicesOfForm(given: unknown): unknown {
  if (typeof given !== 'object' || given === null || 'choices' in given) return given;
  const form = given as Record<string, unknown>;
  const chosen = new Set(Array.isArray(form.criterionKeys) ? form.criterionKeys : []);
  const keys = Object.keys(form).flatMap((name) =>
    name.startsWith('locator.') ? [name.slice('locator.'.length)] : [],
  );
  const choices = keys.map((criterionKey) => ({
    criterionKey,
    chosen: chosen.has(criterionKey),
    locator: form[`locator.${criterionKey}`],
    was: form[`was.${criterionKey}`] ?? null,
  }));
  return { ...form, choices };
}
