import type { Page } from 'playwright/test'
import { expect, expectAccessible, test } from '../fixtures.ts'

const tiles = (page: Page) => page.locator('.justified a.tile')
const focusedTile = (page: Page) =>
  page.evaluate(() => [...document.querySelectorAll('a.tile')].indexOf(document.activeElement as HTMLElement))

test('the grid is walked by keys in two dimensions, and a picture comes back to where it was', async ({ page }) => {
  await page.goto('/search')
  await expect(page.locator('.justified a.tile[tabindex="0"]')).toHaveCount(1)
  await tiles(page).first().focus()
  await page.keyboard.press('ArrowRight')
  expect(await focusedTile(page)).toBe(1)
  await page.keyboard.press('ArrowDown')
  const below = await focusedTile(page)
  const [above, here] = await Promise.all([tiles(page).nth(1).boundingBox(), tiles(page).nth(below).boundingBox()])
  expect(here?.y).toBeGreaterThan(above?.y ?? 0)
  await page.keyboard.press('ArrowUp')
  expect(await focusedTile(page)).toBe(1)
  await page.keyboard.press('End')
  expect(await focusedTile(page)).toBe((await tiles(page).count()) - 1)
  await page.keyboard.press('Home')
  expect(await focusedTile(page)).toBe(0)
  await page.keyboard.press('/')
  await expect(page.locator('main input[type=search]')).toBeFocused()
  await page.keyboard.press('Escape')

  // Far down, into a picture and back: the same place, to the pixel.
  const title = await tiles(page).last().locator('.tile-title').textContent()
  await tiles(page).last().focus()
  // What the search field told while it had the focus goes with it, and the page settles by a line.
  let place = -1
  await expect
    .poll(async () => {
      const before = place
      place = await page.evaluate(() => window.scrollY)
      return place > 0 && place === before
    })
    .toBe(true)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1, name: title ?? '' })).toBeVisible()
  await page.goBack()
  await expect(tiles(page).first()).toBeVisible()
  await expect.poll(() => page.evaluate(() => window.scrollY)).toBe(place)
})

test('what is chosen and pressed before the scripts have come is done once they have', async ({ context }) => {
  // A page of its own: it does not wait for the scripts, as fingers do not.
  const page = await context.newPage()
  await page.route('**/assets/*.js', async (route) => {
    await new Promise((late) => setTimeout(late, 1_500))
    await route.continue()
  })
  const awake = () => page.evaluate(() => 'awake' in document.documentElement.dataset)
  await page.goto('/search')
  await page.locator('[data-facet=orientation] input').first().check()
  await page.getByLabel('May be used in').selectOption('DACH')
  expect(await awake()).toBe(false)
  await page.waitForURL(/orientation=\w+.*territory=DACH|territory=DACH.*orientation=\w+/)
  await expect(page.locator('[data-facet=orientation] input').first()).toBeChecked()

  await page.goto('/search')
  await page.locator('.tile-acts [form=to-lightbox]').first().click()
  await expect(page.locator('.toast')).toBeVisible()
  await page.locator('.toast-close').click()
  expect(await awake()).toBe(false)
  await expect(page.locator('.toast')).toHaveCount(0)
  await page.close()
})

test('results go on page by page or continuously, as was chosen', async ({ page }) => {
  await page.goto('/search')
  await expect(page.getByRole('button', { name: 'Page by page' })).toHaveAttribute('aria-pressed', 'true')
  await page.getByRole('button', { name: 'Continuously' }).click()
  await expect(page.getByRole('button', { name: 'Continuously' })).toHaveAttribute('aria-pressed', 'true')
  await page.reload()
  await expect(page.getByRole('button', { name: 'Continuously' })).toHaveAttribute('aria-pressed', 'true')
  const total = Number(/\d+/.exec((await page.locator('.search-bar [role=status]').textContent()) ?? '')?.[0])
  await page.evaluate(() => window.scrollTo(0, document.body.scrollHeight))
  await expect(tiles(page)).toHaveCount(Math.min(total, 192))
  await page.getByRole('button', { name: 'Page by page' }).click()
  await expect(page.getByRole('button', { name: 'Page by page' })).toHaveAttribute('aria-pressed', 'true')
})

test('pictures are compared side by side, and the address can be sent on', async ({ page, browser, baseURL }) => {
  await page.goto('/search')
  for (const nth of [0, 1, 2]) {
    await tiles(page).nth(nth).hover()
    await page
      .locator('.justified > li')
      .nth(nth)
      .getByRole('button', { name: /^Compare/ })
      .click()
    await expect(page.locator('.tray-pictures li')).toHaveCount(nth + 1)
  }
  // In a window as tall as the page the tray lies over nothing; what scrolls beneath it is brought above it by the focus.
  await page.setViewportSize({ width: 1280, height: await page.evaluate(() => document.documentElement.scrollHeight) })
  await expectAccessible(page)
  await page.setViewportSize({ width: 1280, height: 720 })
  await page.getByRole('link', { name: 'Compare 3 pictures' }).click()
  await expect(page).toHaveURL(/\/compare\?a=ast_.*&a=ast_.*&a=ast_/)
  await expect(page.getByRole('table', { name: 'The pictures side by side' }).getByRole('columnheader')).toHaveCount(3)
  await expect(page.getByRole('rowheader', { name: 'Editorial', exact: true })).toBeVisible()
  await expectAccessible(page)
  await page.emulateMedia({ colorScheme: 'dark' })
  await expectAccessible(page)
  await page.setViewportSize({ width: 390, height: 844 })
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390)
  await page.locator('.compare td').first().scrollIntoViewIfNeeded()
  await expect(page.locator('.compare td').first()).toBeInViewport()

  const stranger = await (await browser.newContext()).newPage()
  await stranger.goto(new URL(page.url()).href.replace(new URL(page.url()).origin, baseURL ?? ''))
  await expect(stranger.getByRole('table').getByRole('columnheader')).toHaveCount(3)
  await stranger.context().close()
})

test('what was seen is remembered for a guest and for an account, and can be cleared', async ({ page, product }) => {
  const [first, second] = await product.db.asset.findMany({
    where: { state: 'PUBLISHED', audience: 'STORE' },
    orderBy: { no: 'asc' },
    take: 2,
    select: { id: true, title: true },
  })
  await page.goto(`/assets/${first?.id}`)
  await page.goto(`/assets/${second?.id}`)
  await page.goto('/')
  await expect(page.getByRole('heading', { name: 'Recently seen' })).toBeVisible()
  await product.signIn(page, 'clara@bergmann.example')
  await page.goto(`/assets/${second?.id}`)
  await page.goto('/seen')
  await expect(tiles(page).first()).toContainText(second?.title ?? '')
  await expect(page.getByRole('link', { name: first?.title ?? '' }).first()).toBeVisible()
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Clear the list' }).click()
  await expect(page.getByRole('heading', { name: 'Nothing seen yet' })).toBeVisible()
})

test('contributors have pages of their own, in both languages', async ({ page }) => {
  await page.goto('/contributors')
  await expectAccessible(page)
  const name = page.locator('.names a').first()
  const called = (await name.textContent()) ?? ''
  await name.click()
  await expect(page.getByRole('heading', { level: 1, name: called })).toBeVisible()
  await expect(tiles(page).first()).toBeVisible()
  await expectAccessible(page)
  expect(await page.locator('script[type="application/ld+json"]').textContent()).toContain('"Person"')
  const feed = await page.request.get(`${new URL(page.url()).pathname}/feed.xml`)
  expect(await feed.text()).toContain('<feed xmlns="http://www.w3.org/2005/Atom">')
  await page.goto(`/de${new URL(page.url()).pathname}`)
  await expect(page.locator('html')).toHaveAttribute('lang', 'de')
  await expect(page.getByRole('link', { name: 'Urheber' }).first()).toBeVisible()
  for (const address of ['/', '/de', '/collections', '/search?q=zzzz&kind=LOGO']) {
    await page.goto(address)
    await expectAccessible(page)
  }
})

test('where nothing is found, a filter can be let go of, with what that brings', async ({ page }) => {
  await page.goto('/search?q=nagasaki&orientation=SQUARE&kind=LOGO')
  await expect(page.getByRole('heading', { name: 'No picture for “nagasaki”' })).toBeVisible()
  await page.goto('/search?q=nagasaki&kind=LOGO')
  const way = page.locator('.ways li').first()
  await expect(way).toContainText(/\d+ picture/)
  await way.getByRole('link').click()
  await expect(tiles(page).first()).toBeVisible()
})

test.describe('without scripts', () => {
  test.use({ javaScriptEnabled: false })
  test('the store is searched, browsed, compared and bought from', async ({ page }) => {
    await page.goto('/')
    await page.locator('main input[type=search]').fill('island')
    await page.locator('main').getByRole('button', { name: 'Search' }).click()
    await expect(page).toHaveURL(/\/search\?q=island/)
    await page
      .locator('.justified > li')
      .first()
      .getByRole('button', { name: /^Compare/ })
      .click({ force: true })
    await expect(page).toHaveURL(/\/search\?q=island/)
    await expect(page.locator('.tray-pictures li')).toHaveCount(1)
    await tiles(page).first().click()
    await expect(page).toHaveURL(/\/assets\//)
    await page
      .getByRole('button', { name: /Add to cart/ })
      .first()
      .click()
    await page.goto('/cart')
    await expect(page.locator('.cart-line')).toHaveCount(1)
    await page.goto('/seen')
    await expect(tiles(page)).toHaveCount(1)
    await page.getByRole('button', { name: 'Clear the list' }).click()
    await expect(page.getByRole('heading', { name: 'Nothing seen yet' })).toBeVisible()
    await page.goto('/search')
    await page.getByRole('button', { name: 'Continuously' }).click()
    await expect(page.getByRole('button', { name: 'Continuously' })).toHaveAttribute('aria-pressed', 'true')
  })
})
