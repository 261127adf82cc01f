import { randomBytes } from 'node:crypto'
import { approveReview, submitAsset } from '#services/review/reviews.ts'
import { expect, expectAccessible, test } from '../fixtures.ts'
import { sure, withHands } from '../hands.ts'

const [librarian, brand, legal, compliance] = ['lena', 'jonas', 'maren', 'ida'].map((name) => `${name}@northlight.example`) as [
  string,
  string,
  string,
  string,
]

test('a sign goes from brand to legal and compliance, by card, by keys and by hand', async ({ page, product, browser }) => {
  test.setTimeout(150_000)
  // Two signs of this journey's own: one waits for the brand, one has come as far as Legal and Compliance.
  const mark = randomBytes(3).toString('hex')
  const [sign, further] = [`Winter fair, sign ${mark}`, `Winter fair, far sign ${mark}`]
  await withHands(async (hands) => {
    for (const title of [sign, further]) {
      const assetId = await hands.aSheet({ title, kind: 'LOGO' })
      const { reviewId } = sure(await submitAsset(await hands.as(librarian), { assetId, note: 'For the winter fair.' }), 'send for review')
      if (title === further) sure(await approveReview(await hands.as(brand), { reviewId, reason: '' }), 'approve for the brand')
    }
  })
  await product.db.reviewAbsence.deleteMany({ where: { startsOn: { gte: new Date('2031-01-01') } } })
  const open = async (who: string) => {
    const other = await (await browser.newContext({ baseURL: product.origin })).newPage()
    await product.signIn(other, who)
    return other
  }

  // The board asks before it decides: by the card's menu, and by dragging it.
  await product.signIn(page, brand)
  await page.goto('/library/review?view=board&tab=all')
  await expect(page.getByRole('region', { name: 'Brand' })).toContainText(sign)
  await expectAccessible(page)
  const card = page.getByRole('region', { name: 'Brand' }).getByRole('listitem').filter({ hasText: sign })
  await card.getByRole('link', { name: sign }).focus()
  await page.keyboard.press('c')
  await expect(page.getByRole('dialog')).toContainText('Brand asks for changes')
  await page.keyboard.press('Escape')
  await expect(page.getByRole('status').filter({ hasText: 'stays in Brand' })).toBeVisible()
  const from = await card.boundingBox()
  const to = await page.getByRole('region', { name: 'Legal', exact: true }).boundingBox()
  if (!from || !to) throw new Error('the board has no columns')
  await page.mouse.move(from.x + from.width / 2, from.y + 40)
  await page.mouse.down()
  // Straight across where the other column reaches so far down, else to its last line.
  await page.mouse.move(to.x + to.width / 2, Math.min(Math.max(to.y + 60, from.y), to.y + to.height - 10), { steps: 8 })
  await page.mouse.up()
  const asked = page.getByRole('dialog')
  await expect(asked).toContainText('it goes on to Legal and Compliance')
  await asked.getByRole('button', { name: 'Approve' }).click()
  await expect(page.getByText('Noted. It goes on to Legal and Compliance.')).toBeVisible()
  await expect(page.getByRole('region', { name: 'Legal', exact: true })).toContainText(sign)
  await product.letter(legal, new RegExp(`To review: “${sign}”`))

  // Legal asks a colleague, then approves; the review waits for Compliance.
  const maren = await open(legal)
  await maren.goto('/library/review')
  await expect(maren.getByRole('link', { name: 'Mine' })).toHaveAttribute('aria-current', 'page')
  await maren.getByRole('link', { name: sign }).click()
  await expect(maren.getByRole('heading', { level: 1, name: sign })).toBeVisible()
  await expectAccessible(maren)
  await maren.getByRole('button', { name: 'Ask a colleague' }).click()
  await maren.getByRole('dialog').getByLabel('Whom').selectOption({ label: 'Lena Hoff' })
  await maren.getByRole('dialog').getByLabel('Question').fill('Is the typeface ours?')
  await maren.getByRole('dialog').getByRole('button', { name: 'Ask', exact: true }).click()
  await expect(maren.getByText('Maren Vogt asks Lena Hoff')).toBeVisible()
  await maren.getByRole('button', { name: 'Approve', exact: true }).click()
  await expect(maren.getByText(/Noted/)).toBeVisible()

  // The rest of Compliance's are decided together, from the list.
  const ida = await open(compliance)
  await ida.goto('/library/review?tab=mine')
  for (const title of [sign, further]) await ida.getByRole('checkbox', { name: `${title}, Compliance` }).check()
  await ida.getByRole('button', { name: 'Approve…' }).click()
  await expect(ida.getByRole('heading', { level: 1, name: 'Approve: 2 reviews' })).toBeVisible()
  await ida.getByRole('button', { name: 'Approve', exact: true }).click()
  await expect(ida.getByRole('heading', { level: 1, name: '2 of 2 decided' })).toBeVisible()
  await expect(ida.getByText('Approved.')).toBeVisible()
  await product.letter(librarian, new RegExp(`Approved: “${sign}”`))

  // What is due is on its day, and nothing is wider than the window.
  await ida.goto('/library/review?view=calendar&tab=all')
  await expect(ida.getByRole('grid')).toBeVisible()
  await expectAccessible(ida)

  // The librarian answers, and changes the route; what is under way keeps its own.
  const lena = await open(librarian)
  await lena.goto('/library/review/routes')
  await expectAccessible(lena)
  await lena.getByRole('link', { name: /^Legal(,| only)/ }).click()
  await lena.getByLabel('Name', { exact: true }).first().fill(`Legal, quickly ${mark}`)
  await lena.getByRole('button', { name: 'Save the route' }).click()
  await expect(lena.getByText('What is under way keeps the route that it began with.')).toBeVisible()
  await expect(lena.getByRole('link', { name: `Legal, quickly ${mark}` })).toBeVisible()
  await lena.goto('/account/away')
  await expectAccessible(lena)
  await lena.getByLabel('Until').fill('2031-01-10')
  await lena.getByLabel('From').fill('2031-01-05')
  await lena.getByLabel('Stands in').selectOption({ label: 'Jonas Weil' })
  await lena.getByRole('button', { name: 'Save' }).click()
  await expect(lena.getByRole('row', { name: /Lena Hoff \(you\).*Jonas Weil/ })).toBeVisible()
  for (const other of [maren, ida, lena]) await other.context().close()
})
