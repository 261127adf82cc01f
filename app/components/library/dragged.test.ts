import { expect, test } from 'vitest'
import { draggedWith, fieldsOfDragged, readDragged } from './dragged.ts'

const byHand = { search: 'text=boat', all: false, ids: ['a', 'b'] }
const allBut = { search: 'text=boat', all: true, ids: ['c'] }

test('the selection goes along with one of its own; what is not of it goes alone', () => {
  expect(draggedWith('a', byHand)).toEqual({ ids: ['a', 'b'] })
  expect(draggedWith('z', byHand)).toEqual({ ids: ['z'] })
  expect(draggedWith('a', allBut)).toEqual({ search: 'text=boat', except: ['c'] })
  expect(draggedWith('c', allBut)).toEqual({ ids: ['c'] })
})

test('what is dropped is what was dragged, and nothing else', () => {
  for (const dragged of [draggedWith('a', byHand), draggedWith('a', allBut), draggedWith('z', byHand)])
    expect(readDragged(JSON.stringify(dragged))).toEqual(dragged)
  for (const other of ['', 'null', '[]', '{"ids":[]}', '{"ids":[1]}', '{"search":"x"}', '{"search":1,"except":[]}'])
    expect(readDragged(other)).toBeNull()
  expect(fieldsOfDragged({ ids: ['a', 'b'] })).toEqual({ assets: 'a b' })
  expect(fieldsOfDragged({ search: 'text=boat', except: ['c', 'd'] })).toEqual({ all: 'yes', search: 'text=boat', except: 'c d' })
})
