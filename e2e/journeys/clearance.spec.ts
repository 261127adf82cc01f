import { readFileSync } from 'node:fs'
import { expect, expectAccessible, test } from '../fixtures.ts'

const maren = 'maren@northlight.example'
const clara = 'clara@bergmann.example'

test('a customer asks about one use, sees why not, and takes what can be had instead', async ({ page, product }) => {
  await product.signIn(page, clara)
  await page.goto('/clearance')
  await expectAccessible(page)
  await page.getByLabel('Which picture?').fill('acanthus')
  await page.getByRole('button', { name: 'Find' }).click()
  await page.getByRole('link', { name: /Acanthus mollis/ }).click()
  await expect(page.getByRole('heading', { name: 'Still to be answered' })).toBeVisible()
  await page.getByLabel('Use', { exact: true }).selectOption('advertising')
  await expect(page.getByRole('checkbox', { name: /^Advertising/ })).toBeChecked()
  await page.getByLabel('Place', { exact: true }).selectOption('WORLD')
  await expect(page.getByRole('checkbox', { name: /^Worldwide/ })).toBeChecked()
  // The contract behind the picture runs out next month: what is asked lies before.
  const soon = new Date(Date.now() + 15 * 86_400_000).toISOString().slice(0, 10)
  await page.getByLabel('Last day').fill(soon)
  await page.getByRole('button', { name: 'Ask', exact: true }).click()
  await expect(page.getByRole('heading', { name: 'Not all of it' })).toBeVisible()
  await expect(page.getByText(/Licensed exclusively to somebody else/)).toBeVisible()
  await expectAccessible(page)

  await page.getByRole('link', { name: /Fewer places/ }).click()
  await expect(page.getByRole('heading', { name: 'Yes, with a licence' })).toBeVisible()
  // The address is the question: whoever may ask gets the same answer from it, also without JavaScript.
  const plain = await (await page.request.get(page.url())).text()
  expect(plain).toContain('Yes, with a licence')
  await page.getByRole('link', { name: 'License it' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Acanthus mollis' })).toBeVisible()
})

test('a list of planned uses is refused with row and column, mended, asked, filtered and taken home', async ({ page, product }) => {
  await product.signIn(page, maren)
  await page.goto('/clearance/lists')
  await expect(page.getByRole('link', { name: 'Plans for next year.csv' })).toBeVisible()
  await expectAccessible(page)
  const send = async (text: string, encoding: BufferEncoding = 'utf8') => {
    await page.getByLabel('CSV file').setInputFiles({ name: 'Summer.csv', mimeType: 'text/csv', buffer: Buffer.from(text, encoding) })
    await page.getByRole('button', { name: 'Ask the list' }).click()
  }
  await send('asset;media;teritory;from\nSeven Ridges;web-banner;DE;2027-01-01')
  await expect(page.getByText('Row 1, column C')).toBeVisible()
  await expect(page.getByText(/Did you mean territory/)).toBeVisible()
  await expectAccessible(page)
  await send('asset;media;territory;from\nZürich;web-banner;DE;2027-01-01', 'latin1')
  await expect(page.getByText('Row 2, column asset')).toBeVisible()

  const rows = ['Seven Ridges', 'Quarter Turns', 'Nowhere at all', 'Seed Head'].map((asset, i) => `${asset};web-banner;DE AT;2027-01-01;${i === 3 ? 'bilboard' : ''}`)
  await send(`\uFEFFasset;media;territory;from;industry\n${rows.join('\n')}\n`)
  await expect(page.getByRole('heading', { level: 1, name: 'Summer.csv' })).toBeVisible()
  await expect(page.getByRole('link', { name: '2 not asked' })).toBeVisible({ timeout: 20_000 })
  await expectAccessible(page)
  await page.getByRole('link', { name: '2 not asked' }).click()
  await expect(page.getByText(/There is no industry “bilboard”/)).toBeVisible()
  await expect(page.getByText('Yes, the house may use it')).toHaveCount(0)

  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'Result as CSV' }).click()])
  const text = readFileSync(await file.path(), 'utf8')
  expect(text.trim().split('\r\n')).toHaveLength(5)
  expect(text).toContain('Seven Ridges,web-banner,DE AT')
  expect(text).toContain(',green,')
})

test('a program asks with a key that was shown once, and no longer once it is revoked', async ({ page, product }) => {
  await product.signIn(page, clara)
  await page.goto('/account/keys')
  await expectAccessible(page)
  await page.getByLabel('Name').fill('Media plan')
  await page.getByLabel('Ask about uses').check()
  await page.getByRole('button', { name: 'Make the key' }).click()
  const secret = (await page.getByText(/^cmk_\w{32}$/).textContent()) ?? ''
  await expectAccessible(page)
  await page.reload()
  await page.goto('/account/keys')
  await expect(page.getByText(secret)).toHaveCount(0)

  // Without the browser's cookies: a program has none, and they would open nothing.
  const ask = () =>
    fetch(`${product.origin}/api/v1/clearance`, {
      method: 'POST',
      headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json', 'idempotency-key': 'journey-1' },
      body: JSON.stringify({ uses: [{ asset: 'Seven Ridges', media: ['web-banner'], territory: ['DE'], from: '2027-01-01', until: '2027-12-31' }] }),
    })
  const answer = await ask()
  expect(answer.status).toBe(200)
  const told = await answer.text()
  expect(JSON.parse(told)).toMatchObject({ answers: [{ light: 'green', kind: 'licensed' }] })
  expect(await (await ask()).text()).toBe(told)

  const stream = new ReadableStream<Uint8Array>({ pull: (controller) => controller.enqueue(new Uint8Array(1_000_000).fill(32)) })
  const endless = fetch(`${product.origin}/api/v1/clearance`, {
    method: 'POST',
    headers: { authorization: `Bearer ${secret}`, 'content-type': 'text/csv' },
    body: stream,
    duplex: 'half',
  } as RequestInit)
  // Node may be told by the answer, or by the line that is cut after it: never by taking it all.
  const refused = await endless.then((response) => response.status).catch(() => 413)
  expect(refused).toBe(413)

  await page.getByRole('button', { name: 'Revoke Media plan' }).first().click()
  await expect(page.getByText('The key is revoked')).toBeVisible()
  expect((await ask()).status).toBe(401)
})
