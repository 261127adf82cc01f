import { randomBytes } from 'node:crypto'
import type { Page } from 'playwright/test'
import { expect, expectAccessible, test, type Product } from '../fixtures.ts'

const assetCalled = async (product: Product, title: string): Promise<string> =>
  (await product.db.asset.findFirstOrThrow({ where: { title }, select: { id: true } })).id
const asked = 'model=RIGHTS_MANAGED&media=social&media=billboard&territory=DE&months=6'
const price = (page: Page) => page.locator('.price-total .numeric')
const choose = async (page: Page, label: string, words: string) => {
  await page.getByRole('combobox', { name: label }).fill(words)
  await page.keyboard.press('Enter')
}

test('four questions make a binding price, which follows each answer and is the address', async ({ page, product }) => {
  const id = await assetCalled(product, 'Seven Ridges')
  await page.goto(`/assets/${id}`)
  await page.getByRole('radio', { name: /Rights-managed/ }).check()
  await expect(page.getByText('Say what you use it for and in which places')).toBeVisible()
  await choose(page, 'What do you use it for?', 'leaflet')
  await choose(page, 'In which places?', 'Germany')
  await expect(price(page)).toBeVisible()
  const whole = await price(page).textContent()
  await page.getByLabel('Copies printed').selectOption('10000')
  await expect(price(page)).not.toHaveText(whole ?? '')
  const capped = (await price(page).textContent()) ?? ''
  await expect(page).toHaveURL(/printRun=10000/)
  await expect(page.getByText('Available now')).toBeVisible()
  await page.getByText('How the price is made').click()
  await expect(page.getByText('Up to 10,000 copies')).toBeVisible()
  await expectAccessible(page)

  // The address is the answers: another reader, and the same one after a reload, see the same price.
  await page.reload()
  await expect(price(page)).toHaveText(capped)
  // An answer on its way for an older question never stands in the place of a newer one.
  await page.getByLabel('For how long').selectOption('1')
  await page.getByLabel('For how long').selectOption('60')
  await expect(page).toHaveURL(/months=60/)
  await expect(page.getByLabel('For how long')).toHaveValue('60')
  await expect(page.locator('.licence-form')).not.toHaveAttribute('data-busy')
  const five = (await price(page).textContent()) ?? ''
  await page.goto(page.url())
  await expect(price(page)).toHaveText(five)

  await page.getByRole('button', { name: 'Add to cart' }).click()
  await page.waitForURL('**/cart')
  await expect(page.getByText(five).first()).toBeVisible()
})

test('examples stand on both sides of the line, and a click takes one in for the price that it said', async ({ page, product }) => {
  const id = await assetCalled(product, 'Seven Ridges')
  await page.goto(`/assets/${id}?${asked}`)
  const examples = page.getByRole('region', { name: 'Is this covered?' })
  await expect(examples.locator('[data-covered]').first()).toBeVisible()
  const before = Number(((await price(page).textContent()) ?? '').replace(/[^\d]/g, ''))
  const line = examples.getByRole('listitem').filter({ hasText: 'in Austria' })
  const add = line.getByRole('link', { name: /Add it for/ })
  const extra = Number(((await add.textContent()) ?? '').replace(/[^\d]/g, ''))
  await add.click()
  await expect(page).toHaveURL(/territory=AT/)
  await expect.poll(async () => Number(((await price(page).textContent()) ?? '').replace(/[^\d]/g, ''))).toBe(before + extra)
})

test('one’s own case is understood, answered, corrected and priced', async ({ page, product }) => {
  const id = await assetCalled(product, 'Seven Ridges')
  await page.goto(`/assets/${id}?${asked}`)
  await page.getByLabel('May I…').fill('also print it on mugs in Poland?')
  await page.getByRole('button', { name: 'Ask', exact: true }).click()
  const answer = page.locator('.case-answer')
  await expect(answer).toContainText('Not yet')
  await expect(answer).toContainText('Household goods · Poland')
  await expect(answer.getByRole('link', { name: /Add it for/ })).toBeVisible()
  await expectAccessible(page)
  await page.getByLabel('May I…').fill('put a billboard in Germany')
  await page.getByRole('button', { name: 'Ask', exact: true }).click()
  await expect(answer).toContainText('Yes, the licence chosen here covers it.')
  await page.getByLabel('May I…').fill('show it on a zeppelin')
  await page.getByRole('button', { name: 'Ask', exact: true }).click()
  await expect(page.getByText('Not understood: zeppelin')).toBeVisible()
})

test('what is taken says why, and the nearest scope is one click and a price away', async ({ page, product }) => {
  const id = await assetCalled(product, 'Acanthus mollis')
  await page.goto(`/assets/${id}?model=RIGHTS_MANAGED&media=advertising&territory=FR&territory=AT&months=12`)
  await expect(page.getByText('This use cannot be had')).toBeVisible()
  await expect(page.getByText(/Licensed exclusively to somebody else/)).toBeVisible()
  await expect(page.locator('main')).not.toContainText('Lavande')
  const nearest = page.locator('.nearest li').first()
  const told = (await nearest.locator('.numeric').textContent()) ?? ''
  await nearest.getByRole('link').click()
  await expect(price(page)).toHaveText(told)
  await expect(page.getByText('Available now')).toBeVisible()
})

test('a pack fills the questions at the price on its card; its desk orders and puts away', async ({ page, product }) => {
  const id = await assetCalled(product, 'Seven Ridges')
  await page.goto(`/assets/${id}`)
  const card = page.locator('.pack-card').first()
  const told = (await card.locator('.pack-price').textContent()) ?? ''
  await card.click()
  await expect(page).toHaveURL(/model=RIGHTS_MANAGED/)
  await expect(price(page)).toHaveText(told)
  const name = `Calendar ${randomBytes(3).toString('hex')}, Germany, 1 year`
  await product.signIn(page, 'maren@northlight.example')
  await page.goto('/rights/packs')
  await expectAccessible(page)
  await page.getByRole('link', { name: 'New pack' }).click()
  await page.getByLabel('Name in English').fill(name)
  await page.getByLabel('Name in German').fill(name.replace('Calendar', 'Kalender'))
  await choose(page, 'What for', 'Calendar')
  await choose(page, 'Where', 'Germany')
  await page.getByRole('button', { name: 'Save the pack' }).click()
  await expect(page.getByRole('row', { name: new RegExp(name) })).toContainText('In the store')
  await page
    .getByRole('row', { name: new RegExp(name) })
    .getByRole('button', { name: 'Put away' })
    .click()
  await expect(page.getByRole('row', { name: new RegExp(name) })).toContainText('Put away')
})

test('who holds a licence is told so first, and widens it for the difference', async ({ page, product }) => {
  const held = await product.db.licence.findFirstOrThrow({
    where: { state: 'ACTIVE', model: 'ROYALTY_FREE_STANDARD', orderLineId: { not: null }, endsAt: null },
    orderBy: { no: 'asc' },
    select: { id: true, assetId: true, number: true, holderOrgId: true },
  })
  const member = await product.db.member.findFirstOrThrow({
    where: { orgId: held.holderOrgId },
    select: { user: { select: { email: true } } },
  })
  await product.signIn(page, member.user.email)
  await product.emptyCart(member.user.email)
  await page.goto(`/assets/${held.assetId}`)
  await expect(page.getByText('You already hold')).toBeVisible()
  await page.locator('.held-licences li', { hasText: held.number }).getByRole('link', { name: 'Make it wider for the difference' }).click()
  await expect(page.getByRole('heading', { name: `Widening licence ${held.number}` })).toBeVisible()
  await expect(page.getByText(/You pay the difference of/)).toBeVisible()
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Add the wider licence to the cart' }).click()
  await page.waitForURL('**/cart')
  await expect(page.getByText(held.number).first()).toBeVisible()
})

test('a closer look is opened, enlarged, moved and fitted with the keyboard', async ({ page, product }) => {
  const id = await assetCalled(product, 'Seven Ridges')
  await page.goto(`/assets/${id}`)
  await page.getByRole('link', { name: /Look at “.*” closely/ }).focus()
  await page.keyboard.press('Enter')
  const dialog = page.getByRole('dialog', { name: /A closer look/ })
  await expect(dialog.getByRole('button', { name: 'Enlarge' })).toBeFocused()
  await expect(dialog.getByRole('status')).toHaveText(/100/)
  await page.keyboard.press('+')
  await expect(dialog.getByRole('status')).not.toHaveText(/^100/)
  await page.keyboard.press('ArrowRight')
  await expect(dialog.locator('img')).toHaveAttribute('style', /translate\(-/)
  await expectAccessible(page)
  await page.keyboard.press('0')
  await expect(dialog.getByRole('status')).toHaveText(/^100/)
  await expect(dialog.locator('img')).toHaveAttribute('src', /\/zoom\?/, { timeout: 20_000 })
  await page.keyboard.press('Escape')
  await expect(dialog).toBeHidden()
})

test.describe('by touch', () => {
  test.use({ hasTouch: true, viewport: { width: 390, height: 844 } })
  test('a closer look follows two fingers, one finger and a double tap', async ({ page, product }) => {
    const id = await assetCalled(product, 'Seven Ridges')
    await page.goto(`/assets/${id}`)
    await page.getByRole('link', { name: /Look at “.*” closely/ }).tap()
    const dialog = page.getByRole('dialog', { name: /A closer look/ })
    const scale = dialog.getByRole('status')
    await expect(scale).toHaveText(/^100/)
    const browser = await page.context().newCDPSession(page)
    const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', ...points: number[]) =>
      browser.send('Input.dispatchTouchEvent', { type, touchPoints: points.map((x, id) => ({ x, y: 400, id })) })
    await touch('touchStart', 180, 210)
    for (const apart of [10, 20, 30, 40]) await touch('touchMove', 180 - apart, 210 + apart)
    await touch('touchEnd')
    await expect(scale).not.toHaveText(/^100/)
    const placed = () => dialog.locator('img').evaluate((img) => new DOMMatrix(getComputedStyle(img).transform).e)
    const before = await placed()
    await touch('touchStart', 195)
    for (const right of [10, 20, 40]) await touch('touchMove', 195 + right)
    await touch('touchEnd')
    await expect.poll(placed).toBeGreaterThan(before + 20)
    await page.touchscreen.tap(195, 400)
    await page.touchscreen.tap(195, 400)
    await expect(scale).toHaveText(/^100/)
  })
})

test('the terms are read in full before paying, under their hash', async ({ page, product }) => {
  const id = await assetCalled(product, 'Seven Ridges')
  await page.goto(`/assets/${id}?${asked}`)
  await expect(page.getByRole('region', { name: 'What you may do' })).toContainText('No training of AI')
  await page.getByRole('button', { name: 'Read the terms in full' }).click()
  const dialog = page.getByRole('dialog', { name: /Rights-managed licence/ })
  await expect(dialog).toContainText('SHA-256 of this text')
  await expect(dialog).toContainText('What is never allowed')
})

test.describe('dark and German', () => {
  test.use({ colorScheme: 'dark' })
  test('the page is read in German, in the dark, without a fault', async ({ page, product }) => {
    const id = await assetCalled(product, 'Seven Ridges')
    await page.goto(`/de/assets/${id}?${asked}`)
    await expect(page.getByText('Jetzt verfügbar')).toBeVisible()
    await expect(page.getByRole('region', { name: 'Ist das abgedeckt?' })).toContainText('in Österreich')
    await expectAccessible(page)
    await page.goto('/de/licensing')
    await expect(page.getByRole('heading', { level: 1, name: 'Was die Lizenzen bedeuten' })).toBeVisible()
    await expectAccessible(page)
  })
})

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false })
  test('one button asks, the case is answered, the preview is a link, the cart is filled', async ({ page, product }) => {
    const id = await assetCalled(product, 'Seven Ridges')
    await page.goto(`/assets/${id}?model=RIGHTS_MANAGED`)
    await page.locator('select[name="media"]').selectOption(['leaflet'])
    await page.locator('select[name="territory"]').selectOption(['DE'])
    await page.getByRole('button', { name: 'Show the price' }).click()
    await expect(price(page)).toBeVisible()
    await page.getByLabel('May I…').fill('print it on mugs in Poland')
    await page.getByRole('button', { name: 'Ask', exact: true }).click()
    await expect(page.locator('.case-answer')).toContainText('Not yet')
    await expect(page.getByRole('link', { name: /closely/ })).toHaveAttribute('href', /\/previews\/.*\/page/)
    await page.getByRole('button', { name: 'Add to cart' }).click()
    await expect(page.getByRole('heading', { level: 1, name: 'Cart' })).toBeVisible()
  })
})
