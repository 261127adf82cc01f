import { defineConfig } from 'vitest/config'

const everywhere = ['services', 'app', 'emails', 'scripts', 'bench', 'prisma']
const temporary = 'services/testing/temporary.setup.ts'
const setupFiles = ['services/testing/silence.ts', 'app/words/catalogues.server.ts']

export default defineConfig({
  test: {
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: everywhere.map((folder) => `${folder}/**/*.test.{ts,tsx}`),
          exclude: ['**/*.db.test.{ts,tsx}', 'node_modules/**', 'build/**'],
          setupFiles,
          globalSetup: [temporary],
          testTimeout: 30_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'db',
          include: everywhere.map((folder) => `${folder}/**/*.db.test.{ts,tsx}`),
          setupFiles,
          globalSetup: [temporary, 'services/testing/postgres.setup.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
})
