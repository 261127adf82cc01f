import { expect, test } from 'vitest'
import { Refusal, type RefusalCode } from '#services/kernel/errors.ts'
import { answering, answerTo } from './answer.server.ts'

const get = new Request('https://x.test/orders/1?tab=2')
const post = new Request('https://x.test/orders/1', { method: 'POST', headers: { referer: 'https://x.test/orders/1' } })

test.each<[RefusalCode, number]>([
  ['malformed', 400],
  ['signed-out', 401],
  ['forbidden', 403],
  ['not-found', 404],
  ['conflict', 409],
  ['gone', 410],
  ['too-many', 429],
])('%s is %i, and the answer does not repeat the refusal’s own words', async (code, status) => {
  const response = answerTo(new Refusal(code, 'no order ord_secret'), post)
  expect(response.status).toBe(status)
  expect(await response.text()).not.toContain('ord_secret')
})

test('signed out on a page leads to the sign-in and back', () => {
  expect(answerTo(new Refusal('signed-out', ''), get).headers.get('location')).toBe('/sign-in?then=%2Forders%2F1%3Ftab%3D2')
})

test('too many says when to come back', () => {
  expect(answerTo(new Refusal('too-many', '', 30), get).headers.get('retry-after')).toBe('30')
})

test('faults pass through and are not dressed up as answers', async () => {
  const fault = answering(() => Promise.reject(new Error('boom')))
  await expect(fault({ request: get })).rejects.toThrow('boom')
})
