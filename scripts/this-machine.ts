import fs from 'node:fs'
import path from 'node:path'
import { readEnv, type Env } from '#services/platform/env.ts'
import { demoDir, demoSettings } from './demo-state.ts'
import { startLocalDatabase, stopLocalDatabase } from './local-database.ts'
import { requireReady } from './readiness.ts'

/** The house that a command on this machine means: the one that the environment names, else the demo, started if it does not run. */
export async function houseOfThisMachine(): Promise<{ env: Env; close(): Promise<void> }> {
  if (process.env.DATABASE_URL) return { env: await requireReady({ built: false }), close: async () => undefined }
  if (!fs.existsSync(demoSettings)) {
    process.stderr.write('There is no house here: set DATABASE_URL and the other settings (.env.example), or start the demo once (npm run demo).\n')
    process.exit(1)
  }
  const databaseDir = path.join(demoDir, 'postgres')
  const database = await startLocalDatabase(databaseDir)
  const kept = JSON.parse(fs.readFileSync(demoSettings, 'utf8')) as Record<string, string>
  const read = readEnv({ ...kept, DATABASE_URL: database.url('clearmark') })
  if (!read.ok) throw new Error(`the demo's settings are wrong: ${read.problems.join(' ')}`)
  return {
    env: read.env,
    async close() {
      if (database.started) stopLocalDatabase(databaseDir)
    },
  }
}
