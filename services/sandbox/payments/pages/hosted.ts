import { Hono } from 'hono'
import { cardOf } from '../cards.ts'
import { failChallenge, pay, type PayOutcome } from '../moves.ts'
import type { Session, World } from '../world.ts'
import { challengePage, closedPage, frontPage, payPage, type PayErrors, type PayForm } from './pages.ts'

const text = (value: unknown): string => (typeof value === 'string' ? value.trim().slice(0, 200) : '')

/** A filled form for a chosen test card, so that one click is enough. */
const filled = (session: Session, card: string | undefined): PayForm => ({
  number: card && cardOf(card) ? card.replace(/(.{4})(?=.)/g, '$1 ') : '',
  expiry: card ? '12 / 34' : '',
  cvc: card ? '123' : '',
  name: card ? 'Test Buyer' : '',
  email: session.customer_details?.email ?? session.customer_email ?? '',
  country: 'DE',
})

function problems(form: PayForm, now: Date): PayErrors {
  const errors: PayErrors = {}
  const [, month, year] = /^(\d{1,2})\s*\/?\s*(\d{2})$/.exec(form.expiry) ?? []
  if (!/^\d{12,19}$/.test(form.number.replace(/\D/g, ''))) errors.number = 'Write the number on the card: 16 digits.'
  if (!month || !year || Number(month) < 1 || Number(month) > 12) errors.expiry = 'Write month and year, such as 12 / 34.'
  else if (Date.UTC(2000 + Number(year), Number(month)) <= now.getTime()) errors.expiry = 'This date has passed.'
  if (!/^\d{3,4}$/.test(form.cvc)) errors.cvc = 'Three or four digits.'
  if (!form.name) errors.name = 'Write the name on the card.'
  if (!/^\S+@\S+\.\S+$/.test(form.email)) errors.email = 'Write an address such as name@example.com.'
  return errors
}

const successOf = (session: Session): string => (session.success_url ?? '/').replaceAll('{CHECKOUT_SESSION_ID}', session.id)

/** The hosted payment pages under /c/pay. A form that is shown again is a page like any other (200): the browser would report an error otherwise. */
export function hostedPages(world: World, merchant: string) {
  const app = new Hono()
  const closed = (session: Session | undefined) =>
    closedPage(
      session?.status === 'complete' ? 'complete' : session ? 'expired' : 'unknown',
      session?.status === 'complete' ? successOf(session) : (session?.cancel_url ?? null),
    )
  const show = (session: Session, form: PayForm, errors: PayErrors = {}, message?: string) =>
    payPage({ merchant, session, lines: world.state.notes[session.id]?.lines ?? [], form, errors, message })
  const next = (session: Session, outcome: PayOutcome): string | null =>
    outcome.kind === 'paid' ? successOf(session) : outcome.kind === 'challenge' ? `/c/pay/${session.id}/challenge` : null

  app.get('/', (c) => {
    const sessions = Object.values(world.state.sessions)
    const undelivered = Object.values(world.state.deliveries).filter(({ state }) => state !== 'delivered').length
    return c.html(
      frontPage({
        sessions: sessions.length,
        paid: sessions.filter(({ payment_status: paid }) => paid === 'paid').length,
        refunds: Object.keys(world.state.refunds).length,
        undelivered,
      }),
    )
  })
  app.get('/c/pay/:id', (c) => {
    const session = world.state.sessions[c.req.param('id')]
    if (session?.status !== 'open') return c.html(closed(session), session ? 200 : 404)
    return c.html(show(session, filled(session, c.req.query('card'))))
  })
  app.post('/c/pay/:id', async (c) => {
    const session = world.state.sessions[c.req.param('id')]
    if (session?.status !== 'open') return c.html(closed(session), session ? 409 : 404)
    const body = await c.req.parseBody()
    const form: PayForm = {
      number: text(body.number),
      expiry: text(body.expiry),
      cvc: text(body.cvc),
      name: text(body.name),
      email: text(body.email),
      country: text(body.country) || 'DE',
    }
    const errors = problems(form, world.clock.now())
    if (Object.keys(errors).length) return c.html(show(session, form, errors, 'Please look at the marked fields.'))
    const outcome = pay(world, session.id, form.number, { name: form.name, email: form.email, country: form.country })
    world.save()
    const address = next(session, outcome)
    if (address) return c.redirect(address, 303)
    return c.html(show(session, form, {}, outcome.kind === 'declined' ? `${outcome.message} Try another card.` : undefined))
  })
  app.get('/c/pay/:id/challenge', (c) => {
    const session = world.state.sessions[c.req.param('id')]
    if (session?.status !== 'open') return c.html(closed(session), session ? 200 : 404)
    if (!world.state.notes[session.id]?.challenge) return c.redirect(`/c/pay/${session.id}`, 303)
    return c.html(challengePage(merchant, session))
  })
  app.post('/c/pay/:id/challenge', async (c) => {
    const session = world.state.sessions[c.req.param('id')]
    const waiting = session && world.state.notes[session.id]?.challenge
    if (session?.status !== 'open' || !waiting) return c.html(closed(session), session ? 409 : 404)
    const { answer } = await c.req.parseBody()
    if (answer !== 'pass') {
      failChallenge(world, session.id)
      world.save()
      return c.html(
        show(
          session,
          filled(session, undefined),
          {},
          'Your bank could not confirm that it is you. Nothing was charged. Try again or take another card.',
        ),
      )
    }
    const outcome = pay(world, session.id, waiting.card, waiting.payer, true)
    world.save()
    return c.redirect(next(session, outcome) ?? `/c/pay/${session.id}`, 303)
  })
  return app
}
