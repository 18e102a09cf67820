import postgres from 'postgres';
import { type Cluster, startEmbeddedPostgres } from './embedded-postgres.ts';
import { end, isEnding } from './ending.ts';
import { clusterFolder } from './platform.ts';

/**
 * Starts the embedded database again when it ends by itself: what was acknowledged is there after its recovery, and the
 * server connects anew.
 */
export async function keepPostgres(cluster: Cluster, say: (line: string) => void) {
  const lost = async () => {
    if (isEnding()) return;
    say('PostgreSQL ended by itself; starting it again…');
    const again = await startEmbeddedPostgres(clusterFolder());
    if (again.port !== cluster.port) throw new Error('PostgreSQL came back on another port.');
    await keepPostgres(again, say);
  };
  // A connection that is held for nothing else than to see it close.
  const watch = postgres({
    ...cluster,
    user: 'postgres',
    database: 'postgres',
    max: 1,
    max_lifetime: null,
    onclose: () =>
      lost().catch((error) => {
        process.stderr.write(`Trede stops: ${error instanceof Error ? error.message : String(error)}\n`);
        end(1);
      }),
  });
  await watch`select 1`;
}
