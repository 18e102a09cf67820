import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

/** For each row of the table in docs/architecture.md: a file, an import that it may not have, and one that it may. */
const rows = [
  ['lib/domain/planted.ts', '#db/client.ts', './answers.ts'],
  ['lib/domain/framework-document.ts', '#db/client.ts', 'zod'],
  ['db/planted.ts', '#services/context.ts', '#domain/answers.ts'],
  ['lib/storage/planted.ts', '#services/context.ts', '#lib/env.ts'],
  ['lib/i18n/planted.ts', '#db/client.ts', '#domain/answers.ts'],
  ['lib/reports/planted.ts', '#services/context.ts', '#domain/scoring.ts'],
  ['lib/services/reviews/planted.ts', '#lib/auth/current-session.ts', '#db/client.ts'],
  ['lib/auth/planted.ts', '#db/client.ts', '#services/context.ts'],
  ['lib/jobs/planted.ts', '#db/client.ts', '#services/context.ts'],
  ['lib/action.ts', '#db/client.ts', '#services/errors.ts'],
  ['components/ui/planted.tsx', '#domain/answers.ts', './button.tsx'],
  ['components/review/planted.tsx', '#components/assessment/outline.tsx', '#components/ui/button.tsx'],
  ['components/review/planted/planted.tsx', '../../assessment/row.tsx', '../verdict-form.tsx'],
  ['components/score/planted.tsx', '#domain/framework-document.ts', '#domain/framework.ts'],
  ['components/frame/planted.tsx', '#lib/action.ts', '../ui/button.tsx'],
  ['app/planted/page.tsx', 'drizzle-orm', '#services/context.ts'],
  ['app/planted/actions.ts', '#db/client.ts', '../frame.tsx'],
] as const;

const folder = realpathSync(mkdtempSync(join(tmpdir(), 'trede-boundaries-')));
let refused: Set<string>;

beforeAll(() => {
  cpSync('biome.json', join(folder, 'biome.json'));
  for (const [path, forbidden, allowed] of rows) {
    plant(join('forbidden', path), forbidden);
    plant(join('allowed', path), allowed);
  }
  refused = new Set([...refusedIn('forbidden'), ...refusedIn('allowed')]);
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('the arrows between the parts of the house run one way', () => {
  it.each(rows)('%s may not import %s', (path) => expect(refused).toContain(join('forbidden', path)));
  it.each(rows)('%s, other than %s, may import %s', (path) => expect(refused).not.toContain(join('allowed', path)));
});

function plant(path: string, imported: string) {
  mkdirSync(join(folder, dirname(path)), { recursive: true });
  writeFileSync(join(folder, path), `import { planted } from '${imported}';\n\nexport const used = planted;\n`);
}

function refusedIn(kind: string): string[] {
  cpSync(join(folder, 'biome.json'), join(folder, kind, 'biome.json'));
  const biome = join(process.cwd(), 'node_modules', '.bin', 'biome');
  const args = ['lint', '--vcs-enabled=false', '--reporter=github', '--max-diagnostics=none', '.'];
  const { stdout, stderr } = spawnSync(biome, args, { cwd: join(folder, kind), encoding: 'utf8' });
  const lines = (stdout + stderr).split('\n').filter((line) => line.includes('noRestrictedImports'));
  return lines.flatMap((line) => {
    const file = /file=([^,]+)/.exec(line)?.[1];
    return file ? [relative(folder, file)] : [];
  });
}
