import { randomBytes } from 'node:crypto'
import type { Page } from 'playwright/test'
import { addDays } from '#services/kernel/period.ts'
import { giveDiscount } from '#services/licensing/given-discounts.ts'
import { expect, expectAccessible, test, type Product } from '../fixtures.ts'
import { rightsManager, sure, withHands } from '../hands.ts'

const felix = 'felix@northlight.example'

const use = (assetId: string, places: readonly string[], widen = '') =>
  `/assets/${assetId}?model=RIGHTS_MANAGED&media=website-editorial${places.map((code) => `&territory=${code}`).join('')}&months=12${widen && `&widen=${widen}`}`

async function buy(page: Page, product: Product): Promise<void> {
  await page.getByRole('button', { name: 'Check out' }).click()
  await product.pay(page)
  await expect(page.getByText('Thank you: your licences are in force')).toBeVisible({ timeout: 20_000 })
}

test('a customer buys in francs with a code, then widens the licence for the difference', async ({ page, product }) => {
  const asset = await product.db.asset.findFirstOrThrow({ where: { title: { contains: 'Nagasaki' } }, select: { id: true } })
  // The code is for a first order: whoever comes with it has never bought here.
  await page.goto('/register?then=/licences')
  await page.getByLabel('Company').fill('First Order Ltd')
  await page.getByLabel('Country').selectOption('DE')
  await page.getByLabel('Your name').fill('Frida First')
  await page.getByLabel('E-mail').fill(`first-${randomBytes(4).toString('hex')}@people.example`)
  await page.getByLabel('Password', { exact: true }).fill('nine moths in a relay')
  await page.getByRole('button', { name: 'Open the account' }).click()
  await page.waitForURL('**/licences')
  await page.goto(use(asset.id, ['FR']))
  await page.getByRole('button', { name: 'Prices in Swiss francs' }).click()
  await expect(page.getByRole('button', { name: 'Prices in Swiss francs' })).toHaveAttribute('aria-pressed', 'true')
  await page.getByRole('button', { name: 'Add to cart' }).click()
  await page.waitForURL('**/cart')
  await expect(page.getByText(/CHF/).first()).toBeVisible()
  await page.getByLabel(/Promotion code/).fill('nope')
  await page.getByRole('button', { name: 'Use it' }).click()
  await expect(page.getByText('No code nope is known. Look at its letters again.')).toBeVisible()
  await page.getByLabel(/Promotion code/).fill('welcome10')
  await page.getByRole('button', { name: 'Use it' }).click()
  await expect(page.getByText(/10 % off the first order counts/)).toBeVisible()
  await expect(page.getByRole('heading', { name: 'The terms that you agree to' })).toBeVisible()
  await expectAccessible(page)
  await buy(page, product)
  await expect(page.getByText('WELCOME10').first()).toBeVisible()
  await expectAccessible(page)

  const first = (await page.getByRole('link', { name: /^CM-/ }).textContent()) ?? ''
  const licence = await product.db.licence.findUniqueOrThrow({ where: { number: first }, select: { id: true } })
  await page.goto(use(asset.id, ['FR', 'BE', 'LU'], licence.id))
  await page.getByRole('button', { name: /^Add .*cart/i }).click()
  await page.waitForURL('**/cart')
  await expect(page.getByText(`Widens ${first}`)).toBeVisible()
  await expectAccessible(page)
  await buy(page, product)
  const wider = (await page.getByRole('link', { name: /^CM-/ }).textContent()) ?? ''
  await page.goto(`/verify/${first}`)
  await expect(page.getByRole('link', { name: wider })).toBeVisible()
  await page.goto(`/verify/${wider}`)
  await expect(page.getByRole('heading', { level: 1, name: /Genuine/ })).toBeVisible()

  const sums = await product.db.$queryRaw<
    { currency: string; sum: bigint }[]
  >`SELECT currency, sum(amount_minor)::bigint AS sum FROM ledger_entries GROUP BY currency`
  expect(sums.map(({ currency }) => currency)).toContain('CHF')
  expect(sums.every(({ sum }) => sum === 0n)).toBe(true)
})

test('finance decides on a discount that is beyond the limit of who asked for it', async ({ page, product }) => {
  const reason = `They compare us with another archive, ${randomBytes(3).toString('hex')}.`
  const given = await product.db.givenDiscount.findMany({ select: { assetId: true } })
  const free = await product.db.asset.findFirstOrThrow({
    where: { state: 'PUBLISHED', kind: 'PHOTOGRAPH', sellsRoyaltyFree: true, id: { notIn: given.map(({ assetId }) => assetId) } },
    orderBy: { no: 'asc' },
    select: { id: true },
  })
  const { id } = await withHands(async (hands) => {
    const { orgId } = await product.db.member.findFirstOrThrow({
      where: { user: { email: 'luc@maisonlavande.example' } },
      select: { orgId: true },
    })
    const validUntil = addDays(new Date().toISOString().slice(0, 10), 60)
    const wish = { orgId, assetId: free.id, model: 'ROYALTY_FREE_EXTENDED', currency: 'EUR', bp: 2_500, reason, validUntil } as const
    return sure(await giveDiscount(await hands.as(rightsManager), wish), 'ask for a discount')
  })
  await product.signIn(page, felix)
  await page.goto('/finance/ledger')
  await expect(page.getByText(/CHF/).first()).toBeVisible()
  await page.goto('/rights/discounts')
  const line = page.locator('.given-line').filter({ hasText: reason })
  await expect(line).toContainText('25 % off')
  await expectAccessible(page)
  await line.getByRole('button', { name: 'Approve' }).click()
  await expect(page.getByText('Approved: the customer’s cart has it.')).toBeVisible()
  expect(await product.db.givenDiscount.findUniqueOrThrow({ where: { id } })).toMatchObject({ state: 'APPROVED', bp: 2_500 })
  // No order has it: it may be taken back, with a reason.
  await line.getByText('Take it back', { exact: true }).click()
  await line.getByLabel('Why you take it back').fill('Meant for another customer')
  await expectAccessible(page)
  await line.getByRole('button', { name: 'Take back the discount' }).click()
  await expect(page.getByText('Taken back: it lowers no price any more.')).toBeVisible()
  await expect(line).toContainText('Meant for another customer')
  expect(await product.db.givenDiscount.findUniqueOrThrow({ where: { id } })).toMatchObject({ state: 'WITHDRAWN', bp: 2_500 })
})
