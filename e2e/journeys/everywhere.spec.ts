import type { Page } from 'playwright/test'
import { expect, expectAccessible, test } from '../fixtures.ts'

/** A page and its views are one kind, whatever asset, order or person it is about. */
const kindOf = (path: string): string => path.replace(/[a-z]{3}_[0-9a-z]{26}/g, ':id').replace(/\?.*/, '')

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
    const kind = kindOf(path)
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
  // What the walk has no room for is asked for without being drawn, one of each kind: no link leads where this person may not go.
  for (const path of queue) {
    if (kinds.has(kindOf(path))) continue
    kinds.set(kindOf(path), 1)
    const answer = await page.request.get(path)
    if (answer.status() >= 400) faults.push(`${path} answers ${answer.status()}`)
  }
  return { visited, faults }
}

/** By the keyboard: each stop bears a mark, and half of it at least can be seen, beside and below what stays in place. */
async function unseenStops(page: Page, stops: number): Promise<string[]> {
  const faults = new Set<string>()
  for (let stop = 0; stop < stops; stop++) {
    await page.keyboard.press('Tab')
    const fault = await page.evaluate(async () => {
      await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))
      const at = document.activeElement
      if (!at || at === document.body) return null
      const name = `${at.tagName.toLowerCase()} “${(at.getAttribute('aria-label') ?? at.textContent ?? '').trim().slice(0, 40)}”`
      const marked = [at, at.parentElement, at.closest('label'), at.closest('.card')].some((each) => each && getComputedStyle(each).outlineStyle !== 'none')
      // The button of a date has a mark of the browser's own.
      if (!marked && at.getAttribute('type') !== 'date') return `${name} has no mark`
      const box = (at.closest('label') ?? at).getBoundingClientRect()
      const wide = Math.min(box.right, innerWidth) - Math.max(box.left, 0)
      const high = Math.min(box.bottom, innerHeight) - Math.max(box.top, 0)
      if (wide < Math.min(box.width, innerWidth) / 2 || high < Math.min(box.height, innerHeight) / 2) return `${name} is out of sight`
      const over = document.elementFromPoint(Math.max(box.left, 0) + wide / 2, Math.max(box.top, 0) + high / 2)
      return over && !over.contains(at) && !at.contains(over) && !at.closest('label')?.contains(over) ? `${name} is covered` : null
    })
    if (fault) faults.add(fault)
  }
  return [...faults]
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
    await page.goto(start)
    expect(await unseenStops(page, 30)).toEqual([])
    expect(visited.length).toBeGreaterThan(5)
  })

test('the main pages of every desk pass the accessibility rules, wide in the light and small in the dark', async ({ page, product }) => {
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
        await page.setViewportSize({ width: colorScheme === 'light' ? 1280 : 390, height: 800 })
        await page.goto(path)
        await expectAccessible(page)
      }
  }
})
