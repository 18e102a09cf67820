import { describe, expect, test } from 'vitest';
import { quotaState, roomFault } from '#domain/evidence-quota.ts';
import { locatorPage } from '#domain/locator-page.ts';

describe('the page that a place names', () => {
  test.each([
    ['blz. 4–7', 4],
    ['blz 12', 12],
    ['bladzijde 11', 11],
    ['Bladzijden 3 en 9', 3],
    ['pagina 8', 8],
    ["pagina's 8-9", 8],
    ['p. 3', 3],
    ['pp. 31–40', 31],
    ['page 2, second paragraph', 2],
    ['hoofdstuk 2 (blz.6)', 6],
    ['4', 4],
    ['4–7', 4],
    ['4 t/m 7', 4],
  ])('%s', (locator, page) => expect(locatorPage(locator)).toBe(page));

  test.each(['', 'paragraaf 3.2', 'blad Uitkomsten, rij 4–38', 'par. 4', 'stap 12', 'blz. 0', 'blz. 12a', 'hele stuk'])(
    'none in “%s”',
    (locator) => expect(locatorPage(locator)).toBeNull(),
  );
});

describe('the room for evidence', () => {
  const quota = { count: 10, assessment: 100, organisation: 150 };

  test('lets the last byte and the last piece in', () => {
    expect(roomFault({ count: 9, assessment: 90, organisation: 140 }, quota, 10)).toBeNull();
  });

  test('names what is full, the nearest first', () => {
    expect(roomFault({ count: 10, assessment: 0, organisation: 0 }, quota, 1)).toBe('too_many_files');
    expect(roomFault({ count: 1, assessment: 100, organisation: 150 }, quota, 1)).toBe('assessment_full');
    expect(roomFault({ count: 1, assessment: 10, organisation: 150 }, quota, 1)).toBe('organisation_full');
  });

  test('is nearly full from nine tenths', () => {
    expect([0, 89, 90, 99, 100, 101].map((used) => quotaState(used, 100))).toEqual([
      'free',
      'free',
      'nearly',
      'nearly',
      'full',
      'full',
    ]);
    expect(quotaState(0, 0)).toBe('full');
  });
});
