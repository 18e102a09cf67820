// Loaded into a server under measurement: says how much it holds, and has worked, when it is asked.
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc');

process.on('message', (question) => {
  if (question === 'processor') {
    const { user, system } = process.cpuUsage();
    return process.send({ milliseconds: (user + system) / 1000 });
  }
  if (question !== 'memory' && question !== 'resident') return;
  // A collection would hide what an upload holds while it runs.
  if (question === 'memory') collect();
  const { heapUsed, external, rss } = process.memoryUsage();
  process.send({ heap: heapUsed + external, resident: rss });
});
