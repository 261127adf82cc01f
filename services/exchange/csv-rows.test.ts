import { Readable } from 'node:stream'
import { expect, test } from 'vitest'
import { csvRows } from './csv-rows.ts'

const rowsOf = async (...chunks: (string | Buffer)[]) => {
  const rows: string[] = []
  for await (const row of csvRows(Readable.from(chunks.map((chunk) => Buffer.from(chunk)))))
    rows.push('cells' in row ? `${row.no} ${row.cells.join('|')}` : `${row.no}! ${row.broken.column}: ${row.broken.message.slice(0, 24)}`)
  return rows
}

test('rows are numbered as a spreadsheet numbers them, empty ones and those with line breaks included', async () => {
  expect(await rowsOf('a,b\r\n\r\n"x\ny",2\r\n')).toEqual(['1 a|b', '3 x\ny|2'])
  expect(await rowsOf('a;b\n1;2\n')).toEqual(['1 a|b', '2 1|2'])
})

test('a letter that lies across two chunks is one letter', async () => {
  const bytes = Buffer.from('a,b\nZoë,Gdańsk\n')
  const halves = [...bytes].map((byte) => Buffer.from([byte]))
  expect(await rowsOf(...halves)).toEqual(['1 a|b', '2 Zoë|Gdańsk'])
})

test('a row that cannot be read keeps its place, and the rows behind it are read', async () => {
  expect(await rowsOf('a,b\n1,2\nx"y,3\n4,5\n')).toEqual(['1 a|b', '2 1|2', '3! A: A quotation mark stands ', '4 4|5'])
  expect(await rowsOf('a,b\n1,2\n"open,3\n4,5\n')).toEqual(['1 a|b', '2 1|2', '3! A: A quotation mark was ope'])
})

test('a row without an end is given up, not gathered', async () => {
  const rows = await rowsOf('a,b\n', `"${'x'.repeat(150_000)}`, 'x'.repeat(150_000), 'x'.repeat(150_000))
  expect(rows.at(-1)).toMatch(/^2! A: This row does not end/)
})

test('of twenty megabytes only what is asked for is read, and a little ahead', async () => {
  const chunk = Buffer.from('harbour-at-dawn.jpg,BR-14,"Brandt, Studio",yes\n'.repeat(1_400))
  const all = Math.ceil((20 * 1024 * 1024) / chunk.length)
  let sent = 0
  const source = Readable.from(
    (function* () {
      for (; sent < all; sent++) yield chunk
    })(),
    { objectMode: false },
  )
  let rows = 0
  let ahead = 0
  for await (const row of csvRows(source)) {
    rows = row.no
    ahead = Math.max(ahead, sent - rows / 1_400)
  }
  expect(rows).toBe(all * 1_400)
  expect(ahead).toBeLessThan(10)
})

test('whoever stops reading closes the file', async () => {
  const source = Readable.from(
    (function* () {
      for (;;) yield Buffer.from('a,b\n'.repeat(10_000))
    })(),
    { objectMode: false },
  )
  for await (const row of csvRows(source)) if (row.no > 5) break
  expect(source.destroyed).toBe(true)
})
