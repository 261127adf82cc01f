import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  applyChanges,
  changeWords,
  opsOf,
  recordFields,
  sameValue,
  undoOf,
  type BulkChange,
  type BulkField,
  type RecordValues,
} from './bulk-changes.ts'
import { readChanges } from './bulk-reading.ts'

const fields = new Map<string, BulkField>(
  [
    ...recordFields,
    { name: 'own.fld_a', label: 'Colours', shape: 'terms', clears: true, vocabularyId: 'voc_a', kinds: ['LOGO'] } as BulkField,
  ].map((field) => [field.name, field]),
)
const none = () => null
const word = fc.stringMatching(/^[a-c]{1,3}$/)
const record: fc.Arbitrary<RecordValues> = fc.record({
  title: word,
  description: fc.oneof(fc.constant(''), word),
  keywords: fc.uniqueArray(word, { maxLength: 4 }),
  showsPeople: fc.constantFrom(true, false, null),
  kind: fc.constantFrom('LOGO', 'PHOTOGRAPH'),
  'own.fld_a': fc.uniqueArray(word, { maxLength: 3 }),
})
const change: fc.Arbitrary<BulkChange> = fc.oneof(
  fc.record({ field: fc.constantFrom('title', 'description'), op: fc.constant('set' as const), value: word }),
  fc.record({ field: fc.constantFrom('title', 'description'), op: fc.constant('fill' as const), value: word }),
  fc.record({
    field: fc.constantFrom('keywords', 'own.fld_a'),
    op: fc.constantFrom('add' as const, 'remove' as const),
    value: fc.array(word, { minLength: 1, maxLength: 3 }),
  }),
  fc.record({
    field: fc.constantFrom('title', 'keywords', 'description'),
    op: fc.constant('find' as const),
    find: word,
    put: word,
    exact: fc.boolean(),
  }),
  fc.record({ field: fc.constantFrom('description', 'keywords', 'showsPeople'), op: fc.constant('clear' as const) }),
  fc.record({ field: fc.constant('*' as const), op: fc.constant('move-term' as const), from: word, into: word }),
)

test('what is undone at once is what it was', () => {
  fc.assert(
    fc.property(record, fc.array(change, { maxLength: 4 }), (before, changes) => {
      const applied = applyChanges(before, changes, fields, none)
      if (applied.verdict !== 'CHANGES') return
      const after = { ...before, ...applied.after }
      const undo = undoOf(after, applied.before, applied.after)
      expect(undo.kept).toEqual([])
      const restored: RecordValues = { ...after, ...undo.restore }
      for (const name of Object.keys(before)) expect(sameValue(restored[name], before[name])).toBe(true)
    }),
  )
})

test('an undo never touches what somebody changed since, and takes back everything else', () => {
  fc.assert(
    fc.property(
      record,
      fc.array(change, { minLength: 1, maxLength: 4 }),
      record,
      fc.array(fc.constantFrom('title', 'description', 'keywords', 'showsPeople')),
      (before, changes, theirs, touched) => {
        const applied = applyChanges(before, changes, fields, none)
        if (applied.verdict !== 'CHANGES') return
        const now = { ...before, ...applied.after, ...Object.fromEntries(touched.map((name) => [name, theirs[name] ?? null])) }
        const { restore, kept } = undoOf(now, applied.before, applied.after)
        for (const name of Object.keys(applied.after)) {
          // The oracle: three ways, field by field.
          const stands = sameValue(now[name], applied.after[name])
          expect(kept.includes(name)).toBe(!stands)
          expect(name in restore).toBe(stands)
        }
      },
    ),
  )
})

test('find and replace is what splitting and joining is, whatever the letters', () => {
  fc.assert(
    fc.property(fc.string(), fc.string({ minLength: 1 }), fc.string(), (text, find, put) => {
      const applied = applyChanges({ description: text }, [{ field: 'description', op: 'find', find, put, exact: true }], fields, none)
      if (applied.verdict === 'REFUSED') return
      expect(applied.verdict === 'CHANGES' ? (applied.after['description'] ?? '') : text).toBe(text.split(find).join(put))
    }),
  )
})

test('only what a kind has is changed in it, and only what holds is written', () => {
  const add: BulkChange = { field: 'own.fld_a', op: 'add', value: ['trm'] }
  expect(applyChanges({ kind: 'PHOTOGRAPH' }, [add], fields, none)).toEqual({ verdict: 'SAME' })
  expect(applyChanges({ kind: 'LOGO' }, [add], fields, none)).toMatchObject({
    verdict: 'CHANGES',
    after: { 'own.fld_a': ['trm'] },
    over: false,
  })
  expect(applyChanges({ title: 'a' }, [{ field: 'title', op: 'find', find: 'A', put: '', exact: false }], fields, none)).toMatchObject({
    verdict: 'REFUSED',
  })
  expect(applyChanges({ title: 'x'.repeat(190) }, [{ field: 'title', op: 'add', value: ['y'.repeat(20)] }], fields, none)).toMatchObject({
    verdict: 'REFUSED',
  })
  expect(applyChanges({ creator: '' }, [{ field: 'creator', op: 'from-file', over: false }], fields, () => 'Ada')).toMatchObject({
    after: { creator: 'Ada' },
  })
  expect(applyChanges({ creator: 'Bo' }, [{ field: 'creator', op: 'from-file', over: false }], fields, () => 'Ada')).toEqual({
    verdict: 'SAME',
  })
})

test('a form is read into changes, and what cannot be is named', () => {
  const sent: Record<string, string[]> = {
    'keywords:add.value': ['sea, salt; sea'],
    'title:set.value': ['  '],
    'showsPeople:set.value': ['yes'],
    'description:find.find': ['x'],
    '*:move-term.find': ['a'],
  }
  const read = readChanges(
    ['keywords:add', 'title:set', 'showsPeople:set', 'description:find', 'nothing:set', '*:move-term', 'altText:clear'],
    fields,
    (name) => sent[name] ?? [],
  )
  expect(read.changes).toEqual([
    { field: 'keywords', op: 'add', value: ['sea', 'salt'] },
    { field: 'showsPeople', op: 'set', value: true },
    { field: 'description', op: 'find', find: 'x', put: '', exact: false },
    { field: 'altText', op: 'clear' },
  ])
  expect(read.problems).toHaveLength(3)
  for (const field of fields.values()) expect(opsOf(field)).toContain('set')
})

test('setting where it is empty never replaces anything that was said, an answer of “no” included', () => {
  const filling = (field: string, value: string | boolean): BulkChange => ({ field, op: 'fill', value })
  fc.assert(
    fc.property(record, fc.constantFrom('description', 'showsPeople'), (before, field) => {
      const applied = applyChanges(before, [filling(field, field === 'showsPeople' ? true : 'new')], fields, none)
      const empty = before[field] === '' || before[field] === null
      expect(applied.verdict).toBe(empty ? 'CHANGES' : 'SAME')
      if (applied.verdict === 'CHANGES') expect(applied.over).toBe(false)
    }),
  )
  const read = (sent: Record<string, string[]>) =>
    readChanges(Object.keys(sent), fields, (name) => sent[name.replace(/\.value$/, '')] ?? [])
  expect(read({ 'creator:fill': ['Ada Meyer'], 'showsPeople:fill': ['no'] })).toEqual({
    changes: [filling('creator', 'Ada Meyer'), filling('showsPeople', false)],
    problems: [],
  })
  expect(read({ 'creator:fill': [' '] }).problems).toHaveLength(1)
  // What every record has is never empty: there is nothing to fill.
  for (const name of ['sellsRoyaltyFree', 'audience']) expect(opsOf(fields.get(name) as BulkField)).not.toContain('fill')
})

test('a change is told in one line, however long what it writes is', () => {
  const told = (change: BulkChange) =>
    changeWords(
      change,
      (field) => field,
      (value) => value,
    )
  expect(told({ op: 'add', field: 'keywords', value: ['atlas', 'light'] })).toBe('“atlas, light” added to keywords')
  for (const change of [
    { op: 'add', field: 'keywords', value: ['x'.repeat(10_000)] },
    { op: 'set', field: 'description', value: 'many words '.repeat(1_000) },
    { op: 'find', field: 'description', find: 'x'.repeat(5_000), put: 'y'.repeat(5_000) },
  ] as BulkChange[])
    expect(told(change).length).toBeLessThan(400)
})
