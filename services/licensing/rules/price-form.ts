import { exponentOf, isCurrency, type Currency } from '../../kernel/money.ts'
import { limitKinds, type LimitKind } from '../../rights/rules/scope.ts'
import { industries } from '../../rights/rules/vocabulary/industries.ts'
import { media } from '../../rights/rules/vocabulary/media.ts'
import { territories } from '../../rights/rules/vocabulary/territories.ts'
import { royaltyFreeModels } from './models.ts'
import type { PriceBook } from './pricing.ts'
import type { Curve, Weights } from './weights.ts'

/** A price book as the fields of a form: names are paths into the book, values are what people type. */
export type PriceFields = Record<string, string>
/** What is wrong, by the name of its field; '' is about the whole. */
export type PriceProblems = Record<string, string>

export const weightAxes = ['media', 'territory', 'industry'] as const
export const curveAxes = ['duration', 'printRun', 'pixels'] as const
/** Empty lines at the end of a curve, to add points without a script. */
const spareLines = 2

const factorText = (bp: number): string => String(bp / 10_000)
export const amountText = (minor: number, currency: Currency): string => (minor / 10 ** exponentOf(currency)).toFixed(exponentOf(currency))

const vocabularies = { media, territory: territories, industry: industries } as const

/** Fields in which a code was chosen to get a factor of its own (`add.media.code`, `add.media.factor`) become that figure. */
export function withAdded(fields: Readonly<PriceFields>): PriceFields {
  const all = { ...fields }
  for (const axis of weightAxes) {
    const { [`add.${axis}.code`]: code = '', [`add.${axis}.factor`]: factor = '' } = fields
    delete all[`add.${axis}.code`]
    delete all[`add.${axis}.factor`]
    const words = vocabularies[axis]
    if (!words.setOf(code)) continue
    const part = words.leaves.some((leaf) => leaf.code === code) ? 'leaves' : 'whole'
    all[`${axis}.${part}.${code}`] = factor.trim() || (all[`${axis}.other`] ?? '')
  }
  return all
}

/** The fields that show a book. */
export function fieldsOf(book: PriceBook): PriceFields {
  const fields: PriceFields = {
    'rightsManaged.baseMinor': amountText(book.rightsManaged.baseMinor, book.currency),
    exclusiveBp: factorText(book.exclusiveBp),
    minimumMinor: amountText(book.minimumMinor, book.currency),
    roundToMinor: amountText(book.roundToMinor, book.currency),
  }
  for (const model of royaltyFreeModels) {
    const { baseMinor, scope } = book.royaltyFree[model]
    fields[`royaltyFree.${model}.baseMinor`] = amountText(baseMinor, book.currency)
    for (const kind of limitKinds) fields[`royaltyFree.${model}.scope.limits.${kind}`] = String(scope.limits?.[kind] ?? '')
  }
  for (const axis of weightAxes) {
    fields[`${axis}.other`] = factorText(book[axis].other)
    for (const part of ['whole', 'leaves'] as const)
      for (const [code, bp] of Object.entries(book[axis][part])) fields[`${axis}.${part}.${code}`] = factorText(bp)
  }
  for (const axis of curveAxes) {
    const { points, open } = book[axis]
    fields[`${axis}.open`] = factorText(open)
    points.forEach(([at, bp], i) => {
      fields[`${axis}.points.${i}.at`] = String(at)
      fields[`${axis}.points.${i}.bp`] = factorText(bp)
    })
    for (let i = points.length; i < points.length + spareLines; i++)
      fields[`${axis}.points.${i}.at`] = fields[`${axis}.points.${i}.bp`] = ''
  }
  for (const [currency, bp] of Object.entries(book.rates)) fields[`rates.${currency}`] = factorText(bp)
  return fields
}

/**
 * The book that fields say, on the ground of another (what a royalty-free licence covers is not in the form). Whether
 * the book holds together is for `priceBook` to say; here is only what could not be read, by field.
 */
export function bookFrom(fields: Readonly<PriceFields>, base: PriceBook): { book: PriceBook; problems: PriceProblems } {
  const problems: PriceProblems = {}
  const read = (name: string, pattern: RegExp, scale: number, saying: string): number => {
    const text = (fields[name] ?? '').trim().replace(',', '.')
    if (pattern.test(text)) return Math.round(Number(text) * scale)
    problems[name] = text === '' ? 'This cannot be empty.' : saying
    return 0
  }
  const factor = (name: string) => read(name, /^\d{1,4}(\.\d{1,4})?$/, 10_000, 'Write a factor such as 1.4, with at most four decimals.')
  const digits = exponentOf(base.currency)
  const amountPattern = digits === 0 ? /^\d{1,9}$/ : new RegExp(`^\\d{1,7}(\\.\\d{1,${digits}})?$`)
  const amount = (name: string) =>
    read(name, amountPattern, 10 ** digits, `Write an amount in ${base.currency} such as ${digits ? '49.00' : '49'}.`)
  const whole = (name: string) => read(name, /^\d{1,12}$/, 1, 'Write a whole number.')

  const weights = (axis: (typeof weightAxes)[number]): Weights => {
    const record = (part: 'whole' | 'leaves') => {
      const prefix = `${axis}.${part}.`
      // An emptied field takes the factor out of the book.
      const named = Object.keys(fields).filter((name) => name.startsWith(prefix) && fields[name]?.trim() !== '')
      return Object.fromEntries(named.map((name) => [name.slice(prefix.length), factor(name)]))
    }
    return { other: factor(`${axis}.other`), leaves: record('leaves'), whole: record('whole') }
  }
  const curve = (axis: (typeof curveAxes)[number]): Curve => {
    const lines = Object.keys(fields)
      .flatMap((name) => (name.startsWith(`${axis}.points.`) && name.endsWith('.at') ? [name.slice(0, -3)] : []))
      .filter((line) => (fields[`${line}.at`] ?? '').trim() !== '' || (fields[`${line}.bp`] ?? '').trim() !== '')
    const points = lines.map((line): [number, number] => [whole(`${line}.at`), factor(`${line}.bp`)])
    return { points: points.sort(([a], [b]) => a - b), open: factor(`${axis}.open`) }
  }
  const standing = (model: (typeof royaltyFreeModels)[number]) => {
    const limits: Partial<Record<LimitKind, number>> = {}
    for (const kind of limitKinds) {
      const name = `royaltyFree.${model}.scope.limits.${kind}`
      if ((fields[name] ?? '').trim() !== '') limits[kind] = whole(name)
    }
    return { baseMinor: amount(`royaltyFree.${model}.baseMinor`), scope: { ...base.royaltyFree[model].scope, limits } }
  }
  const rates: PriceBook['rates'] = {}
  for (const name of Object.keys(fields)) {
    const currency = name.startsWith('rates.') ? name.slice(6) : ''
    if (isCurrency(currency) && currency !== base.currency && fields[name]?.trim() !== '') rates[currency] = factor(name)
  }
  const book: PriceBook = {
    currency: base.currency,
    royaltyFree: { ROYALTY_FREE_STANDARD: standing('ROYALTY_FREE_STANDARD'), ROYALTY_FREE_EXTENDED: standing('ROYALTY_FREE_EXTENDED') },
    rightsManaged: { baseMinor: amount('rightsManaged.baseMinor') },
    media: weights('media'),
    territory: weights('territory'),
    industry: weights('industry'),
    duration: curve('duration'),
    printRun: curve('printRun'),
    pixels: curve('pixels'),
    exclusiveBp: factor('exclusiveBp'),
    minimumMinor: amount('minimumMinor'),
    roundToMinor: amount('roundToMinor'),
    rates,
    // Edited on a page of their own.
    ...(base.inCurrency && { inCurrency: base.inCurrency }),
    ...(base.discounts && { discounts: base.discounts }),
  }
  return { book, problems }
}

/** The field that a complaint of the schema belongs to: complaints name a point of a curve, fields its two ends. */
export function fieldOf(path: readonly PropertyKey[], fields: Readonly<PriceFields>): string {
  const name = path.map(String).join('.')
  if (name in fields) return name
  if (`${name}.bp` in fields) return `${name}.bp`
  // Of a whole axis the first field of it; anything else is about the book.
  return Object.keys(fields).find((field) => name !== '' && field.startsWith(`${name}.`)) ?? ''
}
