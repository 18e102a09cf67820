import 'server-only';
import { sql } from 'drizzle-orm';
import { processDatabase } from '#db/client.ts';

/** Whether the database answers. */
export async function checkHealth(): Promise<boolean> {
  return processDatabase()
    .execute(sql`select 1`)
    .then(() => true)
    .catch(() => false);
}
