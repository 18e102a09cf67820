import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const empty = fileURLToPath(new URL('./server-only.ts', import.meta.url));

/** They draw whole reports: each costs seconds, and what they hold of the core the others hold too. */
const reports = ['downloads', 'receipt-report', 'sector-report', 'release-attack-whole'];

/** What `npm run mutate` asks: the unit and property tests, where the core says what it promises, without a database. */
export default defineConfig({
  resolve: { alias: { 'server-only': empty } },
  test: {
    include: ['tests/unit/**/*.test.ts'],
    exclude: reports.map((name) => `tests/unit/${name}.test.ts`),
    testTimeout: 60_000,
  },
});
