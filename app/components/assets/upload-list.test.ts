import { describe, expect, test } from 'vitest'
import { changed, emptyList, type UploadList } from './upload-list.ts'

let last = 0
const file = (name: string) => new File(['x'], name)
const add = (list: UploadList, names: string[], takesSidecars = true) =>
  changed(list, { add: names.map(file), keys: names.map(() => ++last), takesSidecars })
const seen = ({ items, strays }: UploadList) => [
  ...items.map((item) => `${item.file.name}${item.sidecar ? ` + ${item.sidecar.file.name}` : ''}`),
  ...strays.map(({ name }) => `? ${name}`),
]

describe('files that are dropped', () => {
  test('stand in the list with the sidecars that were dropped beside them', () => {
    expect(seen(add(emptyList, ['a.xmp', 'a.jpg', 'b.jpg', 'c.xmp']))).toEqual(['a.jpg + a.xmp', 'b.jpg', '? c.xmp'])
  })

  test('find a sidecar that came before them, and one that comes after', () => {
    const before = add(emptyList, ['a.xmp'])
    expect(seen(before)).toEqual(['? a.xmp'])
    const both = add(before, ['a.jpg', 'b.jpg'])
    expect(seen(both)).toEqual(['a.jpg + a.xmp', 'b.jpg'])
    const done = changed(both, { from: ['waiting'], to: 'done' })
    expect(seen(add(done, ['b.jpg.xmp']))).toEqual(['a.jpg + a.xmp', 'b.jpg + b.jpg.xmp'])
  })

  test('that were cancelled own nothing', () => {
    const cancelled = changed(add(emptyList, ['a.jpg']), { from: ['waiting'], to: 'cancelled' })
    expect(seen(add(cancelled, ['a.xmp']))).toEqual(['a.jpg', '? a.xmp'])
  })

  test('are all files where nobody takes sidecars', () => {
    expect(seen(add(emptyList, ['a.jpg', 'a.xmp'], false))).toEqual(['a.jpg', 'a.xmp'])
  })
})

test('what happens to one file happens to that one', () => {
  const list = add(emptyList, ['a.jpg', 'b.jpg'])
  const [first] = list.items
  const after = changed(list, { key: first?.key ?? 0, set: { state: 'sending', sent: 7 } })
  expect(after.items.map(({ state, sent }) => [state, sent])).toEqual([
    ['sending', 7],
    ['waiting', 0],
  ])
  expect(changed(after, { from: ['waiting', 'sending'], to: 'paused' }).items.map(({ state }) => state)).toEqual(['paused', 'paused'])
})
