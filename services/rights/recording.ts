import { record } from '../compliance/record.ts'
import { Refusal } from '../kernel/errors.ts'
import type { Json } from '../kernel/canonical.ts'
import { newId } from '../kernel/ids.ts'
import { fail, ok, type Result } from '../kernel/result.ts'
import type { Ctx } from '../platform/context.ts'
import { inTransactionOrUndo, Prisma } from '../platform/db.ts'
import { openContracts, type ContractNamed } from './contracts.ts'
import type { SupersedeError } from './errors.ts'
import { acceptAs } from './file-rights.ts'
import { mustMay } from './policy.ts'
import { boxOf, type ScopeTerms } from './rules/scope.ts'

type Tx = Ctx<'db' | 'clock' | 'actor'>
type Table = 'acquisitions' | 'releases' | 'restrictions'
const prefixes: Record<Table, string> = { acquisitions: 'acq', releases: 'rel', restrictions: 'res' }

export interface Recording {
  table: Table
  assetId: string
  terms: ScopeTerms
  /** The columns that only this kind of row has, with their casts. */
  columns: Record<string, Prisma.Sql>
  fact: { type: string; data: Record<string, Json> }
  /** The source contract that the row cites: it gets its own row in the same step. */
  contract?: ContractNamed
  replaces?: string | undefined
  /** What a file said about rights, which is hereby accepted. */
  proposal?: string | undefined
}

/**
 * Write down a row about an asset's rights, and end the one it replaces in the same step. Rows are never changed: what we
 * knew at any time can be asked for ever. The asset is locked, so that a sale sees either all of it or nothing.
 */
export async function recordRow(
  ctx: Tx,
  { table, assetId, terms, columns, fact, contract, replaces, proposal }: Recording,
): Promise<Result<{ id: string }, SupersedeError>> {
  mustMay(ctx.actor, 'record-rights')
  return inTransactionOrUndo(ctx, async (tx): Promise<Result<{ id: string }, SupersedeError>> => {
    const assetNo = await lockAsset(tx, assetId)
    if (replaces && (await supersede(tx, table, replaces, assetNo)) === 0) return fail('already-superseded')
    if (contract) await openContracts(tx, [contract])
    const at = tx.clock.now()
    const id = newId(prefixes[table], at)
    const box = boxOf(terms)
    const by = tx.actor.kind === 'person' ? tx.actor.userId : null
    const names = Prisma.raw(Object.keys(columns).join(', '))
    await tx.db.$executeRaw`
      INSERT INTO ${Prisma.raw(table)} (id, house_id, asset_id, asset_no, media_set, territory_set, industry_set, period, terms, recorded_at, recorded_by_id, ${names})
      VALUES (${id}, ${tx.actor.houseId}, ${assetId}, ${assetNo}, ${box.media.toPostgres()}::int4multirange, ${box.territory.toPostgres()}::int4multirange,
        ${box.industry.toPostgres()}::int4multirange, tstzrange(${box.period.from}::timestamptz, ${box.period.to}::timestamptz, '[)'), ${JSON.stringify(terms)}::jsonb, ${at}, ${by},
        ${Prisma.join(Object.values(columns))})`
    await record(tx, {
      type: fact.type,
      subject: { kind: 'asset', id: assetId },
      data: { ...fact.data, id, replaces, terms: terms as unknown as Json },
    })
    if (proposal) await acceptAs(tx, assetId, proposal, id)
    return ok({ id })
  })
}

/** End a row without another in its place. */
export async function endRow(
  ctx: Tx,
  table: Table,
  { id, reason }: { id: string; reason: string },
  type: string,
): Promise<Result<{ assetId: string }, SupersedeError>> {
  mustMay(ctx.actor, 'record-rights')
  const [row] = await ctx.db.$queryRaw<
    { assetId: string }[]
  >`SELECT asset_id AS "assetId" FROM ${Prisma.raw(table)} WHERE id = ${id} AND house_id = ${ctx.actor.houseId}`
  if (!row) throw new Refusal('not-found', `no ${table} ${id}`)
  return inTransactionOrUndo(ctx, async (tx): Promise<Result<{ assetId: string }, SupersedeError>> => {
    const assetNo = await lockAsset(tx, row.assetId)
    if ((await supersede(tx, table, id, assetNo)) === 0) return fail('already-superseded')
    await record(tx, { type, subject: { kind: 'asset', id: row.assetId }, data: { id, reason } })
    return ok(row)
  })
}

async function lockAsset(tx: Tx, assetId: string): Promise<bigint> {
  const [asset] = await tx.db.$queryRaw<
    { no: bigint }[]
  >`SELECT no FROM assets WHERE id = ${assetId} AND house_id = ${tx.actor.houseId} FOR NO KEY UPDATE`
  if (!asset) throw new Refusal('not-found', `no asset ${assetId}`)
  return asset.no
}

/** A row that another machine's clock dated a moment ahead ends at that moment, and not before it began. */
const supersede = (tx: Tx, table: Table, id: string, assetNo: bigint): Promise<number> =>
  tx.db
    .$executeRaw`UPDATE ${Prisma.raw(table)} SET superseded_at = greatest(${tx.clock.now()}::timestamptz, recorded_at) WHERE id = ${id} AND asset_no = ${assetNo} AND superseded_at IS NULL`
