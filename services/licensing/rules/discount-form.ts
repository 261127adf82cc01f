import { currencies, exponentOf, type Currency } from '../../kernel/money.ts'
import { codeTyped, noDiscounts, type Discounts } from './discounts.ts'
import { royaltyFreeModels } from './models.ts'
import { amountText, type PriceFields, type PriceProblems } from './price-form.ts'
import { currenciesOf, type OwnPrices, type PriceBook } from './pricing.ts'

/** An empty line at the end of each list, to add one without a script. */
const spare = 1
const shareText = (bp: number | null): string => (bp === null ? '' : String(bp / 100))
const rows = (count: number) => Array.from({ length: count }, (_, i) => i)
const models = [...royaltyFreeModels, 'RIGHTS_MANAGED'] as const

/** The discounts and the currencies of a book as the fields of a form. */
export function discountFields(book: PriceBook): PriceFields {
  const { codes, agreed, volume, limits } = book.discounts ?? noDiscounts
  const fields: PriceFields = { 'limits.RIGHTS_MANAGER': shareText(limits.RIGHTS_MANAGER), 'limits.FINANCE': shareText(limits.FINANCE) }
  const amounts = (prefix: string, minors: Partial<Record<Currency, number>>) => {
    for (const currency of currenciesOf(book)) {
      const minor = minors[currency]
      fields[`${prefix}.${currency}`] = minor === undefined ? '' : amountText(minor, currency)
    }
  }
  for (const i of rows(codes.length + spare)) {
    const one = codes[i]
    fields[`codes.${i}.code`] = one?.code ?? ''
    fields[`codes.${i}.name`] = one?.name ?? ''
    fields[`codes.${i}.bp`] = shareText(one?.bp ?? null)
    fields[`codes.${i}.from`] = one?.from ?? ''
    fields[`codes.${i}.until`] = one?.until ?? ''
    fields[`codes.${i}.uses`] = String(one?.uses ?? '')
    fields[`codes.${i}.usesEach`] = String(one?.usesEach ?? '')
    amounts(`codes.${i}.offMinor`, one?.offMinor ?? {})
    amounts(`codes.${i}.leastMinor`, one?.leastMinor ?? {})
  }
  for (const i of rows(agreed.length + spare)) {
    fields[`agreed.${i}.orgId`] = agreed[i]?.orgId ?? ''
    fields[`agreed.${i}.bp`] = shareText(agreed[i]?.bp ?? null)
    fields[`agreed.${i}.note`] = agreed[i]?.note ?? ''
  }
  for (const i of rows(volume.length + spare)) {
    fields[`volume.${i}.lines`] = String(volume[i]?.lines ?? '')
    fields[`volume.${i}.bp`] = shareText(volume[i]?.bp ?? null)
  }
  for (const currency of currenciesOf(book).slice(1)) {
    const own = book.inCurrency?.[currency]
    const text = (minor: number | undefined) => (minor === undefined ? '' : amountText(minor, currency))
    fields[`inCurrency.${currency}.roundToMinor`] = text(own?.roundToMinor)
    fields[`inCurrency.${currency}.minimumMinor`] = text(own?.minimumMinor)
    for (const model of models) fields[`inCurrency.${currency}.baseMinor.${model}`] = text(own?.baseMinor?.[model])
  }
  return fields
}

/** The book that the fields say, on the ground of another; a line whose first field is empty is taken out. */
export function withDiscounts(fields: Readonly<PriceFields>, base: PriceBook): { book: PriceBook; problems: PriceProblems } {
  const problems: PriceProblems = {}
  const textOf = (name: string): string => (fields[name] ?? '').trim()
  const share = (name: string): number => {
    const text = textOf(name).replace(',', '.')
    if (!/^\d{1,3}(\.\d{1,2})?$/.test(text) || Number(text) > 100) problems[name] = 'Write a percentage such as 12.5.'
    return Math.round(Number(text) * 100) || 0
  }
  const count = (name: string): number | null => {
    const text = textOf(name)
    if (text === '') return null
    if (!/^\d{1,7}$/.test(text)) problems[name] = 'Write a whole number, or leave it empty.'
    return Number(text) || 0
  }
  const amount = (name: string, currency: Currency): number | undefined => {
    const text = textOf(name).replace(',', '.')
    if (text === '') return undefined
    const digits = exponentOf(currency)
    if (!(digits === 0 ? /^\d{1,9}$/ : new RegExp(`^\\d{1,7}(\\.\\d{1,${digits}})?$`)).test(text))
      problems[name] = `Write an amount in ${currency} such as ${digits ? '49.00' : '49'}.`
    return Math.round(Number(text) * 10 ** digits) || 0
  }
  const amounts = (prefix: string): Partial<Record<Currency, number>> =>
    Object.fromEntries(
      currenciesOf(base).flatMap((currency) => {
        const minor = amount(`${prefix}.${currency}`, currency)
        return minor === undefined ? [] : [[currency, minor]]
      }),
    )
  const lines = (list: string, first: string): string[] =>
    Object.keys(fields).flatMap((name) =>
      name.startsWith(`${list}.`) && name.endsWith(`.${first}`) && name.split('.').length === 3 && textOf(name) !== ''
        ? [name.slice(0, -first.length - 1)]
        : [],
    )
  const discounts: Discounts = {
    codes: lines('codes', 'code').map((line) => ({
      code: codeTyped(textOf(`${line}.code`)),
      name: textOf(`${line}.name`),
      bp: textOf(`${line}.bp`) === '' ? null : share(`${line}.bp`),
      offMinor: amounts(`${line}.offMinor`),
      from: textOf(`${line}.from`),
      until: textOf(`${line}.until`) || null,
      uses: count(`${line}.uses`),
      usesEach: count(`${line}.usesEach`),
      leastMinor: amounts(`${line}.leastMinor`),
    })),
    agreed: lines('agreed', 'orgId').map((line) => ({
      orgId: textOf(`${line}.orgId`),
      bp: share(`${line}.bp`),
      note: textOf(`${line}.note`),
    })),
    volume: lines('volume', 'lines')
      .map((line) => ({ lines: count(`${line}.lines`) ?? 0, bp: share(`${line}.bp`) }))
      .sort((a, b) => a.lines - b.lines),
    limits: { RIGHTS_MANAGER: share('limits.RIGHTS_MANAGER'), FINANCE: share('limits.FINANCE') },
  }
  const inCurrency: NonNullable<PriceBook['inCurrency']> = {}
  for (const currency of currencies) {
    const given = (name: string) => amount(`inCurrency.${currency}.${name}`, currency)
    const [roundToMinor, minimumMinor] = [given('roundToMinor'), given('minimumMinor')]
    const baseMinor = Object.fromEntries(
      models.flatMap((model) => {
        const minor = given(`baseMinor.${model}`)
        return minor === undefined ? [] : [[model, minor]]
      }),
    )
    const own: OwnPrices = {
      ...(roundToMinor !== undefined && { roundToMinor }),
      ...(minimumMinor !== undefined && { minimumMinor }),
      ...(Object.keys(baseMinor).length > 0 && { baseMinor }),
    }
    if (Object.keys(own).length > 0) inCurrency[currency] = own
  }
  return { book: { ...base, discounts, inCurrency }, problems }
}
