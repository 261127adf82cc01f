import { randomBytes } from 'node:crypto'
import sharp from 'sharp'
import { expect, expectAccessible, test } from '../fixtures.ts'

const librarian = 'lena@northlight.example'

/** A picture that nobody has uploaded before. */
async function picture(size = 2_000): Promise<Buffer> {
  const jpeg = await sharp({ create: { width: 300, height: 200, channels: 3, background: 'slategrey' } })
    .jpeg()
    .toBuffer()
  return Buffer.concat([jpeg, randomBytes(size)])
}
const jpg = (name: string, bytes: Buffer) => ({ name, mimeType: 'image/jpeg', buffer: bytes })
const xmp = (title: string) =>
  `<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title><rdf:Alt><rdf:li xml:lang="x-default">${title}</rdf:li></rdf:Alt></dc:title></rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>`

test('sidecars go with their pictures; what the library has is not sent; what is cancelled is gone', async ({ page, product }) => {
  await product.signIn(page, librarian)
  await page.goto('/library/upload')
  const known = await picture()
  const title = `Quay ${randomBytes(3).toString('hex')}`
  const sidecar = (name: string, text: string) => ({ name, mimeType: 'application/rdf+xml', buffer: Buffer.from(text) })
  await page
    .getByLabel('Choose files')
    .setInputFiles([sidecar('quay.xmp', xmp(title)), sidecar('stray.xmp', xmp('Nobody')), jpg('quay.jpg', known)])
  await expect(page.getByText('quay.xmp is being read with it.')).toBeVisible()
  await expect(page.getByText('stray.xmp waits for a file of the same name')).toBeVisible()
  await expectAccessible(page)
  const kept = await product.db.versionSidecar.findMany({ where: { fileName: 'quay.xmp' }, select: { packet: true } })
  expect(kept.filter(({ packet }) => packet.includes(title))).toHaveLength(1)
  // A stray finds its file, and what is no XMP is said to be none.
  await page
    .getByLabel('Choose files')
    .setInputFiles([
      jpg('stray.jpg', await picture()),
      jpg('odd.jpg', await picture()),
      sidecar('odd.jpg.xmp', 'no metadata at all, only words'),
    ])
  await expect(page.getByText('stray.xmp is being read with it.')).toBeVisible()
  await expect(page.getByText('odd.jpg.xmp: There is no XMP in that file.')).toBeVisible()

  const began = await product.db.upload.count({ where: { fileName: 'quay.jpg' } })
  await page.reload()
  await page.getByLabel('Choose files').setInputFiles(jpg('quay.jpg', known))
  await expect(page.getByText('The library has exactly this file')).toBeVisible()
  await expectAccessible(page)
  expect(await product.db.upload.count({ where: { fileName: 'quay.jpg' } }), 'known by its hash, before a byte was sent').toBe(began)

  // Paused and then cancelled: nothing of it is left, here or there.
  const line = await page.context().newCDPSession(page)
  await line.send('Network.emulateNetworkConditions', { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput: 400_000 })
  await page.getByLabel('Choose files').setInputFiles(jpg('given-up.jpg', await picture(3_000_000)))
  const row = () =>
    product.db.upload.findFirst({ where: { fileName: 'given-up.jpg' }, orderBy: { createdAt: 'desc' }, select: { state: true } })
  await expect.poll(async () => (await row())?.state).toBe('RECEIVING')
  await page.getByRole('button', { name: 'Pause given-up.jpg' }).click()
  await page.getByRole('button', { name: 'Cancel given-up.jpg' }).click()
  await expect.poll(async () => (await row())?.state, { timeout: 20_000 }).toBe('ABANDONED')
  await expect(page.getByRole('button', { name: 'Send again: given-up.jpg' })).toBeVisible()
  await expectAccessible(page)
})
