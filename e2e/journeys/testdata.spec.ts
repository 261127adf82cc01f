import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import type { Page } from 'playwright/test'
import { isDebris } from '#app/components/assets/dropped-files.ts'
import { expect, expectAccessible, test } from '../fixtures.ts'

const folder = path.resolve('../shared/testdata')
const shot = (page: Page, name: string) => page.screenshot({ path: path.resolve('.local/testdata', `${name}.png`), fullPage: true })

test('a folder of other people’s real files is dropped: each is a draft with a face, or is refused in words', async ({ page, product }) => {
  test.skip(!existsSync(folder), 'there is no ../shared/testdata here')
  test.setTimeout(400_000)
  const began = new Date()
  const files = new Map<string, string>()
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true }))
    if (entry.isFile() && !isDebris(entry.name)) {
      const bytes = await readFile(path.join(entry.parentPath, entry.name))
      files.set(entry.name, createHash('sha256').update(bytes).digest('hex'))
    }
  await product.signIn(page, 'lena@northlight.example')
  await page.goto('/library/upload')
  await page.getByLabel('Choose a folder').setInputFiles(folder)

  // All have ended: in the library, there before (a second telling of this journey), or refused.
  await expect(page.getByText(/Finished: \d+ taken in, \d+ refused\./)).toBeAttached({ timeout: 90_000 })
  const rowOf = (name: string) => page.locator('.upload-row').filter({ has: page.getByText(name, { exact: true }) })
  const ends = { taken: 0, there: 0, refused: [] as string[] }
  for (const [name, sha256] of files) {
    if (name.endsWith('.xmp')) continue
    const row = rowOf(name).first()
    const state = await row.getAttribute('data-state')
    const link = row.getByRole('link').first()
    const said = (await row.innerText()).replaceAll(/\s+/g, ' ')
    if (/This is an? .+\. What is taken in/.test(said)) {
      ends.refused.push(name)
      continue
    }
    const assetId = (await link.getAttribute('href'))?.split('/').pop() ?? ''
    const kept = await product.db.assetVersion.findMany({ where: { assetId }, select: { sha256: true } })
    expect(
      kept.map((version) => version.sha256),
      `${name}, ${state}: ${said}`,
    ).toContain(sha256)
    if (said.includes('The library has exactly this file')) ends.there++
    else ends.taken++
  }
  expect(ends.refused).toEqual(expect.arrayContaining(['README.md', 'moma2015-2000.ndjson.gz']))
  expect(ends.refused.filter((name) => /_by_|^(IPTC|XMP|MWG|PNG|PDF|In-CC0|flower|guitar|Photoshop)\./.test(name))).toEqual([])

  // Each is shown as what it is, or says why it cannot be.
  const waiting = () => product.db.assetVersion.count({ where: { createdAt: { gte: began }, processing: 'WAITING' } })
  await expect.poll(waiting, { timeout: 240_000 }).toBe(0)
  const versions = await product.db.assetVersion.findMany({
    where: { sha256: { in: [...files.values()] }, asset: { state: 'DRAFT' } },
    select: { fileName: true, assetId: true, processing: true, rejectedReason: true, preview: true },
  })
  expect(versions.length).toBeGreaterThanOrEqual(ends.taken)
  for (const { fileName, assetId, processing, rejectedReason } of versions) {
    if (processing === 'REJECTED') expect(rejectedReason, fileName).toMatch(/\w+ \w+.*\.$/)
    else expect((await page.request.get(`/previews/${assetId}/grid`)).headers()['content-type'], fileName).toBe('image/webp')
  }
  const broken = versions.filter(({ processing }) => processing === 'REJECTED')
  if (broken.length > 0 && ends.taken > 0) await expect(page.getByText('Kept, not readable')).not.toHaveCount(0, { timeout: 40_000 })
  await shot(page, 'queue')
  await expectAccessible(page)
  await page.setViewportSize({ width: 390, height: 844 })
  await shot(page, 'queue-390')
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth)).toBe(true)
  await page.setViewportSize({ width: 1280, height: 860 })

  // One of each kind is opened: nothing on its page fails.
  const one = new Map(versions.map((version) => [`${version.processing} ${version.preview}`, version]))
  for (const [kind, { assetId, fileName, rejectedReason }] of one) {
    await page.goto(`/library/assets/${assetId}`)
    if (rejectedReason) await expect(page.getByText(rejectedReason).first(), fileName).toBeVisible()
    await shot(page, kind.toLowerCase().replace(' ', '-'))
    await page.goto(`/library/assets/${assetId}/metadata`)
    await expect(page.getByRole('heading', { level: 1 }), fileName).toBeVisible()
  }
  await page.goto('/library?uploaded=today&state=DRAFT')
  await shot(page, 'library')
})
