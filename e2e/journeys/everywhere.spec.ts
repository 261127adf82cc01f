import type { Page } from 'playwright/test'
import { expect, expectAccessible, test } from '../fixtures.ts'

/** Follow every link of our own from a start, as this person; each page must answer, stay within the window, and lead on. */
async function crawl(page: Page, origin: string, start: string, most: number): Promise<{ visited: string[]; faults: string[] }> {
  const seen = new Set<string>([start])
  const queue = [start]
  const visited: string[] = []
  const faults: string[] = []
  // One of each kind of page is enough: a thousand assets have one page.
  const kinds = new Map<string, number>()
  while (queue.length > 0 && visited.length < most) {
    const path = queue.shift() as string
    const kind = path.replace(/[a-z]{3}_[0-9a-z]{26}/g, ':id').replace(/\?.*/, '')
    const count = kinds.get(kind) ?? 0
    if (count >= 2) continue
    kinds.set(kind, count + 1)
    const answer = await page.goto(path, { waitUntil: 'load' })
    visited.push(path)
    if (!answer || answer.status() >= 400) faults.push(`${path} answers ${answer?.status()}`)
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
    if (wide > 1) faults.push(`${path} is ${wide}px wider than the window`)
    const links = await page.evaluate(() => [...document.querySelectorAll('a[href]')].map((link) => (link as HTMLAnchorElement).href))
    if (links.length === 0) faults.push(`${path} leads nowhere`)
    for (const link of links) {
      const url = new URL(link)
      if (url.origin !== origin || /\/(download|archive|certificate|export|odrl|papers\/)|\.(csv|pdf|ndjson|xml|txt|mjs)$|\/invoices\/|\/files\/|\/(original|web)$|\/previews\//.test(url.pathname)) continue
      const next = url.pathname + url.search
      if (!seen.has(next)) {
        seen.add(next)
        queue.push(next)
      }
    }
  }
  return { visited, faults }
}

const people: [who: string, email: string | null, start: string][] = [
  ['a guest', null, '/'],
  ['a customer', 'clara@bergmann.example', '/licences'],
  ['a partner', 'nora@kaffeewerk.example', '/portal'],
  ['a librarian', 'lena@northlight.example', '/library'],
  ['a rights manager', 'maren@northlight.example', '/rights'],
  ['finance', 'felix@northlight.example', '/finance/orders'],
  ['an auditor', 'ida@northlight.example', '/compliance'],
  ['an administrator', 'astrid@northlight.example', '/admin/organisations'],
]

for (const [who, email, start] of people)
  test(`no dead link, no complaint, nothing too wide: ${who} on a telephone`, async ({ page, product }) => {
    test.setTimeout(480_000)
    await page.setViewportSize({ width: 360, height: 780 })
    if (email) await product.signIn(page, email)
    const { visited, faults } = await crawl(page, product.origin, start, 60)
    expect(faults).toEqual([])
    expect(visited.length).toBeGreaterThan(5)
  })

test('the main pages of every desk pass the accessibility rules, light and dark', async ({ page, product }) => {
  test.setTimeout(480_000)
  const desks: Record<string, string[]> = {
    'maren@northlight.example': ['/rights', '/rights/licences', '/rights/expiries', '/rights/prices'],
    'lena@northlight.example': ['/library', '/library/kits', '/library/collections'],
    'felix@northlight.example': ['/finance/orders', '/finance/ledger'],
    'astrid@northlight.example': ['/admin/organisations', '/admin/members', '/admin/jobs', '/account', '/organisation/members'],
    'ida@northlight.example': ['/compliance', '/compliance/deliveries', '/compliance/reports'],
    'clara@bergmann.example': ['/licences', '/orders'],
  }
  for (const [email, paths] of Object.entries(desks)) {
    await product.signOut(page)
    await product.signIn(page, email)
    for (const path of paths)
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme })
        await page.goto(path)
        await expectAccessible(page)
      }
  }
})
