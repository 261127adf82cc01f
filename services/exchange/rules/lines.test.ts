import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { csvLine } from '../../compliance/rules/csv.ts'
import { parse } from 'csv-parse/sync'
import { boxOf } from '../../rights/rules/scope.ts'
import { media } from '../../rights/rules/vocabulary/media.ts'
import { anyTerms } from '#services/testing/any-terms.ts'
import { columns } from './columns.ts'
import { readHeader } from './header.ts'
import { importStates } from './import-states.ts'
import { tableKinds, type TableKind } from './kinds.ts'
import { lexicons, stepsBetween } from './lexicon.ts'
import { readLine, type RightsLine } from './lines.ts'
import { headerOf, sameBox, termsOfBox, writeLine } from './written.ts'

const around = { zone: 'Europe/Berlin', now: new Date('2026-11-21T09:00:00Z') }
const good: Record<TableKind, Record<string, string>> = Object.fromEntries(
  tableKinds.map((kind) => [kind, Object.fromEntries(columns[kind].map(({ name, example }) => [name, example]))]),
) as Record<TableKind, Record<string, string>>
const read = (kind: TableKind, change: Record<string, string> = {}) =>
  readLine(kind, new Map(Object.entries({ ...good[kind], ...change })), around)
const complaints = (kind: TableKind, change: Record<string, string>) => {
  const outcome = read(kind, change)
  return outcome.ok ? [] : outcome.complaints.map(({ column, message }) => `${column}: ${message}`)
}

describe('a row', () => {
  test.each(tableKinds)('of the template of %s is good as it stands', (kind) => expect(read(kind)).toMatchObject({ ok: true }))

  test('is read in codes and in names, in any case, with exceptions and an open end', () => {
    const outcome = read('ACQUISITIONS', {
      media: 'Web banner or programmatic display| SOCIAL',
      territory: 'worldwide EXCEPT japan|cn',
      until: '',
      zone: '',
    })
    expect(outcome).toMatchObject({
      ok: true,
      line: {
        terms: {
          media: ['web-banner', 'social'],
          territory: { include: ['WORLD'], except: ['JP', 'CN'] },
          until: null,
          zone: 'Europe/Berlin',
        },
      },
    })
  })

  const wrong: [string, TableKind, Record<string, string>, string][] = [
    [
      'an unknown medium, with the nearest',
      'ACQUISITIONS',
      { media: 'web-baner' },
      'media: There is no medium “web-baner”. Did you mean web-banner (Web banner or programmatic display)?',
    ],
    [
      'an unknown place, with the nearest',
      'ACQUISITIONS',
      { territory: 'Germny' },
      'territory: There is no territory “Germny”. Did you mean DE (Germany)?',
    ],
    ['an unknown industry', 'ACQUISITIONS', { industry: 'qqqqqqqq' }, 'industry: There is no industry “qqqqqqqq”.'],
    ['commas between codes', 'ACQUISITIONS', { media: 'social,web-banner' }, 'with | between them, not with commas'],
    ['nothing between two |', 'ACQUISITIONS', { media: 'social||web-banner' }, 'media: There is nothing between two |.'],
    [
      'a reversed span',
      'ACQUISITIONS',
      { from: '2026-05-01', until: '2026-04-30' },
      'until: The last day is before the first (2026-05-01).',
    ],
    ['no media', 'ACQUISITIONS', { media: '' }, 'media: This cell is needed in every row. Name at least one medium, or ALL.'],
    ['nothing left of the places', 'ACQUISITIONS', { territory: 'DE except M49:150' }, 'territory: Nothing is left of the territory'],
    ['half an exception', 'ACQUISITIONS', { territory: 'WORLD except' }, 'territory: Write places before and behind “except”'],
    ['two exceptions', 'ACQUISITIONS', { territory: 'WORLD except JP except CN' }, 'territory: “except” may stand here once.'],
    ['a German date', 'ACQUISITIONS', { from: '1.3.2026' }, 'from: Write the day as 2026-03-01.'],
    ['a day that is not', 'ACQUISITIONS', { from: '2026-02-30' }, 'from: There is no such day in the calendar.'],
    ['a last day that stands for none', 'ACQUISITIONS', { until: '9999-12-31' }, 'until: Leave the cell empty where there is no end.'],
    ['a first day before any calendar', 'ACQUISITIONS', { from: '0000-01-01' }, 'from: '],
    ['a sale before any calendar', 'SALES', { sold_at: '0000-01-01T00:00Z' }, 'sold_at: No sale is so old.'],
    ['half a letter', 'ACQUISITIONS', { licensor: 'Brandt \ud800' }, 'licensor: Letters of this cell are not UTF-8.'],
    ['an American date', 'ACQUISITIONS', { from: '03/01/2026' }, 'from: Write the day as year-month-day'],
    ['a zone that is not', 'ACQUISITIONS', { zone: 'Mars/Olympus' }, 'zone: There is no such time zone.'],
    ['neither yes nor no', 'ACQUISITIONS', { sub_licensable: 'perhaps' }, 'sub_licensable: Say yes or no.'],
    ['nothing where yes or no is needed', 'ACQUISITIONS', { sub_licensable: '' }, 'sub_licensable: Say yes or no in every row.'],
    ['a formula', 'ACQUISITIONS', { contract: '=HYPERLINK("http://evil")' }, 'contract: This looks like a formula'],
    ['a text that is too long', 'ACQUISITIONS', { contract: 'x'.repeat(201) }, 'contract: At most 200 characters fit here; these are 201.'],
    ['letters that are not UTF-8', 'ACQUISITIONS', { licensor: 'M\uFFFDller' }, 'licensor: Letters of this cell are not UTF-8.'],
    ['a NUL byte', 'ACQUISITIONS', { licensor: 'M\0ller' }, 'licensor: The cell holds a NUL byte'],
    ['a control character', 'ACQUISITIONS', { licensor: 'M\x07ller' }, 'licensor: The cell holds a control character'],
    ['an unknown kind, with the nearest', 'RELEASES', { kind: 'MODLE' }, 'kind: There is no “MODLE” here. Did you mean MODEL?'],
    ['no status', 'RELEASES', { status: '' }, 'status: This cell is needed in every row: UNLIMITED'],
    ['a limited consent to nothing', 'RELEASES', { media: '' }, 'media: This cell is needed'],
    ['a child without a guardian', 'RELEASES', { minor: 'yes' }, 'guardian: For a child a guardian signs.'],
    ['a child that refuses, without a guardian', 'RELEASES', { minor: 'yes', status: 'NONE' }, 'guardian: For a child a guardian signs.'],
    [
      'a child and alcohol',
      'RELEASES',
      { minor: 'yes', guardian: 'A. Meyer', sensitive: 'alcohol' },
      'sensitive: Nothing sensitive is ever covered for a child.',
    ],
    ['a sensitive industry that is none', 'RELEASES', { sensitive: 'fashion' }, 'sensitive: Only sensitive industries'],
    ['no reason', 'RESTRICTIONS', { reason: '' }, 'reason: This cell is needed'],
    ['a sale in the future', 'SALES', { sold_at: '2027-01-01' }, 'sold_at: This lies in the future.'],
    ['an instant that is none', 'SALES', { sold_at: '2026-13-01T00:00Z' }, 'sold_at: There is no such instant.'],
    ['an unknown limit', 'SALES', { limits: 'copies=5' }, 'limits: There is no limit “copies”.'],
    ['a limit without a number', 'SALES', { limits: 'printRun=many' }, 'limits: Write each limit as name=number'],
  ]
  test.each(wrong)('is refused for %s', (_, kind, change, message) => expect(complaints(kind, change).join('\n')).toContain(message))

  test('is told everything that is wrong with it at once', () =>
    expect(complaints('ACQUISITIONS', { media: 'telepathy', from: 'soon', contract: '' })).toHaveLength(3))
  test('lets whoever refused have refused everything', () =>
    expect(read('RELEASES', { status: 'WITHDRAWN', media: '', territory: '' })).toMatchObject({
      ok: true,
      line: { terms: { media: ['ALL'], territory: { include: ['WORLD'] } } },
    }))
})

describe('the first row', () => {
  const header = (...cells: string[]) => {
    const outcome = readHeader('RESTRICTIONS', cells)
    return outcome.ok ? outcome.names : outcome.complaints.map(({ column, message }) => `${column}: ${message}`)
  }
  const all = headerOf('RESTRICTIONS')
  test('names the columns in any order and writing', () => {
    expect(header(...all)).toEqual(all)
    expect(header(...all.map((name) => ` ${name.toUpperCase().replace('_', ' ')}`), '', '')).toEqual(all)
  })
  test('is asked for where there is none', () =>
    expect(header('harbour.jpg', 'EMBARGO')[0]).toContain('A: The first row must name the columns: asset'))
  test('is refused with a column that nobody knows, twice, without a name, or missing', () => {
    const said = header(...all.filter((name) => name !== 'reason'), 'asset', 'reasn', '', 'x').join('\n')
    expect(said).toContain('L: The column asset is there twice.')
    expect(said).toContain('M: There is no column “reasn” here. Did you mean reason?')
    expect(said).toContain('N: This column has no name.')
    expect(said).toContain('O: There is no column “x” here.')
    expect(said).toContain('reason: The column reason is missing.')
  })
})

test('a word is near to another by letters put in, taken out, changed or swapped', () => {
  expect(stepsBetween('scoial', 'social', 3)).toBe(1)
  expect(stepsBetween('', 'abc', 3)).toBe(3)
  expect(stepsBetween('abc', 'xyz', 2)).toBeUndefined()
  expect(lexicons.territory.nearestTo('zzzzzzzzzz')).toBeUndefined()
})

test('an import ends in one of three ways, from each state', () => {
  expect(importStates.whence('apply')).toEqual(['CHECKED'])
  expect(importStates.whence('drop')).toEqual(['CHECKING', 'CHECKED'])
  expect(importStates.whence('fail')).toEqual(['CHECKING', 'APPLYING'])
})

// Round trip: whatever can be recorded is written and read to the same line, and to the same box.
const words = fc
  .oneof(
    fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 }),
    fc.constantFrom("'=1+1", '=1+1', '-5', "''@x", 'a"b,c;d', '+49 30', 'Zoë — “Ü”'),
  )
  .map((text) => text.trim())
  .filter((text) => text !== '' && !/[\0-\x1f\x7f\uFFFD]/.test(text))
const anyLine: fc.Arbitrary<RightsLine> = fc.oneof(
  fc.record({
    kind: fc.constant('ACQUISITIONS' as const),
    asset: words,
    contract: words,
    licensor: words,
    subLicensable: fc.boolean(),
    replaces: fc.boolean(),
    terms: anyTerms,
  }),
  fc.record({
    kind: fc.constant('RELEASES' as const),
    asset: words,
    of: fc.constantFrom('MODEL' as const, 'PROPERTY' as const),
    status: fc.constantFrom('UNLIMITED' as const, 'LIMITED' as const, 'WITHDRAWN' as const),
    reference: words,
    minor: fc.constant(false),
    guardian: fc.option(words),
    aiUses: fc.boolean(),
    sensitive: fc.subarray(['alcohol', 'gambling']),
    replaces: fc.boolean(),
    terms: anyTerms.map((terms) => ({ ...terms, exclusive: false })),
  }),
  fc.record({
    kind: fc.constant('RESTRICTIONS' as const),
    asset: words,
    of: fc.constantFrom('EMBARGO' as const, 'OTHER' as const),
    reason: words,
    reference: fc.option(words),
    replaces: fc.boolean(),
    terms: anyTerms.map((terms) => ({ ...terms, exclusive: false })),
  }),
  fc.record({
    kind: fc.constant('SALES' as const),
    asset: words,
    shop: words,
    reference: words,
    holder: words,
    soldAt: fc.integer({ min: 0, max: 1e12 }).map((ms) => new Date(ms)),
    replaces: fc.constant(false),
    terms: anyTerms,
  }),
)

describe('what is written', () => {
  test('is read back the same, through the commas and quotes of a file', () =>
    fc.assert(
      fc.property(anyLine, (line) => {
        const text = csvLine(headerOf(line.kind)) + csvLine(writeLine(line, 'A title'))
        const [names = [], cells = []] = parse(text) as string[][]
        const outcome = readLine(line.kind, new Map(names.map((name, i) => [name, cells[i] ?? ''])), around)
        expect(outcome).toEqual({ ok: true, line })
      }),
      { numRuns: 1_000 },
    ))

  test('says a box in agreed terms, or in codes and days that mean exactly the same', () =>
    fc.assert(
      fc.property(anyTerms, (terms) => {
        const box = boxOf(terms)
        expect(termsOfBox(box, terms, 'UTC', terms.exclusive, 'inward')).toEqual(terms)
        const codes = termsOfBox(box, null, terms.zone, false, 'inward')
        expect(sameBox(boxOf(codes), box)).toBe(true)
      }),
      { numRuns: 500 },
    ))

  test('never says more than is held, nor less than is barred, where no code says it exactly', () => {
    const box = {
      ...boxOf({
        media: ['ALL'],
        territory: { include: ['WORLD'] },
        industry: 'ALL',
        from: '2026-01-01',
        until: '2026-12-31',
        zone: 'UTC',
        exclusive: false,
      }),
    }
    const odd = {
      ...box,
      media: box.media.difference(media.resolve(['ai'])),
      period: { from: new Date('2026-01-01T10:00:00Z'), to: new Date('2026-12-31T10:00:00Z') },
    }
    const held = termsOfBox(odd, null, 'UTC', false, 'inward')
    expect(held).toMatchObject({ from: '2026-01-02', until: '2026-12-30' })
    expect(odd.media.covers(media.resolve(held.media))).toBe(true)
    const barred = termsOfBox(odd, null, 'UTC', false, 'outward')
    expect(barred).toMatchObject({ media: ['ALL'], from: '2026-01-01', until: '2026-12-31' })
  })
})
