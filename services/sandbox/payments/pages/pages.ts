import { html } from 'hono/html'
import { formatMoney, isCurrency, money } from '#services/kernel/money.ts'
import { cards } from '../cards.ts'
import type { Session, WireLine } from '../world.ts'
import { style } from './style.ts'

type Html = ReturnType<typeof html>
export interface PayForm {
  number: string
  expiry: string
  cvc: string
  name: string
  email: string
  country: string
}
export type PayErrors = Partial<Record<keyof PayForm, string>>

const amount = (minor: number | null, currency: string | null): string => {
  const code = (currency ?? '').toUpperCase()
  return isCurrency(code) ? formatMoney(money(minor ?? 0, code)) : String(minor)
}
const grouped = (number: string): string => number.replace(/(.{4})(?=.)/g, '$1 ')
const countries: [string, string][] = [
  ['DE', 'Germany'],
  ['AT', 'Austria'],
  ['CH', 'Switzerland'],
  ['FR', 'France'],
  ['GB', 'United Kingdom'],
  ['IT', 'Italy'],
  ['JP', 'Japan'],
  ['NL', 'Netherlands'],
  ['PL', 'Poland'],
  ['ES', 'Spain'],
  ['US', 'United States'],
]

const page = (title: string, layout: 'one' | 'two', body: Html): Html =>
  html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <title>${title}</title>
        <style>
          ${style}
        </style>
      </head>
      <body>
        <p class="banner" role="note">NOT STRIPE – payment sandbox on this machine. No real card is charged; do not type one in.</p>
        <main class="${layout}">${body}</main>
      </body>
    </html>`

const field = (
  name: keyof PayForm,
  label: string,
  value: string,
  errors: PayErrors,
  more: { autocomplete: string; inputmode?: string; placeholder?: string },
): Html =>
  html` <div class="field">
    <label for="${name}">${label}</label>
    <input
      id="${name}"
      name="${name}"
      value="${value}"
      autocomplete="${more.autocomplete}"
      inputmode="${more.inputmode ?? 'text'}"
      placeholder="${more.placeholder ?? ''}"
      required
      aria-invalid="${errors[name] ? 'true' : 'false'}"
      ${errors[name] ? html` aria-describedby="${name}-error"` : ''}
    />
    ${errors[name] ? html`<p class="hint" id="${name}-error">${errors[name]}</p>` : ''}
  </div>`

export interface PayView {
  merchant: string
  session: Session
  lines: WireLine[]
  form: PayForm
  errors: PayErrors
  message?: string | undefined
}

/** The page on which a buyer pays. Works without JavaScript. */
export const payPage = ({ merchant, session, lines, form, errors, message }: PayView): Html =>
  page(
    `Pay ${merchant}`,
    'two',
    html` <section aria-labelledby="what">
        <h1 id="what">Pay ${merchant}</h1>
        <p class="total">${amount(session.amount_total, session.currency)}</p>
        <ul class="lines">
          ${lines.map((line) => html`<li><span>${line.description}${(line.quantity ?? 1) > 1 ? html` × ${line.quantity}` : ''}</span><span>${amount(line.amount_total, line.currency)}</span></li>`)}
          <li class="sum"><span>Total due</span><span>${amount(session.amount_total, session.currency)}</span></li>
        </ul>
      </section>
      <section aria-labelledby="how">
        <h2 id="how">Pay by card</h2>
        ${message ? html`<p class="error" role="alert">${message}</p>` : ''}
        <form method="post" novalidate>
          ${field('email', 'Email', form.email, errors, { autocomplete: 'email', inputmode: 'email' })}
          ${field('number', 'Card number', form.number, errors, { autocomplete: 'cc-number', inputmode: 'numeric', placeholder: '1234 1234 1234 1234' })}
          <div class="pair">
            ${field('expiry', 'Expires', form.expiry, errors, { autocomplete: 'cc-exp', inputmode: 'numeric', placeholder: 'MM / YY' })}
            ${field('cvc', 'Security code', form.cvc, errors, { autocomplete: 'cc-csc', inputmode: 'numeric', placeholder: 'CVC' })}
          </div>
          ${field('name', 'Name on the card', form.name, errors, { autocomplete: 'cc-name' })}
          <div class="field">
            <label for="country">Country</label
            ><select id="country" name="country" autocomplete="country">
              ${countries.map(([code, name]) => html`<option value="${code}" ${code === form.country ? html` selected` : ''}>${name}</option>`)}
            </select>
          </div>
          <button type="submit">Pay ${amount(session.amount_total, session.currency)}</button>
        </form>
        ${session.cancel_url ? html`<a class="button second" href="${session.cancel_url}">Cancel and go back</a>` : ''}
        <details open>
          <summary>Test cards: choose one to fill the form</summary>
          <ul class="cards">
            ${cards.map(
              (card) =>
                html`<li>
                  <a href="?card=${card.number}"><span>${card.title}</span><code>${grouped(card.number)}</code></a>
                </li>`,
            )}
          </ul>
        </details>
      </section>`,
  )

/** The bank's question, as 3-D Secure asks it. */
export const challengePage = (merchant: string, session: Session): Html =>
  page(
    'Confirm it is you',
    'one',
    html` <section aria-labelledby="bank">
      <h2 id="bank">Your bank asks: is it you?</h2>
      <p>
        This stands for the 3-D Secure page of a bank. ${merchant} wants to take
        <strong>${amount(session.amount_total, session.currency)}</strong> from your card.
      </p>
      <form method="post">
        <button name="answer" value="pass">Yes, confirm the payment</button>
        <button class="second" name="answer" value="fail">No, I did not ask for this</button>
      </form>
    </section>`,
  )

/** A page for a session on which nobody can pay any more, or that never was. */
export const closedPage = (state: 'complete' | 'expired' | 'unknown', back: string | null): Html =>
  page(
    'Nothing to pay',
    'one',
    html` <section>
      <h2>
        ${state === 'complete' ? 'This is paid already.' : state === 'expired' ? 'This checkout has expired.' : 'There is no such checkout.'}
      </h2>
      <p class="quiet">
        ${state === 'complete' ? 'You will find your licence in the shop.' : 'Nothing was charged. Go back to the shop and start again.'}
      </p>
      ${back ? html`<a class="button" href="${back}">Back to the shop</a>` : ''}
    </section>`,
  )

/** What one finds at the sandbox's own address. */
export const frontPage = (counts: { sessions: number; paid: number; refunds: number; undelivered: number }): Html =>
  page(
    'Payment sandbox',
    'one',
    html` <section>
      <h2>Payment sandbox</h2>
      <p>
        This server stands in for Stripe: the same calls, the same events, no money. It remembers ${counts.sessions} checkout sessions
        (${counts.paid} paid), ${counts.refunds} refunds and ${counts.undelivered} events that were not delivered.
      </p>
      <p class="quiet">Start a checkout in the shop to see its payment page.</p>
    </section>`,
  )
