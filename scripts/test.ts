/**
 * `npm test`: everything, cheapest first: types, lint, layers, rules, operations on a real Postgres, the build, journeys
 * in a real Chromium. Goes on after a failure, so that one run says everything; ends with `N passed, N failed`.
 */
import { spawn } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { build } from './build.ts'
import { stopLocalDatabase } from './local-database.ts'
import { bold, green, red } from './terminal.ts'

interface Tally {
  passed: number
  failed: number
  skipped: number
  /** The names of what failed, for the end of the run: nobody should look for them in 40 minutes of lines. */
  names?: string[]
}
const reports = path.resolve('.local/reports')
fs.mkdirSync(reports, { recursive: true })
const node = (...args: string[]) => [process.execPath, ...args]
const bin = (file: string) => path.resolve('node_modules', file)

const run = ([command = '', ...args]: string[]): Promise<number> =>
  new Promise((resolve) => {
    const child = spawn(command, args, { stdio: 'inherit', env: { ...process.env, FORCE_COLOR: process.stdout.isTTY ? '1' : '0' } })
    child.on('error', () => resolve(127))
    child.on('exit', (code) => resolve(code ?? 1))
  })

/** A tool that only says yes or no counts as one test. */
const oneTest = async (command: string[]): Promise<Tally> => {
  const code = await run(command)
  return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: 0 }
}

interface VitestReport {
  numPassedTests: number
  numFailedTests: number
  numPendingTests: number
  testResults: { name: string; status: string; assertionResults: { fullName: string; status: string }[] }[]
}

interface JourneySuite {
  specs: { file: string; title: string; ok: boolean }[]
  suites?: JourneySuite[]
}

const failedJourneys = (suites: JourneySuite[] = []): string[] =>
  suites.flatMap(({ specs, suites: inner }) => [...specs.filter(({ ok }) => !ok).map(({ file, title }) => `${file}: ${title}`), ...failedJourneys(inner)])

/** Counts from vitest's JSON report; a run that broke before it reported is a failure. */
const vitest = async (project: string): Promise<Tally> => {
  const file = path.join(reports, `${project}.json`)
  fs.rmSync(file, { force: true })
  const code = await run(node(bin('vitest/vitest.mjs'), 'run', '--project', project, '--reporter=default', '--reporter=json', `--outputFile.json=${file}`))
  if (!fs.existsSync(file)) return { passed: 0, failed: 1, skipped: 0 }
  const report = JSON.parse(fs.readFileSync(file, 'utf8')) as VitestReport
  const failed = report.numFailedTests || (code === 0 ? 0 : 1)
  const names = report.testResults.flatMap(({ name, status, assertionResults }) => {
    const tests = assertionResults.filter((one) => one.status === 'failed').map(({ fullName }) => fullName)
    return (tests.length || status !== 'failed' ? tests : ['(the file itself)']).map((test) => `${path.relative('.', name)}: ${test}`)
  })
  return { passed: report.numPassedTests, failed, skipped: report.numPendingTests, names }
}

const journeys = async (): Promise<Tally> => {
  const file = path.join(reports, 'journeys.json')
  fs.rmSync(file, { force: true })
  const code = await run(node('--import', 'tsx', bin('playwright/cli.js'), 'test', '--config', 'playwright.config.ts'))
  if (!fs.existsSync(file)) return { passed: 0, failed: 1, skipped: 0 }
  const { stats, suites } = JSON.parse(fs.readFileSync(file, 'utf8')) as {
    stats: { expected: number; unexpected: number; flaky: number; skipped: number }
    suites: JourneySuite[]
  }
  const failed = stats.unexpected || (code === 0 ? 0 : 1)
  return { passed: stats.expected + stats.flaky, failed, skipped: stats.skipped, names: failedJourneys(suites) }
}

const withBrowser = !process.argv.includes('--no-browser')
const steps: [string, () => Promise<Tally>][] = [
  ['types', () => oneTest(node(bin('typescript/bin/tsc'), '-p', '.'))],
  ['lint', () => oneTest(node(bin('eslint/bin/eslint.js'), '.', '--max-warnings=0', '--cache', '--cache-location', 'node_modules/.cache/eslint/'))],
  ['layers', () => oneTest(node(bin('dependency-cruiser/bin/dependency-cruise.mjs'), '--config', '.dependency-cruiser.cjs', '--output-type', 'err', 'app', 'services', 'emails', 'prisma', 'server.ts'))],
  ['structure', () => oneTest(node('--import', 'tsx', 'scripts/structure.ts'))],
  ['rules', () => vitest('unit')],
  ['operations', () => vitest('db')],
]
if (withBrowser) {
  steps.push(['build', () => build().then(() => ({ passed: 1, failed: 0, skipped: 0 }), (error: unknown) => {
    process.stderr.write(`${String(error)}\n`)
    return { passed: 0, failed: 1, skipped: 0 }
  })])
  steps.push(['journeys', journeys])
}

const total: Tally = { passed: 0, failed: 0, skipped: 0 }
const lines: string[] = []
const failures: string[] = []
for (const [name, work] of steps) {
  process.stdout.write(`\n${bold(`── ${name}`)}\n`)
  const started = performance.now()
  const tally = await work()
  total.passed += tally.passed
  total.failed += tally.failed
  total.skipped += tally.skipped
  for (const test of tally.names ?? []) failures.push(`${name}: ${test}`)
  const seconds = ((performance.now() - started) / 1000).toFixed(0)
  lines.push(`${tally.failed ? red('✗') : green('✓')} ${name.padEnd(12)} ${tally.passed} passed, ${tally.failed} failed${tally.skipped ? `, ${tally.skipped} skipped` : ''} (${seconds} s)`)
}
stopLocalDatabase('.local/test-postgres')
if (failures.length) process.stdout.write(`\n${failures.map((one) => `${red('failed')} ${one}`).join('\n')}\n`)
process.stdout.write(`\n${lines.join('\n')}\n\n${total.passed} passed, ${total.failed} failed${total.skipped ? `, ${total.skipped} skipped` : ''}\n`)
process.exit(total.failed ? 1 : 0)
