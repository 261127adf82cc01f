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
