import { execFile } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import type { Page } from 'playwright/test'
import { agency, lay, oldDrive, shoot } from '../afternoon-files.ts'
import { expect, expectAccessible, test } from '../fixtures.ts'

const [librarian, brand, legal] = ['lena', 'jonas', 'maren'].map((name) => `${name}@northlight.example`) as [string, string, string]
const hashOf = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex')
/** More than one page of the library holds. */
const onTheDrive = 42

test('mixed files of three sources: described, checked, reviewed by brand and legal, live; doubles out, nothing lost', async ({
  page,
  product,
  browser,
}) => {
  test.setTimeout(900_000)
  const job = `brunn${randomBytes(3).toString('hex')}`
  const shots = path.resolve('.local/afternoon')
  // Looked at by people; of a list as long as a street its beginning does.
  const shot = async (of: Page, name: string) =>
    of.screenshot({
      path: path.join(shots, `${name}.png`),
      fullPage: (await of.evaluate(() => document.documentElement.scrollHeight)) < 2600,
    })
  const narrow = async (of: Page, name: string) => {
    await of.setViewportSize({ width: 390, height: 844 })
    await shot(of, name)
    expect(
      await of.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth),
      `${name} is not wider than the window`,
    ).toBe(true)
    await of.setViewportSize({ width: 1280, height: 860 })
  }
  const open = async (who: string) => {
    const other = await (await browser.newContext({ baseURL: product.origin, viewport: { width: 1280, height: 860 } })).newPage()
    await product.signIn(other, who)
    return other
  }
  const began = new Date()
  const folder = (name: string) => test.info().outputPath(name)
  const { files, hero, smaller } = await shoot(job)
  const sent = await agency(job, hero)
  const drive = await oldDrive(job, onTheDrive, hero)
  await lay(folder('shoot'), files)
  await lay(folder('drive'), drive.files)
  await writeFile(folder('drive.csv'), drive.csv)

  // The shoot: a whole folder, chosen in the browser. What is not taken in says why.
  await product.signIn(page, librarian)
  await page.goto('/library/upload')
  await page.getByLabel('Choose a folder').setInputFiles(folder('shoot'))
  await expect(page.getByText(/^9 files are in the library\. (2 of them cannot be read\. )?2 were not\.$/)).toBeVisible({ timeout: 60_000 })
  await expect(page.getByText('This is a Windows program.')).toBeVisible()
  await expect(page.getByText('The library has exactly this file')).toBeVisible()
  await shot(page, '01-shoot')
  const versionOf = (fileName: string) =>
    product.db.assetVersion.findFirst({
      where: { fileName, createdAt: { gte: began } },
      select: { id: true, assetId: true, processing: true, sha256: true },
    })
  const settled = (fileName: string, as: string) =>
    expect.poll(async () => (await versionOf(fileName))?.processing, { timeout: 60_000, message: fileName }).toBe(as)
  const sameBytes = await product.db.assetVersion.findFirstOrThrow({
    where: { sha256: hashOf(hero) },
    select: { assetId: true, fileName: true },
  })
  await settled(sameBytes.fileName, 'READY')
  await settled(`${job}-broken.jpg`, 'REJECTED')
  await settled(`${job}-huge.png`, 'REJECTED')

  // The web copy of a picture that is there: said beside the upload, and set aside.
  await page.getByLabel('Choose files').setInputFiles([{ name: `${job}-01-web.jpg`, mimeType: 'image/jpeg', buffer: smaller }])
  const looks = page.getByText(/This looks like “Harvest at Brunn”/)
  await expect(looks).toBeVisible({ timeout: 30_000 })
  await expect(page.getByText(/2 of them cannot be read/)).toBeVisible()
  await shot(page, '02-near-duplicate')
  await expectAccessible(page)
  await page
    .getByRole('button', { name: `Discard mine: ${job}-01-web.jpg` })
    .first()
    .click()
  await expect(page.getByText('Your upload is in the archive.')).toBeVisible()

  // The old drive: the command line, with the list that lies beside it.
  const report = folder('report.csv')
  const house = { ...process.env, ...(JSON.parse(process.env.JOURNEY_SETTINGS ?? '{}') as Record<string, string>) }
  const importing = promisify(execFile)(
    process.execPath,
    ['scripts/clearmark.mjs', 'import', folder('drive'), '--as', librarian, '--csv', folder('drive.csv'), '--report', report],
    { env: house },
  ).catch((error: { code: number; stdout: string; stderr: string }) => error)

  // The agency: through a link, with its word on where the pictures come from.
  await page.goto('/library/links/new')
  await page.getByLabel('Name', { exact: true }).fill(`Agency ${job}`)
  await page.getByLabel('No password').check()
  await page.getByRole('button', { name: 'Make the link' }).click()
  const address = new URL(
    /https?:\S+\/u\/[0-9a-z]{32}/.exec(
      await page
        .getByText(/\/u\/[0-9a-z]{32}/)
        .first()
        .innerText(),
    )?.[0] ?? '',
  ).pathname
  const link = new URL(page.url()).pathname
  const outside = await browser.newContext({ baseURL: product.origin, viewport: { width: 390, height: 844 } })
  const guest = await outside.newPage()
  await guest.goto(address)
  await guest.waitForFunction(() => 'awake' in document.documentElement.dataset)
  await guest.getByLabel('Your name').fill('Leo Brandt')
  await guest.getByLabel('Your e-mail').fill('leo@brandt.example')
  await guest.getByLabel('Where the files come from').fill('Our own pictures of the cellar')
  await guest.getByRole('radio', { name: /Own work/ }).check({ force: true })
  await guest.getByRole('group', { name: 'Recognisable people' }).getByRole('radio').first().check()
  await guest
    .getByRole('group', { name: /Private property/ })
    .getByRole('radio')
    .first()
    .check()
  await shot(guest, '03-guest-declares')
  await guest.getByRole('button', { name: 'Go on to the files' }).click()
  await guest
    .getByLabel('Choose files')
    .setInputFiles(Object.entries(sent).map(([name, buffer]) => ({ name, mimeType: 'image/jpeg', buffer })))
  await expect(guest.getByText('3 files have arrived')).toBeVisible({ timeout: 30_000 })
  await shot(guest, '04-guest-sent')
  await guest.getByRole('button', { name: 'I am done' }).click()
  await expect(guest.getByRole('heading', { name: 'Thank you, Leo Brandt' })).toBeVisible()
  await outside.close()

  // Two are taken in; the one that the library has is turned away, with a word.
  await page.goto('/library/outside')
  const twin = page.getByRole('article').filter({ hasText: `${job}-agency-3.jpg` })
  await expect(twin).toContainText('The library has it')
  await shot(page, '05-from-outside')
  await page.getByLabel(`Tick ${job}-agency-3.jpg`).check()
  await page.getByLabel('Why they are turned away').fill('We have this one from the shoot.')
  await page.getByRole('button', { name: 'Turn away' }).click()
  await expect(page.getByText('1 turned away.')).toBeVisible()
  for (const n of [1, 2]) await page.getByLabel(`Tick ${job}-agency-${n}.jpg`).check()
  await page.getByRole('button', { name: 'Take in' }).click()
  await expect(page.getByText('2 taken in: drafts like any other now.')).toBeVisible()

  const told = await importing
  expect(told.stdout, told.stderr).toContain(`${onTheDrive} in the library`)
  expect(told.stdout).toContain('1 there already, 1 refused, 1 missing, 0 failed')
  const lines = (await readFile(report, 'utf8')).split(/\r?\n/)
  expect(lines.find((line) => line.includes('setup.exe.jpg'))).toMatch(/refused,.*Windows program/)
  expect(lines.find((line) => line.includes('lost.png'))).toMatch(/missing/)
  expect(lines.find((line) => line.includes('best.jpg'))).toMatch(/duplicate/)

  // All of today's, over two pages, with the keyboard; then what all of them have in common.
  const waiting = () =>
    product.db.assetVersion.count({ where: { fileName: { startsWith: job }, createdAt: { gte: began }, processing: 'WAITING' } })
  await expect.poll(waiting, { timeout: 90_000 }).toBe(0)
  const found = async (more: string, of: Page = page) => {
    const search = of.getByRole('combobox', { name: 'Search the library' })
    await of.goto('/library?all')
    await of.keyboard.press('/')
    await search.fill(`file:${job} ${more}`)
    await of.keyboard.press('Enter')
    await of.waitForURL(/text=/)
  }
  const everything = async (count: number) => {
    const total = page.getByRole('status').filter({ hasText: /^\d+ assets?\b/ })
    await expect(async () => {
      if (!(await total.innerText()).startsWith(`${count} asset`)) await page.reload()
      await expect(total).toContainText(`${count} asset`, { timeout: 1500 })
    }).toPass({ timeout: 20_000 })
    await page.getByRole('grid', { name: 'Assets' }).getByRole('row').first().getByRole('link').focus()
    await page.keyboard.press('Control+a')
    await page.keyboard.press('Control+a')
    await expect(page.getByText(`${count} selected`)).toBeVisible()
  }
  const bulk = async (count: number, changes: { what: string; label: string; value: string; choice?: boolean }[], picture?: string) => {
    await page.keyboard.press('e')
    await expect(page.getByRole('button', { name: 'Add this change' })).toBeVisible()
    for (const [at, { what }] of changes.entries()) {
      await page.getByLabel(at === 0 ? 'What to change' : 'And also').selectOption({ label: what })
      await page.getByRole('button', { name: 'Add this change' }).click()
      await expect(page.getByRole('group', { name: what })).toBeVisible()
    }
    for (const { what, label, value, choice } of changes) {
      const field = page.getByRole('group', { name: what }).getByLabel(label)
      await (choice ? field.selectOption({ label: value }) : field.fill(value))
    }
    await page.getByRole('button', { name: new RegExp(`Show what it would do to (all ${count}|it)`) }).click()
    await expect(page.getByRole('heading', { name: 'What it would do' })).toBeVisible()
    if (picture) await shot(page, picture)
    await page.getByRole('button', { name: /^Change (\d+ assets|one asset)$/ }).click()
    await expect(page.getByRole('heading', { name: 'What it did', exact: true })).toBeVisible({ timeout: 30_000 })
  }
  await found('uploaded:today state:draft')
  await everything(onTheDrive + 11)
  await shot(page, '06-selected')
  await narrow(page, '06-selected-390')
  await expectAccessible(page)
  const answer = (what: string, value: string) => ({ what: `${what}: set to`, label: 'Value', value, choice: true })
  await bulk(
    onTheDrive + 11,
    [
      { what: 'Credit line: set to', label: 'Value', value: `Northlight, ${job}` },
      { what: 'Keywords: add', label: 'What to add', value: 'harvest 2026, estate' },
      { what: 'Instructions: set to', label: 'Value', value: 'Not for advertising of spirits' },
      answer('Recognisable people', 'No'),
      answer('Private property or artwork', 'No'),
      answer('Sold royalty-free', 'Yes'),
    ],
    '07-bulk-preview',
  )
  await shot(page, '08-bulk-done')
  await found('missing:alt-text state:draft')
  await everything(9)
  await bulk(9, [{ what: 'Alternative text: set to', label: 'Value', value: 'From the harvest at Brunn, 2026' }])
  await found('kind:document,audio,font state:draft')
  await everything(3)
  await bulk(3, [answer('Audience', 'Portal: partners to whom it is granted')])

  // The file says another credit than the record: side by side, and the file is right.
  await page.goto(`/library/assets/${sameBytes.assetId}/metadata`)
  const credit = page.getByRole('row', { name: /^Credit line/ }).first()
  await expect(credit).toContainText('Ada Meyer for Northlight')
  await shot(page, '09-conflict')
  await credit.getByLabel('Take the file’s').check()
  await page.getByRole('button', { name: 'Save the choices' }).click()
  await expect(page.getByText(/One field taken from the file/)).toBeVisible()

  // The rights: what the agency's file says becomes a contract by the rights manager's word, for all that are sold.
  const maren = await open(legal)
  const ofAgency = (await versionOf(`${job}-agency-1.jpg`))?.assetId ?? ''
  await maren.goto(`/rights/assets/${ofAgency}`)
  await maren.getByRole('article', { name: 'Terms of use' }).getByRole('link', { name: 'Accept as contract…' }).click()
  await expect(maren.getByLabel('From whom')).toHaveValue(`Brandt Pictures ${job}`)
  const choose = async (label: string, what: string) => {
    await maren.getByRole('combobox', { name: label }).fill(what)
    await maren.keyboard.press('Enter')
    await maren.getByRole('combobox', { name: label }).press('Escape')
  }
  await maren.getByLabel('Contract', { exact: true }).fill(`C-${job}`)
  await choose('For which media', 'everything')
  await choose('In which places', 'Worldwide')
  await shot(maren, '10-contract')
  await maren.getByRole('button', { name: 'Record the contract' }).click()
  await expect(maren.getByText('The contract is recorded.')).toBeVisible()
  await maren.goto('/rights/contracts')
  await maren.getByRole('link', { name: `C-${job}` }).click()
  await maren.getByRole('link', { name: 'Add pictures' }).first().click()
  const sold = [sameBytes.fileName, `${job}-02.tif`, `${job}-03.png`, `${job}-label.svg`, `${job}-agency-2.jpg`]
  await maren.getByLabel('Pictures', { exact: true }).fill(sold.join('\n'))
  await choose('For which media', 'everything')
  await choose('In which places', 'Worldwide')
  await maren.getByRole('button', { name: 'Record for these pictures' }).click()
  await expect(maren.getByText('5 rows recorded.')).toBeVisible()
  await shot(maren, '11-contract-with-pictures')

  // A route for the harvest: brand, then legal.
  await page.goto('/library/review/routes/new')
  await page.getByLabel('Name', { exact: true }).first().fill(`Harvest ${job}`)
  await page.getByLabel('Taken').selectOption({ index: 1 })
  await page.getByRole('button', { name: 'Another step' }).click()
  for (const [step, name, role] of [
    ['Step 1', 'Brand', 'Reviewer'],
    ['Step 2', 'Legal', 'Rights manager'],
  ] as const) {
    const fields = page.getByRole('group', { name: step })
    await fields.getByLabel('Name', { exact: true }).fill(name)
    await fields.getByLabel('Kind').selectOption({ label: name })
    await fields.getByRole('checkbox', { name: role }).check()
  }
  await page.getByRole('button', { name: 'Save the route' }).click()
  await expect(page.getByRole('link', { name: `Harvest ${job}` })).toBeVisible()

  // All are sent; the two that could not be read stay, and it is said why.
  const act = async (verb: string, count: number, fill: () => Promise<void> = async () => undefined) => {
    await page.keyboard.press('p')
    await expect(page.getByRole('heading', { level: 1, name: /assets? selected/ })).toBeVisible()
    await page.getByText(verb, { exact: true }).first().click()
    await fill()
    await page.getByRole('button', { name: `${verb} (${count})` }).click()
    await expect(page.getByText('It has ended.')).toBeVisible({ timeout: 60_000 })
  }
  const good = onTheDrive + 9
  await found('uploaded:today state:draft')
  await everything(good + 2)
  await act('Send for review', good, async () => {
    await expect(page.getByText('2 stay as they are: 2 not complete.').first()).toBeVisible()
    await page.getByLabel('Route').selectOption({ label: `Harvest ${job}: Brand, Legal` })
    await page.getByLabel('Note for the reviewers').fill('The harvest at Brunn.')
    await shot(page, '12-acts')
  })
  await expect(page.getByText(`${good} sent for review, 2 left as they are.`)).toBeVisible()
  await expect(page.getByRole('link', { name: /broken|huge/ })).toHaveCount(2)
  await shot(page, '13-sent')

  // Brand: one is asked to be changed, with a mark; all others are approved together.
  const decided = async (of: Page, count: number, name: string) => {
    await of.goto('/library/review')
    await of
      .getByRole('search', { name: 'Reviews' })
      .getByLabel('Route')
      .selectOption({ label: `Harvest ${job}` })
    await of.waitForURL(/route=/)
    await expect(of.locator('.review-list > li').filter({ hasNotText: `Harvest ${job}` })).toHaveCount(0)
    let left = count
    while (left > 0) {
      const here = Math.min(left, await of.getByRole('checkbox', { name: /, (Brand|Legal)$/ }).count())
      await of.getByLabel('This page').click()
      await expect(of.getByText(`${here} ticked`)).toBeVisible()
      if (left === count) {
        await shot(of, name)
        await narrow(of, `${name}-390`)
      }
      const list = of.url()
      await of.getByRole('button', { name: 'Approve…' }).click()
      await of.getByRole('button', { name: 'Approve', exact: true }).click()
      await expect(of.getByRole('heading', { level: 1, name: `${here} of ${here} decided` })).toBeVisible({ timeout: 60_000 })
      left -= here
      if (left > 0) await of.goto(list)
    }
  }
  const jonas = await open(brand)
  const heroReview = await product.db.review.findFirstOrThrow({
    where: { assetId: sameBytes.assetId, state: 'WAITING' },
    select: { id: true },
  })
  await jonas.goto(`/library/review/${heroReview.id}`)
  await jonas.getByRole('button', { name: 'Rectangle' }).press('Enter')
  const surface = jonas.getByRole('application')
  for (const key of ['ArrowRight', 'ArrowDown', 'Shift+ArrowRight']) await surface.press(key)
  await surface.press('Enter')
  await jonas.keyboard.type('A crate with another maker’s name.')
  await jonas.getByRole('button', { name: 'Say it' }).click()
  await expect(jonas.getByRole('link', { name: /^Mark 1: Rectangle/ })).toBeVisible()
  await shot(jonas, '14-review-with-mark')
  await narrow(jonas, '14-review-with-mark-390')
  await jonas.getByLabel('Reason', { exact: true }).fill('Say in the description whose crates these are.')
  await jonas.getByRole('button', { name: 'Ask for changes' }).click()
  await expect(jonas.getByText('Sent back with what to change.')).toBeVisible()
  await decided(jonas, good - 1, '15-brand')

  // The librarian answers, and sends it again the same way.
  await page.goto(`/library/assets/${sameBytes.assetId}`)
  await expect(page.getByText('Say in the description whose crates these are.').first()).toBeVisible()
  await page.getByLabel(/^Description/).fill('Pickers in the upper rows. The crates are the neighbour’s, who agreed.')
  await page.getByRole('button', { name: 'Save', exact: true }).first().click()
  await expect(page.getByText('Saved.')).toBeVisible()
  await page.getByRole('button', { name: 'Send for review' }).click()
  await page
    .getByRole('dialog')
    .getByLabel('Route')
    .selectOption({ label: `Harvest ${job}: Brand, Legal` })
  await page.getByRole('dialog').getByRole('button', { name: 'Send for review' }).click()
  await expect(page.getByText('Sent for review.')).toBeVisible()
  await decided(jonas, 1, '16-brand-again')
  await decided(maren, good, '17-legal')

  // One goes live tomorrow, all others now.
  await found('state:approved')
  await expect(page.getByText(`${good} assets`).first()).toBeVisible({ timeout: 20_000 })
  await found(`state:approved title:"Press, detail"`)
  await everything(1)
  const tomorrow = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10)
  await act('Schedule', 1, () => page.getByLabel('Publish on').fill(`${tomorrow}T09:00`))
  await expect(page.getByText('1 scheduled.')).toBeVisible()
  await found('state:approved')
  await everything(good - 1)
  await act('Publish', good - 1)
  await expect(page.getByText(`${good - 1} published.`)).toBeVisible()
  await shot(page, '18-published')

  // Anybody finds what is sold; what is for tomorrow is not there yet.
  const visitor = await (await browser.newContext({ baseURL: product.origin, viewport: { width: 1280, height: 860 } })).newPage()
  await expect(async () => {
    await visitor.goto(`/search?q=${encodeURIComponent('harvest 2026')}`)
    await expect(visitor.getByRole('link', { name: /Harvest at Brunn/ }).first()).toBeVisible({ timeout: 2000 })
  }).toPass({ timeout: 30_000 })
  await expect(visitor.getByRole('link', { name: /Press, detail/ })).toHaveCount(0)
  await shot(visitor, '19-store')

  // Nothing got lost: every file that came in has one end, and what was taken in is there byte for byte.
  const { DELETED = 0, ...states } = Object.fromEntries(
    (
      await product.db.asset.groupBy({
        by: ['state'],
        where: { createdAt: { gte: began }, versions: { some: { fileName: { startsWith: job } } } },
        _count: true,
      })
    ).map(({ state, _count }) => [state, _count]),
  )
  expect({ DELETED, ...states }, 'one set aside as a web copy, the rest where it should be').toMatchObject({
    PUBLISHED: good - 1,
    SCHEDULED: 1,
  })
  const brought = [
    ...Object.entries(files).map(([name, bytes]) => [path.basename(name), bytes] as const),
    [`${job}-01-web.jpg`, smaller] as const,
    ...Object.entries(sent),
    ...Object.entries(drive.files).map(([name, bytes]) => [path.basename(name), bytes] as const),
  ]
  const kept = new Map(
    (
      await product.db.assetVersion.findMany({
        where: { createdAt: { gte: began }, sha256: { in: brought.map(([, bytes]) => hashOf(bytes)) } },
        select: { sha256: true, processing: true, asset: { select: { state: true, quarantinedAt: true } } },
      })
    )
      // The living one of two with the same bytes comes last, and stays.
      .sort((a, b) => Number(a.asset.state === 'PUBLISHED') - Number(b.asset.state === 'PUBLISHED'))
      .map((version) => [version.sha256, version]),
  )
  const ends = { live: 0, unreadable: 0, refused: 0, double: 0 }
  const seen = new Set<string>()
  for (const [, bytes] of brought) {
    const hash = hashOf(bytes)
    const version = kept.get(hash)
    if (!version) ends.refused++
    else if (seen.has(hash) || !['PUBLISHED', 'SCHEDULED', 'DRAFT'].includes(version.asset.state)) ends.double++
    else if (version.processing === 'REJECTED') ends.unreadable++
    else ends.live++
    seen.add(hash)
  }
  expect(ends).toEqual({ live: good, unreadable: 2, refused: 2, double: 4 })
  await tidy()
  for (const other of [maren, jonas, visitor]) await other.context().close()

  // The house is left as it was met: out of the store, into the archive, the route and the link put away.
  async function tidy(): Promise<void> {
    const why = () => page.locator('.act-card[open]').getByLabel('Why').fill('The journey is told.')
    await found('state:published')
    await everything(good - 1)
    await act('Withdraw', good - 1, why)
    await found('state:withdrawn,scheduled,draft')
    await everything(good + 2)
    await act('Archive', good + 2, why)
    await page.goto('/library/review/routes')
    await page
      .getByRole('listitem')
      .filter({ has: page.getByRole('heading', { name: `Harvest ${job}` }) })
      .getByRole('button', { name: 'Put away' })
      .first()
      .click()
    await page.getByRole('dialog').getByRole('button', { name: 'Put away' }).click()
    await expect(page.getByRole('link', { name: `Harvest ${job}` })).toHaveCount(0)
    await page.goto(link)
    await page.getByRole('button', { name: 'Revoke the link' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click()
    await expect(page.getByRole('button', { name: 'Revoke the link' })).toHaveCount(0)
  }
})
