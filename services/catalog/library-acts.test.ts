import { expect, test } from 'vitest'
import { libraryAct, undoOf } from './library-acts.ts'

test('what can be taken back is taken back by an act that exists', () => {
  for (const act of [
    { verb: 'archive', reason: 'Old.' },
    { verb: 'hold', reason: 'Wait.' },
    { verb: 'collect', collectionId: 'col_1' },
    { verb: 'publish' },
  ] as const) {
    const undo = undoOf(libraryAct.parse(act))
    expect(undo && libraryAct.safeParse(undo).success).toBe(true)
  }
  expect(undoOf({ verb: 'submit', note: '' })).toBeNull()
})
