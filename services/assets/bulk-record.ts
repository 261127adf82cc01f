import type { Ctx } from '../platform/context.ts'
import { Prisma } from '../platform/db.ts'
import { enqueueAll } from '../platform/queue.ts'
import { deriveJob, derivePayload } from './jobs.ts'
import type { Person } from '../kernel/actor.ts'
import { may } from './policy.ts'
import { publishingFactsOf } from './publishing-facts.ts'
import { closedToEdits, stateWords } from './rules/asset-states.ts'
import {
  applyChanges,
  recordFields,
  type Applied,
  type BulkChange,
  type BulkField,
  type RecordValue,
  type RecordValues,
} from './rules/bulk-changes.ts'
import type { OwnValues } from './rules/own-fields.ts'
import { fillFromFile, type FieldsOnRecord } from './rules/metadata-fields.ts'
import { publishable } from './rules/publishable.ts'
import { isMarked, previewPresets } from './rules/rendition-plan.ts'
import { ownValues } from './schemas.ts'

type Tx = Ctx<'db' | 'clock' | 'actor'>
type Loose = Record<string, unknown>

const select = {
  id: true,
  houseId: true,
  kind: true,
  state: true,
  audience: true,
  title: true,
  description: true,
  altText: true,
  keywords: true,
  creator: true,
  creditLine: true,
  copyrightNotice: true,
  source: true,
  sourceUrl: true,
  dateCreated: true,
  digitalSourceType: true,
  iptc: true,
  customFields: true,
  showsPeople: true,
  showsProperty: true,
  editorialOnly: true,
  sellsRoyaltyFree: true,
  sellsRightsManaged: true,
  currentVersionId: true,
  publishedVersionId: true,
  publishedAt: true,
  quarantinedAt: true,
  legalHold: true,
  useEndsAt: true,
  heldFrom: true,
  createdById: true,
  changedAt: true,
} satisfies Prisma.AssetSelect
export type BulkRow = Prisma.AssetGetPayload<{ select: typeof select }> & { embedded?: unknown }

/** The rows of some assets of the house, with what their files say where a change asks for it. */
export async function readRows(
  ctx: Ctx<'db' | 'actor'>,
  ids: readonly string[],
  changes: readonly BulkChange[],
): Promise<Map<string, BulkRow>> {
  const rows = await ctx.db.asset.findMany({ where: { id: { in: [...ids] }, houseId: ctx.actor.houseId }, select })
  const found = new Map<string, BulkRow>(rows.map((row) => [row.id, row]))
  if (changes.some(({ op }) => op === 'from-file')) {
    const versions = await ctx.db.assetVersion.findMany({
      where: { id: { in: rows.flatMap(({ currentVersionId }) => currentVersionId ?? []) } },
      select: { assetId: true, embedded: true },
    })
    for (const { assetId, embedded } of versions) {
      const row = found.get(assetId)
      if (row) row.embedded = embedded
    }
  }
  return found
}

/** Text in several languages is changed in the one that is shown where no other is asked for. */
const spoken = (value: unknown): RecordValue => {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value
  if (Array.isArray(value)) return value.every((item) => typeof item === 'string') ? value : null
  const words = (value as Loose | null)?.['x-default']
  return typeof words === 'string' ? words : null
}

/** A row as a change sees it. */
export function recordOf(row: BulkRow): RecordValues {
  const columns = recordFields
    .filter(({ name }) => !name.startsWith('iptc.'))
    .map(({ name }) => [name, (row as unknown as RecordValues)[name] ?? null] as const)
  const iptc = recordFields.flatMap(({ name }) =>
    name.startsWith('iptc.') ? [[name, spoken((row.iptc as Loose)[name.slice(5)])] as const] : [],
  )
  const own = Object.entries(ownValues(row.customFields)).map(([id, value]) => [`own.${id}`, value] as const)
  return Object.fromEntries([...columns, ...iptc, ...own])
}

function inFileOf(row: BulkRow): (field: string) => RecordValue {
  // An empty record takes everything that its file says; which of a file's several fields counts, the table of metadata decides.
  const empty = {
    title: '',
    description: '',
    altText: '',
    keywords: [],
    creator: '',
    creditLine: '',
    copyrightNotice: '',
    source: '',
    dateCreated: null,
    digitalSourceType: null,
    iptc: {},
  }
  const said = fillFromFile(empty as unknown as FieldsOnRecord, (row.embedded ?? {}) as never, '') as Loose
  const inside = (said['iptc'] ?? {}) as Loose
  return (field) => spoken(field.startsWith('iptc.') ? inside[field.slice(5)] : said[field])
}

/** The row as it would be, for those who judge it whole. */
function rowWith(row: BulkRow, after: RecordValues): BulkRow {
  const { columns, iptc, customFields } = written(row, after)
  return { ...row, ...(columns as Partial<BulkRow>), iptc: iptc as never, customFields: customFields as never }
}

const emptyOf = (name: string): unknown =>
  name === 'keywords' ? [] : ['sourceUrl', 'dateCreated', 'showsPeople', 'showsProperty'].includes(name) ? null : ''

function written(row: BulkRow, after: RecordValues): { columns: Loose; iptc: Loose; customFields: OwnValues } {
  const columns: Loose = {}
  const iptc: Loose = { ...(row.iptc as Loose) }
  const customFields: OwnValues = { ...ownValues(row.customFields) }
  for (const [name, value] of Object.entries(after)) {
    const empty = value === null || value === '' || (Array.isArray(value) && value.length === 0)
    const [within, key = ''] = name.includes('.') ? (name.split('.') as [string, string]) : ['', '']
    if (within === 'iptc') {
      if (empty) delete iptc[key]
      else iptc[key] = value
    } else if (within === 'own') {
      if (empty) delete customFields[key]
      else customFields[key] = value
    } else columns[name] = empty ? emptyOf(name) : value
  }
  return { columns, iptc, customFields }
}

export interface Judging {
  changes: readonly BulkChange[]
  fields: ReadonlyMap<string, BulkField>
  /** A merge of terms reaches the archive too: nothing there may speak of a term that is gone. */
  merging: boolean
}
export type Judged = Applied & { row: BulkRow }

/** What the changes make of these rows, and which of them must not be touched. */
export async function judge(
  ctx: Ctx<'db' | 'actor'>,
  person: Person | undefined,
  rows: readonly BulkRow[],
  { changes, fields, merging }: Judging,
): Promise<Judged[]> {
  const judged = rows.map((row): Judged => {
    const problem = closed(row, person, merging)
    return { row, ...(problem ? { verdict: 'REFUSED', problem } : applyChanges(recordOf(row), changes, fields, inFileOf(row))) }
  })
  return standing(ctx, judged)
}

function closed(row: BulkRow, person: Person | undefined, merging: boolean): string | null {
  if (row.legalHold) return 'It is under a legal hold: its record stays as it is.'
  if (!merging && closedToEdits.includes(row.state)) return `It is ${stateWords[row.state].toLowerCase()}. Restore it first.`
  if (!person) return 'Who made this change no longer works here.'
  return may(person, 'edit', row) ? null : `${person.name} may not edit it.`
}

/** What is published stays fit to be seen: what would leave something missing there is refused. */
async function standing(ctx: Ctx<'db'>, judged: readonly Judged[]): Promise<Judged[]> {
  const live = judged.flatMap((one) =>
    one.verdict === 'CHANGES' && one.row.state === 'PUBLISHED'
      ? [{ ...rowWith(one.row, one.after), currentVersionId: one.row.publishedVersionId }]
      : [],
  )
  if (live.length === 0) return [...judged]
  const facts = await publishingFactsOf(ctx, live)
  return judged.map((one) => {
    const judgedFacts = one.verdict === 'CHANGES' && facts.get(one.row.id)
    const missing = judgedFacts ? publishable(judgedFacts) : []
    return missing.length > 0
      ? { row: one.row, verdict: 'REFUSED', problem: `It is published, and this must stay true: ${missing.join(' ')}` }
      : one
  })
}

/** The same for what goes back to records that were published in between: the reasons, by asset, why it cannot. */
export async function refusedReturns(
  ctx: Ctx<'db'>,
  returns: readonly { row: BulkRow; restore: RecordValues }[],
): Promise<Map<string, string>> {
  const judged = await standing(
    ctx,
    returns.map(({ row, restore }) => ({ row, verdict: 'CHANGES', before: {}, after: restore, over: false })),
  )
  return new Map(judged.flatMap((one) => (one.verdict === 'REFUSED' ? [[one.row.id, one.problem] as const] : [])))
}

const columnOf = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)

/** Write what is to be in many records in one statement: only the columns that anything changes, all else stays as it is. */
export async function writeRows(tx: Tx, changed: readonly { row: BulkRow; after: RecordValues }[]): Promise<void> {
  if (changed.length === 0) return
  const touched = new Set<string>()
  const records = changed.map(({ row, after }) => {
    const { columns, iptc, customFields } = written(row, after)
    const names = Object.keys(after)
    if (names.some((name) => name.startsWith('iptc.'))) touched.add('iptc')
    if (names.some((name) => name.startsWith('own.'))) touched.add('custom_fields')
    for (const name of Object.keys(columns)) touched.add(columnOf(name))
    const all = { ...rowColumns(row), ...columns }
    return {
      id: row.id,
      iptc,
      custom_fields: customFields,
      ...Object.fromEntries(Object.entries(all).map(([name, value]) => [columnOf(name), value])),
    }
  })
  const assignments = [...touched].map((column) => Prisma.raw(`"${column}" = r."${column}"`))
  await tx.db.$executeRaw`
    UPDATE assets a SET ${Prisma.join([...assignments, Prisma.sql`changed_at = ${tx.clock.now()}::timestamptz`])}
    FROM json_populate_recordset(NULL::assets, ${JSON.stringify(records)}::json) r WHERE a.id = r.id AND a.house_id = ${tx.actor.houseId}`
  await remake(tx, changed)
}

/** What a row has in every column that a change may touch: in one statement, another row's change is this one's same value. */
const rowColumns = (row: BulkRow): Loose =>
  Object.fromEntries(recordFields.filter(({ name }) => !name.includes('.')).map(({ name }) => [name, (row as unknown as Loose)[name]]))

/** Previews that would now want a mark and have none go at once; the others are made when there is time. */
async function remake(tx: Tx, changed: readonly { row: BulkRow; after: RecordValues }[]): Promise<void> {
  const turned = changed.filter(({ row, after }) => isMarked(row) !== isMarked(rowWith(row, after)))
  if (turned.length === 0) return
  const versions = await tx.db.assetVersion.findMany({
    where: { assetId: { in: turned.map(({ row }) => row.id) }, processing: 'READY' },
    select: { id: true, assetId: true },
  })
  const marked = new Set(turned.flatMap(({ row, after }) => (isMarked(rowWith(row, after)) ? [row.id] : [])))
  const bare = versions.flatMap(({ id, assetId }) => (marked.has(assetId) ? [id] : []))
  await tx.db.rendition.deleteMany({ where: { versionId: { in: bare }, preset: { in: [...previewPresets] }, watermarked: false } })
  await enqueueAll(
    tx,
    deriveJob,
    versions.map(({ id }) => derivePayload.parse({ versionId: id })),
  )
}
