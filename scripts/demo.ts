/**
 * `npm run demo`: the whole product on this machine with a demo company in it. Real PostgreSQL from npm, the production
 * build, web and worker processes, a payment sandbox and a mail inbox. State lasts; `--reset` starts anew.
 */
import fs from 'node:fs'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { createDatabase, migrate } from '#services/platform/migrations.ts'
import { buildHouse } from '#services/platform/house.ts'
import { silentLog } from '#services/platform/log.ts'
import { demoPeople, seedDemo } from '#prisma/seed.ts'
import { build } from './build.ts'
import { startLocalDatabase, stopLocalDatabase } from './local-database.ts'
import { onEnd } from './readiness.ts'
import { startOutside, supervise } from './stack.ts'
import { accent, bold, dim, red, step, table } from './terminal.ts'

const { values } = parseArgs({ options: { reset: { type: 'boolean', default: false }, port: { type: 'string', default: '3000' } } })
const wished = Number(values.port)
if (!Number.isInteger(wished) || wished < 0 || wished > 65_000) {
  process.stderr.write(`--port ${values.port} is not a port.\n`)
  process.exit(2)
}
const dir = path.resolve('.local/demo')
const databaseDir = path.join(dir, 'postgres')
/** Written when the demo company is complete: a first start that was interrupted begins anew instead of showing half of it. */
const complete = path.join(dir, 'complete')

async function start(): Promise<void> {
  process.stdout.write(`\n${bold('Clearmark')} ${dim('demo')}\n\n`)
  if (values.reset || (fs.existsSync(dir) && !fs.existsSync(complete)))
    await step('Clearing the last demo', () => {
      stopLocalDatabase(databaseDir)
      fs.rmSync(dir, { recursive: true, force: true })
    })
  const building = build()
  building.catch(() => {})
  const database = await step('PostgreSQL', () => startLocalDatabase(databaseDir))
  const databaseUrl = database.url('clearmark')
  await step('Migrations', async () => {
    await createDatabase(databaseUrl)
    await migrate(databaseUrl)
  })
  const outside = await step('Payment sandbox and mail inbox', () => startOutside({ dir, databaseUrl, ports: { web: wished, payments: 3002, inbox: 3001 } }))
  const house = buildHouse(outside.env, silentLog)
  if (!fs.existsSync(complete)) {
    await step('The demo company: pictures, people, licences', () => seedDemo(house, outside))
    fs.writeFileSync(complete, new Date().toISOString())
  }
  await house.close()
  await step('Production build', () => building)
  const [web, worker] = await step('Web and worker processes', () =>
    Promise.all([
      supervise('scripts/start.ts', outside.variables, path.join(dir, 'web.log')),
      supervise('scripts/worker.ts', outside.variables, path.join(dir, 'worker.log')),
    ]),
  )
  onEnd(async () => {
    process.stdout.write(`\n${dim('Stopping …')}\n`)
    await Promise.all([web.stop(), worker.stop()])
    await outside.close()
    stopLocalDatabase(databaseDir)
  })
  const places = [
    ['Store, portal and desks', accent(outside.origin), 'start here'],
    ['Mail inbox', accent(outside.inboxUrl), 'every mail that the product sends'],
    ['Payment sandbox', accent(outside.paymentsUrl), 'plays Stripe; card 4242 4242 4242 4242 pays'],
  ]
  const people = demoPeople.map((person) => [person.email, person.password, person.what])
  process.stdout.write(`\n${table(places)}\n\n${bold('Sign in as')} ${dim(`at ${outside.origin}/sign-in`)}\n${table(people)}\n\n${dim('Ctrl-C stops everything. Next start takes seconds; "npm run demo -- --reset" starts anew.')}\n`)
}

start().catch((error: unknown) => {
  process.stderr.write(`\n${red('The demo did not start.')} ${error instanceof Error ? error.message : String(error)}\n${dim(`Logs are in ${path.relative('.', dir)}; "npm run demo -- --reset" starts anew.`)}\n`)
  stopLocalDatabase(databaseDir)
  process.exit(1)
})
