import { expect, test, vi } from 'vitest'
import type { House } from '#services/platform/house.ts'
import { silentLog } from '#services/platform/log.ts'
import { webApplication } from '../../../server.ts'
import { loggedPath } from './logged-path.server.ts'

function aDoor() {
  const lines: Record<string, unknown>[] = []
  const log = { ...silentLog, info: (_: string, fields?: Record<string, unknown>) => void lines.push(fields ?? {}) }
  const house = { env: { ORIGIN: 'https://brand.example', TRUSTED_PROXIES: 0 }, context: { log } } as unknown as House
  const unasked = () => Promise.reject(new Error('the request went through'))
  const { app } = webApplication({ house, build: unasked, development: true })
  return { lines, ask: (path: string, init?: RequestInit) => app.request(`https://brand.example${path}`, init, {}) }
}

test('a form whose length nobody knows is not read', async () => {
  const { ask } = aDoor()
  const chunked = { method: 'POST', headers: { 'transfer-encoding': 'chunked' } }
  expect((await ask('/sign-in', chunked)).status).toBe(411)
  expect((await ask('/hooks/stripe', chunked)).status).toBe(411)
  await expect(ask('/sign-in', { method: 'POST', headers: { 'content-length': '3000000' } })).resolves.toMatchObject({ status: 413 })
})

test('a picture to search by may be larger than a form, and its length must be known too', async () => {
  const { ask } = aDoor()
  const told = vi.spyOn(console, 'error').mockImplementation(() => undefined)
  const of = async (path: string, length: number) =>
    (await ask(path, { method: 'POST', headers: { 'content-length': String(length) } })).status
  expect(await of('/search/picture', 12_000_000)).not.toBe(413)
  expect(await of('/search/picture.data', 12_000_000)).not.toBe(413)
  expect(await of('/search/picture', 14_000_000)).toBe(413)
  expect(await of('/search/pictures', 12_000_000)).toBe(413)
  expect((await ask('/search/picture', { method: 'POST', headers: { 'transfer-encoding': 'chunked' } })).status).toBe(411)
  told.mockRestore()
})

test('only the addresses that take files take a body of any length; forms beside them do not', async () => {
  const { ask } = aDoor()
  const chunked = { method: 'POST', headers: { 'transfer-encoding': 'chunked' } }
  for (const path of ['/rights/contracts/ctr_1/add', '/rights/imports/imp_1/apply', '/clearance/lists/clr_1/cancel'])
    expect((await ask(path, chunked)).status).toBe(411)
  // What goes through ends in this door's own fault, which is told.
  const told = vi.spyOn(console, 'error').mockImplementation(() => undefined)
  for (const path of [
    '/rights/contracts/ctr_1/papers.data',
    '/rights/imports',
    '/clearance/lists',
    '/library/upload/file',
    '/api/v1/clearance',
  ])
    expect((await ask(path, chunked)).status).not.toBe(411)
  told.mockRestore()
})

test('an address with a NUL in it is malformed, and no question for the database', async () => {
  const { ask } = aDoor()
  expect((await ask('/search?q=%00')).status).toBe(400)
  expect((await ask('/assets/ast_%00')).status).toBe(400)
})

test('the log keeps no secret that opens an account', async () => {
  const { ask, lines } = aDoor()
  await ask('/reset-password/abcdef0123456789', { method: 'POST', headers: { 'transfer-encoding': 'chunked' } })
  expect(lines).toMatchObject([{ path: '/reset-password/[hidden]', status: 411 }])
  expect(loggedPath('/join/abcdef0123456789.data')).toBe('/join/[hidden]')
  expect(loggedPath('/calendar/cmk_0123456789.ics')).toBe('/calendar/[hidden]')
  expect(loggedPath('/Calendar/cmk_0123456789.ics')).toBe('/Calendar/[hidden]')
  expect(loggedPath('/l/abcdef0123456789/talk.data')).toBe('/l/[hidden]/talk.data')
  expect(loggedPath('/L/abcdef0123456789.data')).toBe('/L/[hidden]')
  expect(loggedPath('/alerts/abcdef0123456789')).toBe('/alerts/[hidden]')
  expect(loggedPath('/hooks/alerts/abcdef0123456789')).toBe('/hooks/alerts/[hidden]')
  expect(loggedPath('/orders/ord_1')).toBe('/orders/ord_1')
})
