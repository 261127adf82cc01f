import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  besideFile,
  compareWithFile,
  deliveredValues,
  fillFromFile,
  recordValues,
  takeFromFile,
  type FieldsOnRecord,
} from './metadata-fields.ts'
import { metadataMap } from './metadata-map.ts'
import { readFound } from './metadata-reading.ts'
import { iptcValues } from './metadata-values.ts'

const empty: FieldsOnRecord = {
  title: 'IMG 0001',
  description: '',
  altText: '',
  keywords: [],
  creator: '',
  creditLine: '',
  copyrightNotice: '',
  source: '',
  dateCreated: null,
  digitalSourceType: null,
  iptc: {},
}

test('an empty record takes what the file says', () => {
  const file = { headline: 'Boats', description: 'At dawn', keywords: ['sea'], creator: ['Ada', 'Ben'], city: 'Husum' }
  expect(fillFromFile(empty, file, 'IMG 0001')).toEqual({
    title: 'Boats',
    description: 'At dawn',
    keywords: ['sea'],
    creator: 'Ada; Ben',
    iptc: { headline: 'Boats', city: 'Husum' },
  })
})

test('a title comes before a headline, and the default language before the others', () => {
  expect(fillFromFile(empty, { title: { 'x-default': 'Harbour', de: 'Hafen' }, headline: 'Boats' }, 'IMG 0001').title).toBe('Harbour')
})

test("a person's word always wins", () => {
  const words = fc.record({
    title: fc.string({ minLength: 1 }),
    creator: fc.string({ minLength: 1 }),
    altText: fc.string(),
    city: fc.string({ minLength: 1 }),
  })
  fc.assert(
    fc.property(words, words, (ours, theirs) => {
      const { city, ...columns } = ours
      const fills = fillFromFile({ ...empty, ...columns, iptc: { city } }, theirs, 'a name nobody wrote')
      for (const field of ['title', 'creator', 'altText'] as const) if (columns[field].trim() !== '') expect(fills[field]).toBeUndefined()
      expect(fills.iptc?.['city'] ?? city).toBe(city)
    }),
  )
})

test('what a file says about rights never gets into a record', () => {
  const file = {
    usageTerms: 'Free for all',
    licensors: [{ name: 'Agency' }],
    modelReleaseStatus: 'MR-UMR',
    dataMining: 'DMI-ALLOWED',
    copyrightNotice: '© Ada',
  }
  expect(fillFromFile(empty, file, 'x')).toEqual({ copyrightNotice: '© Ada' })
  for (const field of metadataMap.filter(({ rights, readOnly }) => rights || readOnly)) {
    expect(takeFromFile(empty, file, field.name)).toBeUndefined()
    expect(iptcValues.safeParse({ [field.name]: 'x' }).success).toBe(false)
  }
})

test('a difference is a conflict only where both say something', () => {
  const record = {
    ...empty,
    title: 'Harbour',
    keywords: ['Sea', 'boats'],
    creator: 'Ada  Meyer',
    creditLine: 'Northlight',
    iptc: { city: 'Husum', event: 'Regatta' },
  }
  const file = {
    title: 'Harbor',
    keywords: ['boats', 'sea'],
    creator: ['Ada Meyer'],
    source: 'Agency',
    city: 'Tönning',
    event: { 'x-default': 'Regatta', de: 'Regatta' },
  }
  const beside = besideFile(record, file)
  expect(beside.filter(({ conflict }) => conflict).map(({ field }) => field)).toEqual(['title', 'city', 'event'])
  expect(beside.find(({ field }) => field === 'source')).toMatchObject({
    record: '',
    file: 'Agency',
    standing: 'only-file',
    takeable: true,
  })
  expect(compareWithFile(record, file).map(({ field }) => field)).not.toContain('city')
})

test('one field is taken from the file, and the others stay', () => {
  const record = { ...empty, iptc: { city: 'Husum', headline: 'Boats' } }
  expect(takeFromFile(record, { city: 'Tönning' }, 'city')).toEqual({ iptc: { city: 'Tönning', headline: 'Boats' } })
  expect(takeFromFile(record, { creator: ['A', 'B'] }, 'creator')).toEqual({ creator: 'A; B' })
  expect(takeFromFile(record, {}, 'city')).toBeUndefined()
  expect(takeFromFile(record, { city: 'x' }, 'constructor')).toBeUndefined()
})

test('what goes out is the record, in full where the file says it in full', () => {
  const title = { 'x-default': 'Harbour', de: 'Hafen' }
  const record = { ...empty, title: 'Harbour', dateCreated: '2026-05-01', creator: 'Ada; Ben', iptc: { city: 'Husum' } }
  const file = {
    title,
    dateCreated: '2026-05-01T10:00:00+02:00',
    creator: ['Ada', 'Ben'],
    city: 'Tönning',
    headline: 'Gone',
    usageTerms: 'Ask us',
  }
  expect(deliveredValues(record, file, { keepsPrivate: false })).toEqual({
    title,
    dateCreated: '2026-05-01T10:00:00+02:00',
    creator: ['Ada', 'Ben'],
    city: 'Husum',
    usageTerms: 'Ask us',
  })
})

test('what is private goes out only where the house says so', () => {
  const locationsShown = [{ city: 'Husum', latitude: '54,28.5N' }, { latitude: '1,1N' }]
  const record = { ...empty, title: '', iptc: { locationsShown, modelAges: [12], aiPromptWriter: 'Ada' } }
  expect(deliveredValues(record, { gps: '54.4, 9.0', minorAge: 'AG-U14' }, { keepsPrivate: false })).toEqual({
    locationsShown: [{ city: 'Husum' }],
  })
  expect(deliveredValues(record, {}, { keepsPrivate: true })).toEqual({ locationsShown, modelAges: [12], aiPromptWriter: 'Ada' })
})

test('every column of the record is mapped once, and every name is its own', () => {
  const columns = metadataMap.flatMap(({ column }) => column ?? [])
  expect([...columns, 'iptc'].sort()).toEqual(Object.keys(empty).sort())
  for (const key of ['name', 'xmp'] as const) {
    const names = metadataMap.flatMap((field) => field[key] ?? [])
    expect(new Set(names).size).toBe(names.length)
  }
  expect(recordValues({ ...empty, creator: 'A; B' })).toEqual({ title: 'IMG 0001', creator: ['A', 'B'] })
})

test('each word of a font or an Office file is read as what it is', () => {
  const named = metadataMap.flatMap(({ name, other = [] }) =>
    other.filter((one) => /^(font|office):/.test(one)).map((one) => [one.split(':')[1], name]),
  )
  expect(named).toHaveLength(11)
  for (const [word, field] of named) expect(word).toBe(field)
  const other = { 'office:creator': 'Lena Vogt', 'office:keywords': 'voice, tone', 'font:copyrightNotice': '© Bitstream' }
  expect(readFound({ xmp: {}, iim: {}, exif: {}, other }).values).toEqual({
    creator: ['Lena Vogt'],
    keywords: ['voice', 'tone'],
    copyrightNotice: '© Bitstream',
  })
})
