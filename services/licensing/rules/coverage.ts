import { addDays, addMonths, type Day } from '../../kernel/period.ts'
import { money, type Currency, type Money } from '../../kernel/money.ts'
import { decide } from '../../rights/rules/decide.ts'
import type { AssetRights, HeldLicence, When } from '../../rights/rules/known.ts'
import type { Reason, Use } from '../../rights/rules/reason.ts'
import { boxOf, type Limits, type ScopeTerms } from '../../rights/rules/scope.ts'
import { media } from '../../rights/rules/vocabulary/media.ts'
import { territories } from '../../rights/rules/vocabulary/territories.ts'
import { isRoyaltyFree, royaltyFreeModels, type RoyaltyFreeModel } from './models.ts'
import { priceOf, type PriceBook } from './pricing.ts'
import { sized } from './sizes.ts'

/** The licence that somebody is about to buy, and what it is judged by. */
export interface Choice {
  rights: AssetRights
  book: PriceBook
  assetFactorBp: number
  currency: Currency
  model: RoyaltyFreeModel | 'RIGHTS_MANAGED'
  terms: ScopeTerms
  sold: readonly (RoyaltyFreeModel | 'RIGHTS_MANAGED')[]
}

/** How a use that the chosen licence does not cover can be had after all. */
export interface Way {
  /** `widen`: the chosen licence made wider. `change`: another royalty-free licence. `apart`: one of its own; `year`: for a year. */
  kind: 'widen' | 'change' | 'apart' | 'year'
  model: RoyaltyFreeModel | 'RIGHTS_MANAGED'
  terms: ScopeTerms
  /** On top of what the chosen licence costs. */
  extra: Money
}
export interface Covered {
  by: 'choice' | 'licence' | null
  way: Way | null
  /** Why it cannot be had; empty where it can. */
  reasons: Reason[]
}

/** A use as the engine is asked about it. */
export const useOf = (terms: ScopeTerms): Use => ({
  box: boxOf(terms),
  exclusive: terms.exclusive,
  by: 'holder',
  ...(terms.limits ? { limits: terms.limits } : {}),
})

/** A licence that is not bought yet, as the gate will see it. */
const asHeld = (terms: ScopeTerms, { knownAt }: When): HeldLicence => ({
  id: 'choice',
  no: 0n,
  number: '',
  box: boxOf(terms),
  exclusive: terms.exclusive,
  limits: terms.limits ?? {},
  recordedAt: knownAt,
  supersededAt: null,
})

/** Whether a licence of these terms would cover a use: the answer of the gate itself, on the day after the sale. */
export const wouldCover = (rights: AssetRights, licence: ScopeTerms, use: ScopeTerms, when: When): boolean =>
  decide({ ...rights, licences: [asHeld(licence, when)] }, useOf(use), when).verdict === 'allow'

/** The smallest terms of the four questions that hold both a licence and a use. */
export function widenedBy(terms: ScopeTerms, use: ScopeTerms): ScopeTerms {
  const [mine, wanted] = [boxOf(terms), boxOf(use)]
  const places = terms.territory
  const except = (places.except ?? []).filter((code) => !territories.resolve([code]).overlaps(wanted.territory))
  const open = mine.territory.covers(wanted.territory) ? places : undefined
  const until = terms.until === null || use.until === null ? null : terms.until > use.until ? terms.until : use.until
  return sized({
    ...terms,
    media: mine.media.covers(wanted.media)
      ? terms.media
      : [...terms.media, ...use.media.filter((code) => !mine.media.covers(media.resolve([code])))],
    territory: open ?? {
      include: [
        ...places.include,
        ...use.territory.include.filter((code) => !territories.resolve(places.include).covers(territories.resolve([code]))),
      ],
      ...(except.length > 0 ? { except } : {}),
    },
    from: terms.from < use.from ? terms.from : use.from,
    until,
    exclusive: terms.exclusive || use.exclusive,
    ...widerLimits(terms.limits, use.limits),
  })
}

/** A cap that the use needs higher is raised to it; where the licence has none, there is none. */
function widerLimits(own: Limits | undefined, asked: Limits | undefined): { limits?: Limits } {
  if (!own || !asked) return own ? { limits: own } : {}
  const raised = Object.entries(own).map(([kind, cap]) => [kind, Math.max(cap, asked[kind as keyof Limits] ?? 0)] as const)
  return { limits: Object.fromEntries(raised) }
}

/** Is a use covered by the chosen licence, or by one that is held; and if not, how can it be had, and for how much more? */
export function coverageOf(choice: Choice, use: ScopeTerms, when: When): Covered {
  const { rights, terms } = choice
  if (wouldCover(rights, terms, use, when)) return { by: 'choice', way: null, reasons: [] }
  if (rights.licences.length > 0 && decide(rights, useOf(use), when).verdict === 'allow') return { by: 'licence', way: null, reasons: [] }
  const unheld = { ...rights, licences: [] }
  const can = (wanted: ScopeTerms) => decide(unheld, useOf(wanted), when)
  for (const way of waysTo(choice, use)) {
    if (can(way.terms).verdict === 'offer' && (way.kind === 'year' || wouldCover(rights, way.terms, use, when)))
      return { by: null, way, reasons: [] }
  }
  return { by: null, way: null, reasons: can(use).reasons }
}

/** The ways worth trying: the chosen licence wider, a wider royalty-free one, one of its own. */
function* waysTo(choice: Choice, use: ScopeTerms): Generator<Way> {
  const { book, assetFactorBp, currency, model, terms, sold } = choice
  const total = (of: Way['model'], wanted: ScopeTerms) => priceOf(book, { model: of, terms: wanted, assetFactorBp, currency }).total.minor
  const now = total(model, terms)
  if (!isRoyaltyFree(model)) {
    const wider = widenedBy(terms, use)
    return yield { kind: 'widen', model, terms: wider, extra: money(total(model, wider) - now, currency) }
  }
  for (const other of royaltyFreeModels) {
    if (other === model || !sold.includes(other)) continue
    const standing = { ...terms, ...book.royaltyFree[other].scope, ...(book.royaltyFree[other].scope.limits ? {} : { limits: {} }) }
    const extra = total(other, standing) - now
    if (extra > 0n) yield { kind: 'change', model: other, terms: standing, extra: money(extra, currency) }
  }
  if (!sold.includes('RIGHTS_MANAGED')) return
  // A stated use has an end: of one that has none, a year is offered, and said to be one.
  const own = sized({ ...use, until: use.until ?? yearFrom(use.from) })
  const extra = money(total('RIGHTS_MANAGED', own), currency)
  yield { kind: use.until === null ? 'year' : 'apart', model: 'RIGHTS_MANAGED', terms: own, extra }
}

/** The last day of a year that begins on a day. */
export const yearFrom = (from: Day): Day => addDays(addMonths(from, 12), -1)
