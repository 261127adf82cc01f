/**
 * `npm run demo`: the whole product on this machine with a demo company in it. Real PostgreSQL from npm, the production
 * build, web and worker processes, a payment sandbox and a mail inbox. State lasts; `--reset` starts anew.
 */
import path from 'node:path'
import { parseArgs } from 'node:util'
import { demoPeople } from '#prisma/seed.ts'
import { build } from './build.ts'
import { demoDir, raiseDemo, stopDemoDatabase } from './demo-state.ts'
import { onEnd } from './readiness.ts'
import { supervise } from './stack.ts'
import { accent, bold, dim, red, step, table } from './terminal.ts'

const { values } = parseArgs({ options: { reset: { type: 'boolean', default: false }, port: { type: 'string', default: '3000' } } })
const port = Number(values.port)
if (!Number.isInteger(port) || port < 0 || port > 65_000) {
  process.stderr.write(`--port ${values.port} is not a port.\n`)
  process.exit(2)
}

async function start(): Promise<void> {
  process.stdout.write(`\n${bold('Clearmark')} ${dim('demo')}\n\n`)
  // Two cores: the pages are built while the demo company is made.
  const building = build()
  building.catch(() => {})
  const { outside } = await raiseDemo({ reset: values.reset, port })
  await step('Production build', () => building)
  const [web, worker] = await step('Web and worker processes', () =>
    Promise.all([
      supervise('scripts/start.ts', outside.variables, path.join(demoDir, 'web.log')),
      supervise('scripts/worker.ts', outside.variables, path.join(demoDir, 'worker.log')),
    ]),
  )
  onEnd(async () => {
    process.stdout.write(`\n${dim('Stopping …')}\n`)
    await Promise.all([web.stop(), worker.stop()])
    await outside.close()
    stopDemoDatabase()
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
  process.stderr.write(`\n${red('The demo did not start.')} ${error instanceof Error ? error.message : String(error)}\n${dim(`Logs are in ${path.relative('.', demoDir)}; "npm run demo -- --reset" starts anew.`)}\n`)
  stopDemoDatabase()
  process.exit(1)
})
