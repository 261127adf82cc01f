import { randomBytes } from 'node:crypto'
import { inject } from 'vitest'
import { connect, type PrismaClient } from '#services/platform/db.ts'
import { createDatabase, dropDatabase } from '#services/platform/migrations.ts'

export interface TestDb {
  db: PrismaClient
  url: string
  [Symbol.asyncDispose](): Promise<void>
}

/** A real database of its own, cloned from the migrated template (0.1 to 0.5 s). One a test file; tests build their own house in it. */
export async function testDb(pool = 10): Promise<TestDb> {
  const { server, template } = inject('postgres')
  const url = Object.assign(new URL(server), { pathname: `/test_${randomBytes(6).toString('hex')}` }).href
  await createDatabase(url, template)
  const db = connect(url, pool)
  return {
    db,
    url,
    async [Symbol.asyncDispose]() {
      await db.$disconnect()
      await dropDatabase(url)
    },
  }
}

/** The same database, which counts what is asked of it: a page's queries must not grow with its rows. */
export function countingQueries(db: PrismaClient): { db: PrismaClient; asked(): number } {
  let asked = 0
  const counted = db.$extends({ query: { $allOperations: ({ args, query }) => (asked++, query(args)) } })
  return { db: counted as unknown as PrismaClient, asked: () => asked }
}
