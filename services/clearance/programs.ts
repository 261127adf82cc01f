import { sha256 } from '../kernel/canonical.ts'
import { newId } from '../kernel/ids.ts'
import { fail, ok, type Result } from '../kernel/result.ts'
import { zoneOfHouse } from '../accounts/houses.ts'
import { record } from '../compliance/record.ts'
import type { Ctx } from '../platform/context.ts'
import { inTransaction, Prisma } from '../platform/db.ts'
import { takeTurn } from '../platform/rate-limit.ts'
import { Refusal } from '../kernel/errors.ts'
import { holderFor } from './asking.ts'
import type { ClearUsesError } from './errors.ts'
import { mustAsk } from './policy.ts'
import { listLimits } from './rules/columns.ts'
import { answerRows } from './runs.ts'
import { countsOf, insertRows, rowsOf, type KeptRow } from './stored-rows.ts'
import type { ListRow } from './tables.ts'

type Asking = Ctx<'db' | 'clock' | 'actor'>

export interface ClearUses {
  rows: readonly ListRow[]
  keyId: string
  /** Who will use the pictures; null: the asker's own organisation. */
  holderOrgId: string | null
  /** Asked under this word, the same question gets the same answer, however often it is sent. */
  idempotency: { key: string; body: Buffer } | null
}
export interface Cleared {
  /** The list under which the answer is kept; null where it was asked without an idempotency key. */
  clearanceId: string | null
  rows: KeptRow[]
}

/** Long lists are work: so many questions a minute under one key. */
export const programAllowance = { turns: 60, seconds: 60 } as const

/** Answer a program's planned uses at once. Rows are readable by then: what is wrong with them was refused before. */
export async function clearUses(ctx: Asking, input: ClearUses): Promise<Result<Cleared, ClearUsesError>> {
  const turn = await takeTurn(ctx, `clearance:${input.keyId}`, programAllowance)
  if (!turn.ok) throw new Refusal('too-many', 'clearance', turn.retryAfterSeconds)
  const holder = await holderFor(ctx, input.holderOrgId)
  const answer = async (at: Asking) => answerRows(at, input.rows, holder, await zoneOfHouse(at))
  const { idempotency } = input
  if (!idempotency) return ok({ clearanceId: null, rows: await answer(ctx) })
  const requestSha256 = sha256(Buffer.concat([Buffer.from(`${holder.orgId}\n`), idempotency.body]))
  // The first of two at once holds the unique key until its answer is written; the second waits for it and reads it.
  return inTransaction(ctx, async (tx) => {
    const id = await claimKey(tx, input, idempotency.key, requestSha256, holder.orgId)
    if (!id) return answeredBefore(tx, input.keyId, idempotency.key, requestSha256)
    const rows = await answer(tx)
    await insertRows(tx, id, rows)
    const counts = countsOf(rows)
    await tx.db.clearance.updateMany({
      where: { id, state: 'RUNNING' },
      data: { state: 'DONE', finishedAt: tx.clock.now(), rowsDone: rows.length, ...counts },
    })
    await record(tx, {
      type: 'clearance.finished',
      subject: { kind: 'clearance', id },
      data: { source: 'api', key: input.keyId, uses: rows.length, ...counts },
    })
    return ok({ clearanceId: id, rows })
  })
}

async function claimKey(
  tx: Asking,
  { rows, keyId }: ClearUses,
  key: string,
  requestSha256: string,
  holderOrgId: string,
): Promise<string | undefined> {
  const actor = mustAsk(tx.actor)
  const at = tx.clock.now()
  const [made] = await tx.db.$queryRaw<{ id: string }[]>(Prisma.sql`
    INSERT INTO clearances (id, house_id, org_id, holder_org_id, name, source, state, rows_total, idempotency_key, request_sha256, access_key_id, created_by_id, created_at)
    VALUES (${newId('clr', at)}, ${actor.houseId}, ${actor.orgId}, ${holderOrgId === actor.orgId ? null : holderOrgId}, ${key}, 'api', 'RUNNING', ${rows.length}, ${key}, ${requestSha256}, ${keyId},
      ${actor.userId}, ${at}::timestamptz)
    ON CONFLICT (access_key_id, idempotency_key) DO NOTHING RETURNING id`)
  return made?.id
}

async function answeredBefore(
  tx: Asking,
  accessKeyId: string,
  idempotencyKey: string,
  requestSha256: string,
): Promise<Result<Cleared, ClearUsesError>> {
  const before = await tx.db.clearance.findUniqueOrThrow({
    where: { accessKeyId_idempotencyKey: { accessKeyId, idempotencyKey } },
    select: { id: true, requestSha256: true },
  })
  if (before.requestSha256 !== requestSha256) return fail('key-used-otherwise')
  return ok({ clearanceId: before.id, rows: await rowsOf(tx, before.id, { take: listLimits.rows }) })
}
