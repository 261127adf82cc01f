import { record } from '../compliance/record.ts'
import { Refusal } from '../kernel/errors.ts'
import { newId } from '../kernel/ids.ts'
import { fail, ok, type Result } from '../kernel/result.ts'
import type { Ctx } from '../platform/context.ts'
import { inTransaction, inTransactionOrUndo } from '../platform/db.ts'
import { blockersOf, type KnownBlocker, type WantedRow } from './blockers.ts'
import { decisionTime, endClaims, layClaims, rightsByNo, withinOneContract } from './claims.ts'
import { decisionRow, type DecisionRow } from './decisions.ts'
import type { EndImportedSaleError, SettleImportedSaleError } from './errors.ts'
import type { LoadedRights } from './loading.ts'
import { lockAssets } from './locks.ts'
import { mustMay } from './policy.ts'
import type { Box } from './rules/box.ts'
import type { Collision } from './rules/collision-words.ts'
import { decideKnown } from './rules/decide.ts'
import { importedSaleStates } from './rules/imported-sale-states.ts'
import { boxOf, type ScopeTerms } from './rules/scope.ts'
import { industries } from './rules/vocabulary/industries.ts'
import { media } from './rules/vocabulary/media.ts'
import { territories } from './rules/vocabulary/territories.ts'

type Tx = Ctx<'db' | 'clock' | 'actor'>

/** A licence that another shop sold, as its list says. */
export interface ImportedSaleLine {
  assetId: string
  shop: string
  /** The shop's own number of it: each is recorded once. */
  reference: string
  holder: string
  terms: ScopeTerms
  soldAt: Date
}

export type ImportedSaleOutcome =
  | { outcome: 'claimed'; id: string; no: bigint }
  | { outcome: 'collides'; id: string; no: bigint; causes: Collision[] }
  /** This shop's number was recorded before: nothing is written. */
  | { outcome: 'known'; id: string; no: bigint }
  | { outcome: 'no-such-asset' }

interface Sale {
  line: ImportedSaleLine
  id: string
  no: bigint
  assetNo: bigint
  box: Box
}

/**
 * Take the sales of another shop into the books, each with a claim of its own, so that exclusivity sees them. The earlier
 * sale comes first. One that runs into an exclusive claim, or lies outside what is held, is kept as colliding, with what
 * it runs into and without a claim, until somebody decides. One transaction: all lines are written, or none.
 */
export async function recordImportedSales(
  ctx: Tx,
  lines: readonly ImportedSaleLine[],
  { importId = null }: { importId?: string | null } = {},
): Promise<ImportedSaleOutcome[]> {
  mustMay(ctx.actor, 'record-rights')
  return inTransaction(ctx, async (tx) => {
    const assets = await tx.db.asset.findMany({
      where: { houseId: tx.actor.houseId, id: { in: [...new Set(lines.map(({ assetId }) => assetId))] } },
      select: { id: true, no: true },
    })
    const noOf = new Map(assets.map(({ id, no }) => [id, no]))
    await lockAssets(tx, [...noOf.values()])
    const sales = await insertSales(tx, lines, noOf, importId)
    const causes = await claimSales(tx, sales.fresh)
    await tx.db.$executeRaw`
      UPDATE imported_sales s SET state = 'COLLIDES', collision = given.collision
      FROM jsonb_to_recordset(${JSON.stringify([...causes].map(([no, found]) => ({ no: no.toString(), collision: found })))}::jsonb) AS given (no bigint, collision jsonb)
      WHERE s.no = given.no AND s.house_id = ${tx.actor.houseId}`
    if (sales.fresh.length > 0)
      await record(tx, {
        type: 'imported-sales.recorded',
        subject: importId ? { kind: 'import', id: importId } : { kind: 'imported-sale', id: (sales.fresh[0] as Sale).id },
        data: {
          claimed: sales.fresh.length - causes.size,
          collide: causes.size,
          shops: [...new Set(sales.fresh.map(({ line }) => line.shop))].slice(0, 20),
          first: sales.fresh[0]?.id,
          last: sales.fresh.at(-1)?.id,
        },
      })
    return lines.map((line): ImportedSaleOutcome => {
      const sale = sales.byLine.get(line)
      if (!sale) return { outcome: 'no-such-asset' }
      if (!('line' in sale)) return { outcome: 'known', ...sale }
      const found = causes.get(sale.no)
      return found ? { outcome: 'collides', id: sale.id, no: sale.no, causes: found } : { outcome: 'claimed', id: sale.id, no: sale.no }
    })
  })
}

/** The rows of sales that are new; a number that a shop used before, here or earlier in the list, is known. */
async function insertSales(tx: Tx, lines: readonly ImportedSaleLine[], noOf: ReadonlyMap<string, bigint>, importId: string | null) {
  const at = tx.clock.now()
  const keyOf = ({ shop, reference }: Pick<ImportedSaleLine, 'shop' | 'reference'>) => JSON.stringify([shop, reference])
  const wanted = new Map<string, { line: ImportedSaleLine; id: string; assetNo: bigint }>()
  for (const line of lines) {
    const assetNo = noOf.get(line.assetId)
    if (assetNo !== undefined && !wanted.has(keyOf(line))) wanted.set(keyOf(line), { line, id: newId('ims', at), assetNo })
  }
  const json = [...wanted.values()].map(({ line, id, assetNo }) => ({
    id,
    asset_id: line.assetId,
    asset_no: assetNo.toString(),
    shop: line.shop,
    reference: line.reference,
    holder: line.holder,
    terms: line.terms,
    exclusive: line.terms.exclusive,
    sold_at: line.soldAt,
  }))
  const by = tx.actor.kind === 'person' ? tx.actor.userId : null
  const rows = await tx.db.$queryRaw<{ id: string; no: bigint }[]>`
    INSERT INTO imported_sales (id, no, house_id, asset_id, asset_no, shop, reference, holder, terms, exclusive, sold_at, state, import_id, recorded_at, recorded_by_id)
    SELECT id, nextval('licences_no_seq'), ${tx.actor.houseId}, asset_id, asset_no, shop, reference, holder, terms, exclusive, sold_at, 'CLAIMED', ${importId}, ${at}, ${by}
    FROM jsonb_to_recordset(${JSON.stringify(json)}::jsonb) AS row (id text, asset_id text, asset_no bigint, shop text, reference text, holder text, terms jsonb, exclusive boolean, sold_at timestamptz)
    ON CONFLICT (house_id, shop, reference) DO NOTHING RETURNING id, no`
  const numbers = new Map(rows.map(({ id, no }) => [id, no]))
  const fresh = [...wanted.values()].flatMap(({ line, id, assetNo }): Sale[] => {
    const no = numbers.get(id)
    return no === undefined ? [] : [{ line, id, no, assetNo, box: boxOf(line.terms) }]
  })
  const freshByKey = new Map(fresh.map((sale) => [keyOf(sale.line), sale]))
  const others = lines.filter((line) => noOf.has(line.assetId) && freshByKey.get(keyOf(line))?.line !== line)
  const before = await tx.db.$queryRaw<{ id: string; no: bigint; shop: string; reference: string }[]>`
    SELECT s.id, s.no, s.shop, s.reference FROM imported_sales s JOIN (SELECT DISTINCT shop, reference FROM jsonb_to_recordset(${JSON.stringify(others)}::jsonb) AS row (shop text, reference text)) k
      ON s.house_id = ${tx.actor.houseId} AND s.shop = k.shop AND s.reference = k.reference`
  const known = new Map(before.map(({ id, no, ...row }) => [keyOf(row), { id, no }]))
  const byLine = new Map<ImportedSaleLine, Sale | { id: string; no: bigint }>()
  for (const line of lines) {
    const sale = freshByKey.get(keyOf(line))
    const found = sale?.line === line ? sale : known.get(keyOf(line))
    if (found) byLine.set(line, found)
  }
  return { fresh, byLine }
}

/** Lay the claims of these sales, the earliest first; hands back what the others run into, by number. */
async function claimSales(tx: Tx, sales: readonly Sale[]): Promise<Map<bigint, Collision[]>> {
  const causes = new Map<bigint, Collision[]>()
  const known = await rightsByNo(
    tx,
    sales.map(({ assetNo }) => assetNo),
  )
  const at = decisionTime(tx.clock.now(), known.values())
  const wanted: Wanted[] = []
  for (const sale of [...sales].sort((a, b) => a.line.soldAt.getTime() - b.line.soldAt.getTime())) {
    const outside = whyNotHeld(known.get(sale.assetNo), sale)
    if (outside.length > 0) causes.set(sale.no, outside)
    else wanted.push(wantedRows(known.get(sale.assetNo) as LoadedRights, sale, at))
  }
  const short = await layAll(tx, wanted, at)
  const blockers = await blockersOf(
    tx,
    short.flatMap(({ rows }) => rows),
  )
  const byNumber = new Map<bigint, Collision[]>()
  for (const blocker of blockers) byNumber.set(blocker.wantedNo, [...(byNumber.get(blocker.wantedNo) ?? []), collisionOf(blocker)])
  for (const { decision } of short) causes.set(decision.licenceNo, byNumber.get(decision.licenceNo) ?? [])
  return causes
}

interface Wanted {
  rows: WantedRow[]
  decision: DecisionRow
}

/**
 * Lay what can be laid, in few statements however many sales; hands back those that could not. A sale in several pieces
 * that got only some of them kept others from their places for a moment: those are asked again, then it by itself.
 */
async function layAll(tx: Tx, sales: readonly Wanted[], at: Date): Promise<Wanted[]> {
  const partly: Wanted[] = []
  let rest = sales
  for (;;) {
    const { short, torn } = await layOnce(tx, rest, at)
    if (torn.length === 0) {
      rest = short
      break
    }
    partly.push(...torn)
    rest = short.filter((one) => !torn.includes(one))
  }
  const alone: Wanted[] = []
  for (const sale of partly) alone.push(...(await layOnce(tx, [sale], at)).short)
  return [...rest, ...alone]
}

async function layOnce(tx: Tx, sales: readonly Wanted[], at: Date): Promise<{ short: Wanted[]; torn: Wanted[] }> {
  if (sales.length === 0) return { short: [], torn: [] }
  const laid = await layClaims(
    tx,
    sales.flatMap(({ rows }) => rows),
    [],
    at,
  )
  const pieces = new Map<bigint, bigint[]>()
  for (const { id, licenceNo } of laid) pieces.set(licenceNo, [...(pieces.get(licenceNo) ?? []), id])
  const got = ({ decision }: Wanted) => pieces.get(decision.licenceNo) ?? []
  const short = sales.filter((sale) => got(sale).length < sale.rows.length)
  const torn = short.filter((sale) => got(sale).length > 0)
  await endClaims(tx, torn.flatMap(got))
  const missed = new Set(short)
  await layClaims(
    tx,
    [],
    sales.filter((sale) => !missed.has(sale)).map(({ decision }) => decision),
    at,
  )
  return { short, torn }
}

/** That a sale breaks a ban or a consent does not undo it: the desk lists it. Only what is not held has no claim. */
function whyNotHeld(rights: LoadedRights | undefined, sale: Sale): Collision[] {
  if (!rights) return []
  const { reasons } = decideKnown(rights, { box: sale.box, exclusive: sale.line.terms.exclusive, by: 'holder' }, sale.box)
  return reasons
    .filter(({ cause }) => cause === 'not-held' || cause === 'not-sub-licensable')
    .flatMap(({ cause, parts }) => parts.slice(0, 5).map((part): Collision => ({ cause, part: partOf(part) })))
}

function wantedRows(rights: LoadedRights, { no, assetNo, box, line }: Sale, at: Date): Wanted {
  const { exclusive } = line.terms
  const decision = decideKnown(rights, { box, exclusive, by: 'holder' }, box)
  return {
    rows: withinOneContract(rights, box, 'holder').map((piece) => ({
      assetNo,
      licenceNo: no,
      box: piece,
      exclusive,
      state: 'ACTIVE',
      holdExpiresAt: null,
    })),
    decision: decisionRow(rights, { licenceNo: no, box, exclusive, by: 'holder' }, decision, { purpose: 'imported-sale', at }),
  }
}

const partOf = (box: Box): Collision['part'] => ({
  media: media.codesOf(box.media),
  territory: territories.codesOf(box.territory),
  industry: industries.codesOf(box.industry),
  from: box.period.from.toISOString(),
  to: box.period.to?.toISOString() ?? null,
})

const collisionOf = ({ claimId, licenceNo, exclusive, twin, media, territory, industry, from, to }: KnownBlocker): Collision => ({
  cause: 'taken',
  claimId: claimId.toString(),
  licenceNo: licenceNo.toString(),
  exclusive,
  ...(twin ? { twin } : {}),
  part: { media, territory, industry, from: from.toISOString(), to: to?.toISOString() ?? null },
})

/**
 * A person decides on a sale that collides: `accept` keeps it as a conflict that is known, without a claim; `retry` asks for
 * its claim again, after the other has ended or more is held.
 */
export async function settleImportedSale(
  ctx: Tx,
  { id, assetId, decision, note }: Named & { decision: 'accept' | 'retry'; note: string },
): Promise<Result<{ state: 'SETTLED' | 'CLAIMED' }, SettleImportedSaleError>> {
  mustMay(ctx.actor, 'record-rights')
  const row = await ownSale(ctx, id, assetId)
  const outcome = await inTransactionOrUndo(ctx, async (tx): Promise<Result<{ state: 'SETTLED' | 'CLAIMED' }, SettleImportedSaleError>> => {
    await lockAssets(tx, [row.assetNo])
    const verb = decision === 'accept' ? 'accept' : 'claim'
    const state = decision === 'accept' ? 'SETTLED' : 'CLAIMED'
    const { count } = await tx.db.importedSale.updateMany({
      where: { id, houseId: tx.actor.houseId, state: { in: importedSaleStates.whence(verb) } },
      data: {
        state,
        settledAt: tx.clock.now(),
        settledById: tx.actor.kind === 'person' ? tx.actor.userId : null,
        settledNote: note,
      },
    })
    if (count === 0) return fail('not-colliding')
    if (decision === 'retry') {
      const terms = row.terms as unknown as ScopeTerms
      const line = { ...row, terms, assetId: row.assetId }
      const causes = (await claimSales(tx, [{ line, id, no: row.no, assetNo: row.assetNo, box: boxOf(terms) }])).get(row.no)
      if (causes) return fail('still-collides', causes)
    }
    await record(tx, {
      type: decision === 'accept' ? 'imported-sale.accepted' : 'imported-sale.claimed',
      subject: { kind: 'imported-sale', id },
      data: { asset: row.assetId, shop: row.shop, reference: row.reference, note },
    })
    return ok({ state })
  })
  // What it ran into when it came may be over: the next to look reads what is in its way now.
  if (!outcome.ok && outcome.error === 'still-collides')
    await ctx.db.importedSale.updateMany({
      where: { id, houseId: ctx.actor.houseId, state: { in: importedSaleStates.whence('claim') } },
      data: { collision: outcome.detail as never },
    })
  return outcome
}

/** The other shop's licence has ended, or was never valid: its claim, where it has one, is free again. */
export async function endImportedSale(
  ctx: Tx,
  { id, assetId, reason }: Named & { reason: string },
): Promise<Result<{ id: string }, EndImportedSaleError>> {
  mustMay(ctx.actor, 'record-rights')
  const row = await ownSale(ctx, id, assetId)
  return inTransactionOrUndo(ctx, async (tx): Promise<Result<{ id: string }, EndImportedSaleError>> => {
    await lockAssets(tx, [row.assetNo])
    const at = tx.clock.now()
    const { count } = await tx.db.importedSale.updateMany({
      where: { id, houseId: tx.actor.houseId, state: { in: importedSaleStates.whence('end') } },
      data: { state: 'ENDED', settledAt: at, settledById: tx.actor.kind === 'person' ? tx.actor.userId : null, settledNote: reason },
    })
    if (count === 0) return fail('already-ended')
    await tx.db.$executeRaw`
      UPDATE claims SET state = 'RELEASED', ended_at = greatest(${at}::timestamptz, created_at)
      WHERE house_id = ${tx.actor.houseId} AND licence_no = ${row.no} AND state = 'ACTIVE'`
    await record(tx, {
      type: 'imported-sale.ended',
      subject: { kind: 'imported-sale', id },
      data: { asset: row.assetId, shop: row.shop, reference: row.reference, reason },
    })
    return ok({ id })
  })
}

/** A sale by its id; one that is named on the page of an asset must be of that asset. */
interface Named {
  id: string
  assetId?: string
}

async function ownSale(ctx: Ctx<'db' | 'actor'>, id: string, assetId?: string) {
  const row = await ctx.db.importedSale.findFirst({ where: { id, houseId: ctx.actor.houseId, ...(assetId !== undefined && { assetId }) } })
  if (!row) throw new Refusal('not-found', `no imported sale ${id}`)
  return row
}
