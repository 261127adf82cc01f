import { termFinder, type SchemaField } from '../../assets/rules/own-fields.ts'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readHeader, readRow, sidecarColumns, type SidecarColumn } from './sidecar.ts'

const columnsOf = (...cells: string[]) => {
  const header = readHeader(cells)
  if (!header.ok) throw new Error(header.problems.join(' '))
  return header.columns
}

describe('the header', () => {
  test('knows the names that other systems give', () => {
    expect(columnsOf('SourceFile', 'Caption-Abstract', 'By-line', 'ObjectName', '')).toEqual([
      'file',
      'description',
      'creator',
      'title',
      null,
    ])
  })
  test.each<[string[], string]>([
    [['title'], 'The column “file” is missing'],
    [['file', 'titel'], 'There is no column “titel”. Is “title” meant?'],
    [['file', 'Usage rights'], 'bring them in at the rights desk'],
    [['file', 'colour of the sky'], 'Known are: file, title'],
    [['file', 'caption', 'description'], 'The column “description” is there twice.'],
  ])('refuses %j', (cells, saying) => {
    const header = readHeader(cells)
    expect(header.ok ? '' : header.problems.join(' ')).toContain(saying)
  })
})

describe('a row', () => {
  const columns = columnsOf('file', 'title', 'keywords', 'date', 'people', 'audience', 'source url')
  test('says only what is written', () => {
    expect(readRow(2, columns, ['day 1\\a.jpg', 'Low tide', 'sea; mud;sea', '2026-03', 'no', 'portal', ''])).toEqual({
      no: 2,
      file: 'day 1/a.jpg',
      described: { title: 'Low tide', keywords: ['sea', 'mud'], dateCreated: '2026-03', showsPeople: false, audience: 'PORTAL' },
    })
    expect(readRow(3, columns, ['b.jpg'])).toEqual({ no: 3, file: 'b.jpg', described: {} })
    expect(readRow(4, columns, ['c.jpg', '', '"Lyon; Rhône"; sea | mud'])).toMatchObject({
      described: { keywords: ['Lyon; Rhône', 'sea', 'mud'] },
    })
  })
  test('is told everything that is wrong with it at once', () => {
    const row = readRow(4, columns, [
      '../../etc/passwd',
      '=SUM(A1)',
      Array.from({ length: 101 }, (_, n) => `word ${n}`).join(';'),
      'May',
      'maybe',
      'everyone',
      'ftp://x',
    ])
    expect('complaints' in row && row.complaints.map(({ column }) => column)).toEqual([
      'file',
      'title',
      'keywords',
      'sourceUrl',
      'dateCreated',
      'audience',
      'showsPeople',
    ])
  })
  test('whatever it holds, it is read or complained about, and never names a way out of the folder', () => {
    const names = Object.keys(sidecarColumns) as SidecarColumn[]
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme' }), { minLength: names.length, maxLength: names.length }), (cells) => {
        const row = readRow(9, names, cells)
        if ('described' in row) {
          expect(row.file).not.toBe('')
          expect(row.file).not.toMatch(/^\/|(^|\/)\.\.(\/|$)/)
        } else expect(row.complaints.length).toBeGreaterThan(0)
      }),
    )
  })
})

test('the house’s own fields are columns by short name or label, terms by code or label', () => {
  const field = (code: string, type: 'NUMBER' | 'CHOICES'): SchemaField => ({
    ...{
      id: `fld_${code}`,
      code,
      kinds: ['PHOTOGRAPH'],
      type,
      label: `The ${code}`,
      labelDe: '',
      help: '',
      vocabularyId: type === 'CHOICES' ? 'v' : null,
    },
    ...{ need: 'NEVER', section: '', position: 0, preset: null, outside: false, searchable: true },
  })
  const term = {
    id: 'trm_1',
    vocabularyId: 'v',
    code: 'sea',
    label: 'The sea',
    labelDe: 'Meer',
    altLabels: [],
    broaderId: null,
    retired: false,
    replacedById: null,
  }
  const own = { fields: [field('frames', 'NUMBER'), field('source', 'CHOICES')], find: termFinder([term]) }
  const header = readHeader(['file', 'The frames', 'source', 'own:source'], own)
  if (!header.ok) throw new Error(header.problems.join())
  expect(header.columns).toEqual(['file', 'own:frames', 'source', 'own:source'])
  expect(readRow(2, header.columns, ['a.jpg', '24', 'Agency', 'Meer; sea'], own)).toMatchObject({
    described: { source: 'Agency', customFields: { fld_frames: 24, fld_source: ['trm_1'] } },
  })
  expect(readRow(3, header.columns, ['a.jpg', 'many', '', 'land'], own)).toMatchObject({
    complaints: [{ column: 'frames' }, { column: 'source' }],
  })
  expect(readHeader(['file', 'frames', 'the frames'], own)).toMatchObject({ ok: false })
  expect(readHeader(['file', 'frame'], own)).toMatchObject({ problems: [expect.stringContaining('frames')] })
})
