import { Prisma, type PrismaClient } from './generated/prisma/client.ts'
import { transact } from './prepared.ts'

export { Prisma, PrismaClient } from './generated/prisma/client.ts'
export { connect, prepared, statement, type Statement } from './prepared.ts'
export type Db = PrismaClient | Prisma.TransactionClient

/** Postgres's own code behind whatever shape Prisma gave the error (model call, raw call, or at commit). */
export function pgCode(error: unknown): string | undefined {
  const e = error as { meta?: { driverAdapterError?: { cause?: { originalCode?: string } } }; cause?: { originalCode?: string } } | null
  return e?.meta?.driverAdapterError?.cause?.originalCode ?? e?.cause?.originalCode
}

/** Whether the error is the refusal of the named constraint, whoever raised it. */
export function violates(error: unknown, constraint: string): boolean {
  const e = error as { meta?: { driverAdapterError?: { cause?: unknown } }; cause?: unknown; message?: string } | null
  const text = `${JSON.stringify(e?.meta ?? {})} ${JSON.stringify(e?.cause ?? {})} ${e?.message ?? ''}`
  return text.includes(constraint)
}

const again = new Set(['40001', '40P01'])

/**
 * Run `work` with a context whose database and job queue share one transaction. A deadlock or serialisation failure is
 * tried again, three times, with jitter: `work` must therefore touch nothing but the database. Only jobs that write whole
 * files take longer than the usual fifteen seconds.
 */
export async function inTransaction<C extends { db: Db }, R>(ctx: C, work: (tx: C) => Promise<R>, { timeout = 15_000 } = {}): Promise<R> {
  const { db } = ctx
  if (!('$transaction' in db)) return work(ctx)
  for (let attempt = 1; ; attempt++) {
    try {
      return await transact(db, (tx) => work({ ...ctx, db: tx }), { timeout, maxWait: 10_000 })
    } catch (error) {
      if (attempt > 3 || !again.has(pgCode(error) ?? '')) throw error
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 40 * attempt))
    }
  }
}

/** Thrown inside `inTransaction` to undo everything and still hand back an outcome. */
export class Rollback<R> extends Error {
  constructor(readonly outcome: R) {
    super('rolled back with an outcome')
  }
}

/** Like `inTransaction`, but an outcome with `ok: false` undoes everything that `work` wrote. */
export async function inTransactionOrUndo<C extends { db: Db }, R extends { ok: boolean }>(
  ctx: C,
  work: (tx: C) => Promise<R>,
  options: { timeout?: number } = {},
): Promise<R> {
  try {
    return await inTransaction(
      ctx,
      async (tx) => {
        const outcome = await work(tx)
        if (!outcome.ok) throw new Rollback(outcome)
        return outcome
      },
      options,
    )
  } catch (error) {
    if (error instanceof Rollback) return error.outcome as R
    throw error
  }
}

/**
 * Work on one picture of the database, taken after the tables were locked against others who do the same: what commits
 * meanwhile is not seen, and nothing that was seen is half. For the keeper of an index, not for operations.
 */
export async function inSnapshot<C extends { db: Db }, R>(ctx: C, tables: readonly string[], work: (tx: C) => Promise<R>): Promise<R> {
  const { db } = ctx
  if (!('$transaction' in db)) throw new Error('a snapshot is taken outside a transaction')
  return db.$transaction(
    async (tx) => {
      await tx.$executeRaw(Prisma.sql`LOCK TABLE ${Prisma.raw(tables.join(', '))} IN SHARE ROW EXCLUSIVE MODE`)
      return work({ ...ctx, db: tx })
    },
    { isolationLevel: 'RepeatableRead', timeout: 1_800_000, maxWait: 10_000 },
  )
}
