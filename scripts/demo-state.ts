import fs from 'node:fs'
import path from 'node:path'
import { seedDemo } from '#prisma/seed.ts'
import { buildHouse } from '#services/platform/house.ts'
import { silentLog } from '#services/platform/log.ts'
import { createDatabase, migrate } from '#services/platform/migrations.ts'
import { startLocalDatabase, stopLocalDatabase } from './local-database.ts'
import { startOutside, type Outside } from './stack.ts'
import { step } from './terminal.ts'

/** What the demo and the development server share: one database, one set of files, one demo company. */
export const demoDir = path.resolve('.local/demo')
const databaseDir = path.join(demoDir, 'postgres')
/** Written when the demo company is complete: a first start that was interrupted begins anew instead of showing half of it. */
const complete = path.join(demoDir, 'complete')

/** What the demo's processes were last told, for the commands beside it; readable by its owner only, as the secrets are. */
export const demoSettings = path.join(demoDir, 'settings.json')

export const stopDemoDatabase = (): boolean => stopLocalDatabase(databaseDir)

/** Database, stand-ins and demo company, made at the first start and found at the later ones. */
export async function raiseDemo({ reset, port }: { reset: boolean; port: number }): Promise<{ outside: Outside; databaseUrl: string }> {
  if (reset || (fs.existsSync(demoDir) && !fs.existsSync(complete)))
    await step('Clearing the last demo', () => {
      stopDemoDatabase()
      fs.rmSync(demoDir, { recursive: true, force: true })
    })
  const database = await step('PostgreSQL', () => startLocalDatabase(databaseDir))
  const databaseUrl = database.url('clearmark')
  await step('Migrations', async () => {
    await createDatabase(databaseUrl)
    await migrate(databaseUrl)
  })
  const outside = await step('Payment sandbox and mail inbox', () => startOutside({ dir: demoDir, databaseUrl, ports: { web: port, payments: 3002, inbox: 3001 } }))
  fs.writeFileSync(demoSettings, JSON.stringify(outside.variables), { mode: 0o600 })
  if (!fs.existsSync(complete))
    await step('The demo company: pictures, people, licences', async () => {
      const house = buildHouse(outside.env, silentLog)
      await seedDemo(house, outside)
      await house.close()
      fs.writeFileSync(complete, new Date().toISOString())
    })
  return { outside, databaseUrl }
}
