import { zoneOfHouse } from '../accounts/houses.ts'
import { record } from '../compliance/record.ts'
import { Refusal } from '../kernel/errors.ts'
import { fail, ok, type Result } from '../kernel/result.ts'
import type { Ctx } from '../platform/context.ts'
import { inTransaction, inTransactionOrUndo, pgCode } from '../platform/db.ts'
import { openContracts } from '../rights/contracts.ts'
import { lockAssets } from '../rights/locks.ts'
import { recordImportedSales, type ImportedSaleLine } from '../rights/imported-sales.ts'
import type { ApplyImportError, DropImportError } from './errors.ts'
import { enqueueImport, type ImportPayload } from './jobs.ts'
import { readOutcome, type ImportOutcome } from './outcome.ts'
import { mustMay } from './policy.ts'
import { readRows, type ReadRow } from './reading.ts'
import { importStates } from './rules/import-states.ts'
import type { RightsLine } from './rules/lines.ts'
import { openStage, stage, writeStage, type RowKind, type RowLine, type Staged } from './staged.ts'

type Working = Ctx<'db' | 'clock' | 'actor' | 'storage' | 'log'>
/** Fifty thousand rows on a busy machine. */
const longest = 120_000

type Counts = Pick<ImportOutcome, 'added' | 'known' | 'replaced' | 'contracts' | 'collides'>

async function ownImport(ctx: Ctx<'db' | 'actor'>, importId: string) {
  const file = await ctx.db.rightsImport.findFirst({ where: { id: importId, houseId: ctx.actor.houseId } })
  if (!file) throw new Refusal('not-found', `no import ${importId}`)
  return file
}

/** Have a checked file written. A file with problems is written in no part: it is mended and sent again. */
export async function applyImport(ctx: Ctx<'db' | 'clock' | 'actor'>, importId: string): Promise<Result<null, ApplyImportError>> {
  mustMay(ctx.actor, 'exchange')
  const file = await ownImport(ctx, importId)
  if (!importStates.after(file.state, 'apply')) return fail('not-checked')
  if (file.rowsBad > 0) return fail('has-problems')
  if (file.rowsGood === 0) return fail('nothing-in-it')
  const { actor } = ctx
  const appliedBy = actor.kind === 'person' ? { id: actor.userId, name: actor.name } : { id: null, name: 'the house' }
  return inTransactionOrUndo(ctx, async (tx): Promise<Result<null, ApplyImportError>> => {
    const { count } = await tx.db.rightsImport.updateMany({
      where: { id: importId, houseId: actor.houseId, state: { in: importStates.whence('apply') } },
      data: { state: 'APPLYING', rowsDone: 0, outcome: { ...readOutcome(file.outcome), appliedBy } },
    })
    if (count === 0) return fail('not-checked')
    await record(tx, {
      type: 'import.applied',
      subject: { kind: 'import', id: importId },
      data: { kind: file.kind, sha256: file.sha256, rows: file.rowsGood },
    })
    await enqueueImport(tx, 'apply', { houseId: actor.houseId, importId })
    return ok(null)
  })
}

/** Nobody needs it: nothing of it was ever written. */
export async function dropImport(ctx: Ctx<'db' | 'clock' | 'actor'>, importId: string): Promise<Result<null, DropImportError>> {
  mustMay(ctx.actor, 'exchange')
  await ownImport(ctx, importId)
  return inTransactionOrUndo(ctx, async (tx): Promise<Result<null, DropImportError>> => {
    const { count } = await tx.db.rightsImport.updateMany({
      where: { id: importId, houseId: tx.actor.houseId, state: { in: importStates.whence('drop') } },
      data: { state: 'DROPPED', finishedAt: tx.clock.now() },
    })
    if (count === 0) return fail('too-late')
    await record(tx, { type: 'import.dropped', subject: { kind: 'import', id: importId } })
    return ok(null)
  })
}

/**
 * Write a file that somebody applied, whole or not at all: everything, and the import's own end, in one transaction, which
 * holds the import's row first. A worker that dies leaves nothing; one that comes second finds it done.
 */
export async function writeImport(ctx: Working, { importId }: Pick<ImportPayload, 'importId'>): Promise<void> {
  try {
    await writeWhole(ctx, importId)
  } catch (error) {
    const failure = neverWritten(error)
    if (!failure) throw error
    ctx.log.error('exchange.import-refused', { importId, error })
    await giveUp(ctx, importId, failure)
  }
}

/** Why it would fail however often it is tried; a lost connection or a killed worker is no reason. */
function neverWritten(error: unknown): string | undefined {
  // Classes 22 and 23 are about what is written: a value that is none, a rule that it breaks.
  if (/^2[23]/.test(pgCode(error) ?? '')) return 'The database refused a row of it. Nothing was written. Tell us which file it was.'
  if (error instanceof Error && error.message.includes('expired transaction'))
    return 'It takes longer to write than sales can wait for it. Nothing was written. Split the file and upload the parts.'
  return undefined
}

async function writeWhole(ctx: Working, importId: string): Promise<void> {
  const around = { zone: await zoneOfHouse(ctx), now: ctx.clock.now() }
  const { houseId } = ctx.actor
  const done = await inTransactionOrUndo(
    ctx,
    async (tx): Promise<Result<null, 'changed-meanwhile'>> => {
      const [held] = await tx.db.$queryRaw<{ id: string }[]>`
      SELECT id FROM rights_imports WHERE id = ${importId} AND house_id = ${houseId} AND state = 'APPLYING' FOR UPDATE`
      if (!held) return ok(null)
      const file = await ownImport(tx, importId)
      const outcome = readOutcome(file.outcome)
      const counts = await writeRows(tx, readRows(tx, file, around), importId, outcome.appliedBy?.id ?? null)
      if (!counts.ok) return counts
      await tx.db.rightsImport.updateMany({
        where: { id: importId, houseId, state: 'APPLYING' },
        data: { state: 'DONE', rowsDone: file.rowsTotal, finishedAt: tx.clock.now(), outcome: { ...outcome, ...counts.value } },
      })
      await record(tx, {
        type: 'rights.imported',
        subject: { kind: 'import', id: importId },
        data: { kind: file.kind, file: file.fileName, sha256: file.sha256, by: outcome.appliedBy ?? null, ...counts.value },
      })
      return ok(null)
    },
    { timeout: longest },
  )
  if (!done.ok) await giveUp(ctx, importId, String(done.detail))
}

/** What was good when it was checked is good no more (a picture was renamed), or nobody can finish it: it is said, and nothing is written. */
export async function giveUp(ctx: Ctx<'db' | 'clock' | 'actor'>, importId: string, failure: string): Promise<void> {
  await inTransaction(ctx, async (tx) => {
    const { count } = await tx.db.rightsImport.updateMany({
      where: { id: importId, houseId: tx.actor.houseId, state: { in: importStates.whence('fail') } },
      data: { state: 'FAILED', failure, finishedAt: tx.clock.now() },
    })
    if (count > 0) await record(tx, { type: 'import.failed', subject: { kind: 'import', id: importId }, data: { failure } })
  })
}

async function writeRows(
  tx: Working,
  batches: AsyncGenerator<ReadRow[]>,
  importId: string,
  by: string | null,
): Promise<Result<Counts, 'changed-meanwhile'>> {
  const counts = { added: 0, known: 0, replaced: 0, contracts: 0, collides: 0 }
  // A table is opened when its first line comes: an ODRL file may bring all kinds.
  const open = new Set<RowKind>()
  const stages: Partial<Record<RowKind, Staged[]>> = {}
  const contracts = new Map<string, string>()
  const sales: ImportedSaleLine[] = []
  const pictures = new Set<bigint>()
  let nth = 0
  for await (const rows of batches) {
    nth++
    for (const row of rows) {
      if (!row.line || !row.asset) return fail('changed-meanwhile', changed(row))
      pictures.add(row.asset.no)
      if (row.line.kind === 'SALES') sales.push(saleOf(row.line, row.asset.id))
      else (stages[row.line.kind] ??= []).push({ line: row.line as RowLine, asset: row.asset })
      if (row.line.kind === 'ACQUISITIONS' && !contracts.has(row.line.contract)) contracts.set(row.line.contract, row.line.licensor)
    }
    for (const kind of Object.keys(stages) as RowKind[]) {
      if (!open.has(kind)) await openStage(tx, kind)
      open.add(kind)
      await stage(tx, kind, stages[kind] ?? [], nth)
      stages[kind] = []
    }
  }
  // In the order of their numbers, as every sale locks them.
  await lockAssets(tx, [...pictures])
  counts.contracts = await openContracts(
    tx,
    [...contracts].map(([reference, licensor]) => ({ reference, licensor })),
  )
  for (const kind of open) {
    const written = await writeStage(tx, kind, by)
    counts.added += written.added
    counts.known += written.known
    counts.replaced += written.replaced
  }
  for (const { outcome } of sales.length === 0 ? [] : await recordImportedSales(tx, sales, { importId })) {
    if (outcome === 'known') counts.known++
    else counts.added++
    if (outcome === 'collides') counts.collides++
  }
  return ok(counts)
}

const changed = ({ no, complaints: [first] }: ReadRow): string =>
  `Since it was checked, row ${no} (${first?.column ?? 'asset'}) is no longer good: ${first?.message ?? 'the picture is gone.'} Nothing was written. Upload the file again.`

const saleOf = ({ shop, reference, holder, terms, soldAt }: Extract<RightsLine, { kind: 'SALES' }>, assetId: string): ImportedSaleLine => ({
  assetId,
  shop,
  reference,
  holder,
  terms,
  soldAt,
})
