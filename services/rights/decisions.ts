import { canonical, sha256, type Json } from '../kernel/canonical.ts'
import { newId } from '../kernel/ids.ts'
import { Prisma } from '../platform/db.ts'
import type { LoadedRights } from './loading.ts'
import type { Box } from './rules/box.ts'
import { engineVersion, type Decision, type Use } from './rules/decide.ts'
import { LeafSet } from './rules/leaf-set.ts'

/** What a decision let pass. Names are data: they outlive code. */
export type Purpose = 'sale' | 'grant' | 'kit-grant' | 'revive' | 'imported-sale' | 'comp'

/** A use as it is stored: sets as Postgres writes them, instants as text. */
export interface StoredUse {
  media: string
  territory: string
  industry: string
  from: string | null
  to: string | null
  exclusive: boolean
  by: Use['by']
}

/**
 * The rows that the engine saw, by kind and id. Of claims only those are named that the use runs into (none, where it was
 * let pass): a best-seller has thousands beside it that change nothing.
 */
export interface StoredInputs {
  declaration: string
  acquisitions: string[]
  releases: string[]
  restrictions: string[]
  claims: string[]
}

export interface DecisionRow {
  id: string
  at: Date
  assetId: string
  assetNo: bigint
  purpose: Purpose
  licenceNo: bigint
  use: StoredUse
  verdict: Decision['verdict']
  answer: Json
  inputs: StoredInputs
  inputsSha256: string
  priceBookId: string | null
}

const beginning = -8.64e15
const instant = (at: Date | null): string | null => (at === null || at.getTime() === beginning ? null : at.toISOString())

/** Anything that rules know, as JSON: sets as Postgres writes them, numbers of rows as text. */
function plain(value: unknown): Json {
  if (value === null || value === undefined) return null
  if (value instanceof LeafSet) return value.toPostgres()
  if (value instanceof Date) return instant(value)
  if (typeof value === 'bigint') return value.toString()
  if (Array.isArray(value)) return value.map(plain)
  if (typeof value === 'object') return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, plain(one)]))
  return value as Json
}

/** What a row said, without when it ceased to be known: that may still come. */
const rowText = <R extends { id: string; supersededAt: Date | null }>({ supersededAt: _, ...row }: R): Json => plain(row)
const byId = <R extends { id: string }>(rows: readonly R[]): R[] => [...rows].sort((a, b) => (a.id < b.id ? -1 : 1))

/**
 * The hash over what the named rows say, as RFC 8785 writes it. A row that was changed behind the engine's back no longer
 * gives it. Whoever adds a field to the rows raises `engineVersion`: older decisions are then read by their own version.
 */
export const inputsHash = (rights: LoadedRights): string =>
  sha256(
    canonical({
      declaration: rights.declaration,
      asset: plain(rights.asset),
      acquisitions: byId(rights.acquisitions).map(rowText),
      releases: byId(rights.releases).map(rowText),
      restrictions: byId(rights.restrictions).map(rowText),
    }),
  )

export const inputsOf = (rights: LoadedRights): StoredInputs => ({
  declaration: rights.declaration,
  acquisitions: byId(rights.acquisitions).map(({ id }) => id),
  releases: byId(rights.releases).map(({ id }) => id),
  restrictions: byId(rights.restrictions).map(({ id }) => id),
  claims: byId(rights.claims).map(({ id }) => id),
})

export const storedUse = (box: Box, exclusive: boolean, by: Use['by']): StoredUse => ({
  media: box.media.toPostgres(),
  territory: box.territory.toPostgres(),
  industry: box.industry.toPostgres(),
  from: instant(box.period.from),
  to: instant(box.period.to),
  exclusive,
  by,
})

export const boxOfStored = (use: StoredUse): Box => ({
  media: LeafSet.fromPostgres(use.media),
  territory: LeafSet.fromPostgres(use.territory),
  industry: LeafSet.fromPostgres(use.industry),
  period: { from: new Date(use.from ?? beginning), to: use.to === null ? null : new Date(use.to) },
})

/** The verdict and its reasons, as they are kept and compared. */
export const storedAnswer = ({ reasons, licences }: Decision): Json => ({ reasons: plain(reasons), licences: [...licences] })

/** A decision with everything needed to ask again. */
export function decisionRow(
  rights: LoadedRights,
  line: { licenceNo: bigint; box: Box; exclusive: boolean; by: Use['by']; priceBookId?: string | null },
  decision: Decision,
  { purpose, at }: { purpose: Purpose; at: Date },
): DecisionRow {
  return {
    id: newId('dec', at),
    at,
    assetId: rights.asset.id,
    assetNo: rights.asset.no,
    purpose,
    licenceNo: line.licenceNo,
    use: storedUse(line.box, line.exclusive, line.by),
    verdict: decision.verdict,
    answer: storedAnswer(decision),
    inputs: inputsOf(rights),
    inputsSha256: inputsHash(rights),
    priceBookId: line.priceBookId ?? null,
  }
}

/** Decisions as JSON, for `decisionsInsert`. */
export const decisionsJson = (rows: readonly DecisionRow[]): string =>
  JSON.stringify(
    rows.map((row) => ({
      id: row.id,
      at: row.at,
      asset_id: row.assetId,
      asset_no: row.assetNo.toString(),
      purpose: row.purpose,
      licence_no: row.licenceNo.toString(),
      use: row.use,
      verdict: row.verdict,
      answer: row.answer,
      inputs: row.inputs,
      sha256: row.inputsSha256,
      price_book_id: row.priceBookId,
    })),
  )

/** Decisions as the body of an INSERT, so that they are stored in the statement that lets the claims pass. */
export const decisionsInsert = (houseId: string, json: string, onlyIf: Prisma.Sql): Prisma.Sql => Prisma.sql`
  INSERT INTO decisions (id, house_id, at, asset_id, asset_no, purpose, licence_no, use, verdict, answer, inputs, inputs_sha256, engine_version, price_book_id)
  SELECT id, ${houseId}, at, asset_id, asset_no, purpose, licence_no, use, verdict, answer, inputs, sha256, ${Prisma.raw(String(engineVersion))}, price_book_id
  FROM jsonb_to_recordset(${json}::jsonb) AS row (id text, at timestamptz, asset_id text, asset_no bigint, purpose text, licence_no bigint, use jsonb, verdict text, answer jsonb, inputs jsonb, sha256 text, price_book_id text)
  WHERE ${onlyIf}`
