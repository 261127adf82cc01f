import { dayOf } from '../../kernel/period.ts'
import type { ChangeSubject } from './change-states.ts'
import { amountOf, type ItemFacts } from './change-item.ts'

/** A line of a preview, before it is stored. */
export interface Line {
  kind: ChangeSubject
  subjectId: string
  assetId: string | null
  holderOrgId: string | null
  title: string
  facts: ItemFacts
  currency: string | null
  paidMinor: bigint | null
  suggestion: string | null
  decision: string | null
}

export interface MoneyAtStake {
  currency: string
  paid: string
  refunded: string
  /** Of what is still with us: all of it, and the part that pays for the rest of the terms. */
  left: string
  proRata: string
  licences: number
}

/** What a plan shows before its lines. Plain JSON: amounts are minor units as text. */
export interface ChangeSummary {
  assets: { total: number; touched: number; dead: number; published: number; deadPublished: number; freed: number }
  licences: { whole: number; part: number; exclusive: number; paid: number; granted: number }
  importedSales: number
  holds: number
  carts: number
  requests: number
  kits: { kits: number; placements: number; holders: number }
  collections: { collections: number; placements: number }
  renditions: number
  deliveries: { count: number; people: number; last: string | null }
  holders: { organisations: number; people: number; first: { orgId: string; name: string; licences: number; people: number }[] }
  money: MoneyAtStake[]
  /** How many licences begin to lose something in each month. */
  months: { month: string; whole: number; part: number }[]
}

/** What is counted beside the lines. */
export interface Beside {
  assets: ChangeSummary['assets']
  carts: number
  renditions: number
  deliveries: ChangeSummary['deliveries']
  people: ReadonlyMap<string, { name: string; people: number }>
  zone: string
}

const shownHolders = 8

export function summarise(lines: readonly Line[], beside: Beside): ChangeSummary {
  const of = (kind: ChangeSubject) => lines.filter((line) => line.kind === kind)
  const distinct = <T>(values: readonly T[]): number => new Set(values).size
  const licences = of('LICENCE')
  const [kits, collections] = [of('KIT'), of('COLLECTION')]
  return {
    assets: beside.assets,
    licences: {
      whole: licences.filter(({ facts }) => facts.whole).length,
      part: licences.filter(({ facts }) => !facts.whole).length,
      exclusive: licences.filter(({ facts }) => facts.exclusive).length,
      paid: licences.filter(({ paidMinor }) => paidMinor !== null).length,
      granted: licences.filter(({ paidMinor }) => paidMinor === null).length,
    },
    importedSales: of('IMPORTED_SALE').length,
    holds: of('HOLD').length,
    carts: beside.carts,
    requests: of('REQUEST').length,
    kits: {
      kits: distinct(kits.map(({ facts }) => facts.kitId)),
      placements: kits.length,
      holders: Math.max(0, ...kits.map(({ facts }) => facts.holders ?? 0)),
    },
    collections: { collections: distinct(collections.map(({ title }) => title)), placements: collections.length },
    renditions: beside.renditions,
    deliveries: beside.deliveries,
    holders: holdersOf(licences, beside),
    money: moneyOf(licences),
    months: monthsOf(licences, beside.zone),
  }
}

function holdersOf(licences: readonly Line[], { people }: Beside): ChangeSummary['holders'] {
  const counts = new Map<string, number>()
  for (const { holderOrgId } of licences) if (holderOrgId) counts.set(holderOrgId, (counts.get(holderOrgId) ?? 0) + 1)
  const all = [...counts].map(([orgId, n]) => ({
    orgId,
    name: people.get(orgId)?.name ?? '',
    licences: n,
    people: people.get(orgId)?.people ?? 0,
  }))
  const most = all.sort((a, b) => b.licences - a.licences || (a.name < b.name ? -1 : 1))
  return { organisations: all.length, people: all.reduce((sum, one) => sum + one.people, 0), first: most.slice(0, shownHolders) }
}

function moneyOf(licences: readonly Line[]): MoneyAtStake[] {
  const sums = new Map<string, { paid: bigint; left: bigint; proRata: bigint; licences: number }>()
  for (const { currency, paidMinor, facts } of licences) {
    if (!currency || paidMinor === null) continue
    const sum = sums.get(currency) ?? { paid: 0n, left: 0n, proRata: 0n, licences: 0 }
    const left = amountOf(facts.leftMinor)
    sum.paid += paidMinor
    sum.left += left
    // A licence without an end has no rest to divide by: all that is left of its price is at stake.
    sum.proRata += facts.proRataMinor === null ? left : amountOf(facts.proRataMinor)
    sum.licences++
    sums.set(currency, sum)
  }
  return [...sums]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([currency, { paid, left, proRata, licences: n }]) => ({
      currency,
      paid: `${paid}`,
      refunded: `${paid - left}`,
      left: `${left}`,
      proRata: `${proRata}`,
      licences: n,
    }))
}

function monthsOf(licences: readonly Line[], zone: string): ChangeSummary['months'] {
  const months = new Map<string, { whole: number; part: number }>()
  // Thousands of licences lose something on the same few days, and a zone's calendar is slow to ask.
  const known = new Map<string, string>()
  for (const { facts } of licences) {
    if (!facts.from) continue
    const month = known.get(facts.from) ?? dayOf(new Date(facts.from), zone).slice(0, 7)
    known.set(facts.from, month)
    const counts = months.get(month) ?? { whole: 0, part: 0 }
    counts[facts.whole ? 'whole' : 'part']++
    months.set(month, counts)
  }
  return [...months].sort(([a], [b]) => (a < b ? -1 : 1)).map(([month, counts]) => ({ month, ...counts }))
}
