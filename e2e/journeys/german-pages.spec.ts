import type { Page } from 'playwright/test'
import { expect, password, test, type Product } from '../fixtures.ts'

// Robots are never led to German pages, and a headless browser says that it is one.
test.use({
  locale: 'de-DE',
  userAgent: 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/143.0.0.0 Safari/537.36',
})

/** Words that every English page of ours is full of, and that no title, name or address is. */
const english = /\b(you|your|yours|licences?|please|until|must|cannot|signed|granted|remove|choose|our|orders?|members|sent)\b/i

/** What a page says by itself: its text and labels, without what is marked as English, what people have typed, and addresses. */
const saidOn = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const skipped = '[lang="en"], code, .code, script, style, noscript, a[href*="/assets/"], .terms'
    const said: string[] = []
    const walk = (element: Element): void => {
      if (element.matches(skipped)) return
      for (const name of ['aria-label', 'placeholder', 'title']) {
        const value = element.getAttribute(name)
        if (value) said.push(value)
      }
      for (const child of element.childNodes)
        if (child.nodeType === Node.TEXT_NODE) said.push((child.textContent ?? '').trim())
        else if (child instanceof Element) walk(child)
    }
    walk(document.body)
    return [document.title, ...said.filter((text) => text !== '')]
  })

/** What people have typed is shown as they typed it; papers have English names. */
async function typedBy({ db }: Product): Promise<string[]> {
  const [kits, requests, collections, assets, papers, licences] = await Promise.all([
    db.brandKit.findMany({ select: { description: true } }),
    db.grantRequest.findMany({ select: { purpose: true, reason: true } }),
    db.collection.findMany({ select: { description: true } }),
    db.asset.findMany({ select: { title: true, description: true, altText: true } }),
    db.termsTemplate.findMany({ select: { title: true } }),
    db.licence.findMany({ select: { endReason: true } }),
  ])
  return [...kits, ...requests, ...collections, ...assets, ...papers, ...licences]
    .flatMap((row) => Object.values(row))
    .filter((text): text is string => typeof text === 'string' && text.length > 3)
}

async function inGerman(page: Page, path: string, typed: readonly string[]): Promise<string[]> {
  const answer = await page.goto(path)
  if (!answer || answer.status() >= 400) return [`${path}: ${answer?.status()}`]
  const language = await page.locator('html').getAttribute('lang')
  const said = (await saidOn(page)).filter((text) => english.test(text) && !typed.some((words) => text.includes(words)))
  return [...(language === 'de' ? [] : [`${path}: ${language}`]), ...said.map((text) => `${path}: ${text.slice(0, 120)}`)]
}

/** The first link on a list that leads to one of its things. */
async function firstOf(page: Page, list: string, shape: RegExp): Promise<string[]> {
  await page.goto(list)
  const links = await page.locator('main a[href]').evaluateAll((all) => all.map((link) => link.getAttribute('href') ?? ''))
  return links.filter((href) => shape.test(href)).slice(0, 1)
}

const everybody = [
  '/',
  '/search',
  '/licensing',
  '/collections',
  '/contributors',
  '/verify',
  '/keys',
  '/cart',
  '/compare',
  '/seen',
  '/lightboxes',
]
const account = [
  '/account',
  '/account/sessions',
  '/account/keys',
  '/account/searches',
  '/account/password',
  '/organisation',
  '/organisation/members',
]

test('no page of a guest mixes languages', async ({ page, product }) => {
  await page.goto('/de')
  const typed = await typedBy(product)
  const mixed: string[] = []
  const asset = await firstOf(page, '/de/search', /^\/de\/assets\/ast_/)
  for (const path of [...everybody, ...asset, '/sign-in', '/register', '/forgot-password'])
    mixed.push(...(await inGerman(page, path, typed)))
  expect(mixed).toEqual([])
})

for (const [who, email, own] of [
  [
    'customer',
    'clara@bergmann.example',
    [
      ['/orders', /^\/orders\/[^/?]+$/],
      ['/licences', /^\/licences\/[^/?]+$/],
      ['/lightboxes', /^\/lightboxes\/[^/?]+$/],
    ],
  ],
  [
    'partner',
    'nora@kaffeewerk.example',
    [
      ['/portal', /^\/portal\/kits\/[^/?]+$/],
      ['/requests', /^\/requests\/(?!new)[^/?]+$/],
      ['/licences', /^\/licences\/[^/?]+$/],
    ],
  ],
] as const)
  test(`no page of a ${who} mixes languages`, async ({ page, product }) => {
    await page.goto('/de')
    await page.goto('/sign-in')
    await page.getByLabel('E-Mail').fill(email)
    await page.getByLabel('Passwort', { exact: true }).fill(password)
    await page.getByRole('main').getByRole('button', { name: 'Anmelden' }).click()
    await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'))
    await expect(page.locator('html')).toHaveAttribute('lang', 'de')
    const typed = await typedBy(product)
    const mixed: string[] = []
    for (const path of [...everybody, ...account, ...(who === 'partner' ? ['/portal', '/requests', '/requests/new'] : ['/orders'])])
      mixed.push(...(await inGerman(page, path, typed)))
    for (const [list, shape] of own) for (const path of await firstOf(page, list, shape)) mixed.push(...(await inGerman(page, path, typed)))
    expect(mixed).toEqual([])
  })
