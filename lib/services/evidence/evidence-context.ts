import 'server-only';
import { env } from '#lib/env.ts';
import { processStaging, processStorage } from '#lib/storage/process-storage.ts';
import type { Staging } from '#lib/storage/staging.ts';
import type { Storage } from '#lib/storage/storage.ts';
import type { Context } from '#services/context.ts';
import { builtInScanner } from './built-in-scanner.ts';
import { clamdScanner } from './clamd-scanner.ts';
import type { Scanner } from './scanner.ts';

/** In bytes, but `count`: how many pieces an assessment may hold. */
export type EvidenceLimits = { file: number; assessment: number; organisation: number; count: number };

/** What verbs get that touch stored files. */
export type EvidenceContext = Context & { storage: Storage; limits: EvidenceLimits };

/** What verbs get that take files in. Without a scanner none is taken in. */
export type IncomingContext = EvidenceContext & { staging: Staging; scanner: Scanner | null };

/** Lets a verb reach the storage, the staging folder and the scanner of this process, within the limits of the platform. */
export const evidenceContext = (ctx: Context): IncomingContext => ({ ...ctx, ...evidenceMeans() });

/** The same for jobs, which nobody in particular asks for. */
export const evidenceMeans = () => ({
  storage: processStorage(),
  staging: processStaging(),
  scanner: processScanner(),
  limits: platformLimits(),
});

/** What this platform takes, as its operator set it. */
export const platformLimits = (): EvidenceLimits => ({
  file: env().TREDE_FILE_LIMIT,
  assessment: env().TREDE_ASSESSMENT_LIMIT,
  organisation: env().TREDE_ORGANISATION_QUOTA_GB * 1024 ** 3,
  count: 1_000,
});

/** The scanner that is configured; in the demo one that knows a test file, and else none. */
export function processScanner(): Scanner | null {
  const { TREDE_CLAMD, TREDE_DEMO } = env();
  if (TREDE_CLAMD) return clamdScanner(TREDE_CLAMD);
  return TREDE_DEMO ? builtInScanner : null;
}
