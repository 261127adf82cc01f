import { exponentOf, formatMoney, money, type Currency } from '../kernel/money.ts'
import type { LicenceModel } from '../licensing/rules/models.ts'
import type { Ctx } from '../platform/context.ts'
import { Prisma } from '../platform/db.ts'
import type { ScopeTerms } from '../rights/rules/scope.ts'
import type { Asked } from './asking.ts'
import type { Instead } from './rules/answer.ts'
import type { Given } from './rules/line.ts'
import type { Kind, Light } from './rules/lights.ts'

/** A reason as it is kept: the engine's, or what is wrong with a cell. */
export interface KeptReason {
  words: string
  cause?: string
  column?: string
  value?: string
}
export interface KeptPrice {
  minor: string
  currency: Currency
  model: LicenceModel
}
/** A row of a list with its answer: what is stored, shown, written as CSV and sent as JSON. */
export interface KeptRow {
  rowNo: number
  asset: string
  assetId: string | null
  use: { given: Given; terms: ScopeTerms | null }
  light: Light
  kind: Kind
  reasons: KeptReason[]
  nearest: Instead[]
  licences: string[]
  price: KeptPrice | null
}

const advice = {
  'no-such-asset':
    'No picture that you may see has this id, number, file name or title. Check the spelling, or use the id from the address of its page.',
  'several-assets': 'Several pictures are called so. Use the id of the one that is meant; it stands in the address of its page.',
} as const

/** A row that was asked, as it is kept. */
export function keptAnswer(
  rowNo: number,
  given: Given,
  terms: ScopeTerms,
  { asset, price, light, kind, reasons, nearest, licences }: Asked,
): KeptRow {
  const name = given.asset?.trim() ?? ''
  const unfound =
    kind === 'no-such-asset' || kind === 'several-assets' ? [{ words: advice[kind], column: 'asset', value: name.slice(0, 200) }] : null
  return {
    rowNo,
    asset: name.slice(0, 300),
    assetId: asset?.id ?? null,
    use: { given, terms },
    light,
    kind,
    reasons: unfound ?? reasons,
    nearest,
    licences,
    price: price && { minor: String(price.total.minor), currency: price.total.currency, model: price.model },
  }
}

/** A row that could not be read, with what is wrong in each column. */
export const keptComplaints = (
  rowNo: number,
  given: Given,
  complaints: readonly { column: string; value: string; message: string }[],
): KeptRow => ({
  rowNo,
  asset: (given.asset ?? '').trim().slice(0, 300),
  assetId: null,
  use: { given, terms: null },
  light: 'ERROR',
  kind: 'unreadable',
  reasons: complaints.map(({ column, value, message }) => ({ words: message, column, value })),
  nearest: [],
  licences: [],
  price: null,
})

export const priceInWords = ({ minor, currency }: KeptPrice): string => formatMoney(money(BigInt(minor), currency))
/** The amount in figures, `120.00`, for programs and spreadsheets. */
export function priceInFigures({ minor, currency }: KeptPrice): string {
  const places = exponentOf(currency)
  const text = minor.padStart(places + 1, '0')
  return places === 0 ? text : `${text.slice(0, -places)}.${text.slice(-places)}`
}

/** All rows in one statement: a list of five thousand is one parameter. */
export const insertRows = (tx: Ctx<'db'>, clearanceId: string, rows: readonly KeptRow[]): Promise<number> =>
  tx.db.$executeRaw(Prisma.sql`
  INSERT INTO clearance_rows (clearance_id, row_no, asset, asset_id, use, light, kind, reasons, nearest, licences, price)
  SELECT ${clearanceId}, r."rowNo", r.asset, r."assetId", r.use, r.light::light, r.kind, r.reasons, r.nearest, r.licences, r.price
  FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
    AS r ("rowNo" int, asset text, "assetId" text, use jsonb, light text, kind text, reasons jsonb, nearest jsonb, licences text[], price jsonb)`)

export interface RowFilter {
  light?: Light | undefined
  after?: number
  take: number
}
/** Rows in the order of the list, from a row on. */
export const rowsOf = (ctx: Ctx<'db'>, clearanceId: string, { light, after = 0, take }: RowFilter): Promise<KeptRow[]> =>
  ctx.db.$queryRaw<KeptRow[]>(Prisma.sql`
  SELECT row_no AS "rowNo", asset, asset_id AS "assetId", use, light::text AS light, kind, reasons, coalesce(nearest, '[]') AS nearest, licences, nullif(price, 'null') AS price
  FROM clearance_rows WHERE clearance_id = ${clearanceId} AND row_no > ${after} ${light ? Prisma.sql`AND light = ${light}::light` : Prisma.empty}
  ORDER BY row_no LIMIT ${take}`)

export const countsOf = (rows: readonly Pick<KeptRow, 'light'>[]) => {
  const of = (light: Light) => rows.reduce((n, row) => n + (row.light === light ? 1 : 0), 0)
  return { green: of('GREEN'), amber: of('AMBER'), red: of('RED'), errors: of('ERROR') }
}
