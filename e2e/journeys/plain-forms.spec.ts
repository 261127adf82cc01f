import { randomBytes } from 'node:crypto'
import type { Browser, Page } from 'playwright/test'
import { expect, test, type Product } from '../fixtures.ts'

/** Pages whose address is a secret, in a browser that runs no script: their forms name our origin, and are taken. */
const fresh = 'nine moths in a relay'
const linkIn = (text: string, path: RegExp): string => path.exec(text)?.[0] ?? 'no such link in the letter'

async function withoutScript(browser: Browser): Promise<{ page: Page; origins: string[]; close(): Promise<void> }> {
  const context = await browser.newContext({ javaScriptEnabled: false })
  const page = await context.newPage()
  const origins: string[] = []
  page.on('request', (request) => {
    if (request.method() === 'POST') void request.allHeaders().then(({ origin }) => origins.push(origin ?? 'none'))
  })
  return { page, origins, close: () => context.close() }
}

/** A form that another site makes a browser send is told so on a page of ours, whatever it says of itself. */
async function expectForeignRefused({ origin }: Product, path: string, page: Page): Promise<void> {
  for (const headers of [
    { origin: 'null' },
    { origin: 'https://evil.example' },
    { origin: 'nonsense' },
    { origin: 'null', 'sec-fetch-site': 'cross-site' },
  ]) {
    const answer = await page.request.post(`${origin}${path}`, {
      headers: headers as Record<string, string>,
      form: { password: fresh },
      maxRedirects: 0,
    })
    expect({ ...headers, status: answer.status() }).toEqual({ ...headers, status: 403 })
    expect(await answer.text()).toContain('<h1')
  }
}

test('a password is chosen by the link in the mail', async ({ product, browser }) => {
  const { page, origins, close } = await withoutScript(browser)
  const email = `plain-${randomBytes(4).toString('hex')}@people.example`
  await page.goto('/register')
  await page.getByLabel('Company').fill('Plain Forms Ltd')
  await page.getByLabel('Country').selectOption('GB')
  await page.getByLabel('Your name').fill('Ada Plain')
  await page.getByLabel('E-mail').fill(email)
  await page.getByLabel('Password', { exact: true }).fill('twelve boats in harbour')
  await page.getByRole('button', { name: 'Open the account' }).click()
  await page.context().clearCookies()
  await page.goto('/forgot-password')
  await page.getByLabel('E-mail').fill(email)
  await page.getByRole('button', { name: 'Send the link' }).click()
  const path = linkIn((await product.letter(email, /password/i)).text, /\/reset-password\/[0-9a-z]+/)
  expect((await page.goto(path))?.headers()['referrer-policy']).toBe('same-origin')
  await expectForeignRefused(product, path, page)
  await page.getByLabel('New password', { exact: true }).fill(fresh)
  await page.getByRole('button', { name: 'Set the password' }).click()
  await expect(page.getByText('Your new password is set')).toBeVisible()
  expect(new Set(origins)).toEqual(new Set([product.origin]))
  await close()
})

test('an invitation is taken', async ({ page: bosses, product, browser }) => {
  await product.signIn(bosses, 'astrid@northlight.example')
  await bosses.goto('/organisation/members')
  const email = `plain-${randomBytes(4).toString('hex')}@people.example`
  await bosses.locator('#invite').getByLabel('E-mail').fill(email)
  const role = bosses.locator('#invite').getByLabel('Contributor')
  if (await role.count()) await role.check()
  await bosses.getByRole('button', { name: 'Send the invitation' }).click()
  await expect(bosses.getByRole('rowheader', { name: email })).toBeVisible()
  const { page, origins, close } = await withoutScript(browser)
  const path = linkIn((await product.letter(email, /./)).text, /\/join\/[0-9a-z]+/)
  expect((await page.goto(path))?.headers()['referrer-policy']).toBe('same-origin')
  await expectForeignRefused(product, path, page)
  await page.getByLabel('Your name').fill('Jan Plain')
  await page.getByLabel('Password', { exact: true }).fill(fresh)
  await page.getByRole('button', { name: /^Join / }).click()
  await page.waitForURL((url) => !url.pathname.startsWith('/join'))
  await expect(page.getByText('Jan Plain').first()).toBeAttached()
  expect(new Set(origins)).toEqual(new Set([product.origin]))
  await close()
})

test('a lightbox’s link opens by its password', async ({ page: owner, product, browser }) => {
  await product.signIn(owner, 'grace@pikeharrow.example')
  const { id } = await product.db.asset.findFirstOrThrow({
    where: { state: 'PUBLISHED', audience: 'STORE' },
    orderBy: { id: 'desc' },
    select: { id: true },
  })
  await owner.goto(`/assets/${id}`)
  await owner
    .getByRole('button', { name: /Add to lightbox|^In / })
    .first()
    .click()
  await expect(owner.getByRole('button', { name: /^In / }).first()).toBeVisible()
  await owner.goto('/lightboxes')
  await owner.locator('.box-card').getByRole('heading').getByRole('link').first().click()
  await owner.getByText('Make a link').click()
  await owner.locator('details[open] select[name=right]').selectOption('COMMENT')
  await owner.locator('details[open] input[name=password]').fill(fresh)
  await owner.getByRole('button', { name: 'Make the link' }).click()
  await expect(owner.getByText('Copy it now')).toBeVisible()
  const path = linkIn(await owner.locator('main').innerText(), /\/l\/[0-9a-z]{32}/)
  const { page, origins, close } = await withoutScript(browser)
  expect((await page.goto(path))?.headers()['referrer-policy']).toBe('same-origin')
  await expectForeignRefused(product, path, page)
  await page.getByLabel('Password').fill(fresh)
  await page.getByRole('button', { name: 'Open', exact: true }).click()
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await expect(page.getByLabel('Password')).toHaveCount(0)
  expect(new Set(origins)).toEqual(new Set([product.origin]))
  await close()
})
