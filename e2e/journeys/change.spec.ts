import { expectAccessible, expect, test } from '../fixtures.ts'

test('a rights manager sees what hangs on a contract, decides line by line, and applies it', async ({ page, product }) => {
  await product.signIn(page, 'maren@northlight.example')
  await page.goto('/rights/changes')
  await expect(page.getByRole('heading', { name: 'Changes upstream' })).toBeVisible()
  await expectAccessible(page)

  // The demo's own two plans: one carried out, one being decided.
  await expect(page.getByRole('row').filter({ hasText: 'Letter of the museum' })).toContainText('Applied')
  await page.getByRole('link', { name: 'A contract ends: Own work' }).click()
  await expect(page.getByText('Nothing has happened yet.')).toBeVisible()
  await expect(page.getByText(/pictures lose something/)).toBeVisible()
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Drop', exact: true }).click()
  await page.getByRole('button', { name: 'Drop the plan' }).click()
  await expect(page.getByText('The plan is dropped.')).toBeVisible()

  // A new one, from one picture's contract.
  const asset = await product.db.asset.findFirstOrThrow({ where: { title: 'Tidal Currents' }, select: { id: true } })
  await page.goto(`/rights/changes/new?asset=${asset.id}`)
  await page.getByRole('link', { name: 'for this picture only' }).first().click()
  await page.getByRole('link', { name: 'A contract ends' }).click()
  await expectAccessible(page)
  await page.getByRole('radio', { name: /At once/ }).check()
  await page.getByLabel('For the house’s own file').fill('Notice of 20 November.')
  await page.getByLabel('What holders read').fill('Own work: the contract ends.')
  await page.getByRole('button', { name: 'Show what hangs on it' }).click()
  await expect(page.getByText('The sentence for holders names the contract')).toBeVisible()
  await page.getByLabel('What holders read').fill('The owner of this picture no longer permits us to license it.')
  await page.getByRole('button', { name: 'Show what hangs on it' }).click()
  await expect(page.getByText('Nothing has happened yet.').first()).toBeVisible()

  // Not before everything is decided.
  await page.getByRole('button', { name: 'Apply the change' }).click()
  await expect(page.getByText(/still undecided: decide first/)).toBeVisible()
  await expect(page.getByRole('button', { name: 'Apply now' })).toHaveCount(0)
  await page.keyboard.press('Escape')
  const first = page.getByRole('row').filter({ has: page.getByLabel(/^Decision for/) }).first()
  await first.getByLabel(/^Decision for/).selectOption('TELL_HOLDER')
  await first.getByRole('button', { name: /^Decide for/ }).click()
  await expect(page.getByText('Decided.')).toBeVisible()
  await page.goto(page.url().replace(/\?.*/, ''))
  await page.getByRole('button', { name: 'Accept all suggestions for what is open' }).click()
  await expect(page.getByText(/lines? (is|are) decided/)).toBeVisible()

  const [csv] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'Lines as CSV' }).click()])
  expect(csv.suggestedFilename()).toBe('change-Own-work.csv')

  await page.getByRole('button', { name: 'Apply the change' }).click()
  await page.getByRole('button', { name: 'Apply now' }).click()
  await expect(page.getByText('Applied', { exact: true })).toBeVisible({ timeout: 30_000 })
  await expect(page.getByText('The holder is told')).toBeVisible()
  await expectAccessible(page)
  expect(await product.db.acquisition.count({ where: { assetId: asset.id, supersededAt: null } })).toBe(0)
  const letter = await product.letter('nora@kaffeewerk.example', /Tidal Currents/)
  expect(letter.text).toContain('no longer permits us')
  expect(letter.text).not.toContain('Own work')
})
