import { expect, expectAccessible, test } from '../fixtures.ts'

const nora = 'nora@kaffeewerk.example'

// A headless browser says so, and is taken for a robot: robots are never led anywhere, nor given anything to remember.
test.use({ userAgent: 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/143.0.0.0 Safari/537.36' })

test.describe('a German visitor', () => {
  test.use({ locale: 'de-DE' })

  test('is led to the German pages, stays in German to the portal, and goes back to English', async ({ page, product }) => {
    await page.goto('/')
    await expect(page).toHaveURL(/\/de$/)
    await expect(page.locator('html')).toHaveAttribute('lang', 'de')
    await expectAccessible(page)

    // Search, then a picture: links and forms stay under /de.
    await page.goto('/search')
    await expect(page).toHaveURL(/\/de\/search$/)
    await page.getByRole('main').locator('a[href^="/de/assets/"]').first().click()
    await expect(page).toHaveURL(/\/de\/assets\/ast_/)
    await expect(page.locator('html')).toHaveAttribute('lang', 'de')
    await expectAccessible(page)
    const twins = await page
      .locator('link[rel="alternate"][hreflang]')
      .evaluateAll((links) => links.map((link) => [link.getAttribute('hreflang'), new URL((link as HTMLLinkElement).href).pathname]))
    const path = new URL(page.url()).pathname
    expect(twins).toEqual([
      ['en', path.slice(3)],
      ['de', path],
      ['x-default', path.slice(3)],
    ])
    expect(await page.locator('link[rel="canonical"]').getAttribute('href')).toContain(path)

    // A page of one address remembers the reader.
    await page.getByRole('link', { name: 'Anmelden' }).first().click()
    await expect(page.getByRole('heading', { level: 1, name: 'Anmelden' })).toBeVisible()
    await expect(page).toHaveURL(/\/sign-in$/)
    await expectAccessible(page)
    await page.getByLabel('E-Mail').fill(nora)
    await page.getByLabel('Passwort', { exact: true }).fill('wrong-password-here')
    await page.getByRole('main').getByRole('button', { name: 'Anmelden' }).click()
    await expect(page.getByText('E-Mail-Adresse und Passwort passen nicht zusammen.')).toBeVisible()
    await page.getByLabel('Passwort', { exact: true }).fill('light-from-the-north')
    await page.getByRole('main').getByRole('button', { name: 'Anmelden' }).click()
    await expect(page.getByRole('heading', { level: 1, name: 'Ihre Markenpakete' })).toBeVisible()
    await page.waitForLoadState('networkidle')
    await expectAccessible(page)

    // Where nothing is, German too.
    expect((await page.goto('/nothing-here'))?.status()).toBe(404)
    await expect(page.getByRole('heading', { level: 1, name: 'Unter dieser Adresse gibt es nichts' })).toBeVisible()

    // Back to English, on the same page.
    await page.goto('/portal')
    await page.getByRole('button', { name: 'English' }).click()
    await expect(page.getByRole('heading', { level: 1, name: 'Your brand kits' })).toBeVisible()
    await page.goto('/search')
    await expect(page).toHaveURL(/\/search$/)
    // Reading in another language is not choosing one: that is done in the account.
    expect(await product.db.user.count({ where: { email: nora, language: 'de' } })).toBe(0)
  })

  test('who follows a link without a prefix inside the page comes to its twin', async ({ page }) => {
    await page.goto('/de/licensing')
    await page.waitForLoadState('networkidle')
    // As an unprefixed link or a redirect of an action would: by the data of the page.
    const led = await page.evaluate(() =>
      fetch('/search.data?q=sea', { redirect: 'manual' }).then(async (answer) => [answer.status, await answer.text()] as const),
    )
    expect(led[0]).toBe(202)
    expect(led[1]).toContain('/de/search?q=sea')
  })
})

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false })

  test('the switch works, stays on the page and its question, and is remembered', async ({ page }) => {
    await page.goto('/search?q=sea')
    await expect(page.locator('html')).toHaveAttribute('lang', 'en')
    await page.getByRole('button', { name: 'Deutsch' }).click()
    await expect(page).toHaveURL(/\/de\/search\?q=sea$/)
    await expect(page.locator('html')).toHaveAttribute('lang', 'de')
    await page.goto('/search?q=sea')
    await expect(page).toHaveURL(/\/de\/search\?q=sea$/)
    await page.getByRole('button', { name: 'English' }).click()
    await expect(page).toHaveURL(/\/search\?q=sea$/)
    await expect(page.locator('html')).toHaveAttribute('lang', 'en')
  })
})

test('a browser loads one catalogue, and the first view stays within 150 kB', async ({ page }) => {
  const texts: string[] = []
  let bytes = 0
  page.on('response', async (answer) => {
    if (!/\.(js|css)$/.test(new URL(answer.url()).pathname) && answer.request().resourceType() !== 'document') return
    const { responseBodySize } = await answer.request().sizes()
    bytes += responseBodySize
    if (/\/assets\/(en|de)-[\w-]+\.js$/.test(answer.url())) texts.push(new URL(answer.url()).pathname)
  })
  await page.goto('/de')
  await page.waitForLoadState('networkidle')
  test.info().annotations.push({ type: 'first view', description: `${Math.round(bytes / 1000)} kB compressed` })
  expect(texts).toHaveLength(1)
  expect(texts[0]).toMatch(/\/de-/)
  expect(bytes).toBeLessThan(150 * 1024)
})
