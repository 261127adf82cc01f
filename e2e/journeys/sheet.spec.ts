import { randomBytes } from 'node:crypto'
import sharp from 'sharp'
import { drawing } from '../afternoon-files.ts'
import { expect, expectAccessible, test } from '../fixtures.ts'

test('what a selection lacks is written picture by picture before it is sent for review', async ({ page, product, browser }) => {
  const mark = `quay${randomBytes(3).toString('hex')}`
  const names = [`${mark}-1.jpg`, `${mark}-2.jpg`]
  await product.signIn(page, 'lena@northlight.example')
  await page.goto('/library/upload')
  await page
    .getByLabel('Choose files')
    .setInputFiles(
      await Promise.all(
        names.map(async (name) => ({ name, mimeType: 'image/jpeg', buffer: await sharp(drawing(900, 600)).jpeg().toBuffer() })),
      ),
    )
  await expect(page.getByText('2 files are in the library.')).toBeVisible({ timeout: 30_000 })
  const drafts = () =>
    product.db.asset.findMany({
      where: { currentVersion: { fileName: { in: names }, processing: 'READY' } },
      select: { id: true, title: true, altText: true, creator: true, keywords: true, showsPeople: true, showsProperty: true },
      orderBy: { title: 'asc' },
    })
  await expect.poll(async () => (await drafts()).length, { timeout: 60_000 }).toBe(2)
  const [one, two] = await drafts()
  if (!one || !two) throw new Error('there are two drafts')

  // Both are picked where they were found, and what they lack is counted before anything is tried.
  const grid = page.getByRole('grid', { name: 'Assets' })
  await expect(async () => {
    await page.goto(`/library?${new URLSearchParams({ all: '', text: `file:${mark}` })}`)
    await expect(grid.getByRole('row')).toHaveCount(2, { timeout: 1_500 })
  }).toPass({ timeout: 30_000 })
  for (const { title } of [one, two]) await page.getByRole('checkbox', { name: `Select ${title}`, exact: true }).check()
  await page.getByRole('button', { name: 'Act on them…' }).click()
  await expect(page.getByRole('heading', { level: 1, name: '2 assets selected' })).toBeVisible()
  await expect(page.getByRole('button', { name: 'Fill in for 2: Alternative text' })).toBeVisible()
  const selection = page.url()
  await page.getByRole('link', { name: 'Fill in picture by picture' }).click()

  // The hand lands on what is lacking; the keyboard writes and saves.
  await expect(page.getByRole('heading', { level: 1, name: 'Fill in' })).toBeVisible()
  await expectAccessible(page)
  const line = (title: string) => page.getByRole('group', { name: title, exact: true })
  await expect(page.locator(':focus')).toHaveAttribute('data-lacking', '')
  await line(one.title).getByLabel('Alternative text').fill('A quay in the first light')
  await line(one.title).getByLabel('Creator').fill('Ada Meyer')
  await line(one.title).getByLabel('Keywords').fill('"Lyon; Rhône", quay')
  await line(one.title).getByLabel('Recognisable people').selectOption('no')
  await line(one.title).getByLabel('Private property').selectOption('no')
  // A colleague is quicker with the other one: their words stand, and ours are still there to copy.
  await product.db.asset.update({ where: { id: two.id }, data: { altText: 'Theirs' } })
  await line(two.title).getByLabel('Alternative text').fill('A quay at noon')
  await page.keyboard.press('Control+Enter')
  await expect(page.getByText('Some were not saved')).toBeVisible()
  await expect(page.getByText(/Somebody else wrote here meanwhile/)).toBeVisible()
  await expect(line(two.title).getByLabel('Alternative text')).toHaveValue('A quay at noon')
  await page.evaluate(() => window.scrollTo(0, 0))
  await expectAccessible(page)
  expect((await drafts())[0]).toMatchObject({ altText: 'A quay in the first light', keywords: ['Lyon; Rhône', 'quay'], showsPeople: false })

  // Saved once more, it is not written over; the line that was saved is written on.
  await line(one.title).getByLabel('Alternative text').fill('A quay in the first light of day')
  await page.keyboard.press('Control+Enter')
  await expect.poll(async () => (await drafts()).map(({ altText }) => altText)).toEqual(['A quay in the first light of day', 'Theirs'])
  await expect(page.getByText(/Somebody else wrote here meanwhile/)).toHaveCount(1)

  // Loaded again, only the other one is left; once it is complete, nothing is.
  await page.goto(`${selection}/sheet`)
  await expect(line(one.title)).toBeHidden()
  await expect(line(two.title).getByLabel('Alternative text')).toHaveValue('Theirs')
  await line(two.title).getByLabel('Creator').fill('Ada Meyer')
  await line(two.title).getByLabel('Recognisable people').selectOption('no')
  await line(two.title).getByLabel('Private property').selectOption('yes')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(page.getByText('One record saved.')).toBeVisible()
  await expect(page.getByText('Nothing left to write')).toBeVisible()
  await page.getByRole('link', { name: 'Back to the selection' }).click()
  await expect(page.getByRole('button', { name: 'Fill in for 2: Alternative text' })).toBeHidden()
  await page.locator('summary').filter({ hasText: 'Send for review' }).click()
  await expect(page.getByRole('button', { name: 'Send for review (2)' })).toBeVisible()

  // The record’s own form, without scripts, keeps a keyword whole that holds a separator itself.
  const plain = await browser.newContext({
    baseURL: product.origin,
    javaScriptEnabled: false,
    storageState: await page.context().storageState(),
  })
  const form = await plain.newPage()
  await form.goto(`/library/assets/${one.id}`)
  await expect(form.getByRole('combobox', { name: /^Keywords/ })).toHaveValue('"Lyon; Rhône", quay')
  await form.getByLabel(/^Description/).fill('The quay of Lyon')
  await form.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(form.getByText('Saved.')).toBeVisible()
  expect((await drafts())[0]).toMatchObject({ keywords: ['Lyon; Rhône', 'quay'] })
  await plain.close()
})
