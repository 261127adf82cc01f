import { randomBytes } from 'node:crypto'
import sharp from 'sharp'
import { expect, expectAccessible, test } from '../fixtures.ts'

/** A sign that nobody has uploaded before. */
const sign = (words: string) =>
  sharp(
    Buffer.from(
      `<svg xmlns="http://www.w3.org/2000/svg" width="1200" height="800"><rect width="1200" height="800" fill="#1b2a4a"/><rect x="80" y="200" width="1040" height="260" fill="#f3ead3"/>` +
        `<text x="130" y="370" font-size="110" font-family="DejaVu Sans, sans-serif" fill="#20303f">${words}</text></svg>`,
    ),
  )
    .jpeg()
    .toBuffer()

test('a picture with words in it is uploaded, read, suggested for, answered by key, found by its text, and taken back', async ({
  page,
  product,
}) => {
  test.setTimeout(120_000)
  const fileName = `IMG_7043 landscape ${randomBytes(3).toString('hex')}.jpg`
  await product.signIn(page, 'lena@northlight.example')
  await page.goto('/library/upload')
  await page
    .getByLabel('Choose files')
    .setInputFiles([{ name: fileName, mimeType: 'image/jpeg', buffer: Buffer.concat([await sign('Fischmarkt Altona'), randomBytes(64)]) }])
  await expect(page.getByText('1 file is in the library.')).toBeVisible({ timeout: 30_000 })
  const version = await product.db.assetVersion.findFirstOrThrow({
    where: { fileName },
    select: { id: true, assetId: true },
  })
  // Behind everything else that the worker has to do.
  await expect.poll(() => product.db.pictureText.count({ where: { versionId: version.id, outcome: 'TEXT' } }), { timeout: 60_000 }).toBe(1)
  await expect.poll(() => product.db.suggestion.count({ where: { assetId: version.assetId, state: 'OPEN' } })).toBeGreaterThan(1)

  await page.goto(`/library/assets/${version.assetId}`)
  const panel = page.locator('#suggestions')
  await expect(panel.getByText('Fischmarkt Altona').first()).toBeVisible()
  await expect(panel.getByText(/from the picture’s text/).first()).toBeVisible()
  await expect(panel.getByText('Navy')).toBeVisible()
  await panel.getByRole('link', { name: 'Show where it stands' }).click()
  await expect(page.locator('.seen-boxes > span')).toHaveCount(2)
  await expectAccessible(page)

  await panel
    .getByRole('button', { name: /^Accept Text in the picture/ })
    .first()
    .focus()
  await page.keyboard.press('y')
  await expect(page.getByText(/accepted\.$/)).toBeVisible()
  const { id } = await product.db.suggestion.findFirstOrThrow({
    where: { assetId: version.assetId, state: 'ACCEPTED' },
    select: { id: true },
  })
  await panel.getByText(/^Answered/).click()
  await panel
    .getByRole('button', { name: /^Take back/ })
    .first()
    .click()
  await expect(page.getByText('Taken back. It is suggested again.')).toBeVisible()
  expect(await product.db.suggestion.findUniqueOrThrow({ where: { id } })).toMatchObject({ state: 'OPEN' })

  await page.goto(`/library?text=${encodeURIComponent('text:altona')}`)
  await expect(page.locator(`a[href^="/library/assets/${version.assetId}"]`).first()).toBeVisible()

  // The desk: picture after picture, by keys alone.
  await page.goto('/library/suggestions')
  await expectAccessible(page)
  await expect(page.locator('[data-suggestion] button').first()).toBeFocused()
  await page.keyboard.press('n')
  await expect(page.getByText(/refused\.$/)).toBeVisible()
})
