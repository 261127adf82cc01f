import { randomBytes } from 'node:crypto'
import type { Page } from 'playwright/test'
import { noteVersion } from '#services/assets/roll-backs.ts'
import { carryThreads } from '#services/discussion/carrying.ts'
import { answerThread, openThread } from '#services/discussion/threads.ts'
import { expect, expectAccessible, test } from '../fixtures.ts'
import { librarian, reviewer, sure, withHands } from '../hands.ts'

/** Seen from its beginning: a page that is scrolled has its head over what it tells. */
async function accessible(page: Page): Promise<void> {
  await page.evaluate(() => scrollTo(0, 0))
  await expectAccessible(page)
}

/** A live picture with a retouched second version, and two threads about the first: one carried over and answered, one not yet. */
const retouched = (title: string, fileName: string): Promise<string> =>
  withHands(async (hands) => {
    const assetId = await hands.aSheet({ title })
    await hands.published(assetId)
    const [hers, his] = [await hands.as(librarian), await hands.as(reviewer)]
    const { currentVersionId } = await hers.db.asset.findUniqueOrThrow({ where: { id: assetId }, select: { currentVersionId: true } })
    const versionId = currentVersionId ?? ''
    const ask = async (body: string, region: Parameters<typeof openThread>[1]['mark']) =>
      sure(await openThread(his, { versionId, body, mark: region, mentions: [] }), 'say something').threadId
    const dust = await ask('There is dust here.', { region: { shape: 'ellipse', x: 0.62, y: 0.12, width: 0.16, height: 0.12 } })
    await ask('Keep the stalk inside every crop.', { region: { shape: 'point', x: 0.5, y: 0.8 } })
    const next = await hands.aVersion(assetId, fileName)
    await noteVersion(hers, { versionId: next, note: 'Dust removed at the upper right, nothing else.' })
    sure(await carryThreads(hers, { threadIds: [dust], toVersionId: next }), 'carry a thread')
    sure(
      await answerThread(hers, { threadId: dust, versionId: next, body: 'Cleaned in version 2.', mentions: [], reopen: false }),
      'answer',
    )
    return assetId
  })

test('two versions are compared, talked about with marks, and the first is brought back', async ({ page, product, browser }) => {
  test.setTimeout(180_000)
  const job = randomBytes(3).toString('hex')
  const title = `Allium, scanned ${job}`
  const id = await retouched(title, `allium-${job}-cleaned.jpg`)
  const asset = `/library/assets/${id}`
  await product.signIn(page, librarian)

  // The history: which one the world sees, which one is newest, and why it came.
  await page.goto(`${asset}/versions`)
  await expect(page.getByRole('heading', { name: /Version 2/ })).toContainText('Newest')
  await expect(page.getByRole('heading', { name: /Version 1/ })).toContainText('Live')
  await expect(page.getByText('Dust removed at the upper right, nothing else.')).toBeVisible()
  await accessible(page)

  // Compared, in every way; each has an address.
  await page.getByRole('link', { name: 'Compare with version 2' }).click()
  await expect(page).toHaveURL(/from=1&to=2/)
  await expect(page.getByRole('img', { name: /^Version 2 of/ })).toBeVisible()
  await page.getByRole('button', { name: 'Both larger' }).click()
  await page.getByRole('region', { name: 'Version 1' }).evaluate((frame) => frame.scrollTo(60, 120))
  await expect
    .poll(() => page.getByRole('region', { name: 'Version 2' }).evaluate((frame) => frame.scrollTop), 'both move together')
    .toBeGreaterThan(90)
  await accessible(page)
  const ways = page.getByRole('navigation', { name: 'How to compare' })
  await ways.getByRole('link', { name: 'Slider' }).click()
  await page.getByRole('slider').press('ArrowRight')
  await expect(page.getByRole('slider')).toHaveAttribute('aria-valuetext', '51 % version 1, 49 % version 2')
  await ways.getByRole('link', { name: 'Difference' }).click()
  await expect(page).toHaveURL(/as=difference/)
  await expect(page.getByRole('heading', { name: /of the picture differs, in (one part|\d+ parts)/ })).toBeVisible({ timeout: 30_000 })
  await expect(page.getByRole('row', { name: /File name/ })).toContainText(`allium-${job}-cleaned.jpg`)
  await accessible(page)

  // A thread that was carried over, and one that still has to be.
  await page.goto(`${asset}/discussion`)
  await expect(page.locator('.words', { hasText: 'Cleaned in version 2.' })).toBeVisible()
  await expect(page.getByText('on versions 1, 2')).toBeVisible()
  await page.getByRole('button', { name: 'Still applies to version 2' }).click()
  await expect(page.getByRole('link', { name: /^Mark 2: Point/ })).toBeVisible()
  await accessible(page)

  // The reviewer marks a place by the keyboard and names the librarian.
  const theirs = await browser.newContext({ baseURL: product.origin, viewport: { width: 1280, height: 860 } })
  const reviewing = await theirs.newPage()
  await product.signIn(reviewing, reviewer)
  await reviewing.goto(`${asset}/discussion`)
  await expect(reviewing.getByRole('button', { name: 'Rectangle' })).toBeVisible()
  await reviewing.getByRole('button', { name: 'Rectangle' }).press('Enter')
  const surface = reviewing.getByRole('application')
  for (const key of ['ArrowRight', 'ArrowRight', 'ArrowDown', 'Shift+ArrowRight']) await surface.press(key)
  await expect(surface.getByRole('status')).toHaveText('Rectangle, 41 % from the left, 41 % from the top, 21 % wide, 20 % high')
  await surface.press('Enter')
  await expect(reviewing.getByLabel(/Say something about version 2/)).toBeFocused()
  await reviewing.keyboard.type('@Len')
  await expect(reviewing.getByRole('option', { name: 'Lena Hoff' })).toBeVisible()
  await reviewing.keyboard.press('Enter')
  await reviewing.keyboard.type('too smooth here, see https://example.org/grain.')
  await reviewing.getByRole('button', { name: 'Say it' }).click()
  await expect(reviewing.getByRole('link', { name: /^Mark 3: Rectangle, 41 %/ })).toBeVisible()
  await accessible(reviewing)

  // The letter leads to the comment, which is answered and settled.
  const letter = await product.letter(librarian, new RegExp(`Jonas Weil names you: “${title}”`))
  const link = /\/library\/comments\/dcm_[a-z0-9]+/.exec(letter.text)?.[0] ?? ''
  await page.goto(link)
  await expect(page).toHaveURL(/discussion\?version=2&thread=thr_[a-z0-9]+#dcm_/)
  const thread = page.getByRole('region', { name: 'Thread 3' })
  await expect(thread.getByRole('link', { name: /https:\/\/example\.org\/grain/ })).toBeVisible()
  await thread.locator('summary', { hasText: 'Answer' }).click()
  await thread.getByLabel('Your answer').fill('We take the first one again.')
  await thread.getByRole('button', { name: 'Answer', exact: true }).click()
  await expect(thread.locator('.words', { hasText: 'We take the first one again.' })).toBeVisible()
  await thread.getByRole('button', { name: 'Resolve' }).click()
  await expect(page.getByText('Resolved.', { exact: true })).toBeVisible()

  // Without scripts one reads, sees the marks, and writes.
  const plain = await browser.newContext({ baseURL: product.origin, javaScriptEnabled: false, storageState: await theirs.storageState() })
  const quiet = await plain.newPage()
  await quiet.goto(`${asset}/discussion`)
  await expect(quiet.getByRole('link', { name: /^Mark 1: Ellipse/ })).toBeVisible()
  await quiet.getByLabel(/Say something about version 2/).fill('Agreed, @Lena Hoff.')
  await quiet.getByRole('button', { name: 'Say it' }).click()
  await expect(quiet.locator('.words', { hasText: 'Agreed, @Lena Hoff.' })).toBeVisible()
  await plain.close()
  await theirs.close()

  // The first was approved: brought back, it is live at once, under a number of its own.
  await page.goto(`${asset}/versions`)
  await page.getByRole('button', { name: 'Roll back to version 1' }).click()
  const dialog = page.getByRole('dialog', { name: 'Bring version 1 back?' })
  await dialog.getByLabel('Reason').fill('The cleaned scan lost its grain.')
  await dialog.getByRole('button', { name: 'Roll back' }).click()
  await expect(page.getByText('Version 3 has those bytes again. It is live.')).toBeVisible()
  const third = page.getByRole('heading', { name: /Version 3/ })
  await expect(third).toContainText('Live')
  await expect(third).toContainText('Brings back version 1')
  await page.setViewportSize({ width: 390, height: 844 })
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth)).toBe(true)
})
