import { expect, test } from 'vitest'
import { csvCell, csvLine } from './csv.ts'

test('a cell that a spreadsheet would run gets an apostrophe', () => {
  for (const evil of ['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '  =cmd|x', '＝1', '\r=1'])
    expect(csvCell(evil).replaceAll('"', '').startsWith("'"), JSON.stringify(evil)).toBe(true)
  for (const plain of ['Łódź', '2026-11-21', 'a=b', '{"a":1}'.slice(1), '']) expect(csvCell(plain).startsWith("'")).toBe(false)
})

test('quotes, commas and line ends are quoted as RFC 4180 says', () => {
  expect(csvLine(['a "b"', 'c,d', 'e\nf', 'g'])).toBe('"a ""b""","c,d","e\nf",g\r\n')
})
