import { randomBytes } from 'node:crypto'
import { expectAccessible, expect, test } from '../fixtures.ts'

test('a librarian walks a tree by keys, adds a term, merges two, and takes the merge back', async ({ page, product }) => {
  const label = `Advertising ${randomBytes(3).toString('hex')}`
  await product.signIn(page, 'lena@northlight.example')
  await page.goto('/library/vocabularies')
  await expectAccessible(page)
  await page.getByRole('link', { name: 'Uses' }).click()
  const tree = page.getByRole('tree', { name: 'Uses' })
  await expect(tree.getByRole('treeitem', { name: /Campaign/ })).toBeVisible()
  await expectAccessible(page)

  // Arrows close, open and walk; letters find; Enter goes there.
  await tree.getByRole('treeitem').first().focus()
  await page.keyboard.press('ArrowLeft')
  await expect(tree.getByRole('treeitem', { name: /Campaign/ })).toBeHidden()
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('ArrowRight')
  await expect(tree.getByRole('treeitem', { name: /Campaign/ })).toBeFocused()
  await page.keyboard.press('e')
  await expect(tree.getByRole('treeitem', { name: /^Editorial/ })).toBeFocused()

  await page.getByLabel('Label', { exact: true }).fill(label)
  await page.getByLabel('Stands below').selectOption({ label: 'Brand' })
  await page.getByRole('button', { name: 'Add the term' }).click()
  await expect(page.getByText(`“${label}” is added.`)).toBeVisible()

  // One picture has it; merged, the picture has the other, and back again.
  const term = await product.db.vocabularyTerm.findFirstOrThrow({ where: { label } })
  const field = await product.db.ownField.findFirstOrThrow({ where: { code: 'meant-for' } })
  const { id } = await product.db.asset.findFirstOrThrow({
    where: { kind: 'PHOTOGRAPH', state: 'PUBLISHED', legalHold: false },
    orderBy: { id: 'desc' },
  })
  await product.db.asset.update({ where: { id }, data: { customFields: { [field.id]: [term.id] } } })
  await tree.getByRole('treeitem', { name: label }).click()
  await expect(page.getByText('One asset has it.')).toBeVisible()
  await expectAccessible(page)
  await page.getByLabel('The term that stays').selectOption({ label: '\u2003Campaign' })
  await page.getByRole('button', { name: 'Merge' }).click()
  await expect(page.getByText(`“${label}” becomes “Campaign”`).first()).toBeVisible()
  await page.getByRole('button', { name: 'Undo' }).click()
  await page.getByRole('button', { name: 'Take it back' }).click()
  await expect(page.getByText('Taken back').first()).toBeVisible()
  expect((await product.db.asset.findUniqueOrThrow({ where: { id } })).customFields).toEqual({ [field.id]: [term.id] })

  // Keywords are offered while they are typed.
  await page.goto(`/library/assets/${id}`)
  const keywords = page.getByRole('combobox', { name: /^Keywords/ })
  await keywords.press('Control+End')
  await keywords.pressSequentially(', leisu')
  await page.getByRole('option', { name: /^leisure/ }).waitFor()
  await page.keyboard.press('Enter')
  await expect(keywords).toHaveValue(/leisure, $/)
})
