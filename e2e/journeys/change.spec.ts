import { randomBytes } from 'node:crypto'
import { addDays } from '#services/kernel/period.ts'
import { draftChange } from '#services/desk/change-plans.ts'
import { askForGrant, grantRequest } from '#services/licensing/requests.ts'
import { expectAccessible, expect, test } from '../fixtures.ts'
import { rightsManager, sure, withHands } from '../hands.ts'

const nora = 'nora@kaffeewerk.example'
const today = new Date().toISOString().slice(0, 10)
const zone = 'Europe/Berlin'

/** Two live pictures held by one contract of this journey's own, the first licensed to a partner; and a notice about it that is being decided. */
const heldBy = (contract: string, titles: readonly string[]): Promise<string> =>
  withHands(async (hands) => {
    const ids: string[] = []
    for (const title of titles) {
      const assetId = await hands.aSheet({ title, contract })
      await hands.published(assetId)
      ids.push(assetId)
    }
    const [first = ''] = ids
    const territory = { include: ['DE'] }
    const terms = {
      media: ['corporate'],
      territory,
      industry: 'ALL' as const,
      from: today,
      until: addDays(today, 245),
      zone,
      exclusive: false,
    }
    const asked = sure(
      await askForGrant(await hands.as(nora), { assetId: first, purpose: 'Wall of the roastery.', terms }),
      'ask for a grant',
    )
    const desk = await hands.as(rightsManager)
    sure(await grantRequest(desk, { requestId: asked.requestId, reason: '' }), 'grant')
    const change = {
      kind: 'END_CONTRACT' as const,
      source: { by: 'contract' as const, reference: contract, assetIds: null },
      lastDay: addDays(today, 71),
      zone,
    }
    sure(
      await draftChange(desk, { change, reason: 'The archive is to be sold.', holderWords: 'We may not license it any more.' }),
      'preview the end of a contract',
    )
    return first
  })

test('a rights manager sees what hangs on a contract, decides line by line, and applies it', async ({ page, product }) => {
  test.setTimeout(180_000)
  const mark = randomBytes(3).toString('hex')
  const [contract, title] = [`Studio ${mark}`, `Tidal Currents ${mark}`]
  const assetId = await heldBy(contract, [title, `Tidal Flats ${mark}`])
  await product.signIn(page, rightsManager)
  await page.goto('/rights/changes')
  await expect(page.getByRole('heading', { name: 'Changes upstream' })).toBeVisible()
  await expectAccessible(page)

  // The demo's own plan, carried out, and this journey's, being decided.
  await expect(page.getByRole('row').filter({ hasText: 'Letter of the museum' })).toContainText('Applied')
  await page.getByRole('link', { name: `A contract ends: ${contract}` }).click()
  await expect(page.getByText('Nothing has happened yet.')).toBeVisible()
  await expect(page.getByText(/pictures lose something/)).toBeVisible()
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Drop', exact: true }).click()
  await page.getByRole('button', { name: 'Drop the plan' }).click()
  await expect(page.getByText('The plan is dropped.')).toBeVisible()

  // A new one, from one picture's contract.
  await page.goto(`/rights/changes/new?asset=${assetId}`)
  await page.getByRole('link', { name: 'for this picture only' }).first().click()
  await page.getByRole('link', { name: 'A contract ends' }).click()
  await expectAccessible(page)
  await page.getByRole('radio', { name: /At once/ }).check()
  await page.getByLabel('For the house’s own file').fill('Notice of 20 November.')
  await page.getByLabel('What holders read').fill(`${contract}: the contract ends.`)
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
  const first = page
    .getByRole('row')
    .filter({ has: page.getByLabel(/^Decision for/) })
    .first()
  await first.getByLabel(/^Decision for/).selectOption('TELL_HOLDER')
  await first.getByRole('button', { name: /^Decide for/ }).click()
  await expect(page.getByText('Decided.')).toBeVisible()
  await page.goto(page.url().replace(/\?.*/, ''))
  await page.getByRole('button', { name: 'Accept all suggestions for what is open' }).click()
  await expect(page.getByText(/lines? (is|are) decided/)).toBeVisible()

  const [csv] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'Lines as CSV' }).click()])
  expect(csv.suggestedFilename()).toBe(`change-Studio-${mark}.csv`)

  await page.getByRole('button', { name: 'Apply the change' }).click()
  await page.getByRole('button', { name: 'Apply now' }).click()
  await expect(page.getByText('Applied', { exact: true })).toBeVisible({ timeout: 30_000 })
  await expect(page.getByText('The holder is told')).toBeVisible()
  await expectAccessible(page)
  expect(await product.db.acquisition.count({ where: { assetId, supersededAt: null } })).toBe(0)
  const letter = await product.letter(nora, new RegExp(`^(?!Granted).*${title}`))
  expect(letter.text).toContain('no longer permits us')
  expect(letter.text).not.toContain(contract)
})
