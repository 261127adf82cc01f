/**
 * `npm run search:check [-- --house ID]`: compare the search index with what it is made of; ends with 1 where it has drifted.
 * `npm run search:rebuild [-- --house ID]`: make it anew, beside people who search and publish.
 * Where TYPESENSE_URL and TYPESENSE_API_KEY are set, the copy there too.
 */
import { parseArgs } from 'node:util'
import { findDrift, rebuildSearch } from '#services/catalog/search-index.ts'
import { findMirrorDrift, rebuildMirror } from '#services/catalog/search-mirror.ts'
import { systemClock } from '#services/platform/clock.ts'
import { jsonLog } from '#services/platform/log.ts'
import { typesenseServer } from '#services/platform/search/typesense.ts'
import { forEachHouse, say } from './for-each-house.ts'

const { values, positionals } = parseArgs({ options: { house: { type: 'string' } }, allowPositionals: true })
const [verb] = positionals
if (verb !== 'check' && verb !== 'rebuild') {
  process.stderr.write('Which? check or rebuild.\n')
  process.exit(2)
}

const { TYPESENSE_URL: url, TYPESENSE_API_KEY: apiKey, TYPESENSE_PREFIX: prefix = 'clearmark' } = process.env
const server = url && apiKey ? typesenseServer({ url, apiKey, prefix }) : null
try {
  await forEachHouse({ house: values.house, to: verb }, async (db, house) => {
    const ctx = { db, clock: systemClock, log: jsonLog('warn') }
    const started = process.hrtime.bigint()
    const seconds = () => (Number(process.hrtime.bigint() - started) / 1e9).toFixed(1)
    if (verb === 'rebuild') {
      const { entries } = await rebuildSearch(ctx, house.id)
      say(`${house.name} (${house.id}): ${entries} pictures in the index, made in ${seconds()} s`)
      if (server) {
        const made = await rebuildMirror(ctx, server, house.id)
        say(`  Typesense: ${made.ok ? `${made.value.documents} documents in ${made.value.collection}` : made.error}, after ${seconds()} s`)
        if (!made.ok) process.exitCode = 1
      }
      return
    }
    const drift = await findDrift(ctx, house.id)
    say(
      `${house.name} (${house.id}): ${drift.length === 0 ? 'the index is what the house says' : `${drift.length} differences`}, in ${seconds()} s`,
    )
    for (const { what, subject } of drift.slice(0, 50)) say(`  ${what}  ${subject}`)
    if (drift.length > 0) process.exitCode = 1
    if (!server) return
    const copied = await findMirrorDrift(ctx, server, house.id)
    say(`  Typesense: ${copied.length === 0 ? 'the copy is what the index says' : `${copied.length} differences`}, after ${seconds()} s`)
    for (const { what, subject } of copied.slice(0, 50)) say(`  ${what}  ${subject}`)
    if (copied.length > 0) process.exitCode = 1
  })
} finally {
  server?.close()
}
