import { startTestCluster } from './cluster.ts';

/** One cluster for the run: the test command has started it already, or it is started here for a single runner. */
export default async function setup() {
  if (process.env.TREDE_TEST_CLUSTER) return;
  const { cluster, stop } = await startTestCluster({ seeded: true });
  process.env.TREDE_TEST_CLUSTER = JSON.stringify(cluster);
  return stop;
}
