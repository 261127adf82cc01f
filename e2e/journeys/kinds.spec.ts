import { randomBytes } from 'node:crypto'
import { officeOf, sample, wavOf, zipOf } from '#services/testing/files.ts'
import { expect, expectAccessible, test } from '../fixtures.ts'

test('a librarian brings what is no picture, and sees and hears each for what it is', async ({ page, product }) => {
  const job = `dusk${randomBytes(3).toString('hex')}`
  await product.signIn(page, 'lena@northlight.example')
  await page.goto('/library/upload')
  await page
    .locator('input[type=file]')
    .first()
    .setInputFiles([
      { name: `${job}-film.mp4`, mimeType: 'video/mp4', buffer: sample('film.mp4') },
      { name: `${job}-tone.wav`, mimeType: 'audio/wav', buffer: wavOf({ seconds: 6 }).fill(randomBytes(64), 60, 124) },
      { name: `${job}-pack.zip`, mimeType: 'application/zip', buffer: zipOf({ 'read-me.txt': job, 'svg/mark.svg': 'b' }) },
      { name: `${job}-letter.docx`, mimeType: 'application/octet-stream', buffer: officeOf('docx', { title: job }) },
      { name: `${job}-macros.zip`, mimeType: 'application/zip', buffer: zipOf({ 'META-INF/MANIFEST.MF': 'x', 'A.class': 'y' }) },
    ])
  await expect(page.getByText(/This is a Java program/)).toBeVisible({ timeout: 20_000 })
  // The house has this film already, and says so before it is sent.
  await page.getByRole('button', { name: `Take it in all the same: ${job}-film.mp4` }).click()

  const ready = (name: string) =>
    expect
      .poll(
        async () => (await product.db.assetVersion.findFirst({ where: { fileName: name }, select: { processing: true } }))?.processing,
        { timeout: 30_000 },
      )
      .toBe('READY')
  const open = async (name: string) => {
    await ready(name)
    const version = await product.db.assetVersion.findFirstOrThrow({
      where: { fileName: name },
      select: { assetId: true, durationMs: true, preview: true },
    })
    await page.goto(`/library/assets/${version.assetId}`)
    return version
  }

  // The recording: its loudness is a slider, the keyboard goes to places in it.
  const sound = await open(`${job}-tone.wav`)
  expect(sound).toMatchObject({ durationMs: 6000, preview: 'SOUND' })
  const wave = page.getByRole('slider', { name: /Loudness over time/ })
  await expect(wave).toHaveAttribute('aria-valuetext', '0:00 of 0:06')
  await wave.focus()
  await page.keyboard.press('ArrowRight')
  await expect(wave).toHaveAttribute('aria-valuetext', '0:05 of 0:06', { timeout: 10_000 })
  await expectAccessible(page)

  // The archive is listed, the letter has a card; neither offers a smaller copy that there is not.
  await open(`${job}-pack.zip`)
  const list = page.getByRole('region', { name: 'What is in the archive' })
  await expect(list.getByText('svg/mark.svg')).toBeVisible()
  await expect(page.getByRole('link', { name: /2,048 px/ })).toHaveCount(0)
  await expectAccessible(page)
  await open(`${job}-letter.docx`)
  await expect(page.getByText('No preview can be made of this kind of file.')).toBeVisible()

  // The film: a player where the machine has ffmpeg, the reason where it has none.
  const film = await open(`${job}-film.mp4`)
  if (film.preview === 'FILM') await expect(page.getByLabel(/^Film: /)).toBeVisible()
  else await expect(page.getByText('No film previews: this machine has no ffmpeg.')).toBeVisible()
  await expectAccessible(page)

  // In a list each says what it is.
  await page.goto(`/library?q=${job}`)
  await expect(page.getByRole('img', { name: 'Sound' }).first()).toBeVisible()
  await expect(page.getByRole('img', { name: 'Archive' }).first()).toBeVisible()
})

test('a stranger sees a film and hears a recording in the store, marked or in part, in both languages', async ({ page, product }) => {
  const chords = await product.db.asset.findFirstOrThrow({
    where: { title: 'Four chords' },
    select: { id: true, publishedVersionId: true },
  })
  await page.goto(`/assets/${chords.id}`)
  await expect(page.getByRole('slider', { name: /Loudness over time/ })).toBeVisible()
  const excerpt = await page.request.get(`/previews/${chords.id}/excerpt?v=${chords.publishedVersionId}`, {
    headers: { Range: 'bytes=0-99' },
  })
  expect([excerpt.status(), excerpt.headers()['content-range']?.startsWith('bytes 0-99/')]).toEqual([206, true])
  for (const preset of ['listen', 'watch', 'original', 'web'])
    expect((await page.request.get(`/previews/${chords.id}/${preset}`)).status(), preset).toBe(404)
  await expectAccessible(page)

  const film = await product.db.asset.findFirstOrThrow({
    where: { title: 'Light from the north', state: 'PUBLISHED' },
    select: { id: true },
  })
  await page.goto(`/de/assets/${film.id}`)
  await expect(page.getByText('Film', { exact: true }).first()).toBeVisible()
  await expectAccessible(page)
})
