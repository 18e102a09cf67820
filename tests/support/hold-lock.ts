import { openLocks } from '#db/locks.ts';

// A process that takes a lock, says so, and holds it until it is killed.
const [url = '', name = ''] = process.argv.slice(2);
await openLocks(url).hold(name, () => {});
process.send?.('held');
setInterval(() => {}, 1_000);
