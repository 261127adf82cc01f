import AxeBuilder from '@axe-core/playwright'
import { expect, test as base, type Page } from 'playwright/test'
import { connect, type PrismaClient } from '#services/platform/db.ts'

const setting = (name: string): string => {
  const value = process.env[name]
  if (!value) throw new Error(`${name} is not set: journeys run through "npm run e2e"`)
  return value
}

interface Letter {
  to: string[]
  subject: string
  text: string
  html: string | null
}

/** The running product and the hands that a journey may lay on it. */
export interface Product {
  origin: string
  db: PrismaClient
  signIn(page: Page, email: string): Promise<void>
  signOut(page: Page): Promise<void>
  /** What earlier journeys left in somebody's cart is not part of this one. */
  emptyCart(email: string): Promise<void>
  /** The newest letter to somebody, once it is there. */
  letter(to: string, subject: RegExp): Promise<Letter>
  /** On the sandbox's payment page: pay with a card. */
  pay(page: Page, card?: string): Promise<void>
  /** A hand on the sandbox: `webhooks/mode`, `faults` … */
  fate(path: string, body?: unknown): Promise<void>
  /** A hand on our own processes: `web/kill`, `worker/stop`, `web/restart?ahead=…`. */
  process(what: string): Promise<void>
}

export const password = 'light-from-the-north'

async function post(url: string, headers: Record<string, string> = {}, body: unknown = {}): Promise<void> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  })
  if (!response.ok) throw new Error(`${url}: ${response.status} ${await response.text()}`)
}

export const test = base.extend<{ product: Product; noNoise: undefined }>({
  baseURL: async ({}, use) => use(setting('JOURNEY_ORIGIN')),
  // A page that complains on the console is a defect, whatever else it shows.
  noNoise: [
    async ({ page }, use) => {
      const heard: string[] = []
      page.on('console', (message) => {
        if (
          message.type() === 'error' &&
          !/Failed to load resource: (the server responded with a status of (4\d\d|5\d\d)|net::ERR_(CONNECTION_(REFUSED|RESET|CLOSED)|SOCKET_NOT_CONNECTED|EMPTY_RESPONSE))/.test(
            message.text(),
          )
        )
          heard.push(message.text())
      })
      page.on('pageerror', (error) => heard.push(String(error)))
      await use(undefined)
      expect(heard, 'errors on the console').toEqual([])
    },
    { auto: true },
  ],
  // Scripts come after the page is painted; a journey is told at full speed and waits for them, as fingers need not.
  page: async ({ page }, use) => {
    const goto = page.goto.bind(page)
    page.goto = async (...where) => {
      const answer = await goto(...where)
      await page.waitForFunction(() => !('__remixContext' in window) || 'awake' in document.documentElement.dataset)
      return answer
    }
    await use(page)
  },
  product: async ({}, use) => {
    const origin = setting('JOURNEY_ORIGIN')
    const db = connect(setting('JOURNEY_DATABASE'), 2)
    await use({
      origin,
      db,
      async signIn(page, email) {
        await page.goto('/sign-in')
        await page.getByLabel('E-mail').fill(email)
        await page.getByLabel('Password', { exact: true }).fill(password)
        await page.getByRole('button', { name: 'Sign in' }).click()
        await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'))
      },
      async signOut(page) {
        await page.context().clearCookies()
      },
      async emptyCart(email) {
        const user = await db.user.findUniqueOrThrow({ where: { email }, select: { id: true } })
        await db.cartLine.deleteMany({ where: { cart: { userId: user.id } } })
      },
      async letter(to, subject) {
        let found: Letter | undefined
        await expect
          .poll(
            async () => {
              const response = await fetch(`${setting('JOURNEY_INBOX')}/api/messages?to=${encodeURIComponent(to)}`)
              const letters = (await response.json()) as Letter[]
              found = letters.find((letter) => subject.test(letter.subject))
              return found !== undefined
            },
            { timeout: 20_000, message: `a letter to ${to} about ${subject}` },
          )
          .toBe(true)
        return found as Letter
      },
      async pay(page, card = '4242 4242 4242 4242') {
        await page.waitForURL(`${setting('JOURNEY_PAYMENTS')}/**`)
        await page.getByLabel('Card number').fill(card)
        await page.getByLabel('Expires').fill('12 / 34')
        await page.getByLabel('Security code').fill('123')
        await page.getByLabel('Name on the card').fill('Journey Buyer')
        await page.getByRole('button', { name: /^Pay / }).click()
      },
      fate: (path, body) =>
        post(`${setting('JOURNEY_PAYMENTS')}/_sandbox/${path}`, { authorization: `Bearer ${setting('JOURNEY_TOKEN')}` }, body),
      process: (what) => post(`${setting('JOURNEY_CONTROL')}/${what}`),
    })
    await db.$disconnect()
  },
})

/** Waits until what fades or moves in has arrived: half drawn, every word is too pale. What turns for ever is not waited for. */
const atRest = (page: Page): Promise<void> =>
  page.evaluate(async () => {
    const moving = document.getAnimations().filter(({ effect }) => Number.isFinite(Number(effect?.getComputedTiming().endTime)))
    const late = new Promise((done) => setTimeout(done, 2_000))
    await Promise.race([Promise.allSettled(moving.map(({ finished }) => finished)), late])
  })

/** No violation of WCAG 2.2 AA that a machine can find. */
export async function expectAccessible(page: Page): Promise<void> {
  await atRest(page)
  const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']).analyze()
  expect(violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.target.join(' ')).join(', ')}`)).toEqual([])
}

export { expect } from 'playwright/test'
