import type { Page } from 'playwright/test'
import { cancelCheckout } from '#services/commerce/checkout.ts'
import { expect, expectAccessible, test, type Product } from '../fixtures.ts'
import { withHands } from '../hands.ts'

const maren = 'maren@northlight.example'
const clara = 'clara@bergmann.example'
const luc = 'luc@maisonlavande.example'
const dayLength = 86_400_000
const day = (offset: number) => new Date(Date.now() + offset * dayLength).toISOString().slice(0, 10)

const assetCalled = async (product: Product, title: string): Promise<string> =>
  (await product.db.asset.findFirstOrThrow({ where: { title }, select: { id: true } })).id
const focused = (page: Page) =>
  page.evaluate(() => (document.activeElement as HTMLElement | null)?.dataset['at'] ?? document.activeElement?.id ?? '')

test('the grid is read with the keyboard alone: cells, reasons, parts, time', async ({ page, product }) => {
  const id = await assetCalled(product, 'Acanthus mollis')
  await product.signIn(page, maren)
  await page.goto(`/rights/assets/${id}`)
  const grid = page.getByRole('grid')
  await expect(grid).toBeVisible()
  await expectAccessible(page)

  // The whole grid is one stop of the tab key, between its scrolling frame and what comes after.
  await page.getByRole('region', { name: 'Availability, scrolls' }).focus()
  await page.keyboard.press('Tab')
  expect(await focused(page)).toBe('0:0')
  for (const [key, where] of [
    ['ArrowRight', '0:1'],
    ['ArrowDown', '1:1'],
    ['End', '1:12'],
    ['Home', '1:-1'],
    ['Control+End', '11:12'],
    ['Control+Home', '-1:0'],
    ['ArrowDown', '0:0'],
  ] as const) {
    await page.keyboard.press(key)
    expect(await focused(page), key).toBe(where)
  }
  await page.keyboard.press('Enter')
  const panel = page.getByRole('complementary', { name: 'Advertising, Western Europe' })
  await expect(panel.getByRole('heading', { level: 3 })).toBeFocused()
  await expect(panel).toContainText('Licensed exclusively to somebody else')
  await expect(panel).toContainText('Parfums Lavande SAS')
  await expect(panel.getByRole('link', { name: 'Quote this' }).first()).toHaveAttribute('href', /model=RIGHTS_MANAGED.*territory=/)
  await expectAccessible(page)
  await page.keyboard.press('Escape')
  await expect(panel).toBeHidden()
  expect(await focused(page)).toBe('0:0')

  await page.keyboard.press('ArrowLeft')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('row', { name: /^Magazine advertisement/ })).toBeVisible()
  await expect(page).toHaveURL(/open=advertising/)

  const slider = page.getByRole('slider')
  await slider.focus()
  await page.keyboard.press('End')
  await expect(slider).toHaveAttribute('aria-valuetext', /\d{4}$/)
  // The contract by which the house holds it is over by then.
  await expect(grid.getByRole('link', { name: /^Editorial, Africa: Blocked/ })).toBeVisible()
  await expect(page).toHaveURL(/step=36/)
  await page.keyboard.press('Home')
  await expect(grid.getByRole('link', { name: /^Editorial, Africa: Open/ })).toBeVisible()
  await page.keyboard.press('ArrowRight')
  await expect(page).toHaveURL(/step=1/)
  await page.getByRole('link', { name: 'As known then' }).click()
  await page.waitForURL(/as-of/)
  await page.goBack()
  await expect(slider).toHaveValue('1')
})

test('the timeline says what is held and taken, and leads to the rows', async ({ page, product }) => {
  const id = await assetCalled(product, 'Acanthus mollis')
  await product.signIn(page, maren)
  await page.goto(`/rights/assets/${id}?zoom=1`)
  const taken = page.getByRole('group', { name: 'Taken, over time' }).getByRole('link')
  await expect(taken.first()).toHaveAccessibleName(/exclusive: .*Advertising/)
  await expect(taken.first()).toContainText('Exclusive')
  await taken.first().click()
  await expect(page).toHaveURL(/#row-/)
  await page.getByRole('link', { name: '10 years' }).click()
  await expect(page).toHaveURL(/zoom=10/)
  await page.emulateMedia({ colorScheme: 'dark' })
  await page.evaluate(() => scrollTo(0, 0))
  await expectAccessible(page)
  await page.setViewportSize({ width: 390, height: 800 })
  await expectAccessible(page)
  expect(
    await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth),
    'only the grid scrolls sideways',
  ).toBeLessThanOrEqual(0)
})

test('without JavaScript the grid is a form and a table of links', async ({ browser, page, product }) => {
  const id = await assetCalled(product, 'Acanthus mollis')
  await product.signIn(page, maren)
  const context = await browser.newContext({
    javaScriptEnabled: false,
    storageState: await page.context().storageState(),
    baseURL: product.origin,
  })
  const plain = await context.newPage()
  await plain.goto(`/rights/assets/${id}?open=advertising`)
  await plain.getByRole('slider').fill('3')
  await plain.getByLabel('How long').selectOption('12')
  await plain.getByRole('button', { name: 'Show' }).click()
  await expect(plain).toHaveURL(/open=advertising.*step=3.*for=12/)
  await plain.getByRole('link', { name: /^Advertising, Western Europe:/ }).click()
  await expect(plain.getByRole('heading', { name: 'Advertising, Western Europe' })).toBeVisible()
  await plain.goto(`/rights/assets/${id}/restrictions`)
  await expect(plain.getByLabel('For which media')).toHaveAttribute('multiple', '')
  await plain.getByLabel('For which media').selectOption(['billboard', 'social'])
  await context.close()
})

test('what was known then is set against what is known now', async ({ page, product }) => {
  const id = await assetCalled(product, 'Alpine Landscape')
  await product.signIn(page, maren)
  await page.goto(`/rights/assets/${id}/as-of?than=${day(-150)}&at=${day(-150)}`)
  const media = page.getByRole('combobox', { name: /^Media/ })
  await media.fill('hoarding')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('button', { name: 'Remove Billboard, printed' })).toBeVisible()
  const places = page.getByRole('combobox', { name: /^Places/ })
  await places.fill('osterreich')
  await expect(page.getByRole('option', { name: /^Austria/ })).toBeVisible()
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: 'Compare' }).click()
  await expect(page).toHaveURL(/media=billboard&territory=AT/)
  await expect(page.getByText(/Under embargo .*EXH-9/)).toBeVisible()
  await expect(page.getByText('Yes, it could be licensed')).toBeVisible()
  const ended = page.getByRole('row', { name: /EXH-9/ })
  await expect(ended).toContainText('Maren Vogt')
  await expect(page.getByRole('row', { name: /BRAUN-2025-3/ })).toContainText('Places: ')
  await expectAccessible(page)

  await page.goto(`/rights/history?from=${day(-100)}&kind=ban`)
  await expect(page.getByRole('row', { name: /EXH-9/ })).toContainText('Ended')
  await expectAccessible(page)
  await page
    .getByRole('link', { name: /^Alpine Landscape, before and after/ })
    .first()
    .click()
  await expect(page.getByRole('heading', { level: 1, name: 'As known then' })).toBeVisible()
})

test('a scope is chosen by typing, pasting and leaving out', async ({ page, product }) => {
  const id = await assetCalled(product, 'Terrazzo Floor')
  await product.signIn(page, maren)
  await page.goto(`/rights/assets/${id}/restrictions`)
  await page.getByLabel('Reason').fill('A journey through the fields')
  const media = page.getByRole('combobox', { name: 'For which media' })
  await media.fill('TikTok')
  await expect(page.getByRole('listbox', { name: 'All media' }).getByRole('option').first()).toContainText('Social media')
  await page.keyboard.press('Enter')
  await media.press('ArrowDown')
  await expect(media).toHaveAttribute('aria-expanded', 'true')
  await expectAccessible(page)
  await media.press('Escape')

  const places = page.getByRole('combobox', { name: 'In which places' })
  await places.focus()
  await places.evaluate((field) => {
    const clipboardData = new DataTransfer()
    clipboardData.setData('text', 'EU; UK\nSchweiz except Malta and Atlantis')
    field.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }))
  })
  await expect(page.getByRole('list', { name: 'Chosen places' })).toHaveText(/European Union.*United Kingdom.*Switzerland/)
  await expect(page.getByRole('list', { name: 'Chosen exceptions' })).toHaveText(/Malta/)
  await expect(places).toHaveValue('Atlantis')
  await expect(page.getByRole('status').filter({ hasText: 'Not known: Atlantis' })).toBeAttached()
  await places.fill('')
  await places.press('Backspace')
  await expect(page.getByRole('button', { name: 'Remove Switzerland' })).toHaveCount(0)
  await page.getByRole('button', { name: /^Record the ban|^Bar/ }).click()
  await page.waitForURL(new RegExp(`/rights/assets/${id}$`))
  const row = await product.db.restriction.findFirstOrThrow({
    where: { reason: 'A journey through the fields' },
    orderBy: { recordedAt: 'desc' },
  })
  expect(row.terms).toMatchObject({ media: ['social'], territory: { include: ['EU27', 'GB'], except: ['MT'] }, industry: 'ALL' })
})

test('who comes second is told when the first lets go', async ({ page, product, browser }) => {
  const id = await assetCalled(product, 'Animal Locomotion: House Cat')
  const wish = `/assets/${id}?model=RIGHTS_MANAGED&territory=NO&from=${day(40)}&months=12&exclusive=ALL`
  // A telling that broke off left the first at the till, and the second in line.
  const left = await product.db.order.findMany({
    where: { state: { in: ['OPEN', 'AWAITING_PAYMENT'] }, lines: { some: { assetId: id } } },
    select: { id: true },
  })
  if (left.length > 0)
    await withHands(async (hands) => void (await Promise.all(left.map(async (order) => cancelCheckout(await hands.as(clara), order.id)))))
  await product.db.rightsWait.deleteMany({ where: { assetId: id } })
  await product.signIn(page, clara)
  await product.emptyCart(clara)
  // The first chooses the use by typing.
  await page.goto(wish)
  await page.getByRole('combobox', { name: 'What do you use it for?' }).fill('billb')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/media=billboard/)
  await page.getByRole('button', { name: 'Add to cart' }).click()
  await page.waitForURL(/\/cart$/)
  await page.getByRole('button', { name: 'Check out' }).click()
  await page.waitForURL((url) => url.origin !== product.origin)
  await page.goto(`${product.origin}${wish}&media=billboard`)
  await expect(page.getByText('You are at the till with this')).toBeVisible()

  const second = await (await browser.newContext({ baseURL: product.origin })).newPage()
  await product.signIn(second, luc)
  await second.goto(`${wish}&media=billboard`)
  await expect(second.getByText('Somebody is at the till with these rights')).toBeVisible()
  await expectAccessible(second)
  await second.getByRole('button', { name: 'Tell me when it is free' }).click()
  await expect(second.getByText('You are in line for this')).toBeVisible()
  await second.goto('/licences')
  await expect(second.getByRole('row', { name: /Animal Locomotion: House Cat/ }).first()).toContainText('Waiting')

  await page.getByRole('button', { name: 'Let it go' }).click()
  await page.waitForURL(/\/cart$/)
  const letter = await product.letter(luc, /Free again: “Animal Locomotion: House Cat”/)
  expect(letter.text).toContain('whoever pays first')
  const link = letter.text.match(/https?:\/\/\S+\/assets\/\S+/)?.[0] ?? ''
  await second.goto(link)
  await expect(second.getByText('Available now')).toBeVisible()
  await expect(second.getByRole('button', { name: 'Remove Billboard, printed' })).toBeVisible()
  await second.context().close()
  await product.emptyCart(clara)
})
