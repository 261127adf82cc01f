import type { TestDb } from './db.ts'

/** Another hand in the database: what it did is not seen before `commit`, and who wants what it holds waits for it. */
export async function beside(db: TestDb['db'], work: (db: TestDb['db']) => Promise<unknown>) {
  let commit = () => {}
  const held = new Promise<void>((go) => (commit = go))
  let began = () => {}
  const working = new Promise<void>((go) => (began = go))
  const done = db.$transaction(async (tx) => {
    await work(tx as TestDb['db'])
    began()
    await held
  })
  await working
  return {
    /** So many wait for our locks. */
    waitedFor: async (people = 1) => {
      for (let n = 0; n < 400; n++) {
        const [row] = await db.$queryRaw<{ n: bigint }[]>`
          SELECT count(*) AS n FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`
        if (row && row.n >= people) return
        await new Promise((resolve) => setTimeout(resolve, 10))
      }
      throw new Error(`fewer than ${people} wait`)
    },
    commit: async () => {
      commit()
      await done
    },
  }
}
