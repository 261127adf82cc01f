import type { Box } from '../../rights/rules/box.ts'
import { everything } from '../../rights/rules/box.ts'
import { LeafSet } from '../../rights/rules/leaf-set.ts'
import type { Cause } from '../../rights/rules/reason.ts'

/** A box as it is kept with a line of a plan: sets as Postgres writes them, so that thousands cost nothing to store. */
export interface BoxText {
  media: string
  territory: string
  industry: string
  from: string | null
  to: string | null
}

export const textOfBox = ({ media, territory, industry, period }: Box): BoxText => ({
  media: media.toPostgres(),
  territory: territory.toPostgres(),
  industry: industry.toPostgres(),
  from: period.from > everything.period.from ? period.from.toISOString() : null,
  to: period.to?.toISOString() ?? null,
})

export const boxOfText = ({ media, territory, industry, from, to }: BoxText): Box => ({
  media: LeafSet.fromPostgres(media),
  territory: LeafSet.fromPostgres(territory),
  industry: LeafSet.fromPostgres(industry),
  period: { from: from === null ? everything.period.from : new Date(from), to: to === null ? null : new Date(to) },
})

export interface Deliveries {
  count: number
  last: string
  people: number
}

/** What a line of a plan knows about its subject; `change_items.lost`. */
export interface ItemFacts {
  whole: boolean
  /** The parts that are lost; of a picture, nothing. */
  boxes: BoxText[]
  /** From when on. */
  from: string | null
  causes?: Cause[]
  /** Of a licence: what its page says. */
  number?: string
  model?: string
  state?: string
  exclusive?: boolean
  startsAt?: string
  until?: string | null
  kitId?: string | null
  orderId?: string | null
  lineId?: string | null
  /** In minor units, as text, since JSON has no such integers. */
  leftMinor?: string
  proRataMinor?: string | null
  deliveries?: Deliveries | null
  /** Of a sale of another shop. */
  shop?: string
  reference?: string
  holder?: string
  /** Of a kit or collection: whether nothing may be sold or granted of the picture any more, and who holds the kit. */
  dead?: boolean
  holders?: number
  /** Of a request. */
  purpose?: string
}

export const amountOf = (text: string | null | undefined): bigint => (text ? BigInt(text) : 0n)

/** What the rules need of a licence's line to say which decisions fit. */
export const decidable = (facts: ItemFacts) => ({
  whole: facts.whole,
  leftMinor: amountOf(facts.leftMinor),
  proRataMinor: facts.proRataMinor === null || facts.proRataMinor === undefined ? null : BigInt(facts.proRataMinor),
})
