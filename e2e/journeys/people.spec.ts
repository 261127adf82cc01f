import { randomBytes } from 'node:crypto'
import { expect, expectAccessible, test } from '../fixtures.ts'

const fresh = 'nine moths in a relay'
const someone = () => `guest-${randomBytes(4).toString('hex')}@people.example`
const linkIn = (text: string, path: RegExp): string => {
  const link = text.match(/https?:\/\/\S+/g)?.find((url) => path.test(url))
  if (!link) throw new Error(`no such link in: ${text}`)
  return link
}

test('a customer registers, forgets the password, and chooses a new one by the link in the mail', async ({ page, product, browser }) => {
  const email = someone()
  await page.goto('/register?then=/licences')
  await expectAccessible(page)
  await page.getByLabel('Company').fill('Relay Moths Ltd')
  await page.getByLabel('Country').selectOption('GB')
  await page.getByLabel('Your name').fill('Grace Hopper')
  await page.getByLabel('E-mail').fill(email)
  await page.getByLabel('Password', { exact: true }).fill('short')
  await page.getByRole('button', { name: 'Open the account' }).click()
  await expect(page).toHaveURL(/\/register/)
  await page.getByLabel('Password', { exact: true }).fill('twelve boats in harbour')
  await page.getByRole('button', { name: 'Open the account' }).click()
  await page.waitForURL('**/licences')
  await product.letter(email, /./)

  const elsewhere = await (await browser.newContext()).newPage()
  await elsewhere.goto(`${product.origin}/forgot-password`)
  await elsewhere.getByLabel('E-mail').fill(email)
  await elsewhere.getByRole('button', { name: 'Send the link' }).click()
  await expect(elsewhere.getByText('A link is on its way')).toBeVisible()
  const letter = await product.letter(email, /password/i)
  const link = linkIn(letter.text, /\/reset-password\//)
  await elsewhere.goto(link)
  await expectAccessible(elsewhere)
  await elsewhere.getByLabel('New password', { exact: true }).fill(fresh)
  await elsewhere.getByRole('button', { name: 'Set the password' }).click()
  await expect(elsewhere.getByText('Your new password is set')).toBeVisible()

  // The first browser was signed out by it.
  await page.goto('/account')
  await expect(page).toHaveURL(/\/sign-in\?then=%2Faccount/)
  await elsewhere.getByLabel('Password', { exact: true }).fill(fresh)
  await elsewhere.getByRole('button', { name: 'Sign in' }).click()
  await elsewhere.waitForURL('**/licences')
  await elsewhere.goto(link)
  await expect(elsewhere.getByText('It has been used')).toBeVisible()
  await elsewhere.context().close()
})

test('an administrator invites a colleague, who joins by the mail and is removed again', async ({ page, product, browser }) => {
  const [boss, colleague] = [someone(), someone()]
  await page.goto('/register')
  await page.getByLabel('Company').fill('Invitations & Sons')
  await page.getByLabel('Country').selectOption('DE')
  await page.getByLabel('Your name').fill('Ida Boss')
  await page.getByLabel('E-mail').fill(boss)
  await page.getByLabel('Password', { exact: true }).fill(fresh)
  await page.getByRole('button', { name: 'Open the account' }).click()
  await page.waitForURL((url) => !url.pathname.startsWith('/register'))

  await page.goto('/organisation/members')
  await expectAccessible(page)
  await page.locator('#invite').getByLabel('E-mail').fill(colleague)
  await page.getByRole('button', { name: 'Send the invitation' }).click()
  await expect(page.getByRole('rowheader', { name: colleague })).toBeVisible()

  const letter = await product.letter(colleague, /./)
  const theirs = await (await browser.newContext()).newPage()
  await theirs.goto(linkIn(letter.text, /\/join\//))
  await expect(theirs.getByRole('heading', { level: 1 })).toHaveText('Join Invitations & Sons')
  await expectAccessible(theirs)
  await theirs.getByLabel('Your name').fill('Nina New')
  await theirs.getByLabel('Password', { exact: true }).fill('thirteen gulls on a pier')
  await theirs.getByRole('button', { name: /^Join/ }).click()
  await theirs.waitForURL('**/licences')

  await page.reload()
  const row = page.getByRole('row', { name: /Nina New/ })
  await row.getByRole('button', { name: 'Remove' }).click()
  await page.getByRole('button', { name: 'Remove Nina New' }).click()
  await expect(page.getByText('The member is removed and signed out.')).toBeVisible()
  await expect(row).toHaveCount(0)
  await theirs.goto(`${product.origin}/account`)
  await expect(theirs).toHaveURL(/\/sign-in/)
  await theirs.context().close()
})

test('signing in works without JavaScript, and a locked address is told so in words', async ({ browser, product }) => {
  const context = await browser.newContext({ javaScriptEnabled: false })
  const page = await context.newPage()
  const email = someone()
  await page.goto(`${product.origin}/register`)
  await page.getByLabel('Company').fill('No Script Press')
  await page.getByLabel('Country').selectOption('FR')
  await page.getByLabel('Your name').fill('Jean Sans')
  await page.getByLabel('E-mail').fill(email)
  await page.getByLabel('Password', { exact: true }).fill(fresh)
  await page.getByRole('button', { name: 'Open the account' }).click()
  await page.goto(`${product.origin}/account/sessions`)
  await expect(page.getByText('This one')).toBeVisible()
  await page.getByRole('button', { name: /^Sign out .*this device/ }).click()
  await page.waitForURL('**/sign-in')

  const ghost = someone()
  for (let failure = 0; failure < 10; failure++) {
    await page.getByLabel('E-mail').fill(ghost)
    await page.getByLabel('Password', { exact: true }).fill('wrong')
    await page.getByRole('button', { name: 'Sign in' }).click()
    await expect(page.getByRole('alert')).toBeVisible()
  }
  await expect(page.getByRole('alert')).toContainText('locked for')
  await page.getByLabel('E-mail').fill(email)
  await page.getByLabel('Password', { exact: true }).fill(fresh)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.waitForURL('**/licences')
  await context.close()
})
