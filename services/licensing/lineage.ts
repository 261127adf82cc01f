import { record } from '../compliance/record.ts'
import { fail, ok, type Result } from '../kernel/result.ts'
import type { Ctx } from '../platform/context.ts'
import { attempt } from '../platform/savepoint.ts'
import { takeClaims } from '../rights/claims.ts'
import { boxOf, type ScopeTerms } from '../rights/rules/scope.ts'
import { endLicence, suspendStep, type Reserved } from './licences.ts'
import { licenceStates } from './rules/licence-states.ts'

/*
 * What happens along a line of upgrades, for operations that already hold a transaction. The licence that is widened is
 * locked before anything else of it is read: of a widening, a refund and a revocation at once, one comes first.
 */

type Tx = Ctx<'db' | 'clock' | 'actor'>

export interface Widening {
  upgradesId: string
  holderOrgId: string
  assetId: string
  /** The licence that takes its place, once there is one. */
  licenceId?: string
}

/** The licence that is to be widened, locked: still in force, of the same holder and picture, and no other widening is under way. */
export async function lockWidened(
  tx: Tx,
  { upgradesId, holderOrgId, assetId, licenceId }: Widening,
): Promise<Result<Reserved & { orderLineId: string | null }, 'licence-not-in-force' | 'upgrade-under-way'>> {
  await tx.db.$queryRaw`SELECT id FROM licences WHERE id = ${upgradesId} FOR UPDATE`
  const old = await tx.db.licence.findFirst({
    where: { id: upgradesId, houseId: tx.actor.houseId, holderOrgId, assetId, state: 'ACTIVE' },
    select: { id: true, no: true, number: true, orderLineId: true },
  })
  if (!old) return fail('licence-not-in-force')
  const others = await tx.db.licence.count({
    where: {
      upgradesId,
      state: { in: ['RESERVED', 'AWAITING_PAYMENT', 'ACTIVE', 'SUSPENDED'] },
      ...(licenceId && { id: { not: licenceId } }),
    },
  })
  return others > 0 ? fail('upgrade-under-way') : ok(old)
}

/** The wider licence is about to be issued: the narrower one ends. Its scope is held by the wider one all the while. */
export const supersede = (tx: Tx, old: Reserved, wider: { number: string }): Promise<boolean> =>
  endLicence(tx, old, { by: 'SUPERSEDED', reason: `Widened: ${wider.number} takes its place.`, replacedBy: wider.number })

export type NotRestored = 'term-is-over' | 'rights-gone' | 'not-superseded' | 'money-went-back'

/**
 * The widening is undone: the licence that it superseded is in force again for what remains of it, in the same transaction
 * in which the wider claim ends, so that nobody comes between. Where that cannot be, or its own money is not here any more
 * (`paid`), a fact says why, and people look at it.
 */
export async function restoreSuperseded(
  tx: Tx,
  wider: { number: string; upgradesId: string | null },
  { paid }: { paid: boolean },
): Promise<'restored' | NotRestored | null> {
  const { upgradesId } = wider
  if (!upgradesId) return null
  const outcome = await attempt(tx, () => restore(tx, upgradesId, paid))
  const { number } = await tx.db.licence.findUniqueOrThrow({ where: { id: upgradesId }, select: { number: true } })
  await record(tx, {
    type: outcome.ok ? 'licence.restored' : 'licence.not-restored',
    subject: { kind: 'licence', id: upgradesId },
    data: { number, after: wider.number, ...(outcome.ok ? {} : { why: outcome.error }) },
  })
  return outcome.ok ? 'restored' : outcome.error
}

/** The widening is undone, and it was decided that what it superseded stays ended: the trail of that licence says so. */
export async function leaveSuperseded(tx: Tx, wider: { number: string; upgradesId: string | null }): Promise<void> {
  if (!wider.upgradesId) return
  const { number } = await tx.db.licence.findUniqueOrThrow({ where: { id: wider.upgradesId }, select: { number: true } })
  await record(tx, {
    type: 'licence.not-restored',
    subject: { kind: 'licence', id: wider.upgradesId },
    data: { number, after: wider.number, why: 'decided' },
  })
}

async function restore(tx: Tx, licenceId: string, paid: boolean): Promise<Result<null, NotRestored>> {
  await tx.db.$queryRaw`SELECT id FROM licences WHERE id = ${licenceId} FOR UPDATE`
  const old = await tx.db.licence.findUniqueOrThrow({
    where: { id: licenceId },
    select: { no: true, endsAt: true, terms: true, assetId: true, endedBy: true, model: true },
  })
  const now = tx.clock.now()
  if (old.endedBy !== 'SUPERSEDED') return fail('not-superseded')
  if (!paid) return fail('money-went-back')
  if (old.endsAt !== null && old.endsAt <= now) return fail('term-is-over')
  const { count } = await tx.db.licence.updateMany({
    where: { id: licenceId, state: { in: licenceStates.whence('restore') }, endedBy: 'SUPERSEDED' },
    data: { state: 'ACTIVE', endedBy: null, endReason: null, endedAt: null },
  })
  if (count === 0) return fail('not-superseded')
  const { no: assetNo } = await tx.db.asset.findUniqueOrThrow({ where: { id: old.assetId }, select: { no: true } })
  const terms = old.terms as unknown as ScopeTerms
  const box = boxOf(terms)
  const taken = await takeClaims(tx, [
    {
      assetNo,
      licenceNo: old.no,
      box: { ...box, period: { from: box.period.from < now ? now : box.period.from, to: box.period.to } },
      exclusive: terms.exclusive,
      state: 'ACTIVE',
      holdExpiresAt: null,
      purpose: 'revive',
    },
  ])
  return taken.ok ? ok(null) : fail('rights-gone')
}

/** The order lines on whose money a licence rests: its own, and those of the licences that it widened. */
export async function linesUnder(tx: Ctx<'db'>, licenceId: string): Promise<string[]> {
  const rows = await tx.db.$queryRaw<{ line: string }[]>`
    WITH RECURSIVE way AS (
      SELECT id, upgrades_id, order_line_id FROM licences WHERE id = ${licenceId}
      UNION ALL SELECT l.id, l.upgrades_id, l.order_line_id FROM licences l JOIN way ON l.id = way.upgrades_id)
    SELECT order_line_id AS line FROM way WHERE order_line_id IS NOT NULL`
  return rows.map(({ line }) => line)
}

/** Licences in force that came out of widening these: they rest on the same money. */
export async function successorsOf(tx: Ctx<'db'>, licenceIds: readonly string[]): Promise<(Reserved & { endReason: string | null })[]> {
  const old = await tx.db.licence.findMany({
    where: { id: { in: [...licenceIds] }, endedBy: 'SUPERSEDED' },
    select: { no: true, lineageNo: true },
  })
  const roots = old.map(({ no, lineageNo }) => lineageNo ?? no)
  if (roots.length === 0) return []
  return tx.db.licence.findMany({
    where: { lineageNo: { in: roots }, state: { in: ['ACTIVE', 'SUSPENDED'] }, id: { notIn: [...licenceIds] } },
    select: { id: true, no: true, number: true, endReason: true },
    orderBy: { no: 'asc' },
  })
}

/** What rests on money that went back stops until people have decided on it. */
export async function suspendSuccessors(tx: Tx, licenceIds: readonly string[], reason: string): Promise<void> {
  for (const licence of await successorsOf(tx, licenceIds)) await suspendStep(tx, licence, reason)
}
