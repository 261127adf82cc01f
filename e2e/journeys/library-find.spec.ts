import { randomBytes } from 'node:crypto'
import { expect, expectAccessible, test } from '../fixtures.ts'

test('a librarian finds, selects over pages, keeps a search, and acts on many at once', async ({ page, product }) => {
  const mark = randomBytes(3).toString('hex')
  // What lies on the tray from before is not part of this.
  await product.db.libraryTrayItem.deleteMany({ where: { user: { email: 'lena@northlight.example' } } })
  await product.signIn(page, 'lena@northlight.example')
  await page.goto('/library?all')
  const grid = page.getByRole('grid', { name: 'Assets' })
  await expect(grid.getByRole('row').first()).toBeVisible()
  await expectAccessible(page)

  // Fields are offered while one types, and a slip says what would be right.
  const search = page.getByRole('combobox', { name: 'Search the library' })
  await page.keyboard.press('/')
  await expect(search).toBeFocused()
  await search.pressSequentially('sta')
  await expect(page.getByRole('option', { name: /^state:/ })).toBeVisible()
  await search.fill('stte:published')
  await page.getByRole('button', { name: 'Search', exact: true }).click()
  await expect(page.getByText('There is no field “stte”')).toBeVisible()
  await page.getByRole('link', { name: 'Search for state:published' }).click()
  await expect(page.getByText(/\d+ assets/).first()).toBeVisible()

  // A kept search is a tab with its count.
  await page.getByRole('button', { name: 'Keep…' }).click()
  await page.getByLabel('Keep the present search as').fill(`What is live ${mark}`)
  await page.getByRole('button', { name: 'Keep', exact: true }).click()
  // Kept, the dialog is out of the way by itself.
  await expect(page.getByRole('dialog', { name: 'Kept searches' })).toBeHidden()
  await expect(
    page.getByRole('navigation', { name: 'Kept searches' }).getByRole('link', { name: new RegExp(`What is live ${mark} \\d+`) }),
  ).toBeVisible()

  // The keyboard alone: on to the second, pick two, look, put them on the tray.
  await grid.getByRole('row').first().getByRole('link').focus()
  await page.keyboard.press('Space')
  await expect(page.getByText('1 selected')).toBeVisible()
  await page.keyboard.press('Shift+ArrowRight')
  await expect(page.getByText('2 selected')).toBeVisible()
  await page.keyboard.press('v')
  await expect(page.getByRole('dialog')).toBeVisible()
  await page.keyboard.press('v')
  await expect(page.getByRole('dialog')).toBeHidden()
  await page.keyboard.press('t')
  await expect(page.getByText('2 on the tray')).toBeVisible()
  await page.keyboard.press('Control+a')
  await page.keyboard.press('Control+a')
  await expect(page.getByText(/\d+ selected/)).toBeVisible()
  await page.keyboard.press('Escape')
  await page.keyboard.press('?')
  await expect(page.getByRole('heading', { name: 'Keys of the library' })).toBeVisible()
  await page.keyboard.press('Escape')

  // From the tray into a collection, and back out of it.
  await page.getByRole('complementary', { name: 'Tray' }).getByRole('link', { name: 'Act on them…' }).click()
  await expect(page.getByRole('heading', { level: 1, name: '2 assets selected' })).toBeVisible()
  await expectAccessible(page)
  await page.getByText('Add to a collection', { exact: true }).click()
  await page.getByLabel('Title of the new one').fill(`Found today ${mark}`)
  await page.getByRole('button', { name: /^Add to a collection/ }).click()
  await expect(page.getByText(/added to the collection/)).toBeVisible()
  await expect(page.getByText('It has ended.')).toBeVisible({ timeout: 20_000 })
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(page.getByText('taken out of the collection')).toBeVisible()

  // Empty the tray, and put it back.
  await page.goto('/library/tray')
  await page.getByRole('button', { name: 'Empty the tray' }).click()
  await page.getByRole('button', { name: 'Put everything back' }).click()
  await expect(page.getByRole('listitem').filter({ hasText: 'Published' })).toHaveCount(2)
})

test.describe('without scripts', () => {
  test.use({ javaScriptEnabled: false })
  test('boxes and buttons do the same', async ({ page, product }) => {
    await product.signIn(page, 'lena@northlight.example')
    await page.goto('/library?text=state:published')
    await page
      .getByRole('checkbox', { name: /^Select / })
      .first()
      .check()
    await page.getByRole('button', { name: 'Act on them…' }).click()
    await expect(page.getByRole('heading', { level: 1, name: '1 asset selected' })).toBeVisible()
  })
})

test('whoever types faster than the line finds what was asked, not a page that is not there', async ({ page, product }) => {
  await product.signIn(page, 'lena@northlight.example')
  await page.route(/__manifest|\/library\/complete|\/search\/suggest/, async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 2_500))
    await route.continue().catch(() => undefined)
  })
  for (const [address, role, name] of [
    ['/library?all', 'combobox', 'Search the library'],
    ['/search', 'combobox', 'Search pictures'],
  ] as const) {
    await page.goto(address)
    // The hint itself, or what a router would have to learn first.
    const hint = page.waitForRequest(/(\/|%2F)library(\/|%2F)complete|(\/|%2F)search(\/|%2F)suggest\b/)
    await page.getByRole('main').getByRole(role, { name }).pressSequentially('light')
    await hint
    await page.keyboard.press('Enter')
    await page.waitForURL(/(text|q)=light/)
    await expect(page.getByRole('main').getByRole(role, { name })).toHaveValue('light')
  }
})
