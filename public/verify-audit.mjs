// node verify-audit.mjs trail.ndjson|trail.csv [SEQ:HASH]   Checks an exported Clearmark audit trail. Needs Node 18 and nothing else.
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'

const [file, noted = ''] = process.argv.slice(2)
const text = readFileSync(file, 'utf8').replace(/^\uFEFF/, '')
const cells = (csv) => [...csv.matchAll(/("(?:[^"]|"")*"|[^,\r\n]*)(,|\r?\n|$)/g)].reduce((rows, [, cell, end]) => {
  rows.at(-1).push(cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell)
  if (end !== ',') rows.push([])
  return rows
}, [[]])
const fromCsv = () => {
  const [head, ...rows] = cells(text)
  return rows.filter((row) => row.length === head.length).map((row) => Object.fromEntries(head.map((name, i) => [name, row[i]])))
}
const rows = text.startsWith('{') ? text.trim().split('\n').map((line) => JSON.parse(line)) : fromCsv()
const fail = (row, why) => { console.log(`FAULT in row ${row.seq}: ${why}`); process.exit(1) }

let before = null
for (const row of rows) {
  if (before && BigInt(row.seq) !== BigInt(before.seq) + 1n) fail(row, `the row before it is ${before.seq}: rows are missing or out of order`)
  if (before && row.prev_hash !== before.hash) fail(row, 'it does not name the hash of the row before it')
  if (createHash('sha256').update(`${row.prev_hash}\n${row.body}`).digest('hex') !== row.hash) fail(row, 'its text does not give its hash')
  if (noted.startsWith(`${row.seq}:`) && noted !== `${row.seq}:${row.hash}`) fail(row, 'its hash is not the one that was noted: the trail was written anew')
  before = row
}
if (!before) { console.log('FAULT: there are no rows in this file'); process.exit(1) }
if (noted && BigInt(noted.split(':')[0]) > BigInt(before.seq)) fail(before, `the file ends before the noted row ${noted.split(':')[0]}`)
console.log(`OK: rows ${rows[0].seq} to ${before.seq} (${rows.length}) hang together. Last: ${before.seq}:${before.hash}`)
