import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const empty = fileURLToPath(new URL('./tests/support/server-only.ts', import.meta.url));

export default defineConfig({
  resolve: { alias: { 'server-only': empty } },
  test: {
    // Left to itself the runner keeps a core of two for nobody.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    coverage: {
      provider: 'v8',
      include: ['lib/domain/**/*.ts'],
      reporter: ['text-summary'],
      thresholds: { branches: 100 },
    },
    projects: [
      {
        extends: true,
        // A property is tried many times over: on a machine that is busy this takes longer than the five seconds of the runner.
        test: { name: 'unit', include: ['tests/unit/**/*.test.ts'], testTimeout: 60_000 },
      },
      {
        extends: true,
        test: {
          name: 'integration',
          include: ['tests/integration/**/*.test.ts'],
          globalSetup: ['tests/support/integration-setup.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
