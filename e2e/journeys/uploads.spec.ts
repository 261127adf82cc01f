import { createHash, randomBytes } from 'node:crypto'
import sharp from 'sharp'
import { expect, expectAccessible, test } from '../fixtures.ts'

const librarian = 'lena@northlight.example'

/** A real picture that nobody has uploaded before, made long by what lies behind its end. */
async function picture(size: number): Promise<Buffer> {
  const jpeg = await sharp({ create: { width: 300, height: 200, channels: 3, background: 'teal' } })
    .jpeg()
    .toBuffer()
  return Buffer.concat([jpeg, randomBytes(size)])
}
const hashOf = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex')

test('ten uploads, the server killed in their middle, one paused: all go on, and every hash is right', async ({ page, product }) => {
  test.setTimeout(120_000)
  const began = new Date()
  await product.signIn(page, librarian)
  await page.goto('/library/upload')
  const files = await Promise.all(
    Array.from({ length: 10 }, async (_, n) => ({ name: `shoot-${n}.jpg`, mimeType: 'image/jpeg', buffer: await picture(2_000_000) })),
  )
  // A line slow enough to have a middle, and as good as none until the page was looked at.
  const line = await page.context().newCDPSession(page)
  const speed = (bytes: number) =>
    line.send('Network.emulateNetworkConditions', { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput: bytes })
  await speed(20_000)
  await page.getByLabel('Choose files').setInputFiles(files)
  await expect(page.getByRole('progressbar').first()).toBeVisible()
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Pause shoot-0.jpg' }).click()
  await expect(page.getByRole('button', { name: 'Go on with shoot-0.jpg' })).toBeVisible()
  await speed(1_500_000)
  await expect
    .poll(() => product.db.upload.count({ where: { state: 'RECEIVING', fileName: { startsWith: 'shoot-' }, createdAt: { gte: began } } }))
    .toBeGreaterThanOrEqual(3)
  await product.process('web/kill')
  await speed(-1)
  await page.getByRole('button', { name: 'Go on with shoot-0.jpg' }).click()
  await expect(page.getByText('10 files are in the library.')).toBeVisible({ timeout: 90_000 })

  const versions = await product.db.assetVersion.findMany({
    where: { fileName: { startsWith: 'shoot-' }, createdAt: { gte: began } },
    select: { fileName: true, sha256: true },
  })
  const expected = files.map(({ name, buffer }) => `${name} ${hashOf(buffer)}`)
  expect(versions.map(({ fileName, sha256 }) => `${fileName} ${sha256}`).sort()).toEqual(expected.sort())

  // The same again: known without being sent twice, and taken in where that is wished.
  await page.reload()
  await page.getByLabel('Choose files').setInputFiles(files.slice(0, 1))
  await expect(page.getByText('The library has exactly this file')).toBeVisible()
  await page.getByRole('button', { name: 'Take it in all the same: shoot-0.jpg' }).click()
  await expect(page.getByText('1 file is in the library.')).toBeVisible()
})
