import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { startLocalDatabase } from '#scripts/local-database.ts'
import { createDatabase, dropDatabase, migrate } from '#services/platform/migrations.ts'

declare module 'vitest' {
  interface ProvidedContext {
    postgres: { server: string; template: string }
  }
}

/** One template a state of the migrations: made once, cloned by every test file. */
function templateName(folder = path.resolve('prisma/migrations')): string {
  const hash = createHash('sha256')
  for (const name of readdirSync(folder).sort()) if (!name.includes('.')) hash.update(name).update(readFileSync(path.join(folder, name, 'migration.sql')))
  return `template_${hash.digest('hex').slice(0, 12)}`
}

export default async function setup(project: TestProject) {
  const database = await startLocalDatabase(path.resolve('.local/test-postgres'), { throwaway: true })
  const template = templateName()
  const client = new pg.Client({ connectionString: database.url() })
  await client.connect()
  // Two runs at once: the second waits here and finds the template made.
  await client.query('SELECT pg_advisory_lock(1)')
  try {
    const ready = await client.query('SELECT 1 FROM pg_database WHERE datname = $1 AND datistemplate', [template])
    if (ready.rowCount === 0) {
      await dropDatabase(database.url(template))
      await createDatabase(database.url(template))
      await migrate(database.url(template))
      await client.query(`ALTER DATABASE ${template} IS_TEMPLATE true ALLOW_CONNECTIONS false`)
    }
  } finally {
    await client.end()
  }
  project.provide('postgres', { server: database.url(), template })
}
