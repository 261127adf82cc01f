import { createHash } from 'node:crypto'
import { withdrawRequest } from '#services/licensing/requests.ts'
import { unzip } from '#services/testing/unzip.ts'
import { expect, expectAccessible, test } from '../fixtures.ts'
import { withHands } from '../hands.ts'

const nora = 'nora@kaffeewerk.example'
const emil = 'emil@studiohalm.example'
const maren = 'maren@northlight.example'

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
  const members = unzip(zip)
  const names = [...members.keys()]
  expect(names.some((name) => /Northlight logo.*\.svg$/i.test(name))).toBe(true)
  expect(names.filter((name) => name.endsWith('.pdf')).length, 'certificates and the guidelines').toBeGreaterThan(5)
  const manifestName = names.find((name) => name.endsWith('manifest.json')) ?? ''
  const manifest = (members.get(manifestName) ?? Buffer.alloc(0)).toString()
  const hashes = [...members]
    .filter(([name]) => /\.(svg|jpe?g)$/.test(name))
    .map(([, bytes]) => createHash('sha256').update(bytes).digest('hex'))
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
  // One request of a company waits for a picture; one that a telling broke off before its answer is taken back.
  const waiting = await product.db.grantRequest.findMany({ where: { assetId: asset.id, state: 'WAITING' }, select: { id: true } })
  if (waiting.length > 0)
    await withHands(async (hands) => {
      for (const { id } of waiting) await withdrawRequest(await hands.as(nora), { requestId: id })
    })
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
  await desk
    .getByRole('link', { name: /Seed Head/ })
    .first()
    .click()
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
