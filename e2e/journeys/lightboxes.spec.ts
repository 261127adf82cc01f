import exifr from 'exifr'
import { expect, expectAccessible, test } from '../fixtures.ts'

const grace = 'grace@pikeharrow.example'
const month = 31 * 86_400_000

test('a guest collects, signs in, shares and is answered by a stranger', async ({ page, product, browser }) => {
  // The lightbox that an earlier telling filled and talked about is put away.
  await product.db.lightbox.updateMany({
    where: { owner: { email: grace }, isDefault: true },
    data: { archivedAt: new Date(), isDefault: false },
  })
  const assets = await product.db.asset.findMany({
    where: { state: 'PUBLISHED', audience: 'STORE' },
    orderBy: { id: 'asc' },
    take: 2,
    select: { id: true, title: true },
  })
  for (const { id } of assets) {
    await page.goto(`/assets/${id}`)
    await page.getByRole('button', { name: 'Add to lightbox' }).first().click()
    await expect(page.getByRole('button', { name: /^In / }).first()).toBeVisible()
  }
  await page.goto('/lightboxes')
  await expect(page.getByText('Kept in this browser')).toBeVisible()
  await expectAccessible(page)

  await product.signIn(page, grace)
  await page.goto('/lightboxes')
  await page.getByRole('heading', { name: 'My lightbox' }).getByRole('link').click()
  for (const { title } of assets) await expect(page.getByRole('list').getByText(title).first()).toBeVisible()
  await expectAccessible(page)

  const titles = page.locator('.box-item .tile-title')
  const second = ((await titles.allTextContents())[1] ?? '').replace(/^\s*\d+\s*/, '')
  await page
    .getByRole('button', { name: /^Move .* later$/ })
    .first()
    .click()
  await expect(titles.first()).toContainText(second)

  await page.getByText('Make a link').click()
  await page.locator('details[open] select[name=right]').selectOption('COMMENT')
  await page.getByRole('button', { name: 'Make the link' }).click()
  await expect(page.getByText('Copy it now')).toBeVisible()
  const link = /\/l\/[0-9a-z]{32}/.exec(await page.locator('main').innerText())?.[0] ?? ''
  await page.reload()
  await expect(page.getByText('Copy it now'), 'it is shown once').toHaveCount(0)

  const stranger = await (await browser.newContext()).newPage()
  const answer = await stranger.goto(product.origin + link)
  expect(answer?.headers()['referrer-policy']).toBe('same-origin')
  expect(answer?.headers()['x-robots-tag']).toContain('noindex')
  await stranger.getByLabel('Your name').first().fill('Ben')
  await stranger.getByLabel('Comment', { exact: true }).first().fill('<b>The second one</b>, please.')
  await stranger.getByRole('button', { name: 'Send' }).first().click()
  await expect(stranger.locator('.said-body')).toHaveText('<b>The second one</b>, please.')
  await expectAccessible(stranger)

  await page.goto('/lightboxes')
  await expect(page.getByText('1 new comment')).toBeVisible()
  await page.getByRole('heading', { name: 'My lightbox' }).getByRole('link').click()
  await expect(page.getByText('Ben', { exact: true })).toBeVisible()
  await page.getByRole('button', { name: /^End the link/ }).click()
  await expect(page.getByText('The link has ended.')).toBeVisible()
  expect((await stranger.goto(product.origin + link))?.status()).toBe(404)
  await stranger.context().close()
})

test.describe('a layout file', () => {
  test.afterEach(async ({ product }) => {
    await product.process('web/restart?ahead=0')
    await product.process('worker/restart?ahead=0')
  })

  test('says its number and end, and is dark after it, with the way to a licence', async ({ page, product }) => {
    // A company has one layout file of a picture: each telling takes another picture's.
    const taken = await product.db.licence.findMany({ where: { model: 'COMP', state: 'ACTIVE' }, select: { assetId: true } })
    const asset = await product.db.asset.findFirstOrThrow({
      where: {
        state: 'PUBLISHED',
        audience: 'STORE',
        kind: 'ILLUSTRATION',
        sellsRoyaltyFree: true,
        id: { notIn: taken.map(({ assetId }) => assetId) },
      },
      orderBy: { no: 'desc' },
      select: { id: true },
    })
    await page.goto(`/comps/${asset.id}`)
    expect(new URL(page.url()).pathname, 'guests sign in and come back').toBe('/sign-in')
    await page.getByLabel('E-mail').fill(grace)
    await page.getByLabel('Password', { exact: true }).fill('light-from-the-north')
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.waitForURL(`**/comps/${asset.id}`)
    await expectAccessible(page)
    await page.getByRole('button', { name: 'Take the layout file' }).click()
    await expect(page.getByRole('link', { name: 'Download the layout file' })).toBeVisible()

    const licence = await product.db.licence.findFirstOrThrow({ where: { model: 'COMP', assetId: asset.id, state: 'ACTIVE' } })
    const file = await page.request.get(`/licences/${licence.id}/download`)
    expect(file.status()).toBe(200)
    const fields = (await exifr.parse(await file.body(), { xmp: true })) as Record<string, string>
    expect(fields.LicenseID).toBe(licence.number)
    expect(fields.LicenseEndDate).toBeTruthy()
    expect(fields.Instructions).toContain('Layout only')
    expect(
      (await page.request.get(`/licences/${licence.id}/download?rendition=original`, { headers: { accept: 'application/json' } })).status(),
    ).toBe(403)
    await page.goto('/licences?show=comps')
    await expect(page.getByRole('link', { name: /License it now/ }).first()).toBeVisible()

    await product.process('worker/stop')
    await product.process(`web/restart?ahead=${month}`)
    // A month later nobody is signed in any more.
    await product.signOut(page)
    await product.signIn(page, grace)
    expect((await page.request.get(`/licences/${licence.id}/download`, { headers: { accept: 'application/json' } })).status()).toBe(403)
    await page.goto(`/licences/${licence.id}/download`)
    await expect(page.getByRole('link', { name: 'See what can be licensed' })).toBeVisible()
  })
})
