import 'server-only';
import { z } from 'zod';
import type { LocalizedText } from '#domain/framework.ts';
import { can } from '#domain/policy.ts';
import { readStatus } from '#services/assessments/assessment-status.ts';
import { authorize, onlyInsurer } from '#services/authorize.ts';
import { inTransaction } from '#services/context.ts';
import { compiledFramework } from '#services/frameworks/compiled-framework.ts';
import type { EvidenceContext } from './evidence-context.ts';
import { readRoom } from './evidence-room.ts';
import {
  type LibraryCounts,
  type LibraryRow,
  libraryPageSize,
  readLibraryCounts,
  readLibraryRows,
} from './library-rows.ts';

export const libraryOrders = ['added', 'title', 'size', 'use'] as const;
export const libraryViews = ['all', 'unused', 'refused', 'waiting'] as const;

/** A place in the list: everything before or after it, as `id~key`. */
const place = z.object({ key: z.string().max(500), id: z.uuid() });
const cursor = z
  .string()
  .max(600)
  .transform((text) => {
    const parsed = place.safeParse({ id: text.slice(0, 36), key: text.slice(37) });
    return parsed.success ? parsed.data : null;
  });
const optional = <Schema extends z.ZodType>(schema: Schema) => schema.nullable().default(null).catch(null);

/** The library's address: what cannot be read is left out, so that an old or mangled link still opens the list. */
export const listEvidenceInput = z.object({
  assessmentId: z.string(),
  section: optional(z.string().max(32)),
  view: z.enum(libraryViews).default('all').catch('all'),
  q: z.string().trim().max(100).default('').catch(''),
  order: z.enum(libraryOrders).default('added').catch('added'),
  after: optional(cursor),
  before: optional(cursor),
});
export type ListEvidenceInput = z.infer<typeof listEvidenceInput>;

/** Where a piece supports a criterion, with the criterion's name. */
export type UseShown = { criterionKey: string; short: LocalizedText; locator: string };

export type LibraryLine = Omit<LibraryRow, 'links' | 'sortKey'> & {
  uses: readonly UseShown[];
  /** Where the line stands, for the links to the pages before and after it. */
  cursor: string;
};

/** How much of a quota is used, in bytes. */
export type StorageUse = { used: number; quota: number };

export type Library = {
  userId: string;
  assessment: { id: string; roundName: string; editable: boolean };
  sections: readonly { key: string; title: LocalizedText }[];
  storage: { assessment: StorageUse; organisation: StorageUse; pieces: StorageUse; file: number };
  counts: LibraryCounts;
  lines: readonly LibraryLine[];
  /** Number of the first line among those that match, from 1. */
  first: number;
  hasBefore: boolean;
  hasAfter: boolean;
  mayStore: boolean;
};

/** A page of an assessment's library of evidence: what was refused first, each piece in its last version. Four statements. */
export async function listEvidence(ctx: Omit<EvidenceContext, 'storage'>, input: ListEvidenceInput): Promise<Library> {
  onlyInsurer(ctx.actor);
  return inTransaction(ctx, async (tx) => {
    const [status, room, rows, counts] = await Promise.all([
      readStatus(tx, ctx.now, input.assessmentId),
      readRoom(tx, input.assessmentId, false),
      readLibraryRows(tx, input),
      readLibraryCounts(tx, input),
    ]);
    const facts = { organisationId: room.organisationId };
    authorize(ctx.actor, 'assessment.read', facts);
    const framework = await compiledFramework(tx, room.framework);
    const backwards = input.before !== null;
    const more = rows.length > libraryPageSize;
    const shown = rows.slice(0, libraryPageSize);
    if (backwards) shown.reverse();
    return {
      userId: ctx.actor.userId,
      assessment: { id: status.id, roundName: status.round.name, editable: status.editable },
      sections: framework.sections.map(({ key, title }) => ({ key, title })),
      storage: {
        assessment: { used: room.bytes, quota: ctx.limits.assessment },
        organisation: { used: room.organisationBytes, quota: ctx.limits.organisation },
        pieces: { used: room.count, quota: ctx.limits.count },
        file: ctx.limits.file,
      },
      counts,
      lines: shown.map(({ links, sortKey, ...row }) => ({
        ...row,
        uses: links.map((link) => ({
          ...link,
          short: framework.criterion(link.criterionKey)?.short ?? { nl: link.criterionKey, en: link.criterionKey },
        })),
        cursor: `${row.id}~${sortKey}`,
      })),
      first: backwards ? counts.before - shown.length + 1 : counts.before + 1,
      hasBefore: backwards ? more : input.after !== null && counts.before > 0,
      hasAfter: backwards ? true : more,
      mayStore:
        status.editable &&
        can(ctx.actor, 'evidence.store', { ...facts, sectionKey: ctx.actor.sectionKeys?.[0] ?? '' }).ok,
    };
  });
}
