import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  addDays,
  dayInAmsterdam,
  daysLeft,
  endOfDayAmsterdam,
  instantInAmsterdam,
  isOver,
  isPublicHoliday,
  isWorkingDay,
  nextWorkingDay,
  termEnd,
} from '#domain/terms.ts';

const anyDay = fc
  .date({ min: new Date('2000-01-01T00:00:00Z'), max: new Date('2099-12-31T00:00:00Z'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));

describe('a time of day in the Netherlands', () => {
  test.each([
    ['2026-01-15', '09:00', '2026-01-15T08:00:00.000Z'],
    ['2026-07-15', '09:00', '2026-07-15T07:00:00.000Z'],
    ['2026-07-15', '09:00:30', '2026-07-15T07:00:30.000Z'],
    ['2026-07-15', '00:30', '2026-07-14T22:30:00.000Z'],
    ['2026-03-29', '01:30', '2026-03-29T00:30:00.000Z'],
    ['2026-03-29', '03:30', '2026-03-29T01:30:00.000Z'], // after the clock went forward
    ['2026-10-25', '03:30', '2026-10-25T02:30:00.000Z'], // after it went back
  ])('%s %s', (day, time, instant) => {
    expect(instantInAmsterdam(day, time).toISOString()).toBe(instant);
  });

  test('has to exist', () => {
    expect(() => instantInAmsterdam('2026-02-30', '09:00')).toThrow(RangeError);
    expect(() => instantInAmsterdam('2026-02-28', '25:00')).toThrow(RangeError);
  });
});

describe('a term ends at 23:59:59 Dutch time', () => {
  test.each([
    ['2026-01-15', '2026-01-15T22:59:59.000Z'], // winter
    ['2026-07-15', '2026-07-15T21:59:59.000Z'], // summer
    ['2026-03-28', '2026-03-28T22:59:59.000Z'], // the night before the clock goes forward
    ['2026-03-29', '2026-03-29T21:59:59.000Z'],
    ['2026-10-24', '2026-10-24T21:59:59.000Z'],
    ['2026-10-25', '2026-10-25T22:59:59.000Z'], // the day the clock went back
    ['2028-02-29', '2028-02-29T22:59:59.000Z'],
  ])('%s', (day, instant) => {
    expect(endOfDayAmsterdam(day).toISOString()).toBe(instant);
  });

  test('every day ends a second before the next begins', () => {
    fc.assert(
      fc.property(anyDay, (day) => {
        const end = endOfDayAmsterdam(day);
        expect(dayInAmsterdam(end)).toBe(day);
        expect(dayInAmsterdam(new Date(end.getTime() + 1000))).toBe(addDays(day, 1));
      }),
    );
  });

  test('its last second belongs to it whole', () => {
    const end = endOfDayAmsterdam('2026-11-22');
    expect(isOver(end, end)).toBe(false);
    expect(isOver(end, new Date(end.getTime() + 999))).toBe(false);
    expect(isOver(end, new Date(end.getTime() + 1000))).toBe(true);
  });

  test.each(['2026-02-30', '2026-13-01', '2026-1-1', '', '26-01-01', '2026-01-01T00:00:00Z'])('%j is no day', (day) => {
    expect(() => endOfDayAmsterdam(day)).toThrow(RangeError);
  });

  test('days are whole', () => {
    expect(() => addDays('2026-01-01', 1.5)).toThrow(RangeError);
    expect(() => dayInAmsterdam(new Date(Number.NaN))).toThrow(RangeError);
  });
});

describe('a term counted in days', () => {
  const ends = (start: string, days: number) => dayInAmsterdam(termEnd(new Date(start), days));

  test('counts from the day it is in the Netherlands', () => {
    expect(ends('2026-11-23T12:00:00Z', 14)).toBe('2026-12-07');
    expect(ends('2026-11-23T23:30:00Z', 14)).toBe('2026-12-08'); // already the 24th in Amsterdam
    expect(ends('2026-06-30T22:30:00Z', 1)).toBe('2026-07-02');
  });

  test.each([
    ['Saturday', '2026-11-20T09:00:00Z', 1, '2026-11-23'],
    ['Sunday', '2026-11-20T09:00:00Z', 2, '2026-11-23'],
    ['New Year’s Day', '2025-12-31T09:00:00Z', 1, '2026-01-02'],
    ['Good Friday and the whole of Easter', '2026-04-01T09:00:00Z', 2, '2026-04-07'],
    ['King’s Day', '2026-04-26T09:00:00Z', 1, '2026-04-28'],
    ['5 May', '2026-05-04T09:00:00Z', 1, '2026-05-06'],
    ['Ascension Day', '2026-05-13T09:00:00Z', 1, '2026-05-15'],
    ['Whit Monday', '2026-05-24T09:00:00Z', 1, '2026-05-26'],
    ['Christmas before a weekend', '2026-12-24T09:00:00Z', 1, '2026-12-28'],
  ])('ending on %s runs on to the next working day', (_, start, days, expected) => {
    expect(ends(start, days)).toBe(expected);
  });

  test('days left: 0 on the last day, negative afterwards, also over a change of the clock', () => {
    const end = endOfDayAmsterdam('2026-10-26');
    expect(daysLeft(end, new Date('2026-10-24T22:30:00Z'))).toBe(1);
    expect(daysLeft(end, new Date('2026-10-26T08:00:00Z'))).toBe(0);
    expect(daysLeft(end, new Date('2026-10-26T23:00:00Z'))).toBe(-1);
  });

  test('always ends on a working day, never before the days are over', () => {
    fc.assert(
      fc.property(anyDay, fc.nat(400), (day, days) => {
        const last = dayInAmsterdam(termEnd(endOfDayAmsterdam(day), days));
        expect(isWorkingDay(last)).toBe(true);
        expect(last >= addDays(day, days)).toBe(true);
        expect(last <= addDays(day, days + 5)).toBe(true);
      }),
    );
  });
});

describe('Dutch public holidays (Algemene termijnenwet, article 3)', () => {
  // Easter Sundays as published; 1981 and 2076 are the calendar’s latest, 2008 and 2285 its early ones.
  test.each([
    '1981-04-19',
    '2000-04-23',
    '2008-03-23',
    '2016-03-27',
    '2024-03-31',
    '2025-04-20',
    '2026-04-05',
    '2038-04-25',
    '2049-04-18',
    '2076-04-19',
    '2285-03-22',
  ])('Easter of %s moves four of them', (easter) => {
    for (const days of [-2, 1, 39, 50]) expect(isPublicHoliday(addDays(easter, days)), `${days}`).toBe(true);
    const year = easter.slice(0, 4);
    const all = Array.from({ length: 366 }, (_, day) => addDays(`${year}-01-01`, day));
    const distinct = all.filter((day) => day.startsWith(year) && isPublicHoliday(day));
    const onFixedDay = [-2, 1, 39, 50].map((days) => addDays(easter, days).slice(5));
    const coinciding = onFixedDay.filter((day) => day === '04-27' || day === '05-05').length;
    expect(distinct).toHaveLength(9 - coinciding);
  });

  test('King’s Day is the 26th when the 27th is a Sunday', () => {
    expect([isPublicHoliday('2025-04-26'), isPublicHoliday('2025-04-27')]).toEqual([true, false]);
    expect([isPublicHoliday('2026-04-26'), isPublicHoliday('2026-04-27')]).toEqual([false, true]);
  });

  test('a working day is itself the next one', () => {
    expect(nextWorkingDay('2026-11-23')).toBe('2026-11-23');
    expect(nextWorkingDay('2026-11-21')).toBe('2026-11-23');
  });
});
