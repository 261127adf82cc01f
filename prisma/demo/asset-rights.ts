import { beginCheckout, cancelCheckout } from '#services/commerce/checkout.ts'
import { addToCart, removeFromCart } from '#services/commerce/carts.ts'
import type { Person } from '#services/kernel/actor.ts'
import { addDays } from '#services/kernel/period.ts'
import { waitForScope } from '#services/licensing/waits.ts'
import { addAcquisition } from '#services/rights/acquisitions.ts'
import { imposeRestriction, liftRestriction } from '#services/rights/restrictions.ts'
import type { ScopeTerms } from '#services/rights/rules/scope.ts'
import type { Library } from './library.ts'
import { sure, type Story } from './story.ts'

/** The picture whose rights were read anew, barred and freed again: what the view "as known then" is about. */
const slug = 'french-alpine-landscape'
export type Chapter = 'the archive signs' | 'the exhibition opens' | 'the contract grows' | 'the exhibition closes' | 'America is added'

/** One chapter of that picture's rights, on the day that the story has reached. */
export async function tellRights(story: Story, maren: Person, library: Library, chapter: Chapter): Promise<void> {
  const ctx = story.as(maren)
  const assetId = library.get(slug) ?? ''
  const today = story.today.toISOString().slice(0, 10)
  const scope = (media: string[], places: string[], from: number, until: number | null, except: string[] = []): ScopeTerms => ({
    media, territory: { include: places, ...(except.length > 0 && { except }) }, industry: 'ALL', from: addDays(today, from), until: until === null ? null : addDays(today, until), zone: 'Europe/Berlin', exclusive: false,
  })
  const current = async (contract?: string) =>
    (await ctx.db.acquisition.findFirstOrThrow({ where: { assetId, supersededAt: null, ...(contract && { contract }) }, select: { id: true } })).id
  const archive = { assetId, contract: 'BRAUN-2025-3', licensor: 'Musée d’Unterlinden', subLicensable: true }
  switch (chapter) {
    case 'the archive signs':
      sure(await addAcquisition(ctx, { ...archive, terms: scope(['advertising', 'editorial', 'social', 'out-of-home'], ['DACH', 'BENELUX'], -364, 420), replaces: await current() }), 'sign with the archive')
      return
    case 'the exhibition opens':
      sure(await imposeRestriction(ctx, { assetId, kind: 'EMBARGO', reason: 'Touring exhibition “Alpes”', reference: 'EXH-9', terms: scope(['editorial', 'out-of-home'], ['DACH'], -210, 120) }), 'lay the exhibition’s embargo')
      return
    case 'the contract grows':
      sure(await addAcquisition(ctx, { ...archive, terms: scope(['ALL'], ['EU27', 'CH', 'GB'], -364, 780), replaces: await current(archive.contract) }), 'read the contract anew')
      return
    case 'the exhibition closes': {
      const ban = await ctx.db.restriction.findFirstOrThrow({ where: { assetId, supersededAt: null }, select: { id: true } })
      sure(await liftRestriction(ctx, { id: ban.id, reason: 'The tour ended early.' }), 'lift the embargo')
      sure(await imposeRestriction(ctx, { assetId, kind: 'OTHER', reason: 'No training of machines, by letter of the archive', reference: 'Letter of 12 March', terms: scope(['ai'], ['WORLD'], -60, null) }), 'bar machines')
      return
    }
    case 'America is added':
      sure(await addAcquisition(ctx, { assetId, contract: 'BRAUN-2026-1', licensor: 'Musée d’Unterlinden', subLicensable: true, terms: scope(['editorial', 'advertising'], ['US', 'CA'], 40, 770) }), 'sign for America')
  }
}

/** Two want the same use: the one at the till leaves, and the one in line is told. */
export async function standInLine(story: Story, first: Person, second: Person, library: Library): Promise<void> {
  const today = story.today.toISOString().slice(0, 10)
  const terms: ScopeTerms = { media: ['social'], territory: { include: ['DACH'] }, industry: 'ALL', from: addDays(today, 10), until: addDays(today, 375), zone: 'Europe/Berlin', exclusive: true }
  const wish = { assetId: library.get(slug) ?? '', model: 'RIGHTS_MANAGED' as const, terms }
  sure(await addToCart(story.as(first), null, wish), 'put the landscape into the cart')
  const { orderId } = sure(await beginCheckout(story.as(first), {}), 'go to the till with the landscape')
  sure(await waitForScope(story.as(second), wish), 'stand in line for the landscape')
  sure(await cancelCheckout(story.as(first), orderId), 'leave the till')
  const line = await story.as(first).db.cartLine.findFirstOrThrow({ where: { assetId: wish.assetId, cart: { userId: first.userId } }, select: { id: true } })
  await removeFromCart(story.as(first), null, { lineId: line.id })
}
