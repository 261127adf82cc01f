import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { industries } from '../../rights/rules/vocabulary/industries.ts'
import { industryNames } from '../../rights/rules/vocabulary/industry-names.ts'
import { mediaNames } from '../../rights/rules/vocabulary/media-names.ts'
import { media } from '../../rights/rules/vocabulary/media.ts'
import { territories } from '../../rights/rules/vocabulary/territories.ts'
import { territoryNames } from '../../rights/rules/vocabulary/territory-names.ts'
import { columnNames, columns } from './columns.ts'
import { readHeader } from './header.ts'
import { readLine, type Given } from './line.ts'

const zone = 'Europe/Berlin'
const given: Given = { asset: 'ast_1', media: 'web-banner', territory: 'DE', from: '2027-01-01' }
const termsOf = (fields: Given) => {
  const read = readLine({ ...given, ...fields }, zone)
  if (!read.ok) throw new Error(JSON.stringify(read.complaints))
  return read.terms
}
const complaintsOf = (fields: Given) => {
  const read = readLine({ ...given, ...fields }, zone)
  return read.ok ? [] : read.complaints.map(({ column, message }) => `${column}: ${message}`)
}

describe('a planned use', () => {
  test('needs little: the rest has a plain meaning', () => {
    expect(termsOf({})).toEqual({
      media: ['web-banner'],
      territory: { include: ['DE'] },
      industry: 'ALL',
      from: '2027-01-01',
      until: null,
      zone,
      exclusive: false,
    })
  })

  test.each([
    ['DE|AT|CH', ['DE', 'AT', 'CH']],
    ['DE AT  CH', ['DE', 'AT', 'CH']],
    ['DE, AT;CH', ['DE', 'AT', 'CH']],
    ['germany|Österreich', undefined],
    ['Germany, Austria', ['DE', 'AT']],
    ['United Kingdom', undefined],
    ['de', ['DE']],
    ['worldwide', ['WORLD']],
  ])('lists places as %s', (territory, include) => {
    const read = readLine({ ...given, territory }, zone)
    if (include) expect(read).toMatchObject({ ok: true, terms: { territory: { include } } })
    // Either it is a name in English, or the complaint says which cell it is.
    else if (!read.ok) expect(read.complaints[0]?.column).toBe('territory')
  })

  test('takes places out again, in their own column or behind “except”', () => {
    expect(termsOf({ territory: 'WORLD', except: 'JP CN' }).territory).toEqual({ include: ['WORLD'], except: ['JP', 'CN'] })
    expect(termsOf({ territory: 'WORLD except JP' }).territory).toEqual({ include: ['WORLD'], except: ['JP'] })
    expect(complaintsOf({ territory: 'WORLD except JP', except: 'CN' })[0]).toMatch(/^except: .*behind “except” in territory already/)
    expect(complaintsOf({ territory: 'DE', except: 'DE' })[0]).toMatch(/Nothing is left/)
    expect(complaintsOf({ territory: 'WORLD', except: 'Japn' })).toEqual([expect.stringMatching(/^except: .*Did you mean/)])
  })

  test('understands every code and every English name', () => {
    const all = [
      ['media', media, mediaNames],
      ['territory', territories, territoryNames],
      ['industry', industries, industryNames],
    ] as const
    for (const [column, words, names] of all)
      for (const code of [
        words.all,
        ...words.branches.map((branch) => branch.code),
        ...words.groups,
        ...words.leaves.map((leaf) => leaf.code),
      ])
        for (const writing of [code, names[code] ?? code]) expect(complaintsOf({ [column]: writing }), `${column} ${writing}`).toEqual([])
  })

  test.each<[Given, RegExp]>([
    [{ asset: ' ' }, /^asset: .*needed/],
    [{ media: '' }, /^media: .*needed/],
    [{ media: 'billbord' }, /^media: .*Did you mean billboard/],
    [{ territory: 'Atlantis' }, /^territory: There is no territory “Atlantis”/],
    [{ industry: 'fod' }, /^industry: .*Did you mean food/],
    [{ from: '' }, /^from: .*needed/],
    [{ from: '01.02.2027' }, /^from: Write the day as 2027-02-01/],
    [{ from: '2027-02-30' }, /^from: There is no such day/],
    [{ until: '2026-12-31' }, /^until: .*before the first/],
    [{ exclusive: 'maybe' }, /^exclusive: Say yes or no/],
    [{ asset: '=cmd|calc' }, /^asset: .*formula/],
    [{ reference: 'a\0b' }, /^reference: .*NUL/],
  ])('says what to do about %j', (fields, message) => expect(complaintsOf(fields)[0]).toMatch(message))

  test('says everything that is wrong at once, a sentence a cell', () => {
    expect(complaintsOf({ media: 'x', territory: 'y', from: 'z', exclusive: '?' })).toHaveLength(4)
  })

  test('is total: any cells give terms or complaints', () =>
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...columnNames), fc.string({ unit: 'binary', maxLength: 60 })), (cells) => {
        const read = readLine(cells, zone)
        expect(read.ok || read.complaints.length > 0).toBe(true)
      }),
      { numRuns: 500 },
    ))
})

describe('the first row', () => {
  const read = (...cells: string[]) => readHeader(1, cells)
  test('names columns in any order, in any spelling that people use', () => {
    expect(read('Until', ' FIRST DAY', 'Country', 'Medium', 'Picture', '', '')).toEqual({
      ok: true,
      names: ['until', 'from', 'territory', 'media', 'asset'],
    })
    expect(read(...columnNames)).toEqual({ ok: true, names: [...columnNames] })
  })
  test('says all that is wrong with it, by the letters of a spreadsheet', () => {
    expect(read('asset', 'mdia', '', 'asset', 'from')).toMatchObject({
      ok: false,
      faults: [
        { row: 1, column: 'B', message: expect.stringContaining('Did you mean media?') as string },
        { column: 'C', message: expect.stringContaining('no name') as string },
        { column: 'D', message: expect.stringContaining('twice') as string },
        { column: 'media', message: expect.stringContaining('missing') as string },
        { column: 'territory', message: expect.stringContaining('missing') as string },
      ],
    })
    expect(read('ast_1', 'social', 'DE')).toMatchObject({
      ok: false,
      faults: [{ column: 'A', message: expect.stringContaining('must name the columns') as string }],
    })
  })
  test('no name of a column is another’s', () => {
    const all = columns.flatMap(({ name, also }) => [name, ...also])
    expect(new Set(all).size).toBe(all.length)
  })
  test('the template’s example can be asked', () => {
    expect(readLine(Object.fromEntries(columns.map(({ name, example }) => [name, example])), zone).ok).toBe(true)
  })
})
