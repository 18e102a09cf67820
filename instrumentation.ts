/** Runs once when the server starts: wrong settings, or a database login with too much power, stop it at once. */
export async function register() {
  if (process.env.NEXT_RUNTIME !== 'nodejs') return;
  const { checkStart } = await import('#services/check-start.ts');
  try {
    await checkStart();
  } catch (error) {
    process.stderr.write(`Trede does not start: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  }
}
