import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Every page, route handler and server action in the source, as `tests/doors.ts` names them. */
export function listDoors(root = process.cwd()): string[] {
  const folder = join(root, 'app');
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((file) => file.replaceAll('\\', '/'));
  return files
    .filter((file) => /\.tsx?$/.test(file))
    .flatMap((file) => {
      const at = `app/${file}`;
      if (/(^|\/)page\.tsx?$/.test(file)) return [at];
      const source = readFileSync(join(folder, file), 'utf8');
      if (/(^|\/)route\.tsx?$/.test(file)) return exportsOf(source, /^[A-Z]+$/).map((name) => `${at}#${name}`);
      return /^\s*['"]use server['"]/m.test(source) ? exportsOf(source, /./).map((name) => `${at}#${name}`) : [];
    })
    .toSorted();
}

function exportsOf(source: string, named: RegExp): string[] {
  const found = [
    ...source.matchAll(/export (?:async )?function\*? (\w+)/g),
    ...source.matchAll(/export const (\w+)/g),
    ...[...source.matchAll(/export \{([^}]*)\}/g)].flatMap(([, list = '']) => [
      ...list.matchAll(/(\w+)(?=\s*(?:,|$))/g),
    ]),
  ];
  return found.map(([, name]) => name as string).filter((name) => named.test(name));
}
