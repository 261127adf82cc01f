import { randomBytes } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { seedDemo } from '#prisma/seed.ts'
import { buildHouse, type House } from '#services/platform/house.ts'
import { silentLog } from '#services/platform/log.ts'
import { createDatabase, dropDatabase, migrate } from '#services/platform/migrations.ts'
import { build } from '../scripts/build.ts'
import { startLocalDatabase } from '../scripts/local-database.ts'
import { startOutside, supervise, type Supervised } from '../scripts/stack.ts'

interface Running<T> {
  origin: string
  web: Supervised
  prepared: T
}

/** The built product with the demo company in it, on a free port, for as long as `work` takes. `prepare` sees its rows first. */
export async function withDemoHouse<T, R>(
  name: string,
  prepare: (house: House) => Promise<T>,
  work: (running: Running<T>) => Promise<R>,
): Promise<R> {
  const dir = path.resolve(`.local/bench-${name}`)
  fs.rmSync(dir, { recursive: true, force: true })
  await build()
  const database = await startLocalDatabase(path.resolve('.local/test-postgres'), { throwaway: true })
  const databaseUrl = database.url(`bench_${randomBytes(4).toString('hex')}`)
  await createDatabase(databaseUrl)
  await migrate(databaseUrl)
  const outside = await startOutside({ dir, databaseUrl, ports: { web: 0, payments: 0, inbox: 0 }, logLevel: 'warn' })
  const house = buildHouse(outside.env, silentLog)
  await seedDemo(house, outside)
  const prepared = await prepare(house)
  await house.close()
  const web = await supervise('scripts/start.ts', outside.variables, path.join(dir, 'web.log'))
  try {
    return await work({ origin: outside.origin, web, prepared })
  } finally {
    await web.stop()
    await outside.close()
    await dropDatabase(databaseUrl)
  }
}
