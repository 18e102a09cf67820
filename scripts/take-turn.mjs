import { createHash } from 'node:crypto';
import { rmSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/**
 * Takes the turn of a task that only one process may do at a time in one folder. It is a name that the kernel gives up
 * when its holder ends, however it ends, so nothing stale is ever left.
 * @param {string} task such as `install`
 * @param {() => string} say what the holder tells others who want the turn; an empty text asks them to wait
 * @param {string} [folder] the folder of the task
 * @returns {Promise<() => void>} gives the turn back
 * @throws Error with what the holder said
 */
export async function takeTurn(task, say, folder = root) {
  const address = addressOf(task, folder);
  for (;;) {
    const giveBack = await listen(address, say);
    if (giveBack) return giveBack;
    const answer = await ask(address);
    if (answer) throw new Error(answer);
    // Refused: on a system without names in the kernel, the file of a holder that was killed.
    if (answer === undefined && !address.startsWith('\0')) rmSync(address, { force: true });
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/**
 * @param {string} task
 * @param {string} folder
 */
function addressOf(task, folder) {
  const key = createHash('sha256').update(`${process.getuid?.()} ${folder} ${task}`).digest('hex').slice(0, 16);
  return process.platform === 'linux' ? `\0trede-${key}` : join(tmpdir(), `trede-${key}.sock`);
}

/**
 * @param {string} address
 * @param {() => string} say
 * @returns {Promise<(() => void) | undefined>}
 */
function listen(address, say) {
  return new Promise((resolve, reject) => {
    const server = createServer((socket) => socket.on('error', () => {}).end(say()));
    server.once('error', (error) => {
      if (/** @type {NodeJS.ErrnoException} */ (error).code === 'EADDRINUSE') resolve(undefined);
      else reject(error);
    });
    server.listen(address, () => resolve(() => void server.close()));
    server.unref();
  });
}

/**
 * @param {string} address
 * @returns {Promise<string | undefined>} undefined when nobody holds it
 */
function ask(address) {
  return new Promise((resolve) => {
    let answer = '';
    const socket = connect(address);
    socket.on('data', (part) => (answer += part));
    socket.on('end', () => resolve(answer));
    socket.on('error', () => resolve(undefined));
  });
}
