import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { takeTurn } from '../../scripts/take-turn.mjs';

const folder = mkdtempSync(join(tmpdir(), 'trede-turn-'));
afterAll(() => rmSync(folder, { recursive: true }));

it('is one at a time in a folder, and the second hears why', async () => {
  const giveBack = await takeTurn('serve', () => 'it runs already', folder);
  await expect(takeTurn('serve', () => '', folder)).rejects.toThrow('it runs already');
  giveBack();
  (await takeTurn('serve', () => '', folder))();
});

it('does not stand in the way of another task, or of another folder', async () => {
  const held = [
    await takeTurn('serve', () => 'taken', folder),
    await takeTurn('build', () => 'taken', folder),
    await takeTurn('serve', () => 'taken', `${folder}-other`),
  ];
  for (const giveBack of held) giveBack();
});

it('waits for a holder that says nothing', async () => {
  const giveBack = await takeTurn('build', () => '', folder);
  const second = takeTurn('build', () => '', folder);
  giveBack();
  (await second)();
});

it('is free again when its holder was killed', async () => {
  const module = join(process.cwd(), 'scripts', 'take-turn.mjs');
  const script = `const { takeTurn } = await import(${JSON.stringify(module)});
    await takeTurn('serve', () => 'taken', ${JSON.stringify(folder)}); console.log('held'); setInterval(() => {}, 1000);`;
  const holder = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(holder.stdout, 'data');
  await expect(takeTurn('serve', () => '', folder)).rejects.toThrow('taken');
  holder.kill('SIGKILL');
  await once(holder, 'exit');
  (await takeTurn('serve', () => '', folder))();
});
