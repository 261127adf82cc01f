import { expect, test } from 'vitest'
import { z } from 'zod'
import { parseFields, parseForm } from './form.server.ts'

const schema = z.object({
  email: z.email('Not an address.'),
  newPassword: z.string().min(12, 'Too short.'),
  roles: z.array(z.string()).min(1, 'Choose.'),
})

test('what fits comes out typed, one box ticked or several', async () => {
  const body = new URLSearchParams([
    ['email', 'a@b.test'],
    ['newPassword', 'x'.repeat(12)],
    ['roles', 'ONE'],
  ])
  expect(await parseForm(new Request('https://x.test', { method: 'POST', body }), schema)).toMatchObject({
    status: 'success',
    value: { email: 'a@b.test', roles: ['ONE'] },
  })
})

test('what does not fit goes back with its errors and without its passwords', () => {
  const form = parseFields(new URLSearchParams({ email: 'a', newPassword: 'secret words' }), schema)
  const reply = form.reply()
  expect(reply.error).toMatchObject({ email: ['Not an address.'], roles: ['Choose.'] })
  expect(JSON.stringify(reply)).not.toContain('secret words')
  expect(JSON.stringify(form.reply({ formErrors: ['No.'] }))).not.toContain('secret words')
})

test('a body that is no form is malformed', async () => {
  const request = new Request('https://x.test', { method: 'POST', body: '{}', headers: { 'content-type': 'application/json' } })
  await expect(parseForm(request, schema)).rejects.toMatchObject({ code: 'malformed' })
})

test('a NUL in a field is malformed, and no question for the database', async () => {
  const request = new Request('https://x.test', { method: 'POST', body: new URLSearchParams({ email: 'a\0@b.example' }) })
  await expect(parseForm(request, schema)).rejects.toMatchObject({ code: 'malformed' })
})

test.each(['name[999999999]', 'name[2000]', '__proto__.x', 'name.__proto__.x', 'a.constructor', 'a[', 'a]b', 'a..b', 'roles[]', '', '__intent__', '__state__', 'a.'.repeat(200)])(
  'a field called %s is malformed: no page of ours sends one, and the parser would stumble over it or hold everybody up',
  (name) => {
    const started = performance.now()
    expect(() => parseFields(new URLSearchParams([[name, 'x']]), schema)).toThrow(expect.objectContaining({ code: 'malformed' }))
    expect(performance.now() - started).toBeLessThan(1_000)
  },
)

test.each(['own.fld_01', 'source.assetIds[1999]', 'choice.iptc-headline', 'roles', 'a[3].b'])('a field called %s is read', (name) => {
  expect(parseFields(new URLSearchParams([[name, 'x']]), z.object({})).status).toBe('success')
})

test('a form of more fields than any of ours is malformed: each is copied for the next of its name', () => {
  const fields = (many: number) => new URLSearchParams(Array.from({ length: many }, () => ['roles', 'x']))
  expect(parseFields(fields(5_000), z.object({ roles: z.array(z.string()) })).status).toBe('success')
  expect(() => parseFields(fields(200_000), schema)).toThrow(expect.objectContaining({ code: 'malformed' }))
  const lists = new URLSearchParams(Array.from({ length: 9_000 }, (_, i) => [`a${i}[1999]`, 'x']))
  expect(() => parseFields(lists, schema)).toThrow(expect.objectContaining({ code: 'malformed' }))
})
