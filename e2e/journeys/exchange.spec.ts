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

test('two shops that sold one picture exclusively: what collides is kept, tried again, and gets its claim once the other has ended', async ({ page, product }) => {
  const [early, late] = [`E-${mark()}`, `L-${mark()}`]
  const sold = (reference: string, day: string, places: string) =>
    `Terrazzo floor,Pictura,${reference},Meridian Verlag,${day},yes,billboard,${places},2041-01-01,2041-12-31\r\n`
  const body = `asset,shop,reference,holder,sold_at,exclusive,media,territory,from,until\r\n${sold(early, '2026-03-02', 'IS')}${sold(late, '2026-04-02', 'IS|GL')}`
  await product.signIn(page, manager)
  await page.goto('/rights/imports')
  await page.getByLabel('What it holds').selectOption('SALES')
  await page.getByLabel('File', { exact: true }).setInputFiles(file('sales.csv', body))
  await page.getByRole('button', { name: 'Upload and check' }).click()
  await page.getByRole('button', { name: 'Apply 2 rows' }).click({ timeout: 20_000 })
  await expect(page.getByRole('heading', { name: '1 sale still collides' })).toBeVisible({ timeout: 20_000 })
  await expectAccessible(page)

  // The worklist leads to where it is settled.
  const line = page.getByRole('link', { name: new RegExp(`^Settle: .*${late}`) })
  await page.goto('/rights?kind=import-collides')
  await line.click()
  await expect(page).toHaveURL(/#imported-sales$/)
  const sale = (reference: string) => page.getByRole('article', { name: `Pictura ${reference}` })
  await expect(sale(late)).toContainText('Collides')
  await expect(sale(late)).toContainText(`Pictura ${early} of Meridian Verlag, sold by another shop, exclusive: Iceland.`)
  await expect(sale(early)).toContainText('Has its claim')
  await expectAccessible(page)

  const settle = async (reference: string, way: string, field: string, note: string, press: string) => {
    await sale(reference).getByRole('button', { name: way }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel(field).fill(note)
    await dialog.getByRole('button', { name: press }).click()
  }
  await settle(late, 'Try again', 'What has changed', 'The other shop looks into it', 'Try again')
  await expect(page.getByText(`It still runs into something, so nothing was changed. Pictura ${early}`)).toBeInViewport()
  await settle(late, 'Keep as known conflict', 'Why it may stand', 'Both buyers know of each other', 'Keep it')
  await expect(page.getByText('It is kept as a known conflict, without a claim.')).toBeVisible()
  await expect(sale(late)).toContainText('Known conflict, without a claim')
  await expect(sale(late)).toContainText('Both buyers know of each other')
  await page.goto('/rights?kind=import-collides')
  await expect(page.getByRole('heading', { level: 1, name: 'Worklist' })).toBeVisible()
  await expect(line).toHaveCount(0)

  await page.goBack()
  await settle(early, 'Ended at the other shop', 'How you know', 'Cancelled, says their list of May', 'It has ended')
  await expect(sale(early)).toContainText('Ended')
  await expect(sale(late)).toContainText('It has ended since.')
  await settle(late, 'Try again', 'What has changed', 'The other is cancelled', 'Try again')
  await expect(page.getByText('It has its claim now: exclusivity sees it.')).toBeVisible()
  await expect(sale(late)).toContainText('Has its claim')

  // Who only looks on is told the same and presses nothing.
  await product.signOut(page)
  await product.signIn(page, 'ida@northlight.example')
  const { assetId } = await product.db.importedSale.findFirstOrThrow({ where: { reference: late } })
  await page.goto(`/rights/assets/${assetId}`)
  await expect(sale(late)).toContainText('The other is cancelled')
  await expect(sale(late).getByRole('button')).toHaveCount(0)

  // Free again for the next telling.
  await product.signOut(page)
  await product.signIn(page, manager)
  await page.goto(`/rights/assets/${assetId}`)
  await settle(late, 'Ended at the other shop', 'How you know', 'Told to its end', 'It has ended')
  await expect(sale(late)).toContainText('Ended')
})
