import { randomBytes } from 'node:crypto'
import path from 'node:path'
import type { Page } from 'playwright/test'
import sharp from 'sharp'
import { drawing } from '../afternoon-files.ts'
import { expect, expectAccessible, test } from '../fixtures.ts'

const jpg = (name: string, buffer: Buffer) => ({ name, mimeType: 'image/jpeg', buffer })
const shot = (page: Page, name: string) => page.screenshot({ path: path.resolve('.local/likeness', `${name}.png`), fullPage: true })

test('an upload that looks like something in the library is compared, and discarded, kept, or made its new version', async ({
  page,
  product,
}) => {
  test.setTimeout(300_000)
  const job = `quarry${randomBytes(3).toString('hex')}`
  const [width, height] = [1400, 900]
  const whole = await sharp(drawing(width, height)).jpeg({ quality: 92 }).toBuffer()
  const part = (share: number, quality: number) =>
    sharp(whole)
      .extract({
        left: Math.round(width * share),
        top: Math.round(height * share),
        width: Math.round(width * (1 - 2 * share)),
        height: Math.round(height * (1 - 2 * share)),
      })
      .jpeg({ quality })
      .toBuffer()
  const assetOf = (fileName: string) =>
    product.db.assetVersion.findFirst({
      where: { fileName },
      orderBy: { createdAt: 'desc' },
      select: { id: true, number: true, assetId: true, print: { select: { versionId: true } }, asset: { select: { state: true } } },
    })
  const printed = (name: string) => expect.poll(async () => (await assetOf(name))?.print?.versionId, { timeout: 60_000 }).toBeTruthy()

  // What the library has; and beside it a picture that is like nothing, of which nobody is asked.
  await product.signIn(page, 'lena@northlight.example')
  await page.goto('/library/upload')
  const [old, other] = [`${job}.jpg`, `${job}-other.jpg`]
  await page.getByLabel('Choose files').setInputFiles([jpg(old, whole), jpg(other, await sharp(drawing(900, 900)).jpeg().toBuffer())])
  for (const name of [old, other]) await printed(name)
  const library = (await assetOf(old))?.assetId ?? ''

  // A crop, a smaller copy and the retouched file come in together. Each is asked about, in front of all others.
  const [mine, smaller, newer] = [`${job}-crop.jpg`, `${job}-web.jpg`, `${job}-retouched.jpg`]
  await page
    .getByLabel('Choose files')
    .setInputFiles([
      jpg(mine, await part(0.06, 70)),
      jpg(smaller, await sharp(whole).resize(700).jpeg({ quality: 60 }).toBuffer()),
      jpg(newer, await part(0.01, 88)),
    ])
  const asked = page.getByRole('region', { name: 'For you to look at' })
  const rowOf = (name: string) => page.locator('.upload-row').filter({ has: page.getByRole('link', { name, exact: true }) })
  const pairOf = (name: string) =>
    rowOf(name)
      .locator('.looks-like')
      .filter({ has: page.locator(`a[href$="${library}"]`) })
  for (const name of [mine, smaller, newer])
    await expect(asked.locator('.upload-row').filter({ hasText: name }).first()).toBeVisible({ timeout: 60_000 })
  for (const name of [mine, smaller, newer]) await expect(pairOf(name)).toBeVisible({ timeout: 30_000 })
  await expect(asked.locator('.upload-row').filter({ hasText: other })).toHaveCount(0)
  await pairOf(mine).getByText('Compare').press('Enter')
  await expect(pairOf(mine).getByRole('img', { name: `Your upload, ${mine}` })).toBeVisible()
  await expect(pairOf(mine).getByText('In the library, 1400 × 900')).toBeVisible()
  await shot(page, 'asked')
  await expectAccessible(page)
  await page.setViewportSize({ width: 390, height: 844 })
  await shot(page, 'asked-390')
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth)).toBe(true)
  await page.setViewportSize({ width: 1280, height: 860 })

  // Discarded: it is in the archive, and nothing else is asked of it, nor of others about it.
  const discarded = (await assetOf(mine))?.assetId
  await pairOf(mine)
    .getByRole('button', { name: `Discard mine: ${mine}` })
    .press('Enter')
  await expect(rowOf(mine).getByText('Your upload is in the archive.')).toBeVisible()
  expect((await assetOf(mine))?.asset.state).toBe('ARCHIVED')
  await expect(rowOf(mine).locator('.looks-like')).toHaveCount(0)
  await expect(page.locator(`.looks-like a[href$="${discarded}"]`)).toHaveCount(0)

  // Kept beside the other: both stay, and it is not asked again.
  await pairOf(smaller)
    .getByRole('button', { name: /^Keep both/ })
    .click()
  await expect(rowOf(smaller).getByText('Both stay. They will not be compared again.')).toBeVisible()
  expect((await assetOf(smaller))?.asset.state).toBe('DRAFT')

  // The next version of what was there; a colleague's answer given meanwhile is said.
  await pairOf(newer)
    .getByRole('button', { name: /^New version of it/ })
    .click()
  await expect(rowOf(newer).getByText('It is a new version of the older picture now.')).toBeVisible()
  expect(await assetOf(newer)).toMatchObject({ assetId: library, number: 2 })
  await shot(page, 'answered')
  await expectAccessible(page)
  await page.goto(`/library/assets/${library}/versions`)
  await expect(page.getByRole('heading', { name: /Version 2/ })).toBeVisible()
})
