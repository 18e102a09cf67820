import { DrizzleQueryError } from 'drizzle-orm';

/**
 * A statement that failed, without the values that it carried: an error ends in the log of the server, where nothing belongs
 * that a person typed, and no hash of a token. `cause` tells the code of PostgreSQL, and the constraint or table it is about.
 */
class StatementFailure extends Error {
  constructor({ query, cause }: DrizzleQueryError) {
    const { code, constraint_name, table_name } = (cause ?? {}) as Record<string, unknown>;
    super(`a statement failed: ${query}`, {
      cause: Object.assign(new Error(cause?.message), { code, constraint_name, table_name }),
    });
    this.name = 'StatementFailure';
  }
}

/** What may leave a transaction in place of an error. */
export const withoutValues = (error: unknown): unknown =>
  error instanceof DrizzleQueryError ? new StatementFailure(error) : error;
