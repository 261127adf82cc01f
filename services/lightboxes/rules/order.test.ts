import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { putBefore, step, steps } from './order.ts'

const row = fc.uniqueArray(fc.constantFrom(...'abcdefghij'), { minLength: 1, maxLength: 10 })
const placed = row.chain((ids) =>
  fc
    .array(fc.boolean(), { minLength: ids.length, maxLength: ids.length })
    .map((gone) => ids.map((id, at) => ({ id, removed: gone[at] ?? false }))),
)
const seen = (order: readonly { id: string; removed: boolean }[]) => order.filter(({ removed }) => !removed).map(({ id }) => id)

/** What a person does with cards on a table: takes one up, and lays it down. */
function onATable(cards: string[], id: string, how: (typeof steps)[number]): string[] {
  const at = cards.indexOf(id)
  if (at < 0) return cards
  const rest = cards.filter((card) => card !== id)
  const to = { first: 0, earlier: Math.max(0, at - 1), later: Math.min(rest.length, at + 1), last: rest.length }[how]
  rest.splice(to, 0, id)
  return rest
}

describe('a step', () => {
  test('does with what is seen what a hand does with cards, and loses nothing', () => {
    fc.assert(
      fc.property(placed, fc.constantFrom(...'abcdefghij'), fc.constantFrom(...steps), (order, id, how) => {
        const after = step(order, id, how)
        const removed = new Set(order.filter((each) => each.removed).map((each) => each.id))
        expect([...after].sort()).toEqual(order.map((each) => each.id).sort())
        expect(after.filter((each) => !removed.has(each))).toEqual(onATable(seen(order), id, how))
      }),
      { numRuns: 2_000 },
    )
  })

  test('any row of steps gives what the same row gives with cards', () => {
    const moves = fc.array(fc.tuple(fc.constantFrom(...'abcdefghij'), fc.constantFrom(...steps)), { maxLength: 40 })
    fc.assert(
      fc.property(placed, moves, (start, row) => {
        const gone = new Set(start.filter(({ removed }) => removed).map(({ id }) => id))
        let order = start.map(({ id }) => id)
        let cards = seen(start)
        for (const [id, how] of row) {
          order = step(
            order.map((each) => ({ id: each, removed: gone.has(each) })),
            id,
            how,
          )
          cards = onATable(cards, id, how)
        }
        expect(order.filter((id) => !gone.has(id))).toEqual(cards)
      }),
      { numRuns: 500 },
    )
  })
})

describe('put before', () => {
  test('lays a picture right before the other, and moves nothing else', () => {
    fc.assert(
      fc.property(row, fc.constantFrom(...'abcdefghij'), fc.option(fc.constantFrom(...'abcdefghij')), (order, id, anchor) => {
        const after = putBefore(order, id, anchor)
        if (!order.includes(id) || anchor === id || (anchor !== null && !order.includes(anchor))) {
          expect(after).toEqual(order)
          return
        }
        expect(after.filter((each) => each !== id)).toEqual(order.filter((each) => each !== id))
        expect(after[after.indexOf(id) + 1] ?? null).toBe(anchor)
      }),
      { numRuns: 2_000 },
    )
  })
})
