import { randomBytes } from 'node:crypto'
import { deleteAsset } from '#services/assets/life.ts'
import { expect, expectAccessible, test } from '../fixtures.ts'
import { sure, withHands } from '../hands.ts'

const [librarian, rightsManager, reviewer] = ['lena', 'maren', 'jonas'].map((name) => `${name}@northlight.example`) as [
  string,
  string,
  string,
]
// What is used up here is the journey's own.
const mark = () => randomBytes(3).toString('hex')

test('a sheet is planned, held, resumed, binned and brought back; a legal hold and an embargo keep what they promise', async ({
  page,
  product,
  browser,
}) => {
  test.setTimeout(180_000)
  const job = mark()
  const [title, matter] = [`Lantern parade, invitation ${job}`, `Sponsor ./. Northlight ${job}`]
  const id = await withHands(async (hands) => {
    const assetId = await hands.aSheet({ title })
    await hands.approved(assetId)
    return assetId
  })
  const life = `/library/assets/${id}/life`
  const said = (text: RegExp | string) => expect(page.getByRole('status').filter({ hasText: text })).toBeVisible()

  // From the record: one button, and the rest behind one word.
  await product.signIn(page, librarian)
  await page.goto(`/library/assets/${id}`)
  await expect(page.getByRole('button', { name: 'Publish' })).toBeVisible()
  await page.locator('summary[aria-label="More"]').click()
  await page.getByRole('link', { name: 'Plan the publication' }).click()
  await expect(page).toHaveURL(/life#schedule$/)
  await page.getByLabel('Publish on').fill('2031-05-05T09:00')
  await page.getByRole('button', { name: 'Plan it' }).click()
  await said('Planned.')
  await expectAccessible(page)

  await page.locator('#hold').getByLabel('Reason').fill('The sponsor asks for a new logo')
  await page.getByRole('button', { name: 'Put on hold' }).click()
  await said('On hold')
  await page.getByRole('button', { name: 'Resume as scheduled' }).click()
  await said('It is again what it was.')

  await page.getByRole('button', { name: 'Put in the bin' }).click()
  await page.getByRole('dialog').getByLabel('Reason').fill('The committee chose another')
  await page.getByRole('dialog').getByRole('button', { name: 'Put in the bin' }).click()
  await said('In the bin.')
  await page.goto('/library/bin')
  await expect(page.getByRole('row').filter({ hasText: title })).toContainText('30 days left')
  await expectAccessible(page)
  await page.getByRole('button', { name: `Restore ${title}` }).click()
  await said('Restored as a draft.')

  // The rights desk keeps it for a matter while the librarian still has the old page open.
  await page.goto(life)
  await page.getByRole('button', { name: 'Put in the bin' }).click()
  await page.getByRole('dialog').getByLabel('Reason').fill('After all')
  const maren = await (await browser.newContext({ baseURL: product.origin })).newPage()
  await product.signIn(maren, rightsManager)
  await maren.goto(life)
  await maren.getByText('Put it on legal hold').click()
  await maren.locator('#legal-hold').getByLabel('Matter').fill(matter)
  await maren.locator('#legal-hold').getByLabel('Reason').fill('A claim about the logo')
  await maren.getByRole('button', { name: 'Put on legal hold' }).click()
  await expect(maren.getByRole('status').filter({ hasText: 'On legal hold.' })).toBeVisible()
  await page.getByRole('dialog').getByRole('button', { name: 'Put in the bin' }).click()
  await expect(page.getByText('That was not done')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Put in the bin' })).toHaveCount(0)
  await maren.goto('/library/holds')
  await expect(maren.getByRole('term').filter({ hasText: matter })).toBeVisible()
  await expectAccessible(maren)

  // Who is not named by an embargo finds a drawing, and nothing of the picture; who is no staff finds nothing.
  const sealed = await product.db.asset.findFirstOrThrow({ where: { title: 'Lantern parade, this year’s route' } })
  const jonas = await (await browser.newContext({ baseURL: product.origin })).newPage()
  await product.signIn(jonas, reviewer)
  await jonas.goto(`/library/assets/${sealed.id}`)
  await expect(jonas.getByRole('heading', { name: 'Sealed under an embargo' })).toBeVisible()
  await expect(jonas.getByText('winding gold line')).toHaveCount(0)
  const preview = await jonas.request.get(`/previews/${sealed.id}/clean-grid`)
  expect(preview.headers()['content-type']).toContain('image/svg+xml')
  expect(await preview.text()).toContain('Sealed until')
  await expectAccessible(jonas)
  await jonas.goto('/library?q=parade')
  await expect(jonas.getByRole('link', { name: /programme/ })).toBeVisible()
  await expect(jonas.getByText('this year’s route')).toHaveCount(0)
})

test('a policy shows what it would do, does it, and is taken back', async ({ page, product }) => {
  test.setTimeout(150_000)
  const job = mark()
  const [draft, policy] = [`Lantern parade, a discarded draft ${job}`, `Drafts of the parade ${job}`]
  const id = await withHands(async (hands) => {
    const assetId = await hands.aSheet({ title: draft })
    sure(await deleteAsset(await hands.as(librarian), { assetId, reason: 'The committee chose another.' }), 'put in the bin')
    return assetId
  })
  await product.signIn(page, librarian)
  await page.goto('/library/bin')
  await page.getByRole('button', { name: `Restore ${draft}` }).click()
  await expect(page.getByRole('status').filter({ hasText: 'Restored as a draft.' })).toBeVisible()
  await page.goto('/library/policies')
  await expect(page.getByRole('link', { name: 'Withdrawn work that nobody licenses' })).toBeVisible()
  await expect(page.getByRole('heading', { name: 'When our rights end' })).toBeVisible()
  await expectAccessible(page)
  await page.getByRole('link', { name: 'New policy' }).click()
  await page.getByLabel('Name', { exact: true }).fill(policy)
  const states = page.getByRole('group', { name: 'In which states' })
  await states.getByLabel('Published').uncheck()
  await states.getByLabel('Withdrawn').uncheck()
  await states.getByLabel('Draft').check()
  await page.getByLabel('Days', { exact: true }).fill('0')
  await page.getByLabel('After', { exact: true }).selectOption({ label: 'it came into the library' })
  await page.getByRole('group', { name: 'For whom it is' }).getByLabel('Portal').check()
  await page.getByLabel('What is done').selectOption({ label: 'Put it on hold' })
  await page.getByLabel('Reason', { exact: true }).fill('The parade is over')
  await page.getByRole('button', { name: 'Write it down and look what it finds' }).click()
  await expect(page.getByRole('heading', { level: 1, name: policy })).toBeVisible()
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Put it to work' }).click()
  await page.getByRole('button', { name: 'Run now' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Run now' }).click()
  await expect(page.getByRole('status').filter({ hasText: /[1-9]\d* done/ })).toBeVisible()
  await page.goto(`/library/assets/${id}/life`)
  await expect(page.getByRole('button', { name: 'Resume as draft' })).toBeVisible()
  await page.goBack()
  await page.getByRole('button', { name: 'Take it back' }).click()
  await expect(page.getByRole('status').filter({ hasText: /taken back/ })).toBeVisible()
  expect(await product.db.asset.findUniqueOrThrow({ where: { id } })).toMatchObject({ state: 'DRAFT' })
  await page.getByRole('button', { name: 'End', exact: true }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'End it' }).click()
  await expect(page.getByRole('status').filter({ hasText: 'Ended.' })).toBeVisible()
})
