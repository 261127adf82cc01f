/** A Chromium for the journeys: the one that is named, Playwright's own, the system's, or the one that npm ships. */
import { existsSync } from 'node:fs'
import path from 'node:path'
import { chromium } from 'playwright'

const onPath = (name: string): string | undefined =>
  (process.env.PATH ?? '').split(path.delimiter).map((folder) => path.join(folder, name)).find((file) => existsSync(file))

export async function findBrowser(): Promise<string> {
  if (process.env.CHROMIUM_PATH) return process.env.CHROMIUM_PATH
  const own = chromium.executablePath()
  if (own && existsSync(own)) return own
  for (const name of ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'microsoft-edge']) {
    const file = onPath(name)
    if (file) return file
  }
  if (process.platform === 'linux' && process.arch === 'x64') {
    const { default: shipped } = await import('@sparticuz/chromium')
    return shipped.executablePath()
  }
  throw new Error('No Chromium found: run "npx playwright install chromium", or set CHROMIUM_PATH.')
}

/** No sandbox of its own (it refuses to run as root) and no calls home. */
export const browserArguments = ['--no-sandbox', '--disable-dev-shm-usage', '--disable-quic', '--disable-background-networking', '--disable-component-update', '--no-first-run', '--disable-sync']
