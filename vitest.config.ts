import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const empty = fileURLToPath(new URL('./tests/support/server-only.ts', import.meta.url));

export default defineConfig({
  resolve: { alias: { 'server-only': empty } },
  test: {
    coverage: {
      provider: 'v8',
      include: ['lib/domain/**/*.ts'],
      reporter: ['text-summary'],
      thresholds: { branches: 100 },
    },
    projects: [
      { extends: true, test: { name: 'unit', include: ['tests/unit/**/*.test.ts'] } },
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
