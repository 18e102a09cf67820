import { customType, timestamp, uuid } from 'drizzle-orm/pg-core';

/** An instant, to the millisecond, as JavaScript and PostgreSQL both keep it. */
export const instant = (name: string) => timestamp(name, { withTimezone: true, mode: 'date', precision: 3 });

/** A key that the caller makes, so that a repeated request finds its own row. */
export const key = (name = 'id') => uuid(name).primaryKey();

export const bytes = customType<{ data: Uint8Array; driverData: Buffer }>({
  dataType: () => 'bytea',
  toDriver: (value) => Buffer.from(value),
});
