import { createHash, randomBytes } from 'node:crypto'
import sharp from 'sharp'
import { expect, expectAccessible, test } from '../fixtures.ts'

const librarian = 'lena@northlight.example'
const hashOf = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex')

/** A real picture that nobody has sent before, made long by what lies behind its end. */
async function picture(size: number): Promise<Buffer> {
  const jpeg = await sharp({ create: { width: 300, height: 200, channels: 3, background: 'olive' } })
    .jpeg()
    .toBuffer()
  return Buffer.concat([jpeg, randomBytes(size)])
}

test('a photographer sends a shoot through a link, the server killed in its middle, and a librarian takes it in', async ({
  page,
  product,
  browser,
}) => {
  test.setTimeout(150_000)
  // A repetition of this journey brings files and a link of its own.
  const mark = randomBytes(3).toString('hex')
  const shoot = `Journey shoot ${mark}`
  const named = (n: number) => `guest-${mark}-${n}.jpg`
  await product.signIn(page, librarian)
  await page.goto('/library/links/new')
  await page.getByLabel('Name', { exact: true }).fill(shoot)
  await page.getByLabel('Most files').fill('6')
  const password = await page.getByLabel('Password', { exact: true }).inputValue()
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Make the link' }).click()
  const shown = page.getByText(/\/u\/[0-9a-z]{32}/).first()
  await expect(shown).toBeVisible()
  const address = new URL(/https?:\S+\/u\/[0-9a-z]{32}/.exec(await shown.innerText())?.[0] ?? '').pathname
  await expectAccessible(page)
  await page.reload()
  await expect(page.getByText(/\/u\/[0-9a-z]{32}/)).toHaveCount(0)

  // Somebody else's browser, small, and nobody in it.
  const phone = await browser.newContext({ viewport: { width: 390, height: 800 } })
  const guest = await phone.newPage()
  const settled = () => guest.waitForFunction(() => 'awake' in document.documentElement.dataset)
  await guest.goto(address)
  await settled()
  await expect(guest.getByText(shoot)).toHaveCount(0)
  await guest.getByLabel('Password').fill('a guess of mine')
  await guest.getByRole('button', { name: 'Open' }).click()
  await expect(guest.getByText('This password is not the right one.')).toBeVisible()
  await expectAccessible(guest)
  await guest.getByLabel('Password').fill(password)
  await guest.getByRole('button', { name: 'Open' }).click()
  await guest.getByLabel('Your name').fill('Ada Meyer')
  await guest.getByLabel('Your e-mail').fill(`ada-${mark}@journey.example`)
  await guest.getByLabel('Where the files come from').fill('Shoot of 3 November')
  await guest.getByRole('radio', { name: /Own work/ }).check({ force: true })
  await guest.getByRole('group', { name: 'Recognisable people' }).getByLabel('Yes, there are releases').check()
  await guest
    .getByRole('group', { name: /Private property/ })
    .getByLabel('I do not know')
    .check()
  await expectAccessible(guest)
  await guest.getByRole('button', { name: 'Go on to the files' }).click()
  await guest.getByLabel('Papers').setInputFiles({
    name: 'release.pdf',
    mimeType: 'application/pdf',
    buffer: Buffer.concat([Buffer.from('%PDF-1.7\n'), randomBytes(400)]),
  })
  await guest.getByRole('button', { name: 'Attach' }).click()
  await expect(guest.getByText('release.pdf')).toBeVisible()
  await settled()

  const files = await Promise.all(
    Array.from({ length: 6 }, async (_, n) => ({ name: named(n), mimeType: 'image/jpeg', buffer: await picture(1_500_000) })),
  )
  const line = await phone.newCDPSession(guest)
  const speed = (bytes: number) =>
    line.send('Network.emulateNetworkConditions', { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput: bytes })
  // The answer to the first beginning is lost: begun again, it takes no second of the six places.
  let lost = 0
  await guest.route('**/pieces', async (route) => {
    if (route.request().method() !== 'POST' || lost++ > 0) return route.continue()
    await route.fetch()
    await route.abort()
  })
  await speed(900_000)
  await guest.getByLabel('Choose files').setInputFiles(files)
  await expect(guest.getByRole('progressbar').first()).toBeVisible()
  await expect
    .poll(() => product.db.upload.count({ where: { state: 'RECEIVING', fileName: { startsWith: `guest-${mark}` } } }))
    .toBeGreaterThanOrEqual(2)
  expect(lost).toBeGreaterThan(1)
  await product.process('web/kill')
  await speed(-1)
  await expect(guest.getByText('6 files have arrived')).toBeVisible({ timeout: 90_000 })
  const arrived = await product.db.guestFile.findMany({
    where: { link: { name: shoot } },
    select: { fileName: true, sha256: true },
  })
  expect(arrived.map(({ fileName, sha256 }) => `${fileName} ${sha256}`).sort()).toEqual(
    files.map(({ name, buffer }) => `${name} ${hashOf(buffer)}`).sort(),
  )
  // The link takes six, and has six.
  await expect(guest.getByText('This address has taken all that it may')).toBeVisible()
  await guest.getByRole('button', { name: 'I am done' }).click()
  await expect(guest.getByRole('heading', { name: 'Thank you, Ada Meyer' })).toBeVisible()
  await expect(guest.getByText(hashOf(files[0]?.buffer ?? Buffer.alloc(0)).slice(0, 8)).first()).toBeVisible()
  await expectAccessible(guest)
  const receipt = await product.letter(`ada-${mark}@journey.example`, /Receipt: 6 files/)
  expect(receipt.text).toContain(hashOf(files[3]?.buffer ?? Buffer.alloc(0)))
  await product.letter(librarian, new RegExp(`Ada Meyer sent 6 files for “${shoot}”`))

  // Nothing of the library is the guest's.
  expect((await guest.goto('/library'))?.url()).toContain('/sign-in')
  await phone.close()

  await page.goto('/library/outside')
  await expect(page.getByRole('heading', { name: named(0) })).toBeVisible()
  await expect(page.getByText('Own work · Shoot of 3 November').first()).toBeVisible()
  await expectAccessible(page)
  await page.getByLabel(`Tick ${named(0)}`).check()
  await page.getByLabel(`Tick ${named(1)}`).check()
  await page.getByRole('button', { name: 'Take in' }).click()
  await expect(page.getByText('2 taken in: drafts like any other now.')).toBeVisible()
  expect(
    await product.db.asset.count({
      where: { quarantinedAt: { not: null }, versions: { some: { fileName: { startsWith: `guest-${mark}` } } } },
    }),
  ).toBe(4)
})

test('without script a guest unlocks, declares and sends single files; an ended link says so', async ({ page, product, browser }) => {
  await product.signIn(page, librarian)
  await page.goto('/library/links/new')
  await page.getByLabel('Name', { exact: true }).fill('Journey without script')
  await page.getByLabel('Whether people and property are released').uncheck()
  await page.getByLabel('Under which licence they may be used').uncheck()
  await page.getByLabel('No password').check()
  await page.getByRole('button', { name: 'Make the link' }).click()
  const shown = page.getByText(/\/u\/[0-9a-z]{32}/).first()
  await expect(shown).toBeVisible()
  const address = new URL(/https?:\S+\/u\/[0-9a-z]{32}/.exec(await shown.innerText())?.[0] ?? '').pathname

  const plain = await browser.newContext({ javaScriptEnabled: false, locale: 'de-DE' })
  const guest = await plain.newPage()
  await guest.goto(address)
  await guest.getByLabel('Ihr Name').fill('Jan Rath')
  await guest.getByLabel('Ihre E-Mail').fill('jan@journey.example')
  await guest.getByLabel('Woher die Dateien kommen').fill('Archiv')
  await guest.getByRole('button', { name: 'Weiter zu den Dateien' }).click()
  await guest
    .getByLabel('Dateien', { exact: true })
    .setInputFiles({ name: 'archiv.jpg', mimeType: 'image/jpeg', buffer: await picture(2_000) })
  await guest.getByRole('button', { name: 'Senden' }).click()
  await expect(guest.getByText('archiv.jpg')).toBeVisible()

  await page.getByRole('button', { name: 'Revoke the link' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click()
  await expect(page.getByText('Revoked. Nothing more comes through.')).toBeVisible()
  await guest.reload()
  await expect(guest.getByText('Diese Adresse wurde geschlossen')).toBeVisible()
  await expect(guest.getByText('archiv.jpg')).toBeVisible()
  await guest.getByRole('button', { name: 'Ich bin fertig' }).click()
  await expect(guest.getByRole('heading', { name: 'Danke, Jan Rath' })).toBeVisible()
  await plain.close()
})
