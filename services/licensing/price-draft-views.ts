import { hasStaffRole } from '../kernel/actor.ts'
import { zoneOfHouse } from '../accounts/houses.ts'
import { currencies, formatMoney } from '../kernel/money.ts'
import { dayOf, type Day } from '../kernel/period.ts'
import { Refusal } from '../kernel/errors.ts'
import type { Ctx } from '../platform/context.ts'
import { industryName, mediumName, placeName, summariseScope } from '../rights/rules/scope-words.ts'
import { limitKinds } from '../rights/rules/scope.ts'
import { industries } from '../rights/rules/vocabulary/industries.ts'
import { media } from '../rights/rules/vocabulary/media.ts'
import { territories } from '../rights/rules/vocabulary/territories.ts'
import type { Vocabulary } from '../rights/rules/vocabulary/vocabulary.ts'
import { exampleScopes } from './price-book-views.ts'
import { readPriceBook } from './price-books.ts'
import { readPriceDraft } from './price-drafts.ts'
import { modelNames, royaltyFreeModels } from './rules/models.ts'
import { priceDifference } from './rules/price-difference.ts'
import { curveAxes, fieldsOf, weightAxes, type PriceFields } from './rules/price-form.ts'
import { axisTitles, curveUnits, figureName, limitNames } from './rules/price-words.ts'
import { priceOf, type PriceBook } from './rules/pricing.ts'

export interface FigureField {
  name: string
  label: string
}
export interface WeightSection {
  axis: (typeof weightAxes)[number]
  title: string
  other: FigureField
  whole: FigureField[]
  leaves: FigureField[]
  /** Codes that have no factor of their own yet. */
  more: { value: string; label: string }[]
}
export interface CurveSection {
  axis: (typeof curveAxes)[number]
  title: string
  unit: string
  lines: { at: string; bp: string }[]
  open: FigureField
  /** The saved curve, for its picture. */
  points: [at: number, factor: number][]
}
export interface PriceChangeWords {
  name: string
  before: string | null
  after: string | null
}
export interface PriceDraftPage {
  id: string
  revision: number
  note: string
  baseVersion: number
  newestVersion: number
  currency: string
  fields: PriceFields
  start: FigureField[]
  royaltyFree: { title: string; price: FigureField; limits: FigureField[] }[]
  weights: WeightSection[]
  curves: CurveSection[]
  rates: FigureField[]
  changes: PriceChangeWords[]
  /** The version that the draft stands on, where its day is still to come, and what the draft changes in the prices of today. */
  coming: { version: number; from: Day; today: number; changes: PriceChangeWords[] } | null
  examples: { scope: string; before: string; after: string; same: boolean }[]
  mayEdit: boolean
}

const axes = {
  media: { words: media, nameOf: mediumName },
  territory: { words: territories, nameOf: placeName },
  industry: { words: industries, nameOf: industryName },
} as const

/** Everything that the editor of a draft shows: its fields by section, what it changes, and what some uses would cost. */
export async function priceDraftPage(ctx: Ctx<'db' | 'clock' | 'actor'>, draftId: string): Promise<PriceDraftPage> {
  const draft = await readPriceDraft(ctx, draftId)
  const versions = await ctx.db.priceBook.findMany({
    where: { houseId: ctx.actor.houseId },
    orderBy: { version: 'desc' },
    select: { id: true, version: true, book: true, effectiveFrom: true },
    take: 50,
  })
  const now = ctx.clock.now()
  const base = versions.find(({ version }) => version === draft.baseVersion)
  if (!base) throw new Refusal('not-found', `no price book ${draft.baseVersion}`)
  const before = readPriceBook(base)
  const today = base.effectiveFrom > now ? versions.find(({ effectiveFrom }) => effectiveFrom <= now) : undefined
  const { book } = draft
  return {
    id: draft.id,
    revision: draft.revision,
    note: draft.note,
    baseVersion: draft.baseVersion,
    newestVersion: versions[0]?.version ?? draft.baseVersion,
    currency: book.currency,
    fields: fieldsOf(book),
    start: ['rightsManaged.baseMinor', 'exclusiveBp', 'minimumMinor', 'roundToMinor'].map(figure),
    royaltyFree: royaltyFreeModels.map((model) => ({
      title: modelNames[model],
      price: { name: `royaltyFree.${model}.baseMinor`, label: 'Price' },
      limits: limitKinds.map((kind) => ({ name: `royaltyFree.${model}.scope.limits.${kind}`, label: limitNames[kind] })),
    })),
    weights: weightAxes.map((axis) => weightSection(axis, book)),
    curves: curveAxes.map((axis) => curveSection(axis, book)),
    rates: currencies.filter((currency) => currency !== book.currency).map((currency) => ({ name: `rates.${currency}`, label: currency })),
    changes: await changesInWords(ctx, before, book),
    coming: today
      ? {
          version: base.version,
          from: dayOf(base.effectiveFrom, await zoneOfHouse(ctx)),
          today: today.version,
          changes: await changesInWords(ctx, readPriceBook(today), book),
        }
      : null,
    examples: examplesOf(before, book),
    mayEdit: hasStaffRole(ctx.actor, 'RIGHTS_MANAGER'),
  }
}

const figure = (name: string): FigureField => ({ name, label: figureName(name) })

/** What one book says differently from another, for people. */
export async function changesInWords({ db, actor }: Ctx<'db' | 'actor'>, before: PriceBook, after: PriceBook): Promise<PriceChangeWords[]> {
  const ids = [before, after].flatMap(({ discounts }) => discounts?.agreed.map(({ orgId }) => orgId) ?? [])
  const companies = await db.organisation.findMany({ where: { houseId: actor.houseId, id: { in: ids } }, select: { id: true, name: true } })
  const names = new Map(companies.map(({ id, name }) => [id, name]))
  return priceDifference(before, after).map(({ field, ...change }) =>
    field.endsWith('.scope') ? { name: figureName(field), before: null, after: 'changed' } : { name: figureName(field, names), ...change },
  )
}

/** Five typical uses under two books. */
export const examplesOf = (before: PriceBook, after: PriceBook): PriceDraftPage['examples'] =>
  exampleScopes.map((terms) => {
    const cost = (book: PriceBook) => formatMoney(priceOf(book, { model: 'RIGHTS_MANAGED', terms, assetFactorBp: 10_000 }).total)
    const [old, now] = [cost(before), cost(after)]
    return { scope: summariseScope(terms), before: old, after: now, same: old === now }
  })

function weightSection(axis: (typeof weightAxes)[number], book: PriceBook): WeightSection {
  const { words, nameOf } = axes[axis]
  const named = (part: 'whole' | 'leaves') =>
    Object.entries(book[axis][part])
      .sort(([, a], [, b]) => b - a)
      .map(([code]) => ({ name: `${axis}.${part}.${code}`, label: nameOf(code) }))
  return {
    axis,
    title: axisTitles[axis],
    other: { name: `${axis}.other`, label: 'What is not listed, each' },
    whole: named('whole'),
    leaves: named('leaves'),
    more: unnamedOf(words, book[axis]).map((code) => ({ value: code, label: nameOf(code) })),
  }
}

/** Branches, groups and leaves that could be given a factor of their own. */
const unnamedOf = (words: Vocabulary, { whole, leaves }: PriceBook['media']): string[] =>
  [...words.branches.map(({ code }) => code), ...words.groups, ...words.leaves.map(({ code }) => code)].filter(
    (code) => whole[code] === undefined && leaves[code] === undefined,
  )

function curveSection(axis: (typeof curveAxes)[number], book: PriceBook): CurveSection {
  const lines = Object.keys(fieldsOf(book)).flatMap((name) =>
    name.startsWith(`${axis}.points.`) && name.endsWith('.at') ? [{ at: name, bp: name.replace(/at$/, 'bp') }] : [],
  )
  return {
    axis,
    title: axisTitles[axis],
    unit: curveUnits[axis],
    lines,
    open: { name: `${axis}.open`, label: 'Without a limit' },
    points: book[axis].points.map(([at, bp]) => [at, bp / 10_000]),
  }
}
