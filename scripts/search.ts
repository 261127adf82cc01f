/**
 * `npm run search:check [-- --house ID]`: compare the search index with what it is made of; ends with 1 where it has drifted.
 * `npm run search:rebuild [-- --house ID]`: make it anew, beside people who search and publish.
 */
import { parseArgs } from 'node:util'
import { findDrift, rebuildSearch } from '#services/catalog/search-index.ts'
import { systemClock } from '#services/platform/clock.ts'
import { connect } from '#services/platform/db.ts'
import { startLocalDatabase, stopLocalDatabase } from './local-database.ts'

const { values, positionals } = parseArgs({ options: { house: { type: 'string' } }, allowPositionals: true })
const [verb] = positionals
const say = (line: string): void => void process.stdout.write(`${line}\n`)
if (verb !== 'check' && verb !== 'rebuild') {
  process.stderr.write('Which? check or rebuild.\n')
  process.exit(2)
}

// Without DATABASE_URL the demo's own database is meant; it is started for the work and stopped again where it did not run.
const demo = '.local/demo/postgres'
const local = process.env.DATABASE_URL ? null : await startLocalDatabase(demo)
const db = connect(local?.url('clearmark') ?? (process.env.DATABASE_URL as string), 2)
const ctx = { db, clock: systemClock }
try {
  const houses = await db.organisation.findMany({
    where: { kind: 'OWNER', ...(values.house ? { id: values.house } : {}) },
    select: { id: true, name: true },
    orderBy: { id: 'asc' },
  })
  if (houses.length === 0) process.exitCode = 2
  for (const house of houses) {
    const started = process.hrtime.bigint()
    const seconds = () => (Number(process.hrtime.bigint() - started) / 1e9).toFixed(1)
    if (verb === 'rebuild') {
      const { entries } = await rebuildSearch(ctx, house.id)
      say(`${house.name} (${house.id}): ${entries} pictures in the index, made in ${seconds()} s`)
      continue
    }
    const drift = await findDrift(ctx, house.id)
    say(
      `${house.name} (${house.id}): ${drift.length === 0 ? 'the index is what the house says' : `${drift.length} differences`}, in ${seconds()} s`,
    )
    for (const { what, subject } of drift.slice(0, 50)) say(`  ${what}  ${subject}`)
    if (drift.length > 0) process.exitCode = 1
  }
} finally {
  await db.$disconnect()
  if (local?.started) stopLocalDatabase(demo)
}
