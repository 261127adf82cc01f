import { createHash } from 'node:crypto'
import { crc32, inflateRawSync } from 'node:zlib'
import { expect, expectAccessible, test } from '../fixtures.ts'

const nora = 'nora@kaffeewerk.example'
const emil = 'emil@studiohalm.example'
const maren = 'maren@northlight.example'

/** The members of a ZIP by its central directory, read without the code that wrote it; each checked against its CRC. */
function membersOf(zip: Buffer): Map<string, Buffer> {
  const end = zip.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]))
  const members = new Map<string, Buffer>()
  let at = zip.readUInt32LE(end + 16)
  for (let left = zip.readUInt16LE(end + 10); left > 0; left--) {
    const [method, crc, packed, nameLength, extra, comment, start] = [zip.readUInt16LE(at + 10), zip.readUInt32LE(at + 16), zip.readUInt32LE(at + 20), zip.readUInt16LE(at + 28), zip.readUInt16LE(at + 30), zip.readUInt16LE(at + 32), zip.readUInt32LE(at + 42)]
    const name = zip.toString('utf8', at + 46, at + 46 + nameLength)
    const from = start + 30 + zip.readUInt16LE(start + 26) + zip.readUInt16LE(start + 28)
    const raw = zip.subarray(from, from + packed)
    const bytes = method === 0 ? raw : inflateRawSync(raw)
    expect(crc32(bytes), name).toBe(crc)
    members.set(name, bytes)
    at += 46 + nameLength + extra + comment
  }
  return members
}

test('a partner downloads one file and the whole kit, with licences and a manifest that fits', async ({ page, product }) => {
  await product.signIn(page, nora)
  await expect(page).toHaveURL(/\/portal$/)
  await expectAccessible(page)
  await page.getByRole('link', { name: 'Northlight brand kit' }).first().click()
  await expect(page.getByRole('heading', { level: 1, name: 'Northlight brand kit' })).toBeVisible()
  await expectAccessible(page)

  const address = (await page.getByRole('link', { name: /Download the whole kit/ }).getAttribute('href')) ?? ''
  const archive = await page.request.get(address)
  expect(archive.status()).toBe(200)
  const zip = await archive.body()
  expect(Number(archive.headers()['content-length'])).toBe(zip.length)
  const members = membersOf(zip)
  const names = [...members.keys()]
  expect(names.some((name) => /Northlight logo.*\.svg$/i.test(name))).toBe(true)
  expect(names.filter((name) => name.endsWith('.pdf')).length, 'certificates and the guidelines').toBeGreaterThan(5)
  const manifestName = names.find((name) => name.endsWith('manifest.json')) ?? ''
  const manifest = (members.get(manifestName) ?? Buffer.alloc(0)).toString()
  const hashes = [...members].filter(([name]) => /\.(svg|jpe?g)$/.test(name)).map(([, bytes]) => createHash('sha256').update(bytes).digest('hex'))
  for (const hash of hashes) expect(manifest).toContain(hash)

  const half = await page.request.get(address, { headers: { range: `bytes=1000-${zip.length - 1}` } })
  expect([half.status(), (await half.body()).equals(zip.subarray(1000))], 'a broken download is taken up again').toEqual([206, true])

  const single = page.locator('a[href*="/assets/"][href$="/original"]').first()
  const [file] = await Promise.all([page.waitForEvent('download'), single.click()])
  expect((await file.path()).length).toBeGreaterThan(0)
  const rows = await product.db.delivery.count({ where: { outcome: 'SERVED', kitId: { not: null } } })
  expect(rows).toBeGreaterThan(5)
})

test('a kit whose season is over says so, and gives nothing', async ({ page, product }) => {
  await product.signIn(page, emil)
  await page.goto('/portal')
  const kit = await product.db.brandKit.findFirstOrThrow({ where: { title: 'Spring campaign' }, select: { id: true } })
  await page.goto(`/portal/kits/${kit.id}`)
  await expect(page.getByText(/ended|over/i).first()).toBeVisible()
  await expectAccessible(page)
  const answer = await page.request.get(`/portal/kits/${kit.id}/archive`, { maxRedirects: 0 })
  expect(answer.status()).not.toBe(200)
})

test('a partner asks, the rights desk grants less, the partner downloads', async ({ page, product, browser }) => {
  const asset = await product.db.asset.findFirstOrThrow({ where: { title: 'Seed Head' }, select: { id: true } })
  await product.signIn(page, nora)
  await page.goto(`/requests/new?asset=${asset.id}`)
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Send to the rights desk' }).click()
  await expect(page.locator('[aria-invalid=true]').first(), 'an empty form is sent back with its faults').toBeVisible()
  await page.getByLabel(/What do you want to make/).fill('A poster for the roastery and posts about it.')
  await page.getByRole('checkbox', { name: /^Social/ }).check()
  await page.getByRole('checkbox', { name: /Out-of-home|Out of home/i }).check()
  await page.getByRole('checkbox', { name: /Austria and Switzerland/ }).check()
  const today = new Date()
  await page.getByLabel('Last day').fill(new Date(today.getTime() + 90 * 86_400_000).toISOString().slice(0, 10))
  await page.getByRole('button', { name: 'Send to the rights desk' }).click()
  await page.waitForURL(/\/requests\/req_|\/requests\/[a-z]+_/)
  await expectAccessible(page)

  const desk = await (await browser.newContext({ baseURL: product.origin })).newPage()
  await product.signIn(desk, maren)
  await desk.goto('/rights/requests')
  await expectAccessible(desk)
  await desk.getByRole('link', { name: /Seed Head/ }).first().click()
  await expect(desk.getByText('It can be granted as asked')).toBeVisible()
  await expectAccessible(desk)
  await desk.getByRole('checkbox', { name: /Out-of-home|Out of home/i }).uncheck()
  await desk.getByLabel(/A word to them/).fill('Social only, please.')
  await desk.getByRole('button', { name: 'Grant', exact: true }).click()
  await expect(desk.getByText('Social only, please.').first()).toBeVisible()

  await product.letter(nora, /grant/i)
  await page.reload()
  await page.locator('main a[href^="/licences/"]').first().click()
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'Download the file' }).first().click()])
  expect(file.suggestedFilename()).toMatch(/seed.head.*CM-.*\.jpg/i)
})
