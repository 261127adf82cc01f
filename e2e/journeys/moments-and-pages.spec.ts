import { randomBytes } from 'node:crypto'
import path from 'node:path'
import type { Page } from 'playwright/test'
import { expect, expectAccessible, test } from '../fixtures.ts'

const [librarian, reviewer] = ['lena@northlight.example', 'jonas@northlight.example']
/** Seen from its beginning: a page that is scrolled has its head over what it tells. */
const fromTop = (page: Page) => page.evaluate(() => scrollTo(0, 0))
const shot = async (page: Page, name: string) => {
  await fromTop(page)
  await page.screenshot({ path: path.resolve('.local/moments', `${name}.png`), fullPage: true })
}
const accessible = async (page: Page) => {
  await fromTop(page)
  await expectAccessible(page)
}
const notWider = async (page: Page, name: string) => {
  await page.setViewportSize({ width: 390, height: 844 })
  await shot(page, `${name}-390`)
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth), name).toBe(true)
  await page.setViewportSize({ width: 1280, height: 860 })
}
/** Where the player stands, in seconds, be it that the browser plays such a file or not. */
const placeOf = (page: Page) => page.locator('video, audio').evaluate((player: HTMLMediaElement) => player.currentTime)

test('marks at a moment of a film and of a recording, and on page 3 of a document, are set and gone to by the keyboard', async ({
  page,
  product,
  browser,
}) => {
  test.setTimeout(300_000)
  const job = randomBytes(3).toString('hex')
  const assetOf = async (title: string) => {
    const { id, versions } = await product.db.asset.findFirstOrThrow({
      where: { title, state: 'PUBLISHED' },
      select: { id: true, versions: { orderBy: { number: 'desc' }, take: 1, select: { preview: true } } },
    })
    return { discussion: `/library/assets/${id}/discussion`, preview: versions[0]?.preview }
  }
  const [film, sound, pages] = await Promise.all(['Light from the north', 'Four chords', 'Northlight brand guidelines'].map(assetOf))
  if (!film || !sound || !pages) throw new Error('the demo has a film, a recording and a document')
  const other = await (await browser.newContext({ baseURL: product.origin, viewport: { width: 1280, height: 860 } })).newPage()
  await product.signIn(other, reviewer)
  await product.signIn(page, librarian)

  const say = async (words: string, moments: { from?: string; to?: string } = {}) => {
    await other.getByLabel(/^Say something about version/).fill(`${words} ${job}`)
    if (moments.from) await other.getByLabel('From', { exact: true }).fill(moments.from)
    if (moments.to) await other.getByLabel('to', { exact: true }).fill(moments.to)
    await other.getByRole('button', { name: 'Say it' }).click()
    await expect(other.locator('.thread-card').filter({ hasText: `${words} ${job}` })).toBeVisible()
  }
  const rectangle = async () => {
    await other.getByRole('button', { name: 'Rectangle' }).press('Enter')
    const surface = other.getByRole('application')
    for (const key of ['ArrowRight', 'ArrowDown', 'Shift+ArrowRight']) await surface.press(key)
    await surface.press('Enter')
  }
  const cardOf = (words: string, of: Page = page) => of.locator('.thread-card').filter({ hasText: `${words} ${job}` })

  // What an earlier telling left behind would stand between.
  const settle = async (discussion: string) => {
    await page.goto(discussion)
    const left = page.locator('.thread-card')
    for (let count = await left.count(); count > 0; count--) {
      await left.first().getByRole('button', { name: 'Resolve' }).click()
      await expect(left).toHaveCount(count - 1)
    }
  }
  for (const at of [film, sound, pages]) await settle(at.discussion)

  // The film. Where the machine has no ffmpeg, a moment is still named, and read.
  await other.goto(film.discussion)
  await expect(other.getByRole('button', { name: 'Say it' })).toBeVisible()
  await say('The light is too warm', { from: '0:01' })
  if (film.preview === 'FILM') await rectangle()
  await say('This band flickers', { from: '0:03', to: '0:04.5' })
  await shot(other, 'film')
  await accessible(other)
  await page.goto(film.discussion)
  await expect(cardOf('This band flickers')).toContainText('At 0:03')
  if (film.preview === 'FILM') {
    await expect(page.getByLabel(/^Film: /)).toBeVisible()
    // No mark is seen at the beginning but those of the beginning.
    await expect(page.getByRole('link', { name: /^Mark \d+: 0:03/ })).toHaveCount(0)
    await page
      .getByRole('list', { name: 'Marks along the time' })
      .getByRole('link', { name: /at 0:03$/ })
      .last()
      .press('Enter')
    expect(await placeOf(page)).toBeCloseTo(3, 1)
    await expect(page.getByRole('link', { name: /^Mark \d+: 0:03 to 0:04\.5 · Rectangle/ }).last()).toBeVisible()
    // As wide as it was drawn: a fifth of the picture.
    const drawn = await page.locator('.marks rect').boundingBox()
    const whole = await page.getByLabel(/^Film: /).boundingBox()
    expect((drawn?.width ?? 0) / (whole?.width ?? 1)).toBeCloseTo(0.21, 1)
    await expect(cardOf('This band flickers')).toHaveAttribute('data-selected', '')
    await shot(page, 'film-at-3')
    await page.getByRole('button', { name: 'Mark before' }).press('Enter')
    await expect(cardOf('The light is too warm')).toHaveAttribute('data-selected', '')
    expect(await placeOf(page)).toBeCloseTo(1, 1)
  }
  await accessible(page)
  await notWider(page, 'film')

  // The recording: the moment in the loudness moves along.
  await other.goto(sound.discussion)
  await other.getByRole('slider', { name: /Loudness over time/ }).press('ArrowRight')
  await other.getByRole('button', { name: 'Now: From' }).press('Enter')
  await expect(other.getByLabel('From', { exact: true })).toHaveValue('0:05')
  await say('Too loud from here', { to: '0:07' })
  await shot(other, 'sound')
  await accessible(other)
  await page.goto(sound.discussion)
  await cardOf('Too loud from here')
    .getByRole('link', { name: /^At 0:05/ })
    .press('Enter')
  await expect(page.getByRole('slider', { name: /Loudness over time/ })).toHaveAttribute('aria-valuetext', '0:05 of 0:08')
  await notWider(page, 'sound')

  // The document: a rectangle on its third page.
  await other.goto(pages.discussion)
  for (const n of [2, 3]) {
    await other.getByRole('button', { name: 'Next page' }).press('Enter')
    await expect(other.getByText(`Page ${n} of 6`, { exact: true })).toBeVisible()
  }
  await rectangle()
  await expect(other.getByText(/With a mark: Page 3 · Rectangle/)).toBeVisible()
  await say('The space around the mark is missing')
  await other.getByLabel(/^About page/).fill('5')
  await say('This page as a whole')
  await shot(other, 'page-3')
  await accessible(other)
  await page.goto(pages.discussion)
  await cardOf('The space around the mark is missing')
    .getByRole('link', { name: /Page 3/ })
    .press('Enter')
  await expect(page.getByText('Page 3 of 6', { exact: true })).toBeVisible()
  await expect(page.getByRole('link', { name: /^Mark \d+: Page 3 · Rectangle/ }).last()).toBeVisible()
  await page.getByRole('button', { name: 'Next mark' }).press('Enter')
  await expect(page.getByText('Page 5 of 6', { exact: true })).toBeVisible()
  await accessible(page)
  await notWider(page, 'page-5')

  // An address leads to the place as well, and what is settled is out of the way.
  const thread = await cardOf('The space around the mark is missing').getAttribute('id')
  await page.goto(`${pages.discussion}?thread=${thread}`)
  await expect(page.getByText('Page 3 of 6', { exact: true })).toBeVisible()
  for (const at of [film, sound, pages]) await settle(at.discussion)
  await other.context().close()
})
