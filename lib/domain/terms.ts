/** A calendar day in the Netherlands, `YYYY-MM-DD`. */
export type CalendarDay = string;

const zone = 'Europe/Amsterdam';
const dayLength = 86_400_000;
const clock = new Intl.DateTimeFormat('en-GB', {
  timeZone: zone,
  hourCycle: 'h23',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
});

/** The day it is in the Netherlands at an instant. @throws RangeError for an invalid date. */
export function dayInAmsterdam(instant: Date): CalendarDay {
  return wallClock(instant.getTime()).slice(0, 10);
}

/** The instant at which a day ends: 23:59:59 Dutch time. @throws RangeError when the day does not exist. */
export function endOfDayAmsterdam(day: CalendarDay): Date {
  const wanted = Date.parse(`${dayFrom(utcOf(day))}T23:59:59Z`);
  // Clocks change at night, hours before this moment, so the offset that holds here also holds an hour around it.
  const offset = Date.parse(`${wallClock(wanted)}Z`) - wanted;
  return new Date(wanted - offset);
}

/**
 * The instant at which a clock in the Netherlands shows a time of day, `HH:MM` or `HH:MM:SS`. In the night in which clocks go forward a
 * time that is skipped is read as an hour later. @throws RangeError when the day or the time does not exist
 */
export function instantInAmsterdam(day: CalendarDay, time: string): Date {
  const wanted = Date.parse(`${dayFrom(utcOf(day))}T${time}Z`);
  const offsetAt = (instant: number) => Date.parse(`${wallClock(instant)}Z`) - instant;
  // The first guess may lie on the other side of a change of clocks; the second one does not.
  return new Date(wanted - offsetAt(wanted - offsetAt(wanted)));
}

/**
 * When a term counted in days ends: its last day is `days` after the day on which it starts, moved on to the next
 * working day when that is a weekend or a Dutch public holiday. Computed once and stored, never recomputed.
 */
export function termEnd(start: Date, days: number): Date {
  return endOfDayAmsterdam(nextWorkingDay(addDays(dayInAmsterdam(start), days)));
}

/** Whole days left: 0 on the last day itself, negative when it is over. */
export function daysLeft(end: Date, now: Date): number {
  return (utcOf(dayInAmsterdam(end)) - utcOf(dayInAmsterdam(now))) / dayLength;
}

/** Whether a term is over; its last second, 23:59:59, belongs to it whole. */
export function isOver(end: Date, now: Date): boolean {
  return now.getTime() >= end.getTime() + 1000;
}

/** The day itself when it is a working day, else the first one after it. */
export function nextWorkingDay(day: CalendarDay): CalendarDay {
  return isWorkingDay(day) ? day : nextWorkingDay(addDays(day, 1));
}

/** Neither Saturday, Sunday nor a general holiday in the sense of article 3 of the Algemene termijnenwet. */
export function isWorkingDay(day: CalendarDay): boolean {
  const weekday = new Date(utcOf(day)).getUTCDay();
  return weekday !== 0 && weekday !== 6 && !isPublicHoliday(day);
}

/**
 * General holidays of the Algemene termijnenwet, article 3: New Year's Day, Good Friday, Easter Monday, Ascension Day,
 * Whit Monday, both days of Christmas, King's Day (27 April, the 26th when that is a Sunday) and 5 May.
 */
export function isPublicHoliday(day: CalendarDay): boolean {
  const year = Number(day.slice(0, 4));
  const kingsDay = new Date(Date.UTC(year, 3, 27)).getUTCDay() === 0 ? '04-26' : '04-27';
  const fixed = ['01-01', kingsDay, '05-05', '12-25', '12-26'];
  const fromEaster = [-2, 1, 39, 50].map((days) => addDays(easter(year), days));
  return fixed.includes(day.slice(5)) || fromEaster.includes(day);
}

/** The day a number of days later. @throws RangeError when the day does not exist or the number is not whole. */
export function addDays(day: CalendarDay, days: number): CalendarDay {
  if (!Number.isInteger(days)) throw new RangeError(`not a whole number of days: ${days}`);
  return dayFrom(utcOf(day) + days * dayLength);
}

/** Easter Sunday of the Gregorian calendar (the anonymous computus of Meeus, Jones and Butcher). */
function easter(year: number): CalendarDay {
  const golden = year % 19;
  const century = Math.floor(year / 100);
  const rest = year % 100;
  const moon = (19 * golden + century - Math.floor(century / 4) - Math.floor((8 * century + 13) / 25) + 15) % 30;
  const sunday = (32 + 2 * (century % 4) + 2 * Math.floor(rest / 4) - moon - (rest % 4)) % 7;
  const shift = Math.floor((golden + 11 * moon + 22 * sunday) / 451);
  const place = moon + sunday - 7 * shift + 114;
  return dayFrom(Date.UTC(year, Math.floor(place / 31) - 1, (place % 31) + 1));
}

function utcOf(day: CalendarDay): number {
  const instant = /^\d{4}-\d{2}-\d{2}$/.test(day) ? Date.parse(`${day}T00:00:00Z`) : Number.NaN;
  if (Number.isNaN(instant) || dayFrom(instant) !== day) throw new RangeError(`no such day: ${day}`);
  return instant;
}

function dayFrom(instant: number): CalendarDay {
  return new Date(instant).toISOString().slice(0, 10);
}

/** What a clock in the Netherlands shows at an instant: `YYYY-MM-DDTHH:MM:SS`. */
function wallClock(instant: number): string {
  const part: Record<string, string> = {};
  for (const { type, value } of clock.formatToParts(instant)) part[type] = value;
  return `${part.year}-${part.month}-${part.day}T${part.hour}:${part.minute}:${part.second}`;
}
