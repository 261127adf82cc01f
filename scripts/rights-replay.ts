/**
 * `npm run rights:replay [-- --since DATE] [--asset ID] [--house ID]`: ask every decision that let money or bytes move once
 * more, on exactly what was known then. Prints each difference and ends with 1 where there is one.
 */
import { parseArgs } from 'node:util'
import { replayDeliveries } from '#services/delivery/replay.ts'
import { connect } from '#services/platform/db.ts'
import { replayDecisions } from '#services/rights/replay.ts'
import { startLocalDatabase, stopLocalDatabase } from './local-database.ts'

const { values } = parseArgs({ options: { since: { type: 'string' }, asset: { type: 'string' }, house: { type: 'string' } } })
const since = values.since === undefined ? undefined : new Date(values.since)
if (since && Number.isNaN(since.getTime())) {
  process.stderr.write('--since wants a day or an instant, e.g. 2026-11-01 or 2026-11-01T09:00:00Z\n')
  process.exit(2)
}
const say = (line: string): void => void process.stdout.write(`${line}\n`)

// Without DATABASE_URL the demo's own database is meant; it is started for the walk and stopped again where it did not run.
const demo = '.local/demo/postgres'
const local = process.env.DATABASE_URL ? null : await startLocalDatabase(demo)
const db = connect(local?.url('clearmark') ?? (process.env.DATABASE_URL as string), 2)
try {
  const houses = await db.organisation.findMany({
    where: { kind: 'OWNER', ...(values.house ? { id: values.house } : {}) },
    select: { id: true, name: true },
    orderBy: { id: 'asc' },
  })
  if (houses.length === 0) {
    say(values.house ? `There is no house ${values.house}.` : 'There is no house in this database: nothing to replay.')
    process.exitCode = values.house ? 2 : 0
  }
  for (const house of houses) {
    const started = process.hrtime.bigint()
    const ctx = { db, actor: { kind: 'system', houseId: house.id, name: 'rights:replay' } } as const
    const asked = { since, assetId: values.asset }
    say(`${house.name} (${house.id})`)
    const decisions = await replayDecisions(ctx, asked, ({ decisionId, at, assetId, purpose, why, was, is }) =>
      say(`  DIFFERS  ${decisionId} ${purpose} of ${assetId} at ${at.toISOString()}: ${why}\n           was ${was}\n           is  ${is}`),
    )
    const deliveries = await replayDeliveries(ctx, asked, ({ deliveryId, at, licenceId, why }) =>
      say(`  DIFFERS  ${deliveryId} under ${licenceId} at ${at.toISOString()}: ${why}`),
    )
    const seconds = Number(process.hrtime.bigint() - started) / 1e9
    say(`  decisions   ${decisions.asked} asked again, ${decisions.same} give the same answer, ${decisions.differ} differ`)
    if (decisions.otherEngine > 0)
      say(
        `              ${decisions.otherEngine} were made by rules of another version: their rows are whole, their answers were not asked again`,
      )
    say(`  deliveries  ${deliveries.asked} asked again, ${deliveries.same} were allowed, ${deliveries.differ} differ`)
    say(`  in ${seconds.toFixed(1)} s`)
    if (decisions.differ + deliveries.differ > 0) process.exitCode = 1
  }
} finally {
  await db.$disconnect()
  if (local?.started) stopLocalDatabase(demo)
}
