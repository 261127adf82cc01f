import { randomInt } from 'node:crypto'
import { expect, expectAccessible, test } from '../fixtures.ts'

const maren = 'maren@northlight.example'

test('a rights manager drafts new prices, sees what they would have brought, and publishes them for a day to come', async ({
  page,
  product,
}) => {
  await product.signIn(page, maren)
  await page.goto('/rights/prices')
  const before = Number(/version (\d+)/.exec((await page.getByRole('heading', { level: 1 }).textContent()) ?? '')?.[1])
  // The newest may still be to come; each telling of this draws up one with a price of its own after it.
  const { version: newest } = await product.db.priceBook.findFirstOrThrow({ orderBy: { version: 'desc' }, select: { version: true } })
  const base = `${randomInt(121, 990)}`
  await page.getByRole('button', { name: 'Draft a new version' }).click()
  await expect(page.getByRole('heading', { level: 1, name: `After version ${newest}` })).toBeVisible()
  await expectAccessible(page)

  // A figure that cannot stand is said at its field; nothing that was typed is lost.
  await page.getByLabel('Rights-managed, base price').fill(`${base},50`)
  await page.getByLabel('Point 3, factor').first().fill('0.01')
  await page.getByLabel('What is new in this version').fill('Spring prices')
  await page.getByRole('button', { name: 'Save draft' }).click()
  await expect(page.getByText('Points must rise, and each line be no steeper than the one before.').first()).toBeVisible()
  await expect(page.getByLabel('Rights-managed, base price')).toHaveValue(`${base},50`)
  await page.getByLabel('Point 3, factor').first().fill('0.45')
  await page.getByRole('button', { name: 'Save draft' }).click()
  await expect(page.getByText('Draft saved.')).toBeVisible()
  await expect(page.getByRole('row', { name: /Rights-managed, base price/ })).toContainText(`${base}.50`)

  // One use under the draft and the versions before it; a figure that is none is said, and the draft is not lost on the way.
  const draft = page.url()
  await page.getByRole('link', { name: 'Try a price' }).click()
  await page.waitForURL(/simulate\?draft=/)
  await page.goto(`${page.url()}&media=billboard&territory=DACH&months=6`)
  await expect(page.getByRole('heading', { name: 'Draft', exact: true })).toBeVisible()
  await page.getByLabel('Printed copies').fill('-5')
  await page.getByRole('button', { name: 'Show the price' }).click()
  await expect(page.getByText('Write a whole number from 1 to 1,000,000,000.')).toBeVisible()
  await expectAccessible(page)
  await page.getByLabel('Printed copies').fill('10,000')
  await page.getByRole('button', { name: 'Show the price' }).click()
  await expect(page.getByRole('heading', { name: 'Draft', exact: true })).toBeVisible()
  await page.goto(draft)

  // Its effect on what was sold, and every past price still replays.
  await page.getByRole('link', { name: 'Effect on last year’s sales' }).click()
  await expect(page.getByRole('heading', { level: 1, name: `Draft against version ${newest}` })).toBeVisible()
  await expect(page.getByText(/past prices were computed again from their own version: each is the same to the minor unit/)).toBeVisible()
  await expectAccessible(page)
  await page.getByRole('link', { name: 'Back to the draft' }).click()

  // In the past it cannot begin; on a day to come it does.
  await page.getByLabel('First day').fill('2020-01-01')
  await page.getByRole('button', { name: /^Publish/ }).click()
  await expect(page.getByText('Prices cannot begin in the past.')).toBeVisible()
  const elsewhere = await page.context().newPage()
  await elsewhere.goto(draft)
  await page.getByLabel('First day').fill('2031-03-01')
  await page.getByRole('button', { name: /^Publish/ }).click()
  await expect(page.getByRole('heading', { level: 1, name: `Price book, version ${newest + 1}` })).toBeVisible()
  await expect(page.getByRole('row', { name: new RegExp(`Version ${newest + 1}\\b`) })).toContainText('To come')
  await expect(page.getByRole('row', { name: new RegExp(`Version ${before}\\b`) })).toContainText('In effect')

  // Who still looks at the draft is told what became of it.
  await elsewhere.getByRole('button', { name: /^Publish/ }).click()
  await expect(
    elsewhere.getByText(new RegExp(`published already, as version ${newest + 1}: by .+ It holds from 1 March 2031`)),
  ).toBeVisible()
  await elsewhere.close()

  // What stands on prices to come does not bring them forward unasked.
  await page.goto('/rights/prices')
  await page.getByRole('button', { name: 'Draft a new version' }).click()
  await page.getByLabel('Rights-managed, base price').fill(`${base}.75`)
  await page.getByLabel('What is new in this version').fill('A little more')
  await page.getByRole('button', { name: 'Save draft' }).click()
  await expect(page.getByText(`Version ${newest + 1} begins on 1 March 2031`)).toBeVisible()
  await page.getByText('What would change in the prices of today').click()
  await expectAccessible(page)
  await page.getByRole('button', { name: /^Publish/ }).click()
  await expect(page.getByText('The version that this draft stands on begins later.')).toBeVisible()
  await page.getByRole('button', { name: 'Throw away' }).first().click()
  await page.getByRole('dialog').getByRole('button', { name: 'Throw away' }).click()

  await page.goto('/rights/prices/simulate?media=billboard&territory=DACH&months=6')
  await expect(page.getByRole('heading', { name: `Version ${newest + 1}` })).toBeVisible()
  await expect(page.getByRole('heading', { name: `Version ${before}`, exact: true })).toBeVisible()
  await expectAccessible(page)
})
