import { parseWithZod } from '@conform-to/zod/v4'
import { expect, test } from 'vitest'
import { groupTwinsForm } from './twin-schema.ts'

const [one, two] = ['ast_06cq0vyg03ns3a35swh4mnev3m', 'ast_06cq0vyg00q5vxnx91g0s94hyw']
const asked = (...pictures: string[]) => {
  const form = new FormData()
  form.set('name', 'Landscapes')
  for (const text of pictures) form.append('pictures', text)
  const read = parseWithZod(form, { schema: groupTwinsForm })
  return read.status === 'success' ? read.value.pictures : read.error
}

test('ticked pictures make a group, with nothing pasted beside them', () => {
  expect(asked(one, two, '')).toEqual([one, two])
})

test('what is ticked and what is pasted count together, each once', () => {
  expect(asked(one, `https://example.org/library/assets/${two}\n${one}`)).toEqual([one, two])
  expect(asked(`${one}, ${two}`)).toEqual([one, two])
})

test('one picture is no group', () => {
  expect(asked(one, '')).toEqual({ pictures: ['Tick at least two pictures, or paste their numbers or addresses.'] })
  expect(asked('')).toHaveProperty('pictures')
})
