import { defineConfig } from 'vitest/config'

/** The unit tests of the rules of rights, for mutation testing: the same cases in each run, and no search for a small one. */
export default defineConfig({
  test: {
    include: ['services/rights/rules/**/*.test.ts'],
    setupFiles: ['scripts/mutate.setup.ts'],
    env: { RIGHTS_CASES: '60' },
    testTimeout: 60_000,
  },
})
