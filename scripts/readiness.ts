import { existsSync } from 'node:fs'
import path from 'node:path'
import { readEnv, type Env } from '#services/platform/env.ts'
import { pendingMigrations } from '#services/platform/migrations.ts'

/** Where the production build of the pages lies. */
export const serverBundle = path.resolve('build/server/index.js')

/** The environment, or the end of this process with a list of everything that is missing or unsafe. */
export async function requireReady(what: { built: boolean }): Promise<Env> {
  const read = readEnv()
  const problems = read.ok ? [] : [...read.problems]
  if (what.built && !existsSync(serverBundle)) problems.push('The product is not built: run "npm run build" first.')
  if (read.ok)
    try {
      const pending = await pendingMigrations(read.env.DATABASE_URL)
      if (pending.length) problems.push(`The database lacks ${pending.length} migration(s), first ${pending[0]}: run "npm run db:migrate".`)
    } catch (error) {
      problems.push(`DATABASE_URL: the database does not answer (${error instanceof Error ? error.message : String(error)}).`)
    }
  if (read.ok && problems.length === 0) return read.env
  process.stderr.write(`Clearmark does not start:\n${problems.map((problem) => `  - ${problem}`).join('\n')}\n.env.example explains each setting.\n`)
  process.exit(1)
}

/** Calls `stop` once, at the first wish to end: a signal, or the death of the supervisor that started this process. */
export function onEnd(stop: (why: string) => Promise<void>): void {
  let ending = false
  const end = (why: string) => {
    if (ending) return
    ending = true
    void stop(why).finally(() => process.exit(0))
  }
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => end(signal))
  process.on('disconnect', () => end('supervisor gone'))
}
