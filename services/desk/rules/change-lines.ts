import type { Box } from '../../rights/rules/box.ts'
import type { ClaimState } from '../../rights/rules/known.ts'
import type { Cause } from '../../rights/rules/reason.ts'
import type { UpstreamChange } from './change.ts'
import { suggestFor, suggestForLicence } from './change-decisions.ts'
import { textOfBox, type Deliveries, type ItemFacts } from './change-item.ts'
import { leftOf, proRata } from './change-money.ts'
import type { Line } from './change-summary.ts'

/** What one licence, or one sale of another shop, loses: its claims together. */
export interface Loss {
  readonly boxes: readonly Box[]
  readonly keptNothing: boolean
  readonly causes: ReadonlySet<Cause>
  readonly state: ClaimState
}

/** A scope that needed several contracts is several claims of one licence. */
export const bothLosses = (a: Loss, b: Loss): Loss => ({
  boxes: [...a.boxes, ...b.boxes],
  keptNothing: a.keptNothing && b.keptNothing,
  causes: new Set([...a.causes, ...b.causes]),
  state: a.state,
})

/** When the first part is lost. */
export const startOf = ({ boxes }: Loss): number => boxes.reduce((first, { period }) => Math.min(first, period.from.getTime()), Infinity)

interface LicenceFacts {
  id: string
  number: string
  holderOrgId: string
  model: string
  state: string
  assetId: string
  exclusive: boolean
  /** Milliseconds. */
  startsAt: number
  endsAt: number | null
  kitId: string | null
  orderId: string | null
  lineId: string | null
  currency: string | null
  /** Minor units, as text. */
  paidMinor: string | null
  refundedMinor: string
}

type LossFacts = Required<Pick<ItemFacts, 'whole' | 'boxes' | 'from' | 'causes'>>
// Thousands of licences share one loss: it is written down once.
const written = new WeakMap<Loss, LossFacts>()

function factsOf(loss: Loss): LossFacts {
  const known = written.get(loss)
  if (known) return known
  const facts: LossFacts = {
    whole: loss.keptNothing,
    boxes: loss.boxes.map(textOfBox),
    from: loss.boxes.length > 0 ? new Date(startOf(loss)).toISOString() : null,
    causes: [...loss.causes],
  }
  written.set(loss, facts)
  return facts
}

/**
 * Licences that lose something: the loss, the money behind it, what was handed out under it, and what the rule proposes.
 * Tens of thousands were sold on a few days at a few prices, so that each day is written and each part worked out once.
 */
export function licenceLines(
  change: UpstreamChange,
  now: Date,
): (row: LicenceFacts, loss: Loss, title: string, deliveries: Deliveries | null) => Line {
  const dayTexts = new Map<number, string>()
  const moneys = new Map<string, MoneyFacts>()
  const textOf = (at: number): string => remembered(dayTexts, at, () => new Date(at).toISOString())
  const moneyOf = (row: LicenceFacts): MoneyFacts =>
    remembered(moneys, `${row.paidMinor} ${row.refundedMinor} ${row.startsAt} ${row.endsAt}`, () => moneyFactsOf(row, now))
  return (row, loss, title, deliveries) => {
    const { paidMinor, leftMinor, proRataMinor, leftText, proRataText } = moneyOf(row)
    const lost = factsOf(loss)
    return {
      kind: 'LICENCE',
      subjectId: row.id,
      assetId: row.assetId,
      holderOrgId: row.holderOrgId,
      title,
      currency: paidMinor === null ? null : row.currency,
      paidMinor,
      suggestion: suggestForLicence(change, { whole: loss.keptNothing, leftMinor, proRataMinor }),
      decision: null,
      facts: {
        whole: lost.whole,
        boxes: lost.boxes,
        from: lost.from,
        causes: lost.causes,
        number: row.number,
        model: row.model,
        state: row.state,
        exclusive: row.exclusive,
        startsAt: textOf(row.startsAt),
        until: row.endsAt === null ? null : textOf(row.endsAt),
        kitId: row.kitId,
        orderId: row.orderId,
        lineId: row.lineId,
        leftMinor: leftText,
        proRataMinor: proRataText,
        deliveries,
      },
    }
  }
}

interface MoneyFacts {
  paidMinor: bigint | null
  leftMinor: bigint
  proRataMinor: bigint | null
  leftText: string
  proRataText: string | null
}

function moneyFactsOf({ paidMinor, refundedMinor, startsAt, endsAt }: LicenceFacts, now: Date): MoneyFacts {
  const paid = { paidMinor: BigInt(paidMinor ?? 0), refundedMinor: BigInt(refundedMinor) }
  const term = { from: new Date(startsAt), to: endsAt === null ? null : new Date(endsAt) }
  const [leftMinor, proRataMinor] = [leftOf(paid), proRata(paid, term, now)]
  return {
    paidMinor: paidMinor === null ? null : paid.paidMinor,
    leftMinor,
    proRataMinor,
    leftText: `${leftMinor}`,
    proRataText: proRataMinor === null ? null : `${proRataMinor}`,
  }
}

function remembered<K, V>(known: Map<K, V>, key: K, make: () => V): V {
  const old = known.get(key)
  if (old !== undefined) return old
  const made = make()
  known.set(key, made)
  return made
}

/** A hold, or a payment on its way: only the provider's word ends it, so there is nothing to decide. */
export const heldLine = (row: LicenceFacts, loss: Loss, title: string): Line => ({
  kind: 'HOLD',
  subjectId: row.id,
  assetId: row.assetId,
  holderOrgId: row.holderOrgId,
  title,
  currency: null,
  paidMinor: null,
  suggestion: 'WAIT',
  decision: 'WAIT',
  facts: { ...factsOf(loss), number: row.number, model: row.model, state: loss.state, exclusive: row.exclusive },
})

export const saleLine = (
  row: { id: string; assetId: string; shop: string; reference: string; holder: string; exclusive: boolean },
  loss: Loss,
  { title, stops }: { title: string; stops: boolean },
): Line => ({
  kind: 'IMPORTED_SALE',
  subjectId: row.id,
  assetId: row.assetId,
  holderOrgId: null,
  title,
  currency: null,
  paidMinor: null,
  suggestion: suggestFor('IMPORTED_SALE', { dead: loss.keptNothing, stops: stops && loss.keptNothing }),
  decision: null,
  facts: { ...factsOf(loss), shop: row.shop, reference: row.reference, holder: row.holder, exclusive: row.exclusive },
})

export const requestLine = (
  row: { id: string; assetId: string; orgId: string; purpose: string },
  parts: readonly Box[],
  title: string,
): Line => ({
  kind: 'REQUEST',
  subjectId: row.id,
  assetId: row.assetId,
  holderOrgId: row.orgId,
  title,
  currency: null,
  paidMinor: null,
  suggestion: suggestFor('REQUEST', { dead: true, stops: true }),
  decision: null,
  facts: { whole: true, boxes: parts.map(textOfBox), from: null, purpose: row.purpose },
})
