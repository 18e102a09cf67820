import 'server-only';
import { evidenceLimits } from '#domain/evidence-types.ts';
import { env } from '#lib/env.ts';
import { processStorage } from '#lib/storage/process-storage.ts';
import type { Storage } from '#lib/storage/storage.ts';
import type { Context } from '#services/context.ts';

/** In bytes, but `count`: how many pieces an assessment may hold. */
export type EvidenceLimits = { file: number; assessment: number; organisation: number; count: number };

/** What verbs get that touch stored files. */
export type EvidenceContext = Context & { storage: Storage; limits: EvidenceLimits };

/** Lets a verb reach the storage of this process, within the limits of the platform. */
export const evidenceContext = (ctx: Context): EvidenceContext => ({
  ...ctx,
  storage: processStorage(),
  limits: { ...evidenceLimits, organisation: env().TREDE_ORGANISATION_QUOTA_GB * 1024 ** 3, count: 1_000 },
});
