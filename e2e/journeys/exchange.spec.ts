import { randomBytes } from 'node:crypto'
import { expect, expectAccessible, test } from '../fixtures.ts'

// A file that is known already adds nothing, so each telling brings one of its own; and no other journey sells what it bars.
const mark = () => randomBytes(3).toString('hex')
const manager = 'maren@northlight.example'
const header = 'asset,kind,reason,reference,media,territory,from,until,replaces\r\n'
const file = (name: string, body: string, mimeType = 'text/csv') => ({ name, mimeType, buffer: Buffer.from(body) })

test('a file of bans is refused row by row, mended, applied and taken out again', async ({ page, product }) => {
  const row = (medium: string) => `${header}Terrazzo floor,EMBARGO,Not yet,J-${reference},${medium},DE,2027-01-01,2027-02-01,\r\n`
  const reference = mark()
  await product.signIn(page, manager)
  await page.goto('/rights/imports')
  await expectAccessible(page)
  await page.getByLabel('What it holds').selectOption('RESTRICTIONS')
  await page.getByLabel('File', { exact: true }).setInputFiles(file('bans.csv', row('advertsing')))
  await page.getByRole('button', { name: 'Upload and check' }).click()
  await expect(page.getByText('1 row of 1 cannot be read')).toBeVisible({ timeout: 20_000 })
  await expect(page.getByText('Did you mean advertising (Advertising)?')).toBeVisible()
  await expect(page.getByRole('button', { name: /^Apply/ })).toBeHidden()
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Drop the file' }).click()
  await expect(page.getByText('Nothing of it was written.')).toBeVisible()

  await page.getByLabel('What it holds').selectOption('RESTRICTIONS')
  await page.getByLabel('File', { exact: true }).setInputFiles(file('bans.csv', row('advertising')))
  await page.getByRole('button', { name: 'Upload and check' }).click()
  await expect(page.getByText('1 row about 1 picture, all of them good')).toBeVisible({ timeout: 20_000 })
  await expect(page.getByText('Embargo: Not yet')).toBeVisible()
  await page.getByRole('button', { name: 'Apply 1 row' }).click()
  await expect(page.getByText('1 row written')).toBeVisible({ timeout: 20_000 })

  await page.getByRole('link', { name: 'Import and export' }).last().click()
  await page.getByRole('link', { name: 'Export', exact: true }).click()
  await expectAccessible(page)
  await page.getByRole('radio', { name: 'Restrictions' }).check()
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Export' }).click()])
  expect(download.suggestedFilename()).toMatch(/^restrictions-\d{4}-\d{2}-\d{2}\.csv$/)
})

test('a contract shows what it gives and keeps its signed paper', async ({ page, product }) => {
  await product.signIn(page, manager)
  await page.goto('/rights/contracts')
  await expectAccessible(page)
  await page.getByLabel('Search contracts').fill('halden')
  await page.getByRole('button', { name: 'Search', exact: true }).click()
  await page.getByRole('link', { name: 'HALDEN-2024-17' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'HALDEN-2024-17' })).toBeVisible()
  await expect(page.getByText('Halden contract 2024-17, signed.pdf')).toBeVisible()
  await expectAccessible(page)
  await page.getByLabel('Signed paper').setInputFiles(file('contract.pdf', 'just words', 'application/pdf'))
  await page.getByRole('button', { name: 'Keep the paper' }).click()
  await expect(page.getByText('This is not a kind of file that is kept as a paper')).toBeVisible()
  const renewal = `renewal-${mark()}.pdf`
  await page.getByLabel('Signed paper').setInputFiles(file(renewal, `%PDF-1.7\n% ${Date.now()}`, 'application/pdf'))
  await page.getByRole('button', { name: 'Keep the paper' }).click()
  await expect(page.getByText(`“${renewal}” is kept.`)).toBeVisible()
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: renewal }).click()])
  expect(download.suggestedFilename()).toBe(renewal)

  await page.getByRole('link', { name: 'Add pictures' }).click()
  await expectAccessible(page)
})
