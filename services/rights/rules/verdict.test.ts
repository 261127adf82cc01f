import { describe, expect, test } from 'vitest'
import { axesOf } from './grid.ts'
import { verdictOf } from './verdict.ts'

const axes = axesOf()
const [rows, columns] = [axes.media.length, axes.territory.length]
const all = (letter: string) => letter.repeat(rows * columns)
const some = (...first: string[]) => first.join('') + all('O').slice(first.join('').length)

describe('the verdict', () => {
  test.each([
    ['Nothing can be licensed', all('B'), false],
    ['Free for every use, everywhere', all('O'), true],
    ['Free for every use, beside others', some('N'), true],
    ['Nothing can be licensed today', all('B'), true],
    ['Free for some uses today', some('B'.repeat(columns)), true],
    ['Free in parts today', ('B' + 'O'.repeat(columns - 1)).repeat(rows), true],
  ])('%s', (title, frame, held) => expect(verdictOf(frame, axes, held).title).toBe(title))

  test('names the media by how free they are', () => {
    const [a, b, c] = axes.media.map(({ label }) => label)
    expect(verdictOf(some('B'.repeat(columns), `P${'O'.repeat(columns - 1)}`), axes, true).words).toEqual([
      expect.stringContaining(`Everywhere: ${c}`),
      `Only in parts: ${b}.`,
      `Blocked: ${a}.`,
    ])
  })

  test('counts the rows that are not opened parts of others', () => {
    const open = axesOf([axes.media[0]!.code])
    expect(verdictOf('O'.repeat(open.media.length * columns), open, true).tone).toBe('success')
  })
})
