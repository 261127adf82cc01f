/**
 * `npm run rights:replay [-- --since DATE] [--asset ID] [--house ID]`: ask every decision that let money or bytes move once
 * more, on exactly what was known then. Prints each difference and ends with 1 where there is one.
 */
import { parseArgs } from 'node:util'
import { replayDeliveries } from '#services/delivery/replay.ts'
import { replayDecisions } from '#services/rights/replay.ts'
import { forEachHouse, say } from './for-each-house.ts'

const { values } = parseArgs({ options: { since: { type: 'string' }, asset: { type: 'string' }, house: { type: 'string' } } })
const since = values.since === undefined ? undefined : new Date(values.since)
if (since && Number.isNaN(since.getTime())) {
  process.stderr.write('--since wants a day or an instant, e.g. 2026-11-01 or 2026-11-01T09:00:00Z\n')
  process.exit(2)
}

await forEachHouse({ house: values.house, to: 'replay' }, async (db, house) => {
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
})
