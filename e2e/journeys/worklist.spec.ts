import { weekdayOf } from '#services/kernel/days.ts'
import { expect, expectAccessible, password, test } from '../fixtures.ts'

const maren = 'maren@northlight.example'
const ida = 'ida@northlight.example'

test.describe('the worklist', () => {
  test('says what needs somebody, gives it to a colleague, and takes that back', async ({ page, product }) => {
    await product.signIn(page, maren)
    await page.goto('/rights?view=usual')
    await expect(page.getByRole('heading', { level: 1, name: 'Worklist' })).toBeVisible()
    await expect(page.getByRole('link', { name: 'Contract HALDEN-2024-17 ends', exact: true })).toBeVisible()
    await expectAccessible(page)

    // Narrowed to one kind, and back; the address says so.
    await page.getByRole('link', { name: /^Embargo lifts/ }).click()
    await expect(page).toHaveURL(/kind=embargo-lifts/)
    await expect(page.getByRole('link', { name: 'Embargo “Centenary exhibition in Chicago” lifts', exact: true })).toBeVisible()
    await expect(page.getByRole('link', { name: 'Contract HALDEN-2024-17 ends', exact: true })).toHaveCount(0)
    await page.getByLabel('Contract, licensor, holder').fill('nobody of this name')
    await page.getByRole('button', { name: 'Show' }).click()
    await expect(page.getByRole('heading', { name: 'Nothing like that' })).toBeVisible()

    // One contract, three pictures, one line; its page names them.
    await page.goto('/rights?kind=contract-ends&q=Halden')
    await page.getByRole('link', { name: 'Contract HALDEN-2024-17 ends', exact: true }).click()
    await expect(page.getByRole('rowheader')).toHaveCount(3)
    await expectAccessible(page)

    await page.goto('/rights?view=usual')
    await page.getByRole('checkbox', { name: /^Embargo/ }).check()
    await page.getByRole('checkbox', { name: /^Property release PR-2025-8/ }).check()
    await expect(page.getByText('2 ticked')).toBeVisible()
    await page.getByRole('button', { name: 'Dealt with' }).click()
    await expect(page.getByText('2 lines, 2 pictures.')).toBeVisible()
    await expectAccessible(page)
    await page.getByLabel(/^Note/).fill('Both were renewed by telephone.')
    await page.getByRole('button', { name: 'Mark as dealt with' }).click()
    await expect(page.getByRole('link', { name: 'Property release PR-2025-8 ends', exact: true })).toHaveCount(0)
    await page.getByRole('button', { name: 'Undo the last mark' }).click()
    await expect(page.getByRole('link', { name: 'Property release PR-2025-8 ends', exact: true })).toBeVisible()
  })

  test('obeys keys while it has the focus, and works without a script', async ({ page, browser, product }) => {
    await product.signIn(page, maren)
    await page.goto('/rights?view=usual')
    await expect(page.getByText('This page')).toBeVisible()
    const boxes = page.locator('.worklist input[type=checkbox]')
    await boxes.first().focus()
    await page.keyboard.press('j')
    await expect(boxes.nth(1)).toBeFocused()
    await page.keyboard.press('x')
    await page.keyboard.press('j')
    await page.keyboard.press('j')
    await page.keyboard.press('Shift+X')
    for (const n of [1, 2, 3]) await expect(boxes.nth(n)).toBeChecked()
    await expect(boxes.first()).not.toBeChecked()
    await page.keyboard.press('?')
    await expect(page.getByRole('dialog')).toContainText('Tick the line')
    await page.keyboard.press('Escape')

    const plain = await browser.newContext({ javaScriptEnabled: false, baseURL: product.origin })
    const bare = await plain.newPage()
    await bare.goto('/sign-in')
    await bare.getByLabel('E-mail').fill(maren)
    await bare.getByLabel('Password', { exact: true }).fill(password)
    await bare.getByRole('button', { name: 'Sign in' }).click()
    await bare.goto('/rights?kind=release-ends')
    await bare.getByRole('checkbox', { name: /^All 1 that match/ }).check()
    await bare.getByRole('button', { name: 'Put off' }).click()
    await bare.getByRole('button', { name: 'Put off' }).click()
    await expect(bare.getByRole('heading', { name: 'Nothing like that' })).toBeVisible()
    await bare.goto('/rights?mark=snoozed')
    await expect(bare.getByText(/Put off until/)).toBeVisible()
    await bare.getByRole('checkbox', { name: /^All 1 that match/ }).check()
    await bare.getByRole('button', { name: 'Clear mark' }).click()
    await bare.getByRole('button', { name: 'Clear' }).click()
    await plain.close()
  })

  test('is looked at by auditors, who mark nothing, and taken away as a file', async ({ page, product }) => {
    await product.signIn(page, ida)
    await page.goto('/rights?view=usual')
    await expect(page.getByRole('link', { name: 'Contract HALDEN-2024-17 ends', exact: true })).toBeVisible()
    await expect(page.getByRole('button', { name: 'Assign' })).toHaveCount(0)
    const file = await page.request.get('/rights/worklist/export.csv?all=yes')
    expect(file.headers()['content-type']).toContain('text/csv')
    expect(await file.text()).toContain('HALDEN-2024-17')
    expect((await page.request.get('/rights/worklist/act?verb=done&all=yes')).status()).toBe(403)
  })
})

test('the calendar shows what ends, walks by keys, and feeds another calendar until its address is ended', async ({ page, product, playwright }) => {
  await product.signIn(page, maren)
  await page.goto('/rights/calendar')
  await expectAccessible(page)
  const today = page.locator('.grid-day[aria-current="date"]')
  await today.focus()
  // Within the week: the last day of a sheet leads to another sheet, which may not show today.
  const sunday = weekdayOf((await today.getAttribute('data-day')) ?? '') === 'Sunday'
  await page.keyboard.press(sunday ? 'ArrowLeft' : 'ArrowRight')
  await expect(page.locator('.grid-day:focus')).toBeVisible()
  await expect(today).not.toBeFocused()
  await page.keyboard.press('PageDown')
  await expect(page).toHaveURL(/month=/)

  await page.goto('/rights/calendar')
  await page.getByLabel('7 days before').check()
  await page.getByRole('button', { name: 'Make an address' }).click()
  await expect(page.getByText('Your address, shown this once')).toBeVisible()
  const shown = await page.getByText(/\/calendar\/cmk_/).first().innerText()
  const address = /\/calendar\/cmk_\S+/.exec(shown)?.[0] ?? ''
  await expectAccessible(page)

  // Somebody else's program: no cookie, only the address.
  const program = await playwright.request.newContext({ baseURL: product.origin })
  const feed = await program.get(address)
  expect([feed.status(), feed.headers()['content-type']]).toEqual([200, 'text/calendar; charset=utf-8'])
  const text = (await feed.text()).replace(/\r\n /g, '')
  expect(text).toContain('SUMMARY:Contract HALDEN-2024-17 ends')
  expect(text).toContain('TRIGGER:-P7D')
  expect((await program.get(address, { headers: { 'if-none-match': feed.headers().etag ?? '' } })).status()).toBe(304)
  expect((await program.get('/calendar/cmk_00000000000000000000000000000000.ics')).status()).toBe(404)
  await page.getByRole('button', { name: /^End cmk_/ }).first().click()
  await expect(page.getByText('The address opens nothing any more.')).toBeVisible()
  expect((await program.get(address)).status()).toBe(404)
  await program.dispose()
})
