/** `npm run bench -- NAME`: runs `bench/NAME.ts`, prints one JSON line a figure, and exits 1 when a target is missed. */
import { existsSync, readdirSync } from 'node:fs'
import path from 'node:path'
import type { Figure } from './figure.ts'

const name = process.argv[2] ?? ''
const file = path.resolve('bench', `${name}.ts`)
const known = readdirSync('bench').filter((entry) => entry.endsWith('.ts') && !['run.ts', 'figure.ts', 'demo-house.ts', 'load.ts'].includes(entry)).map((entry) => entry.slice(0, -3))
if (!/^[a-z-]+$/.test(name) || !existsSync(file)) {
  process.stderr.write(`Which benchmark? npm run bench -- ${known.join(' | ')}\n`)
  process.exit(2)
}
const { default: measure } = (await import(file)) as { default: () => Promise<Figure[]> }
let missed = 0
for (const figure of await measure()) {
  const met = figure.better === 'lower' ? figure.value <= figure.target : figure.value >= figure.target
  if (!met) missed++
  process.stdout.write(`${JSON.stringify({ ...figure, met })}\n`)
}
process.exit(missed ? 1 : 0)
