import { randomBytes } from 'node:crypto'
import sharp from 'sharp'
import { expect, expectAccessible, test } from '../fixtures.ts'

test('a partner asks for a portrait; it is accepted, assigned, uploaded, delivered, changed, accepted and closed', async ({
  page,
  product,
  browser,
}) => {
  test.setTimeout(90_000)
  const title = `Journey portrait ${randomBytes(3).toString('hex')}`
  await product.signIn(page, 'nora@kaffeewerk.example')
  await page.goto('/briefs')
  await expectAccessible(page)
  await page.getByRole('link', { name: 'Ask for an asset' }).first().click()
  await page.getByLabel('What is it called').fill(title)
  await page.getByLabel('What should exist afterwards').fill('Three portraits of a barista, landscape, calm light.')
  await page.getByLabel('Links', { exact: false }).first().fill('https://example.org/mood')
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Send the request' }).click()
  await expect(page.getByRole('heading', { name: title })).toBeVisible()
  await expectAccessible(page)
  const address = new URL(page.url()).pathname
  // A word like “Delivered” stands in the history as well: what has been done is asked of the brief itself.
  const becomes = (state: string) =>
    expect
      .poll(
        async () =>
          (await product.db.brief.findUniqueOrThrow({ where: { id: address.split('/').pop() ?? '' }, select: { state: true } })).state,
      )
      .toBe(state)
  await product.letter('lena@northlight.example', new RegExp(`asks for “${title}”`))

  const desk = await (await browser.newContext()).newPage()
  await desk.goto('/sign-in')
  await product.signIn(desk, 'lena@northlight.example')
  await desk.goto('/library/briefs')
  await expect(desk.getByRole('link', { name: title })).toBeVisible()
  await expectAccessible(desk)
  await desk.goto(address)
  await desk.getByRole('button', { name: 'Accept the request' }).click()
  await desk.getByRole('button', { name: 'Assign' }).first().click()
  await desk.getByRole('dialog').getByLabel('To', { exact: true }).selectOption({ label: 'Lena Hoff' })
  await desk.getByRole('dialog').getByRole('button', { name: 'Assign' }).click()
  await expect(desk.getByRole('link', { name: 'Upload for this request' })).toBeVisible()
  await desk.getByRole('link', { name: 'Upload for this request' }).click()
  await expect(desk.getByRole('heading', { name: `Upload for “${title}”` })).toBeVisible()
  const jpeg = await sharp({ create: { width: 300, height: 200, channels: 3, background: 'sienna' } })
    .jpeg()
    .toBuffer()
  await desk
    .getByLabel('Choose files')
    .setInputFiles({ name: 'portrait.jpg', mimeType: 'image/jpeg', buffer: Buffer.concat([jpeg, randomBytes(5_000)]) })
  await desk.getByRole('link', { name: 'Back to the brief' }).click()
  await expect(desk.getByRole('heading', { name: 'Portrait', exact: true })).toBeVisible()
  await desk.getByRole('button', { name: 'Deliver' }).first().click()
  await desk.getByRole('dialog').getByRole('button', { name: 'Deliver' }).click()
  await expect(desk.getByText('Delivered').first()).toBeVisible()
  await becomes('DELIVERED')

  await product.letter('nora@kaffeewerk.example', new RegExp(`“${title}” has been delivered`))
  await page.reload()
  await expect(page.getByText('Being reviewed: you see it as soon as it is approved.')).toBeVisible()
  await page.getByLabel('Say something').fill('Is there one with the machine in it?')
  await page.getByRole('button', { name: 'Send', exact: true }).click()
  await expect(page.getByText('Is there one with the machine in it?')).toBeVisible()
  await page.getByRole('button', { name: 'Ask for changes' }).click()
  await page.getByRole('dialog').getByLabel('What should change').fill('Warmer, please.')
  await page.getByRole('dialog').getByRole('button', { name: 'Ask for changes' }).click()
  await expect(page.getByText('Changes asked for').first()).toBeVisible()
  await becomes('CHANGES_ASKED')

  await desk.reload()
  await desk.getByRole('button', { name: 'Deliver' }).first().click()
  await desk.getByRole('dialog').getByRole('button', { name: 'Deliver' }).click()
  await expect(desk.getByText('Delivered').first()).toBeVisible()
  await becomes('DELIVERED')
  await page.reload()
  await page.getByRole('button', { name: 'Accept what was made' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Accept what was made' }).click()
  await expect(page.getByText('Accepted by you').first()).toBeVisible()
  await becomes('APPROVED')
  await desk.reload()
  await desk.getByRole('button', { name: 'Close', exact: true }).first().click()
  await expect(desk.getByText('Closed').first()).toBeVisible()
  await becomes('CLOSED')
  await desk.context().close()
})
