/** Before the journeys: a database of their own, the demo company, and the built product with its stand-ins. Torn down after. */
import { randomBytes } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { seedDemo } from '#prisma/seed.ts'
import { buildHouse } from '#services/platform/house.ts'
import { silentLog } from '#services/platform/log.ts'
import { createDatabase, dropDatabase, migrate } from '#services/platform/migrations.ts'
import { build } from '../scripts/build.ts'
import { startLocalDatabase } from '../scripts/local-database.ts'
import { startOutside, supervise } from '../scripts/stack.ts'
import { openControl } from './control.ts'

export default async function setup(): Promise<() => Promise<void>> {
  const dir = path.resolve('.local/journeys-stack')
  fs.rmSync(dir, { recursive: true, force: true })
  const building = build()
  const database = await startLocalDatabase(path.resolve('.local/test-postgres'), { throwaway: true })
  const databaseUrl = database.url(`journeys_${randomBytes(4).toString('hex')}`)
  await createDatabase(databaseUrl)
  await migrate(databaseUrl)
  const outside = await startOutside({ dir, databaseUrl, ports: { web: 0, payments: 0, inbox: 0 } })
  const house = buildHouse(outside.env, silentLog)
  await seedDemo(house, outside)
  await house.close()
  await building
  const web = await supervise('scripts/start.ts', outside.variables, path.join(dir, 'web.log'))
  const worker = await supervise('scripts/worker.ts', outside.variables, path.join(dir, 'worker.log'))
  const control = await openControl({ web, worker })
  Object.assign(process.env, {
    JOURNEY_ORIGIN: outside.origin, JOURNEY_INBOX: outside.inboxUrl, JOURNEY_PAYMENTS: outside.paymentsUrl,
    JOURNEY_TOKEN: outside.controlToken, JOURNEY_DATABASE: databaseUrl, JOURNEY_CONTROL: control.url,
    JOURNEY_SETTINGS: JSON.stringify(outside.variables),
  })
  return async () => {
    await control.close()
    await Promise.all([web.stop(), worker.stop()])
    await outside.close()
    await dropDatabase(databaseUrl)
  }
}
