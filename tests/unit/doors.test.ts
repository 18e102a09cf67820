import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { doors } from '../doors.ts';
import { listDoors } from '../support/list-doors.ts';

describe('the doors', () => {
  it('stand in the list, each with who may come through', () => {
    expect(doors.map(({ at }) => at).toSorted()).toEqual(listDoors());
  });

  it('lead to the verb that the list names', () => {
    const others = doors.filter(({ at, verb }) => {
      const source = withAuthentication(readFileSync(at.split('#')[0] ?? '', 'utf8'));
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

/** Signing in and out, and invitations, go through a step in `lib/auth`: its source counts with that of the door. */
function withAuthentication(source: string): string {
  const steps = [...source.matchAll(/'#(lib\/auth\/submit-[\w-]+\.ts)'/g)].map(([, path]) =>
    readFileSync(path as string, 'utf8'),
  );
  return [source, ...steps].join('\n');
}
