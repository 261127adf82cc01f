import { defineConfig } from 'playwright/test'
import { browserArguments, findBrowser } from './scripts/browser.ts'

const executablePath = await findBrowser()

export default defineConfig({
  testDir: 'e2e/journeys',
  globalSetup: './e2e/house.setup.ts',
  // Journeys share one running product and have people of their own; two workers on two cores only wait for each other.
  workers: 1,
  fullyParallel: false,
  retries: process.env.CI ? 1 : 0,
  timeout: 90_000,
  expect: { timeout: 10_000 },
  outputDir: '.local/journeys',
  reporter: [['list'], ['json', { outputFile: '.local/reports/journeys.json' }]],
  use: {
    launchOptions: { executablePath, args: browserArguments },
    viewport: { width: 1280, height: 860 },
    actionTimeout: 15_000,
    navigationTimeout: 30_000,
    locale: 'en-GB',
    timezoneId: 'Europe/Berlin',
    screenshot: 'only-on-failure',
    trace: 'retain-on-failure',
  },
})
