import 'server-only';
import { eq, sql } from 'drizzle-orm';
import type { Transaction } from '#db/client.ts';
import { frameworkVersions } from '#db/schema/rounds.ts';
import type { Framework } from '#domain/framework.ts';
import { parseFramework } from './parse-framework.ts';

const compiled = new Map<string, Framework>();

/**
 * The framework behind a hash: compiled once per process, whatever the number of rounds that use it.
 * @param version as it stands in the row that refers to it
 * @throws Error when the stored document does not compile; importing never lets one in
 */
export async function compiledFramework(
  tx: Transaction,
  version: { ref: string; sha256: Uint8Array },
): Promise<Framework> {
  const hash = Buffer.from(version.sha256).toString('hex');
  const known = compiled.get(hash);
  if (known) return known;
  const [row] = await tx
    .select({ document: frameworkVersions.document })
    .from(frameworkVersions)
    .where(eq(frameworkVersions.ref, sql.placeholder('ref')))
    .prepare('framework:document')
    .execute({ ref: version.ref });
  const parsed = parseFramework(row?.document ?? '');
  if (!parsed.ok) throw new Error(`the stored framework ${version.ref} does not compile`);
  compiled.set(hash, parsed.framework);
  return parsed.framework;
}
