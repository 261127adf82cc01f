/**
 * `npm run audit:verify [-- --house ID] [--noted SEQ:HASH]`: walk the audit trail from its first row to its head. Ends with 1
 * where a row is wrong, and says which one and why. `--noted` compares with a head that a printed report names.
 */
import { parseArgs } from 'node:util'
import { verifyChain } from '#services/compliance/chain.ts'
import { forEachHouse, say } from './for-each-house.ts'

const { values } = parseArgs({ options: { house: { type: 'string' }, noted: { type: 'string' } } })
const notedParts = values.noted === undefined ? null : /^(\d+):([0-9a-f]{64})$/.exec(values.noted)
if (values.noted !== undefined && !notedParts) {
  process.stderr.write('--noted wants SEQ:HASH, as a report prints it, e.g. 1042:9f86d0…\n')
  process.exit(2)
}
const noted = notedParts ? { seq: BigInt(notedParts[1] as string), hash: notedParts[2] as string } : undefined

await forEachHouse({ house: values.house, to: 'verify' }, async (db, house) => {
  const started = process.hrtime.bigint()
  const { checked, head, fault } = await verifyChain({ db }, house.id, noted)
  const seconds = Number(process.hrtime.bigint() - started) / 1e9
  say(`${house.name} (${house.id})`)
  say(
    `  checked  ${checked} rows in ${seconds.toFixed(1)} s: hash of each row, link to the row before, numbers without gap, columns equal to the sealed text, head`,
  )
  if (head) say(`  head     ${head.seq}:${head.hash}`)
  if (fault) {
    say(`  FAULT    row ${fault.seq}${fault.factId ? ` (fact ${fault.factId})` : ''}: ${fault.kind}, ${fault.why}`)
    process.exitCode = 1
  } else say('  whole    the trail is as it was written')
})
