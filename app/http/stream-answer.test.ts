import { expect, test } from 'vitest'
import { streamAnswer } from './stream-answer.server.ts'

function endless() {
  const seen = { asked: 0, closed: false }
  async function* chunks() {
    try {
      for (;;) yield `row ${seen.asked++}\n`.repeat(1000)
    } finally {
      seen.closed = true
    }
  }
  return { seen, chunks: chunks() }
}
const file = { name: 'trail.csv', mediaType: 'text/csv; charset=utf-8' }

test('an export is named, kept by nobody, and whole', async () => {
  async function* chunks() {
    yield 'a,b\n'
    yield 'Łódź\n'
  }
  const response = streamAnswer(new Request('http://localhost/'), chunks(), file)
  expect(response.headers.get('content-disposition')).toBe('attachment; filename="trail.csv"')
  expect(response.headers.get('cache-control')).toContain('no-store')
  expect(await response.text()).toBe('a,b\nŁódź\n')
})

test('rows are asked for as they are read, and no more once the reader has gone', async () => {
  const { seen, chunks } = endless()
  const reader = streamAnswer(new Request('http://localhost/'), chunks, file).body?.getReader()
  await reader?.read()
  await new Promise((resolve) => setTimeout(resolve, 30))
  expect(seen.asked).toBeLessThan(100)
  await reader?.cancel()
  await expect.poll(() => seen.closed).toBe(true)
})

test('a client that hangs up ends the query', async () => {
  const { seen, chunks } = endless()
  const leaving = new AbortController()
  const reader = streamAnswer(new Request('http://localhost/', { signal: leaving.signal }), chunks, file).body?.getReader()
  await reader?.read()
  leaving.abort()
  await expect.poll(() => seen.closed).toBe(true)
})
