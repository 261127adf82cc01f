import { execFileSync } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { exiftool } from 'exiftool-vendored'
import exifr from 'exifr'
import type { Page } from 'playwright/test'
import { addDays } from '#services/kernel/period.ts'
import { expect, expectAccessible, test } from '../fixtures.ts'

const clara = 'clara@bergmann.example'
const luc = 'luc@maisonlavande.example'
const grace = 'grace@pikeharrow.example'

test.afterAll(() => exiftool.end())

/** The words of a PDF. */
const wordsOf = (pdf: Buffer): string =>
  execFileSync(process.execPath, ['e2e/pdf-words.mjs'], { input: pdf, encoding: 'utf8', timeout: 20_000 })

const bytesOf = async (page: Page, address: string): Promise<Buffer> => {
  const response = await page.request.get(address)
  expect(response.status(), address).toBe(200)
  return response.body()
}

/** Fill the cart with an exclusive use, up to the checkout button. */
const exclusive = (assetId: string, territory: string, from: string) =>
  `/assets/${assetId}?model=RIGHTS_MANAGED&media=advertising&territory=${territory}&from=${from}&months=12&exclusive=ALL`

test('a guest chooses a royalty-free licence, signs in, pays, and has file, certificate and invoice', async ({ page, product }) => {
  await product.emptyCart(clara)
  await page.goto('/')
  await expectAccessible(page)
  await page.getByLabel('Search pictures').first().fill('quater turns')
  await page.keyboard.press('Enter')
  await page
    .getByRole('link', { name: /Quarter Turns/ })
    .first()
    .click()
  await expect(page.getByRole('heading', { level: 1, name: 'Quarter Turns' })).toBeVisible()
  await page.getByRole('radio', { name: /standard/i }).check()
  await expect(page.getByText('Available now')).toBeVisible()
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Add to cart' }).click()
  await page.waitForURL('**/cart')
  await expectAccessible(page)
  await page.getByRole('link', { name: 'Sign in to check out' }).click()
  await page.getByLabel('E-mail').fill(clara)
  await page.getByLabel('Password', { exact: true }).fill('light-from-the-north')
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Cart' })).toBeVisible()
  await page.getByLabel(/Your purchase order/).fill('PO-JOURNEY-1')
  await page.getByRole('button', { name: 'Check out' }).click()
  await product.pay(page)

  await expect(page.getByText('Thank you: your licences are in force')).toBeVisible({ timeout: 20_000 })
  await expectAccessible(page)
  const licenceAddress = await page.getByRole('link', { name: /^CM-/ }).getAttribute('href')
  const number = (await page.getByRole('link', { name: /^CM-/ }).textContent()) ?? ''
  const file = await bytesOf(page, `${licenceAddress}/download`)
  const certificate = await bytesOf(page, `${licenceAddress}/certificate`)
  const invoiceAddress = await page.getByRole('link', { name: /^Invoice / }).getAttribute('href')
  const invoice = await bytesOf(page, invoiceAddress ?? '')

  const fields = (await exifr.parse(file, { xmp: true, mergeOutput: true })) as Record<string, unknown>
  expect(fields.LicenseID).toBe(number)
  const folder = mkdtempSync(path.join(tmpdir(), 'journey-'))
  writeFileSync(path.join(folder, 'file.jpg'), file)
  const tags = (await exiftool.read(path.join(folder, 'file.jpg'), { readArgs: ['-struct', '-G1'] })) as Record<string, unknown>
  expect(JSON.stringify(tags)).toContain(number)
  expect(JSON.stringify(tags)).toContain('Bergmann Outdoor GmbH')

  const words = wordsOf(certificate)
  for (const word of [number, 'Bergmann Outdoor GmbH', 'Quarter Turns']) expect(words).toContain(word)
  expect(wordsOf(invoice)).toContain('PO-JOURNEY-1')
  const letter = await product.letter(clara, /order|receipt|licen/i)
  expect(letter.text).toContain('http')

  await page.goto(`/verify/${number}`)
  await expect(page.getByRole('heading', { level: 1, name: /Genuine/ })).toBeVisible()
  await page.goto('/verify')
  await page.locator('input[type=file]').setInputFiles({ name: 'delivered.jpg', mimeType: 'image/jpeg', buffer: file })
  await expect(page.getByText(number).first(), 'the file itself leads to its licence').toBeVisible()
})

test('an exclusive right is sold once: the second buyer is told why, and what comes nearest', async ({ page, product, browser }) => {
  const { id } = await product.db.asset.findFirstOrThrow({ where: { title: 'Abandoned Dust Bowl Home' }, select: { id: true } })
  // What is sold is sold: told again, the journey buys the year after.
  const sold = await product.db.licence.findFirst({
    where: { assetId: id, model: 'RIGHTS_MANAGED', endsAt: { gt: new Date() } },
    orderBy: { endsAt: 'desc' },
    select: { endsAt: true },
  })
  const from = addDays((sold?.endsAt ?? new Date()).toISOString().slice(0, 10), 2)
  for (const buyer of [luc, grace]) await product.emptyCart(buyer)
  await product.signIn(page, luc)
  await page.goto(exclusive(id, 'DACH', from))
  await page.getByRole('button', { name: 'Add to cart' }).click()
  await page.waitForURL('**/cart')
  const second = await (await browser.newContext({ baseURL: product.origin })).newPage()
  await product.signIn(second, grace)
  await second.goto(exclusive(id, 'DE', from))
  await second.getByRole('button', { name: 'Add to cart' }).click()
  await second.waitForURL('**/cart')

  await page.getByRole('button', { name: 'Check out' }).click()
  await page.waitForURL(/\/c\/pay\//)
  // Held while the first buyer is at the till: the second one is turned away, before any money.
  await second.goto('/cart')
  await expect(second.getByText('This use cannot be had any more')).toBeVisible()
  await expect(second.getByText(luc)).toHaveCount(0)
  await expect(second.getByText('Maison Lavande')).toHaveCount(0)

  await product.pay(page)
  await expect(page.getByText('Thank you: your licences are in force')).toBeVisible({ timeout: 20_000 })
  await second.goto(exclusive(id, 'EU27', from))
  await expect(second.getByText('This use cannot be had')).toBeVisible()
  await expect(second.getByText('What comes nearest:')).toBeVisible()
  await expectAccessible(second)
  await second.locator('.nearest').getByRole('link').first().click()
  await expect(second.getByText('Available now'), 'the nearest scope can be had').toBeVisible()
})

test('a declined card keeps the rights held, and the next card buys them', async ({ page, product }) => {
  const { id } = await product.db.asset.findFirstOrThrow({ where: { title: 'Quarter Turns' }, select: { id: true } })
  await product.emptyCart(grace)
  await product.signIn(page, grace)
  await page.goto(`/assets/${id}?model=ROYALTY_FREE_STANDARD`)
  await page.getByRole('button', { name: 'Add to cart' }).click()
  await page.waitForURL('**/cart')
  await page.getByRole('button', { name: 'Check out' }).click()
  await product.pay(page, '4000 0000 0000 0002')
  await expect(page.getByText(/declined/i).first()).toBeVisible()
  await product.pay(page)
  await expect(page.getByText('Thank you: your licences are in force')).toBeVisible({ timeout: 20_000 })
})

test('pdftotext finds number, holder and end in a certificate', async ({ page, product }) => {
  let there = true
  try {
    execFileSync('pdftotext', ['-v'], { stdio: 'ignore' })
  } catch {
    there = false
  }
  test.skip(!there, 'this machine has no pdftotext')
  await product.signIn(page, clara)
  const licence = await product.db.licence.findFirstOrThrow({
    where: { state: 'ACTIVE', endsAt: { not: null }, model: 'RIGHTS_MANAGED' },
    orderBy: { no: 'asc' },
    select: { id: true, number: true, terms: true },
  })
  const file = path.join(mkdtempSync(path.join(tmpdir(), 'journey-')), 'certificate.pdf')
  writeFileSync(file, await bytesOf(page, `/licences/${licence.id}/certificate`))
  const text = execFileSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8' })
  expect(text).toContain(licence.number)
  expect(text).toContain('Bergmann Outdoor GmbH')
  const { until } = licence.terms as { until: string }
  expect(text).toContain(String(Number(until.slice(8))))
})
