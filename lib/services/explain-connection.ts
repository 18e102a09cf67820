import 'server-only';

/**
 * Says in one line which setting a failed connection comes from; without its value, which holds a password.
 * @param variable the name of the setting
 */
export function explainConnection(error: unknown, variable: string): Error {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  const because = sentences[code];
  return because
    ? new Error(`${variable} is not right: ${because} (${code}).`)
    : cause instanceof Error
      ? cause
      : new Error(String(cause));
}

const refused = 'the database refuses this login or its password';
const silent = 'no database answers at this address';

/** Codes of PostgreSQL (SQLSTATE), of the driver and of the operating system. */
const sentences: Readonly<Record<string, string>> = {
  '28P01': refused,
  '28000': refused,
  '3D000': 'there is no such database',
  '42501': 'this login has no right to this database',
  ECONNREFUSED: silent,
  ECONNRESET: silent,
  ENOTFOUND: silent,
  EAI_AGAIN: silent,
  EHOSTUNREACH: silent,
  ENETUNREACH: silent,
  ETIMEDOUT: silent,
  CONNECT_TIMEOUT: silent,
  CONNECTION_CLOSED: silent,
};
