import { connect, type PrismaClient } from '#services/platform/db.ts'
import { startLocalDatabase, stopLocalDatabase } from './local-database.ts'

/** A line of what a check finds. */
export const say = (line: string): void => void process.stdout.write(`${line}\n`)

/**
 * An operator's check of every house of a database, or of the one that is named. Without DATABASE_URL the demo's own database
 * is meant; it is started for the check and stopped again where it did not run.
 */
export async function forEachHouse(
  { house: named, to }: { house: string | undefined; to: string },
  check: (db: PrismaClient, house: { id: string; name: string }) => Promise<void>,
): Promise<void> {
  const demo = '.local/demo/postgres'
  const local = process.env.DATABASE_URL ? null : await startLocalDatabase(demo)
  const db = connect(local?.url('clearmark') ?? (process.env.DATABASE_URL as string), 2)
  try {
    const houses = await db.organisation.findMany({
      where: { kind: 'OWNER', ...(named ? { id: named } : {}) },
      select: { id: true, name: true },
      orderBy: { id: 'asc' },
    })
    if (houses.length === 0) {
      say(named ? `There is no house ${named}.` : `There is no house in this database: nothing to ${to}.`)
      process.exitCode = named ? 2 : 0
    }
    for (const house of houses) await check(db, house)
  } finally {
    await db.$disconnect()
    if (local?.started) stopLocalDatabase(demo)
  }
}
