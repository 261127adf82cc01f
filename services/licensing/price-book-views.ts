import { hasStaffRole, isStaff } from '../kernel/actor.ts'
import { Refusal } from '../kernel/errors.ts'
import { formatMoney, money } from '../kernel/money.ts'
import type { Ctx } from '../platform/context.ts'
import type { ScopeTerms } from '../rights/rules/scope.ts'
import { industryName, mediumName, placeName, summariseScope } from '../rights/rules/scope-words.ts'
import { readPriceBook } from './price-books.ts'
import { modelNames, royaltyFreeModels } from './rules/models.ts'
import { priceOf, type PriceBook } from './rules/pricing.ts'
import type { Curve, Weights } from './rules/weights.ts'

export interface Factor {
  code: string
  name: string
  /** As people read it: `× 1.4`. */
  factor: string
}
export interface PriceTable {
  title: string
  note: string
  factors: Factor[]
  /** Single ones, where the table is about groups. */
  single: Factor[]
}
export interface PriceBookPage {
  version: number
  current: boolean
  note: string
  effectiveFrom: Date
  base: { name: string; price: string; scope: string }[]
  tables: PriceTable[]
  facts: { term: string; detail: string }[]
  examples: { scope: string; price: string }[]
  versions: { version: number; note: string; effectiveFrom: Date; state: 'current' | 'coming' | 'replaced' | 'past' }[]
  /** Versions in the making; for those who may see them. */
  drafts: { id: string; baseVersion: number; note: string; changedAt: Date }[]
  mayEdit: boolean
}

const times = (bp: number): string => `× ${(bp / 10_000).toLocaleString('en-GB', { maximumFractionDigits: 2 })}`

/** A price book as people read it; the one in effect, or the version asked for. */
export async function priceBookPage(ctx: Ctx<'db' | 'clock' | 'actor'>, asked?: number): Promise<PriceBookPage | null> {
  if (!isStaff(ctx.actor)) throw new Refusal('forbidden', 'read price books')
  const now = ctx.clock.now()
  const drafts = hasStaffRole(ctx.actor, 'RIGHTS_MANAGER', 'AUDITOR')
    ? await ctx.db.priceDraft.findMany({
        where: { houseId: ctx.actor.houseId },
        orderBy: { changedAt: 'desc' },
        select: { id: true, baseVersion: true, note: true, changedAt: true },
        take: 20,
      })
    : []
  const rows = await ctx.db.priceBook.findMany({
    where: { houseId: ctx.actor.houseId },
    orderBy: { version: 'desc' },
    select: { id: true, version: true, note: true, effectiveFrom: true, book: true },
    take: 50,
  })
  const current = rows.find(({ effectiveFrom }) => effectiveFrom <= now)
  const shown = asked ? rows.find(({ version }) => version === asked) : (current ?? rows[0])
  if (!shown) {
    if (asked) throw new Refusal('not-found', `no price book ${asked}`)
    return null
  }
  const book = readPriceBook(shown)
  const amount = (minor: number | bigint) => formatMoney(money(minor, book.currency))
  return {
    version: shown.version,
    current: shown === current,
    note: shown.note,
    effectiveFrom: shown.effectiveFrom,
    base: [
      ...royaltyFreeModels.map((model) => ({
        name: modelNames[model],
        price: amount(book.royaltyFree[model].baseMinor),
        scope: summariseScope(standing(book, model)),
      })),
      {
        name: modelNames.RIGHTS_MANAGED,
        price: amount(book.rightsManaged.baseMinor),
        scope: 'One ordinary medium in one reference country for a year, not exclusive',
      },
    ],
    tables: [
      tableOf('Media', book.media, mediumName),
      tableOf('Places', book.territory, placeName),
      tableOf('Industries, of the supplement for exclusivity', book.industry, industryName),
      curveOf('Time', book.duration, 'days'),
      curveOf('Print run', book.printRun, 'copies'),
      curveOf('Size', book.pixels, 'pixels on the longest edge'),
    ],
    facts: [
      { term: 'Exclusive in all industries', detail: times(10_000 + book.exclusiveBp) },
      { term: 'Least price', detail: amount(book.minimumMinor) },
      { term: 'Rounded to', detail: amount(book.roundToMinor) },
    ],
    examples: exampleScopes.map((terms) => ({
      scope: summariseScope(terms),
      price: formatMoney(priceOf(book, { model: 'RIGHTS_MANAGED', terms, assetFactorBp: 10_000 }).total),
    })),
    versions: rows.map(({ version, note, effectiveFrom, ...row }) => ({
      version,
      note,
      effectiveFrom,
      state: stateOf({ id: row.id, version, effectiveFrom }, current, now),
    })),
    drafts,
    mayEdit: hasStaffRole(ctx.actor, 'RIGHTS_MANAGER'),
  }
}

/** A version that was to come is overtaken by a higher one that began before it: the highest that has begun is the price. */
function stateOf(
  row: { id: string; version: number; effectiveFrom: Date },
  current: { id: string; version: number } | undefined,
  now: Date,
): PriceBookPage['versions'][number]['state'] {
  if (row.id === current?.id) return 'current'
  if (row.effectiveFrom <= now) return 'past'
  return current && row.version < current.version ? 'replaced' : 'coming'
}

const example: ScopeTerms = {
  media: ['web-banner'],
  territory: { include: ['DE'] },
  industry: 'ALL',
  from: '2027-01-01',
  until: '2027-12-31',
  zone: 'UTC',
  exclusive: false,
}

function standing(book: PriceBook, model: (typeof royaltyFreeModels)[number]): ScopeTerms {
  return { ...example, ...book.royaltyFree[model].scope, until: null }
}

/** Typical uses, priced beside a book so that its figures can be felt. */
export const exampleScopes: readonly ScopeTerms[] = [
  example,
  { ...example, media: ['advertising', 'social'], territory: { include: ['DACH'] } },
  { ...example, media: ['billboard'], territory: { include: ['EU27'] }, until: '2027-03-31' },
  { ...example, media: ['packaging'], territory: { include: ['WORLD'] }, until: null, limits: { printRun: 100_000 } },
  { ...example, media: ['advertising'], territory: { include: ['M49:150'] }, industry: ['automotive'], exclusive: true },
]

// Stored JSON keeps no order of keys: the dearest first reads best.
const listed = (record: Readonly<Record<string, number>>, nameOf: (code: string) => string): Factor[] =>
  Object.entries(record)
    .sort(([, a], [, b]) => b - a)
    .map(([code, bp]) => ({ code, name: nameOf(code), factor: times(bp) }))

const tableOf = (title: string, weights: Weights, nameOf: (code: string) => string): PriceTable => ({
  title,
  note: `However much of a group is chosen, it costs no more than the group. What is not listed: ${times(weights.other)} each.`,
  factors: listed(weights.whole, nameOf),
  single: listed(weights.leaves, nameOf),
})

function curveOf(title: string, { points, open }: Curve, unit: string): PriceTable {
  const factors = points.map(([at, bp]) => ({ code: String(at), name: `${at.toLocaleString('en-GB')} ${unit}`, factor: times(bp) }))
  return {
    title,
    note: 'Straight lines between the points.',
    factors: [...factors, { code: 'open', name: 'Without a limit', factor: times(open) }],
    single: [],
  }
}
