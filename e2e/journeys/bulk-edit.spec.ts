import { randomBytes } from 'node:crypto'
import { expectAccessible, expect, test } from '../fixtures.ts'

// Other journeys send pictures for review: whatever became of this one, its field asks for nothing any more.
test.afterEach(async ({ product }) => {
  await product.db.ownField.updateMany({
    where: { code: { startsWith: 'project-' }, retiredAt: null },
    data: { need: 'NEVER', retiredAt: new Date() },
  })
})

test('a librarian gives photographs a field, sees what it leaves incomplete, and describes many at once', async ({ page, product }) => {
  const mark = randomBytes(3).toString('hex')
  const label = `Project ${mark}`
  await product.signIn(page, 'lena@northlight.example')

  // A field of the house's own, asked for before review.
  await page.goto('/library/schemas')
  await expectAccessible(page)
  await page.getByRole('link', { name: 'New field' }).click()
  await page.getByLabel('Label', { exact: true }).fill(label)
  await page.getByLabel('Short name').fill(`project-${mark}`)
  await page.getByLabel('Needed').selectOption('REVIEW')
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByText(/assets do not have it yet/)).toBeVisible()
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Save it all the same' }).click()
  await expect(page.getByText(`“${label}” is saved.`)).toBeVisible()

  // Many at once: seen before it is done.
  const assets = await product.db.asset.findMany({
    where: { state: 'PUBLISHED', kind: 'PHOTOGRAPH' },
    orderBy: { id: 'asc' },
    take: 3,
    select: { id: true, keywords: true, title: true },
  })
  const ids = assets.map(({ id }) => id)
  await page.goto(`/library/bulk?ids=${ids.join(',')}`)
  await page.getByLabel('What to change').selectOption({ label: 'Keywords: add' })
  await page.getByRole('button', { name: 'Add this change' }).click()
  await page.getByLabel('And also').selectOption({ label: `${label}: set to` })
  await page.getByRole('button', { name: 'Add this change' }).click()
  await page.getByRole('group', { name: 'Keywords: add' }).getByLabel('What to add').fill('atlas, winter light')
  await page
    .getByRole('group', { name: `${label}: set to` })
    .getByLabel('Value')
    .fill('Atlas of light')
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Show what it would do to all 3' }).click()
  await expect(page.getByRole('heading', { name: 'What it would do' })).toBeVisible()
  await expect(page.getByRole('row').filter({ hasText: assets[0]?.title ?? '' })).toContainText('Atlas of light')
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Change 3 assets' }).click()
  await expect(page.getByRole('heading', { name: 'What it did', exact: true })).toBeVisible()

  // A colleague changes one of them; the undo leaves that alone and says so.
  await product.db.asset.update({ where: { id: ids[0] ?? '' }, data: { keywords: ['theirs'] } })
  await page.getByRole('button', { name: 'Undo' }).click()
  await page.getByRole('button', { name: 'Take it back' }).click()
  await expect(page.getByText('One asset was changed since')).toBeVisible()
  await page.getByRole('link', { name: 'Look at them' }).click()
  await expect(page.getByText('Taken back in part')).toBeVisible()
  const after = await product.db.asset.findMany({
    where: { id: { in: ids } },
    orderBy: { id: 'asc' },
    select: { keywords: true, customFields: true },
  })
  expect(after[0]?.keywords).toEqual(['theirs'])
  expect(after[1]?.keywords).toEqual(assets[1]?.keywords)
  await product.db.asset.update({ where: { id: ids[0] ?? '' }, data: { keywords: assets[0]?.keywords ?? [] } })
  await page.goto('/library/bulk')
  await expect(page.getByText('Taken back').first()).toBeVisible()
  await expectAccessible(page)

  // The field is put away again.
  await page.goto('/library/schemas')
  await page.getByRole('link', { name: label }).click()
  await page.getByRole('button', { name: 'Retire this field' }).click()
  await expect(page.getByText('Records keep what they say in it.')).toBeVisible()
})
