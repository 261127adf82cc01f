import fc from 'fast-check'
import { expect, test } from 'vitest'
import { keepTyping } from './typing-kept.ts'

test('typing survives a record that changes under it, and what was left alone follows the record', () => {
  const before = { title: 'Harbour', altText: '', keywords: 'sea, dawn' }
  const typed = { title: 'Harbour', altText: 'Boats at da', keywords: 'sea, dawn, fog' }
  expect(keepTyping(before, typed, { title: 'Old harbour', altText: '', keywords: 'sea, dawn, boat' })).toEqual({
    put: { title: 'Old harbour', keywords: 'sea, dawn, fog, boat' },
    against: [],
  })
  expect(keepTyping(before, typed, { ...before, altText: 'Two boats' })).toEqual({ put: {}, against: ['altText'] })
  expect(keepTyping(before, typed, { ...before, keywords: 'sea' })).toEqual({ put: { keywords: 'sea, fog' }, against: [] })
})

test('a keyword with a comma in it is one keyword of both sides', () => {
  const before = { keywords: 'sea, "Lyon, Rhône"' }
  expect(keepTyping(before, { keywords: 'sea, "Lyon, Rhône", fog' }, { keywords: '"Lyon, Rhône", "rock; paper"' })).toEqual({
    put: { keywords: '"Lyon, Rhône", fog, "rock; paper"' },
    against: [],
  })
})

const word = fc.constantFrom('', 'a', 'b', 'a, b', 'c, a')
const form = fc.record({ title: word, altText: word, keywords: word })

test('what somebody typed is never lost, whatever the record does', () => {
  fc.assert(
    fc.property(form, form, form, (before, typed, now) => {
      const { put, against } = keepTyping(before, typed, now)
      for (const name of ['title', 'altText'] as const) {
        const after = put[name] ?? typed[name]
        expect(after).toBe(typed[name] === before[name] ? now[name] : typed[name])
        expect(against.includes(name)).toBe(typed[name] !== before[name] && now[name] !== before[name] && typed[name] !== now[name])
      }
      const words = (text: string) => text.split(', ').filter(Boolean)
      const after = words(put.keywords ?? typed.keywords)
      for (const mine of words(typed.keywords)) if (!words(before.keywords).includes(mine)) expect(after).toContain(mine)
      for (const theirs of words(now.keywords)) if (!words(before.keywords).includes(theirs)) expect(after).toContain(theirs)
    }),
  )
})
