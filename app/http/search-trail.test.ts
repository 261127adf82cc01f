import { expect, test } from 'vitest'
import { foundBy, rememberFound } from './search-trail.server.ts'

const asking = (cookie: string) => new Request('https://brand.example/', { headers: { cookie } })

test('the trail fits into a cookie in any script, and the latest words stay', async () => {
  let cookie = ''
  for (let n = 0; n < 12; n++)
    cookie = (await rememberFound(asking(cookie), `ast_${String(n).padStart(26, '0')}`, 'ก'.repeat(200))).split(';')[0] ?? ''
  expect(cookie.length).toBeLessThan(4_096)
  expect(await foundBy(asking(cookie), 'ast_00000000000000000000000011')).toBe('ก'.repeat(200))
  expect(await foundBy(asking(cookie), 'ast_00000000000000000000000000')).toBeNull()
})

test('what is no trail leads nowhere', async () => {
  for (const value of ['found-by=', 'found-by=%%%', `found-by=${btoa('{"a":1}')}`, `found-by=${btoa('[[1,2],["a"],null]')}`])
    expect(await foundBy(asking(value), 'a')).toBeNull()
})
