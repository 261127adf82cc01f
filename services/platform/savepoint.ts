import type { Db } from './db.ts'

/** A part of a transaction that may fail by itself: `ok: false` or an error undoes what the part wrote, and only that. */
export async function attempt<C extends { db: Db }, R extends { ok: boolean }>(tx: C, part: () => Promise<R>): Promise<R> {
  await tx.db.$executeRaw`SAVEPOINT part`
  try {
    const outcome = await part()
    if (!outcome.ok) await tx.db.$executeRaw`ROLLBACK TO SAVEPOINT part`
    await tx.db.$executeRaw`RELEASE SAVEPOINT part`
    return outcome
  } catch (error) {
    await tx.db.$executeRaw`ROLLBACK TO SAVEPOINT part`
    throw error
  }
}
