import { newId } from '../kernel/ids.ts'
import type { Ctx } from '../platform/context.ts'
import { Prisma } from '../platform/db.ts'
import { boxOf } from '../rights/rules/scope.ts'
import { industries } from '../rights/rules/vocabulary/industries.ts'
import type { FoundAsset } from './reading.ts'
import type { RightsLine, SaleLine } from './rules/lines.ts'

type Tx = Ctx<'db' | 'clock' | 'actor'>
/** A line that is recorded as a row of its table; sales go their own way. */
export type RowLine = Exclude<RightsLine, SaleLine>
export type RowKind = RowLine['kind']
export interface Staged {
  line: RowLine
  asset: FoundAsset
}

interface Shape {
  table: 'acquisitions' | 'releases' | 'restrictions'
  prefix: string
  /** What a row says beside its scope: equal rows say all of it alike. */
  own: string
  /** Under what it is known: a row that replaces ends those of the same name. */
  name: (a: string, b: string) => string
}
const shapes: Record<RowKind, Shape> = {
  ACQUISITIONS: {
    table: 'acquisitions',
    prefix: 'acq',
    own: 'contract text, licensor text, sub_licensable boolean, exclusive boolean',
    name: (a, b) => `${a}.contract = ${b}.contract`,
  },
  RELEASES: {
    table: 'releases',
    prefix: 'rel',
    own: 'kind release_kind, status release_status, reference text, minor boolean, guardian text, ai_uses boolean, sensitive_set int4multirange',
    name: (a, b) => `${a}.kind = ${b}.kind AND ${a}.reference = ${b}.reference`,
  },
  RESTRICTIONS: {
    table: 'restrictions',
    prefix: 'res',
    own: 'kind restriction_kind, reason text, reference text',
    name: (a, b) => `${a}.kind = ${b}.kind AND ${a}.reference IS NOT DISTINCT FROM ${b}.reference`,
  },
}
const scopeColumns = 'media_set int4multirange, territory_set int4multirange, industry_set int4multirange, period tstzrange'
const namesOf = (columns: string): string[] => columns.split(', ').map((column) => column.split(' ')[0] as string)
const maybeNull = new Set(['guardian', 'reference'])
/** Plain equality wherever there is always a value: only that can be hashed, and ten thousand rows be compared in one pass. */
const alike = (shape: Shape, a: string, b: string): string =>
  keyOf(shape)
    .map((name) => (maybeNull.has(name) ? `${a}.${name} IS NOT DISTINCT FROM ${b}.${name}` : `${a}.${name} = ${b}.${name}`))
    .join(' AND ')
const keyOf = (shape: Shape): string[] => ['asset_no', ...namesOf(shape.own), ...namesOf(scopeColumns)]

const stageOf = (kind: RowKind) => Prisma.raw(`import_${shapes[kind].table}`)

function ownValues(line: RowLine): Record<string, unknown> {
  switch (line.kind) {
    case 'ACQUISITIONS':
      return { contract: line.contract, licensor: line.licensor, sub_licensable: line.subLicensable, exclusive: line.terms.exclusive }
    case 'RELEASES':
      return {
        kind: line.of,
        status: line.status,
        reference: line.reference,
        minor: line.minor,
        guardian: line.guardian,
        ai_uses: line.aiUses,
        sensitive_set: industries.resolve(line.sensitive).toPostgres(),
      }
    case 'RESTRICTIONS':
      return { kind: line.of, reason: line.reason, reference: line.reference }
  }
}

/** A table for one file, beside the real one, for as long as the transaction lasts. */
export async function openStage(tx: Tx, kind: RowKind): Promise<void> {
  await tx.db
    .$executeRaw`CREATE TEMP TABLE ${stageOf(kind)} (id text, asset_id text, asset_no bigint, ${Prisma.raw(shapes[kind].own)}, ${Prisma.raw(scopeColumns)}, terms jsonb, replaces boolean) ON COMMIT DROP`
}

/** The ids keep the order of the file, `nth` batch after batch: of two contracts that say the same, the first is cited, as before. */
export async function stage(tx: Tx, kind: RowKind, lines: readonly Staged[], nth = 0): Promise<void> {
  const at = new Date(tx.clock.now().getTime() + nth)
  const { own, prefix } = shapes[kind]
  const ids = lines.map(() => newId(prefix, at)).sort()
  const rows = lines.map(({ line, asset }, i) => {
    const box = boxOf(line.terms)
    return {
      id: ids[i],
      asset_id: asset.id,
      asset_no: asset.no.toString(),
      ...ownValues(line),
      media_set: box.media.toPostgres(),
      territory_set: box.territory.toPostgres(),
      industry_set: box.industry.toPostgres(),
      period: `[${box.period.from.toISOString()},${box.period.to?.toISOString() ?? ''})`,
      terms: line.terms,
      replaces: line.replaces,
    }
  })
  await tx.db.$executeRaw`
    INSERT INTO ${stageOf(kind)} SELECT * FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      AS row (id text, asset_id text, asset_no bigint, ${Prisma.raw(own)}, ${Prisma.raw(scopeColumns)}, terms jsonb, replaces boolean)`
}

export interface Written {
  added: number
  /** Rows that say what is recorded already, or what another row of the file says. */
  known: number
  replaced: number
}

/**
 * Write what is staged, in a few statements however many rows, on pictures that the caller has locked: rows equal to a
 * current one are known; what is replaced ends in the same step.
 */
export async function writeStage(tx: Tx, kind: RowKind, by: string | null): Promise<Written> {
  const shape = shapes[kind]
  const table = Prisma.raw(shape.table)
  const lines = stageOf(kind)
  const same = (a: string, b: string) => Prisma.raw(alike(shape, a, b))
  const at = tx.clock.now()
  // Without figures about the new table the planner compares each row with each.
  await tx.db.$executeRaw`ANALYZE ${lines}`
  const twice = await tx.db.$executeRaw`
    DELETE FROM ${lines} WHERE ctid IN (SELECT ctid FROM (
      SELECT ctid, row_number() OVER (PARTITION BY replaces, ${Prisma.raw(keyOf(shape).join(', '))} ORDER BY id) AS nth FROM ${lines}) numbered WHERE nth > 1)`
  const replaced = await tx.db.$executeRaw`
    UPDATE ${table} t SET superseded_at = greatest(${at}::timestamptz, t.recorded_at) WHERE t.superseded_at IS NULL AND t.house_id = ${tx.actor.houseId}
      AND EXISTS (SELECT 1 FROM ${lines} l WHERE l.replaces AND l.asset_no = t.asset_no AND ${Prisma.raw(shape.name('l', 't'))})
      AND NOT EXISTS (SELECT 1 FROM ${lines} l WHERE ${same('l', 't')})`
  const known = await tx.db.$executeRaw`DELETE FROM ${lines} l USING ${table} t WHERE t.superseded_at IS NULL AND ${same('t', 'l')}`
  const names = Prisma.raw([...namesOf(shape.own), ...namesOf(scopeColumns), 'terms'].join(', '))
  const added = await tx.db.$executeRaw`
    INSERT INTO ${table} (id, house_id, asset_id, asset_no, recorded_at, recorded_by_id, ${names})
    SELECT id, ${tx.actor.houseId}, asset_id, asset_no, ${at}, ${by}, ${names} FROM ${lines} ORDER BY id`
  return { added, known: known + twice, replaced }
}
