import { randomInt } from 'node:crypto'
import { expect, expectAccessible, test } from '../fixtures.ts'

const lena = 'lena@northlight.example'

test('a visitor finds a picture with a slip of the finger, by suggestions, and by what it may be used for', async ({ page }) => {
  await page.goto('/search?q=nagasakk')
  expect(await page.evaluate(() => document.compatMode), 'a page without its document type is drawn as in 1998').toBe('CSS1Compat')
  await expect(page.getByText('No picture has “nagasakk”.')).toBeVisible()
  await expect(page.getByRole('link', { name: /Boats in River, Nagasaki/ })).toBeVisible()
  await expectAccessible(page)

  // Keys alone: type, go down to the first suggestion, take it.
  const field = page.getByRole('combobox', { name: 'Search pictures' })
  const offered = page.getByRole('listbox', { name: 'Suggestions' }).getByRole('option')
  await field.fill('')
  await field.pressSequentially('naga')
  await expect(offered.first()).toBeVisible()
  await expectAccessible(page)
  await field.press('ArrowDown')
  await expect(offered.first()).toHaveAttribute('aria-selected', 'true')
  await field.press('Escape')
  await expect(offered).toHaveCount(0)
  await field.press('Enter')
  await expect(page).toHaveURL(/q=naga/)
  await expect(page.getByRole('link', { name: /Boats in River, Nagasaki/ })).toBeVisible()

  await page.goto('/search')
  const all = Number(/\d+/.exec((await page.locator('.search-bar [role=status]').textContent()) ?? '')?.[0])
  await page.getByRole('combobox', { name: 'May be used for' }).selectOption('advertising')
  await expect(page).toHaveURL(/medium=advertising/)
  await expect(page.getByRole('link', { name: /Advertising · Worldwide/ })).toBeVisible()
  const usable = Number(/\d+/.exec((await page.locator('.search-bar [role=status]').textContent()) ?? '')?.[0])
  expect(usable).toBeGreaterThan(0)
  expect(usable).toBeLessThanOrEqual(all)
  await page.getByLabel(/Exclusively still possible/).check()
  await expect(page).toHaveURL(/exclusive=yes/)
  await expectAccessible(page)
  await page.getByRole('link', { name: 'Clear all' }).click()
  await expect(page.locator('.search-bar [role=status]')).toHaveText(new RegExp(`^${all} pictures`))
})

test('the librarian sees what was looked for in vain, and gives it a synonym', async ({ page, product }) => {
  const word = `steamboat${Array.from({ length: 4 }, () => 'bcdfghjkmpqrtvwxz'[randomInt(17)]).join('')}`
  await page.goto(`/search?q=${word}`)
  await expect(page.getByRole('heading', { name: `No picture for “${word}”` })).toBeVisible()
  await product.signIn(page, lena)
  await page.goto('/library/searches')
  await expect(page.getByRole('link', { name: word })).toBeVisible()
  await expectAccessible(page)
  await page.getByLabel('Words that mean the same').fill(word)
  await page.getByRole('button', { name: 'Add' }).click()
  await expect(page.getByText('Write at least two words').first()).toBeVisible()
  await page.getByLabel('Words that mean the same').fill(`${word}, boats`)
  await page.getByRole('button', { name: 'Add' }).click()
  await expect(page.getByText('Searches take these words for the same now.')).toBeVisible()
  await page.getByRole('link', { name: word }).click()
  await expect(page.getByRole('link', { name: /Boats in River, Nagasaki/ })).toBeVisible()
  await page.goto('/library/searches')
  await page.getByRole('button', { name: `Take “${word}” off the list` }).click()
  await expect(page.getByText('Taken off the list.')).toBeVisible()
  await page.getByRole('button', { name: `Remove ${word}, boats` }).click()
  await expect(page.getByText('These words are different again.')).toBeVisible()
})
