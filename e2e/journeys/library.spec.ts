import { randomBytes } from 'node:crypto'
import sharp from 'sharp'
import { expect, expectAccessible, test } from '../fixtures.ts'

const librarian = 'lena@northlight.example'
const reviewer = 'jonas@northlight.example'

/** A picture that nobody has uploaded before. */
const picture = (title: string) => {
  const [r = 0, g = 0, b = 0] = randomBytes(3)
  return sharp({ create: { width: 1200, height: 800, channels: 3, background: { r, g, b } } })
    .withXmp(
      `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description xmlns:dc="http://purl.org/dc/elements/1.1/">
      <dc:title><rdf:Alt><rdf:li xml:lang="x-default">${title}</rdf:li></rdf:Alt></dc:title></rdf:Description></rdf:RDF></x:xmpmeta>`,
    )
    .jpeg()
    .toBuffer()
}

test('a picture is uploaded, described, sent back, sent again, approved and published', async ({ page, product, browser }) => {
  const title = `Ferry at noon ${randomBytes(3).toString('hex')}`
  await product.signIn(page, librarian)
  await page.goto('/library/upload')
  await page.getByLabel('Choose files').setInputFiles([
    { name: 'DSC_0042.jpg', mimeType: 'image/jpeg', buffer: await picture(title) },
    { name: 'notes.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('just words') },
  ])
  await expect(page.getByText('1 file is in the library. 1 was not.')).toBeVisible()
  await expect(page.getByText('This is a text file.')).toBeVisible()
  await expectAccessible(page)
  await page.getByRole('link', { name: 'Describe it' }).click()

  await expect(page.getByRole('heading', { level: 1, name: title }), 'the title comes from the file').toBeVisible({
    timeout: 30_000,
  })
  await expect(page.getByRole('button', { name: 'Send for review' }), 'nothing to judge yet').toBeHidden()
  await page.getByLabel('Alternative text').fill('A white ferry crosses a still bay')
  await page.getByLabel('Creator').fill('Ada Meyer')
  await page.getByLabel('Audience').selectOption('PORTAL')
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByText('Saved.')).toBeVisible()
  const asset = page.url()
  const ask = async (note: string) => {
    await page.getByRole('button', { name: 'Send for review' }).click()
    await page.getByLabel('Note to the reviewers').fill(note)
    await page.getByRole('dialog').getByRole('button', { name: 'Send for review' }).click()
    await expect(page.getByText('Sent for review.')).toBeVisible()
  }
  await ask('For the portal')

  const reviewing = await (await browser.newContext({ baseURL: product.origin })).newPage()
  await product.signIn(reviewing, reviewer)
  const open = async () => {
    await reviewing.goto('/library/review')
    await reviewing.getByRole('link', { name: title }).click()
    await expect(reviewing.getByRole('heading', { level: 1, name: title })).toBeVisible()
  }
  await open()
  await expectAccessible(reviewing)
  await reviewing.getByLabel('Reason', { exact: true }).fill('Say which bay')
  await reviewing.getByRole('button', { name: 'Ask for changes' }).click()
  await expect(reviewing.getByText('Sent back with what to change.')).toBeVisible()

  await page.goto(asset)
  await expect(page.getByText('Say which bay').first()).toBeVisible()
  await page.getByLabel(/^Description/).fill('The bay of Kiel')
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByText('Saved.')).toBeVisible()
  await ask('Now with its place')
  await open()
  await reviewing.getByRole('button', { name: 'Approve' }).click()
  await expect(reviewing.getByText('Approved.')).toBeVisible()

  await page.goto(asset)
  await page.getByRole('button', { name: 'Publish' }).click()
  await expect(page.getByText('Published.')).toBeVisible()
  await expect(page.getByText('Live', { exact: true })).toBeVisible()
  await expectAccessible(page)
})
