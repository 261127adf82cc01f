import fc from 'fast-check'
import { expect, test } from 'vitest'
import { between, countOf, has, nothing, put, readPicked } from './picked.ts'

const id = fc.constantFrom('a', 'b', 'c', 'd', 'e')

test('what is picked is what a plain set says, over all and by hand', () => {
  fc.assert(
    fc.property(fc.boolean(), fc.array(fc.tuple(fc.array(id), fc.boolean())), (all, steps) => {
      let picked = { ...nothing('q'), all }
      const plain = new Set(all ? ['a', 'b', 'c', 'd', 'e'] : [])
      for (const [some, wanted] of steps) {
        picked = put(picked, some, wanted)
        for (const one of some)
          if (wanted) plain.add(one)
          else plain.delete(one)
      }
      for (const one of ['a', 'b', 'c', 'd', 'e']) expect(has(picked, one)).toBe(plain.has(one))
      expect(countOf(picked, 5)).toBe(plain.size)
      expect(readPicked(JSON.stringify(picked), 'q')).toEqual(picked)
    }),
  )
})

test('a stretch goes either way; a place that is gone is the other alone', () => {
  const list = ['a', 'b', 'c', 'd']
  expect(between(list, 'b', 'd')).toEqual(['b', 'c', 'd'])
  expect(between(list, 'd', 'b')).toEqual(['b', 'c', 'd'])
  expect(between(list, 'x', 'b')).toEqual(['b'])
})

test('what another question left, or nobody, is nothing', () => {
  for (const text of [null, 'no json', '{}', '{"search":"other","ids":["a"]}', '{"search":"q","ids":[1]}'])
    expect(readPicked(text, 'q')).toEqual(nothing('q'))
})
