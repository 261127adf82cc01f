import { startOfDay } from '../../kernel/period.ts'
import type { ReleaseKind, ReleaseStatus, RestrictionKind } from '../../rights/rules/known.ts'
import { releaseKinds, releaseStatuses, restrictionKinds } from '../../rights/rules/known.ts'
import type { ScopeTerms } from '../../rights/rules/scope.ts'
import { industries } from '../../rights/rules/vocabulary/industries.ts'
import { Cells, type Complaint } from './cells.ts'
import { wholeWhenEmpty } from './columns.ts'
import type { TableKind } from './kinds.ts'
import { lexicons } from './lexicon.ts'

interface Line {
  /** The picture, as the file calls it. */
  asset: string
  terms: ScopeTerms
  /** Ends what is recorded now under the same name. */
  replaces: boolean
}
export interface AcquisitionLine extends Line {
  kind: 'ACQUISITIONS'
  contract: string
  licensor: string
  subLicensable: boolean
}
export interface ReleaseLine extends Line {
  kind: 'RELEASES'
  of: ReleaseKind
  status: ReleaseStatus
  reference: string
  minor: boolean
  guardian: string | null
  aiUses: boolean
  sensitive: string[]
}
export interface RestrictionLine extends Line {
  kind: 'RESTRICTIONS'
  of: RestrictionKind
  reason: string
  reference: string | null
}
export interface SaleLine extends Line {
  kind: 'SALES'
  shop: string
  reference: string
  holder: string
  soldAt: Date
}
/** What one row of a file, or one policy, says. */
export type RightsLine = AcquisitionLine | ReleaseLine | RestrictionLine | SaleLine

export type LineRead = { ok: true; line: RightsLine } | { ok: false; complaints: Complaint[] }

export interface Around {
  /** The house's own zone. */
  zone: string
  now: Date
}

/** One row of a file, by its columns: what it says, or everything that is wrong with it. */
export function readLine(kind: TableKind, row: ReadonlyMap<string, string>, around: Around): LineRead {
  const cells = new Cells(row)
  const line = readers[kind](cells, around)
  return line && cells.complaints.length === 0 ? { ok: true, line } : { ok: false, complaints: cells.complaints }
}

const readers: Record<TableKind, (cells: Cells, around: Around) => RightsLine | undefined> = {
  ACQUISITIONS: readAcquisition,
  RELEASES: readRelease,
  RESTRICTIONS: readRestriction,
  SALES: readSale,
}

function readAcquisition(cells: Cells, { zone }: Around): AcquisitionLine | undefined {
  const asset = cells.text('asset', 300)
  const contract = cells.text('contract', 200)
  const licensor = cells.text('licensor', 200)
  const subLicensable = cells.yes('sub_licensable', true)
  const exclusive = cells.yes('exclusive')
  const replaces = cells.yes('replaces')
  const terms = cells.scope(zone, exclusive ?? false)
  if (!asset || !contract || !licensor || subLicensable === undefined || replaces === undefined || !terms) return undefined
  return { kind: 'ACQUISITIONS', asset, contract, licensor, subLicensable, replaces, terms }
}

function readRelease(cells: Cells, { zone }: Around): ReleaseLine | undefined {
  const asset = cells.text('asset', 300)
  const of = cells.oneOf('kind', releaseKinds)
  const status = cells.oneOf('status', releaseStatuses)
  const reference = cells.text('reference', 200)
  const minor = cells.yes('minor')
  const guardian = cells.text('guardian', 200, false)
  const aiUses = cells.yes('ai_uses')
  const sensitive = cells.codes('sensitive', lexicons.industry)
  const replaces = cells.yes('replaces')
  const whole = status !== undefined && (wholeWhenEmpty as readonly string[]).includes(status)
  if (sensitive && !industries.resolve(['sensitive']).covers(industries.resolve(sensitive)))
    cells.say('sensitive', 'Only sensitive industries are listed here (alcohol, tobacco, gambling …). Others go into the column industry.')
  if (minor && sensitive && sensitive.length > 0) cells.say('sensitive', 'Nothing sensitive is ever covered for a child. Empty this cell.')
  // Whatever was said for a child, also no: the database takes no such row without its guardian.
  if (minor && guardian === '') cells.say('guardian', 'For a child a guardian signs. Fill in the name.')
  const terms = cells.scope(zone, false, whole)
  if (!asset || !of || !status || !reference || minor === undefined || guardian === undefined) return undefined
  if (aiUses === undefined || !sensitive || replaces === undefined || !terms) return undefined
  return { kind: 'RELEASES', asset, of, status, reference, minor, guardian: guardian || null, aiUses, sensitive, replaces, terms }
}

function readRestriction(cells: Cells, { zone }: Around): RestrictionLine | undefined {
  const asset = cells.text('asset', 300)
  const of = cells.oneOf('kind', restrictionKinds)
  const reason = cells.text('reason', 500)
  const reference = cells.text('reference', 200, false)
  const replaces = cells.yes('replaces')
  const terms = cells.scope(zone, false)
  if (!asset || !of || !reason || reference === undefined || replaces === undefined || !terms) return undefined
  return { kind: 'RESTRICTIONS', asset, of, reason, reference: reference || null, replaces, terms }
}

function readSale(cells: Cells, around: Around): SaleLine | undefined {
  const asset = cells.text('asset', 300)
  const shop = cells.text('shop', 100)
  const reference = cells.text('reference', 200)
  const holder = cells.text('holder', 200, false)
  const soldAt = readInstant(cells, 'sold_at', around)
  const exclusive = cells.yes('exclusive', true)
  const limits = cells.limits('limits')
  const terms = cells.scope(around.zone, exclusive ?? false)
  if (!asset || !shop || !reference || holder === undefined || !soldAt || !limits || !terms) return undefined
  const bounded = Object.keys(limits).length > 0 ? { ...terms, limits } : terms
  return { kind: 'SALES', asset, shop, reference, holder, soldAt, replaces: false, terms: bounded }
}

const anInstant = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2})$/

function readInstant(cells: Cells, column: string, { zone, now }: Around): Date | undefined {
  const value = cells.raw(column)
  const day = anInstant.test(value) ? null : cells.day(column, true)
  if (day === undefined) return undefined
  const at = day === null ? new Date(value) : startOfDay(day, zone)
  if (Number.isNaN(at.getTime())) return cells.say(column, 'There is no such instant. Write the day as year-month-day, e.g. 2026-03-02.')
  if (at.getUTCFullYear() < 1000) return cells.say(column, 'No sale is so old. Write the day as year-month-day, e.g. 2026-03-02.')
  return at > now ? cells.say(column, 'This lies in the future. Only sales that have happened are imported.') : at
}
