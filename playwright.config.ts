import { defineConfig } from '@playwright/test';

/** Run by the test command, which has built, started the cluster and found the browser. */
export default defineConfig({
  testDir: 'tests/e2e',
  // Journeys wait for each other more than they compute: a third one fills what two leave of two cores.
  workers: 3,
  fullyParallel: false,
  forbidOnly: true,
  // A machine that builds for others can be slow once: a second try is shown as such, and a third there is not.
  retries: process.env.CI ? 1 : 0,
  timeout: 90_000,
  expect: { timeout: 10_000 },
  reporter: [['line'], ['json', { outputFile: 'test-results/e2e.json' }]],
  use: {
    // Without it an action waits as long as the whole test may take.
    actionTimeout: 15_000,
    navigationTimeout: 30_000,
    locale: 'nl-NL',
    timezoneId: 'Europe/Amsterdam',
    viewport: { width: 1440, height: 900 },
    // Recording every page costs a third of the time; a test that failed once is recorded in its second try.
    trace: 'on-first-retry',
    launchOptions: {
      executablePath: process.env.TREDE_TEST_BROWSER,
      args: JSON.parse(process.env.TREDE_TEST_BROWSER_ARGS ?? '[]'),
    },
  },
});
