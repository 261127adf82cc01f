import { createHash, randomUUID } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { runMigrations } from 'graphile-worker'
import pg from 'pg'

/** The key that Prisma's own migrate takes, so that the two never run beside each other. */
const prismaLock = 72_707_369

/**
 * What `prisma migrate deploy` does, without its command line (which wants a download): applies `prisma/migrations` in
 * order under Prisma's lock, in its own `_prisma_migrations` table, then the job queue's migrations. Returns the names
 * applied now. A failed migration is named and stays marked until a person has looked.
 */
export async function migrate(url: string, folder = path.resolve('prisma/migrations')): Promise<string[]> {
  const client = new pg.Client({ connectionString: url, options: '-c TimeZone=UTC', application_name: 'clearmark-migrate' })
  await client.connect()
  const applied: string[] = []
  try {
    await client.query('SELECT pg_advisory_lock($1)', [prismaLock])
    await client.query(`CREATE TABLE IF NOT EXISTS _prisma_migrations (
      id VARCHAR(36) PRIMARY KEY NOT NULL, checksum VARCHAR(64) NOT NULL, finished_at TIMESTAMPTZ, migration_name VARCHAR(255) NOT NULL,
      logs TEXT, rolled_back_at TIMESTAMPTZ, started_at TIMESTAMPTZ NOT NULL DEFAULT now(), applied_steps_count INTEGER NOT NULL DEFAULT 0)`)
    const { rows } = await client.query<{ migration_name: string; checksum: string; finished_at: Date | null }>(
      'SELECT migration_name, checksum, finished_at FROM _prisma_migrations WHERE rolled_back_at IS NULL',
    )
    const failed = rows.find((row) => !row.finished_at)
    if (failed) throw new Error(`Migration ${failed.migration_name} failed earlier: mend the database, then mark it with "prisma migrate resolve".`)
    const known = new Map(rows.map((row) => [row.migration_name, row.checksum]))
    const entries = await readdir(folder, { withFileTypes: true })
    for (const name of entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name).sort()) {
      const sql = await readFile(path.join(folder, name, 'migration.sql'), 'utf8')
      const checksum = createHash('sha256').update(sql).digest('hex')
      const before = known.get(name)
      if (before === checksum) continue
      if (before) throw new Error(`Migration ${name} was changed after it was applied: write a new migration instead.`)
      const id = randomUUID()
      await client.query('INSERT INTO _prisma_migrations (id, checksum, migration_name) VALUES ($1, $2, $3)', [id, checksum, name])
      try {
        await client.query(sql)
      } catch (error) {
        await client.query('UPDATE _prisma_migrations SET logs = $2 WHERE id = $1', [id, String(error)])
        throw new Error(`Migration ${name}: ${error instanceof Error ? error.message : String(error)}`, { cause: error })
      }
      await client.query('UPDATE _prisma_migrations SET finished_at = now(), applied_steps_count = 1 WHERE id = $1', [id])
      applied.push(name)
    }
  } finally {
    await client.end()
  }
  await runMigrations({ connectionString: url, preset: { worker: { schema: 'graphile_worker' } } })
  return applied
}

/** Names of the migrations that the database still lacks; all of them when it was never migrated. */
export async function pendingMigrations(url: string, folder = path.resolve('prisma/migrations')): Promise<string[]> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 })
  await client.connect()
  try {
    const table = await client.query<{ there: boolean }>("SELECT to_regclass('_prisma_migrations') IS NOT NULL AS there")
    const { rows } = table.rows[0]?.there
      ? await client.query<{ name: string }>('SELECT migration_name AS name FROM _prisma_migrations WHERE finished_at IS NOT NULL')
      : { rows: [] }
    const done = new Set(rows.map((row) => row.name))
    const entries = await readdir(folder, { withFileTypes: true })
    return entries.filter((entry) => entry.isDirectory() && !done.has(entry.name)).map((entry) => entry.name).sort()
  } finally {
    await client.end()
  }
}

/** Makes the database that `url` names, unless it is there. */
export async function createDatabase(url: string, template?: string): Promise<void> {
  const name = new URL(url).pathname.slice(1)
  const client = new pg.Client({ connectionString: Object.assign(new URL(url), { pathname: '/postgres' }).href })
  await client.connect()
  try {
    const there = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [name])
    if (there.rowCount === 0) await client.query(`CREATE DATABASE ${pg.escapeIdentifier(name)}${template ? ` TEMPLATE ${pg.escapeIdentifier(template)}` : ''}`)
  } finally {
    await client.end()
  }
}

export async function dropDatabase(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: Object.assign(new URL(url), { pathname: '/postgres' }).href })
  await client.connect()
  try {
    await client.query(`DROP DATABASE IF EXISTS ${pg.escapeIdentifier(new URL(url).pathname.slice(1))} WITH (FORCE)`)
  } finally {
    await client.end()
  }
}
