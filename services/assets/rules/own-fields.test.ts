import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  checkFields,
  mayBecome,
  ownFieldTypes,
  readValue,
  termFinder,
  valueWords,
  type OwnFieldType,
  type SchemaField,
  type Term,
} from './own-fields.ts'
import { inOrder, mayStandBelow, pathOf, type Branch } from './term-tree.ts'

const term = (id: string, more: Partial<Term> = {}): Term => ({
  id,
  vocabularyId: 'v',
  code: id,
  label: id,
  labelDe: '',
  altLabels: [],
  broaderId: null,
  retired: false,
  replacedById: null,
  ...more,
})
const find = termFinder([
  term('red', { label: 'Red', labelDe: 'Rot', altLabels: ['scarlet'] }),
  term('old', { label: 'Blue', retired: true }),
  term('new', { label: 'Blue' }),
])
const read = (type: OwnFieldType, ...words: string[]) => readValue({ type, vocabularyId: 'v' }, words, find)

test('what is written is read by the kind of the field, or told what is wrong', () => {
  expect(read('TEXT', ' x ')).toEqual({ value: 'x' })
  expect(read('TEXT', 'a\nb')).toHaveProperty('problem')
  expect(read('NUMBER', '1,5')).toEqual({ value: 1.5 })
  expect(read('NUMBER', '1.000,5')).toHaveProperty('problem')
  expect(read('DATE', '2026-02-30')).toHaveProperty('problem')
  expect(read('DATE', '2026-02')).toEqual({ value: '2026-02' })
  expect(read('YES_NO', 'Nein')).toEqual({ value: false })
  expect(read('LINK', 'javascript:alert(1)')).toHaveProperty('problem')
  expect(read('CHOICES', 'ROT', 'scarlet', 'Blue')).toEqual({ value: ['red', 'new'] })
  expect(read('CHOICE', 'red', 'new')).toHaveProperty('problem')
  expect(read('CHOICE', 'green')).toEqual({ problem: 'There is no term “green” in the vocabulary.' })
  for (const type of ownFieldTypes) expect(read(type, '  ')).toEqual({ value: null })
  expect(valueWords({ type: 'YES_NO' }, false, String)).toBe('No')
})

test('a value stays good in every kind of field that its own may become', () => {
  const good: Record<OwnFieldType, string> = {
    TEXT: 'x',
    LONG_TEXT: 'x',
    NUMBER: '1',
    DATE: '2026',
    YES_NO: 'yes',
    CHOICE: 'red',
    CHOICES: 'red',
    LINK: 'https://a.example',
    PERSON: 'Ada',
  }
  for (const from of ownFieldTypes)
    for (const to of ownFieldTypes) if (mayBecome(from, to)) expect(read(to, good[from])).toEqual(read(from, good[from]))
})

test('what a schema asks for is missing exactly where nothing is said', () => {
  const field = (id: string, need: SchemaField['need']): SchemaField => ({
    id,
    code: id,
    kinds: ['LOGO'],
    type: 'TEXT',
    label: id,
    labelDe: '',
    help: '',
    vocabularyId: null,
    need,
    section: '',
    position: 0,
    preset: null,
    outside: false,
    searchable: true,
  })
  const schema = { version: 1, fields: [field('a', 'NEVER'), field('b', 'REVIEW'), field('c', 'PUBLISHING')] }
  expect(checkFields(schema, { c: ' ' }).map(({ id }) => id)).toEqual(['b', 'c'])
  expect(checkFields(schema, { b: 'x', c: 'y' })).toEqual([])
})

const trees = fc
  .array(fc.integer({ min: -1, max: 14 }), { minLength: 1, maxLength: 15 })
  .map((above) => above.map((at, n): Branch => ({ id: `t${n}`, label: `l${n % 4}`, broaderId: at >= 0 && at < n ? `t${at}` : null })))

test('a tree in order has every term once, below what it stands below', () => {
  fc.assert(
    fc.property(trees, (terms) => {
      const placed = inOrder(terms)
      const byId = new Map(terms.map((one) => [one.id, one]))
      expect(placed.map(({ id }) => id).sort()).toEqual(terms.map(({ id }) => id).sort())
      for (const [n, one] of placed.entries()) {
        expect(one.level).toBe(pathOf(one.id, byId).length)
        if (one.broaderId !== null) expect(placed.findIndex(({ id }) => id === one.broaderId)).toBeLessThan(n)
      }
    }),
  )
})

test('a term may stand below another exactly where no circle comes of it', () => {
  fc.assert(
    fc.property(trees, fc.nat(14), fc.nat(14), (terms, a, b) => {
      const [id, broaderId] = [`t${a % terms.length}`, `t${b % terms.length}`]
      const byId = new Map(terms.map((one) => [one.id, one]))
      // The oracle: move it, and walk up as far as there are terms.
      const moved = new Map([...byId, [id, { ...(byId.get(id) as Branch), broaderId }]])
      let at: string | null = id
      for (let steps = 0; steps <= terms.length && at !== null; steps++) at = moved.get(at)?.broaderId ?? null
      expect(mayStandBelow(id, broaderId, byId)).toBe(at === null)
    }),
  )
})
