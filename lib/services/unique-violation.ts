/** Whether a write failed because another row holds this unique name; drizzle wraps the server's own error. */
export function isUniqueViolation(error: unknown, constraint: string): boolean {
  const cause = error instanceof Error ? (error.cause ?? error) : error;
  if (typeof cause !== 'object' || cause === null) return false;
  const { code, constraint_name: name } = cause as { code?: unknown; constraint_name?: unknown };
  return code === '23505' && name === constraint;
}
