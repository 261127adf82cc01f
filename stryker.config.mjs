/**
 * Mutation testing of the rules of rights: every change of a rule must break a test (docs/decisions/060).
 * One file: `npm run mutate -- --mutate services/rights/rules/box.ts`.
 */
export default {
  testRunner: 'vitest',
  vitest: { configFile: 'scripts/mutate.vitest.ts', related: false },
  mutate: ['services/rights/rules/*.ts', '!services/rights/rules/*.test.ts'],
  coverageAnalysis: 'perTest',
  // The rules need no more than themselves and the kernel.
  ignorePatterns: ['/*', '!/package.json', '!/tsconfig.json', '!/scripts', '!/services'],
  concurrency: 2,
  timeoutMS: 8_000,
  incremental: true,
  incrementalFile: '.stryker/incremental.json',
  tempDirName: '.stryker/sandbox',
  reporters: ['clear-text', 'json'],
  jsonReporter: { fileName: '.stryker/report.json' },
  clearTextReporter: { allowColor: false, logTests: false, reportTests: false },
  thresholds: { high: 98, low: 95, break: 95 },
}
