import 'server-only';
import { and, arrayOverlaps, asc, desc, eq, isNull, sql } from 'drizzle-orm';
import type { Transaction } from '#db/client.ts';
import { memberships, users } from '#db/schema/identity.ts';
import { frameworkVersions, roundReviewers } from '#db/schema/rounds.ts';
import type { LocalizedText } from '#domain/framework.ts';
import type { Role } from '#domain/policy.ts';
import { compiledFramework } from '#services/frameworks/compiled-framework.ts';

export type FrameworkOption = LocalizedText & { ref: string; frozen: boolean };
export type SectionOption = { key: string; title: LocalizedText };
export type ReviewerOption = { userId: string; name: string; email: string; roles: Role[]; admitted: boolean };

/** What a round can be made of: editions of frameworks, the newest first. */
export async function readFrameworkOptions(tx: Transaction): Promise<(FrameworkOption & { sha256: Uint8Array })[]> {
  return tx
    .select({
      ref: frameworkVersions.ref,
      sha256: frameworkVersions.sha256,
      nl: frameworkVersions.titleNl,
      en: frameworkVersions.titleEn,
      frozen: sql<boolean>`${frameworkVersions.frozenAt} is not null`,
    })
    .from(frameworkVersions)
    .orderBy(desc(frameworkVersions.importedAt), asc(frameworkVersions.ref))
    .limit(200);
}

/** The sections that a round on one of these editions could carry, each once, named as the newest edition names it. */
export async function readSectionOptions(
  tx: Transaction,
  versions: readonly { ref: string; sha256: Uint8Array }[],
): Promise<SectionOption[]> {
  const found = new Map<string, SectionOption>();
  for (const version of versions.slice(0, 20)) {
    const { sections } = await compiledFramework(tx, version);
    for (const { key, title } of sections) if (!found.has(key)) found.set(key, { key, title });
  }
  return [...found.values()];
}

/**
 * Reviewers and leads by name, and whether the round admits them.
 * @param roundId null for a round that is yet to be made: it admits everybody
 */
export async function readReviewerOptions(tx: Transaction, roundId: string | null): Promise<ReviewerOption[]> {
  const admitted = sql<boolean>`exists (select from ${roundReviewers} where ${roundReviewers.roundId} = ${roundId}::uuid
    and ${roundReviewers.userId} = ${users.id} and ${roundReviewers.endedAt} is null)`;
  return tx
    .select({
      userId: users.id,
      name: users.name,
      email: users.email,
      roles: memberships.roles,
      admitted: roundId === null ? sql<boolean>`true` : admitted,
    })
    .from(memberships)
    .innerJoin(users, eq(users.id, memberships.userId))
    .where(and(arrayOverlaps(memberships.roles, ['reviewer', 'lead']), isNull(memberships.endedAt)))
    .orderBy(asc(users.name), asc(users.id))
    .limit(500);
}
