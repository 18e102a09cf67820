import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { doors } from '../doors.ts';
import { listDoors } from '../support/list-doors.ts';

describe('the doors', () => {
  it('stand in the list, each with who may come through', () => {
    expect(doors.map(({ at }) => at).toSorted()).toEqual(listDoors());
  });

  it('lead to the verb that the list names', () => {
    const others = doors.filter(({ at, verb }) => {
      const source = withSteps(at.split('#')[0] ?? '');
      return verb !== null && !new RegExp(`\\b${verb}\\b`).test(source);
    });
    expect(others).toEqual([]);
  });

  it('are found wherever an action is declared', () => {
    expect(listDoors().length).toBeGreaterThan(10);
    expect(listDoors()).toEqual(
      expect.arrayContaining(['app/actions.ts#signOutAction', 'app/api/health/route.ts#GET']),
    );
  });
});

/**
 * Signing in and out, and invitations, go through a step in `lib/auth`, and a door that is opened in two ways through a
 * file beside it: its source counts with that of the door.
 */
function withSteps(file: string): string {
  const source = readFileSync(file, 'utf8');
  const steps = [...source.matchAll(/'(#lib\/auth\/submit-|\.\/)([\w-]+\.ts)'/g)].map(([, from, name]) =>
    readFileSync(from === './' ? join(dirname(file), name as string) : `lib/auth/submit-${name}`, 'utf8'),
  );
  return [source, ...steps].join('\n');
}
