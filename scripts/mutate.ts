import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { Stryker } from '@stryker-mutator/core';
import { root } from './platform.ts';

// Breaks the core in every small way there is, one at a time, and asks the unit tests whether they notice.
process.chdir(root);
const [file = '*.ts'] = process.argv.slice(2);
const stryker = new Stryker({
  mutate: [`lib/domain/${file}`],
  testRunner: 'vitest',
  plugins: ['@stryker-mutator/vitest-runner'],
  vitest: { configFile: join('tests', 'support', 'mutation-config.ts'), related: true },
  // TypeScript 7 has no interface for programs yet; the sandbox lies inside the project, so that nothing needs rewriting.
  tsconfigFile: 'none',
  ignorePatterns: ['/.next', '/.data', '/test-results', '/docs/*.png'],
  tempDirName: join('test-results', 'mutation'),
  coverageAnalysis: 'perTest',
  concurrency: availableParallelism(),
  reporters: ['clear-text', 'json'],
  clearTextReporter: { allowColor: false, logTests: false, reportTests: false, reportScoreTable: true },
  jsonReporter: { fileName: join('test-results', 'mutation.json') },
  thresholds: { high: 95, low: 90, break: 90 },
});
await stryker.runMutationTest();
