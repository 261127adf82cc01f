/** `npx clearmark import FOLDER --as EMAIL [--csv SIDECAR] [--dry-run] [--report FILE]`: bring a folder of files into the library. */
import { createWriteStream, existsSync, statSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { seatNamed } from '#services/accounts/seats.ts'
import { importFolder, type Line } from '#services/intake/folder-imports.ts'
import { isRefusal } from '#services/kernel/errors.ts'
import { buildHouse } from '#services/platform/house.ts'
import { silentLog } from '#services/platform/log.ts'
import { houseOfThisMachine } from './this-machine.ts'

const usage = `Usage: npx clearmark import FOLDER --as EMAIL [--csv SIDECAR] [--dry-run] [--report FILE]

  FOLDER      what is brought in, with the folders in it
  --as        who brings it: a librarian or contributor of the house
  --csv       a CSV file that describes the files; its column "file" is the path in FOLDER
  --dry-run   look at everything and say what would become of it; write nothing
  --report    a CSV file with a line for each file (without it: what was not taken in is listed here)

Stopped at any moment, the same command goes on where it was.
`
const end = (text: string, code = 2): never => {
  process.stderr.write(text)
  process.exit(code)
}

const read = (() => {
  try {
    return parseArgs({
      allowPositionals: true,
      options: { as: { type: 'string' }, csv: { type: 'string' }, 'dry-run': { type: 'boolean', default: false }, report: { type: 'string' }, help: { type: 'boolean' } },
    })
  } catch (error) {
    return end(`${error instanceof Error ? error.message : String(error)}\n\n${usage}`)
  }
})()
const { values, positionals: [verb, folder] } = read
if (values.help) end(usage, 0)
if (verb !== 'import') end(verb ? `There is no command ${verb}.\n\n${usage}` : usage)
if (!folder || !existsSync(folder) || !statSync(folder).isDirectory()) end(folder ? `${folder} is no folder.\n` : `Which folder?\n\n${usage}`)
if (!values.as) end(`Who brings it in? Say --as EMAIL.\n\n${usage}`)
if (values.csv && !existsSync(values.csv)) end(`There is no file ${values.csv}.\n`)

const cell = (value: string | number | null): string => (/[",\n;]/.test(String(value ?? '')) ? `"${String(value).replaceAll('"', '""')}"` : String(value ?? ''))
const report = values.report ? createWriteStream(values.report) : null
report?.write('﻿row,file,outcome,problem,asset\r\n')

const { env, close } = await houseOfThisMachine()
const house = buildHouse(env, silentLog)
try {
  const seat = await seatNamed(house.context, (values.as as string).toLowerCase())
  if (!seat) end(`Nobody of the house has the address ${values.as}.\n`, 1)
  const ctx = { ...house.context, actor: seat as NonNullable<typeof seat> }
  const started = performance.now()
  let told = 0
  const tell = (line: Line) => {
    told++
    report?.write(`${[line.rowNo, line.file, line.outcome.toLowerCase(), line.problem, line.assetId && `${env.ORIGIN}/library/assets/${line.assetId}`].map(cell).join(',')}\r\n`)
    if (!report && line.problem) process.stdout.write(`  ${line.outcome.toLowerCase().padEnd(9)} ${line.file}: ${line.problem}\n`)
    if (process.stderr.isTTY && told % 20 === 0) process.stderr.write(`\r  ${told} files, ${Math.round((told * 1000) / (performance.now() - started))} a second `)
  }
  const outcome = await importFolder(ctx, { folder: folder as string, sidecar: values.csv, dryRun: values['dry-run'], told: tell })
  if (process.stderr.isTTY) process.stderr.write('\r')
  if (!outcome.ok) {
    process.exitCode = 1
    process.stderr.write(`${values.csv} cannot be read:\n${(outcome.detail as { problems: string[] }).problems.map((problem) => `  ${problem}\n`).join('')}`)
  } else {
    const { TAKEN, DUPLICATE, REFUSED, MISSING, FAILED, before } = outcome.value
    const verbWords = values['dry-run'] ? 'would be taken in' : 'in the library'
    process.stdout.write(`${TAKEN} ${verbWords}${before ? ` (${before} of them or of the doubles from before)` : ''}, ${DUPLICATE} there already, ${REFUSED} refused, ${MISSING} missing, ${FAILED} failed; ${((performance.now() - started) / 1000).toFixed(1)} s.\n`)
    if (values['dry-run']) process.stdout.write('Nothing was written.\n')
    else if (REFUSED + MISSING + FAILED > 0) process.stdout.write('Mend what is listed and run the same command again: it goes on with the rest.\n')
    process.exitCode = REFUSED + MISSING + FAILED > 0 ? 1 : 0
  }
} catch (error) {
  if (!isRefusal(error) || error.code !== 'forbidden') throw error
  process.exitCode = 1
  process.stderr.write(`${values.as} may not upload: that is for librarians and contributors.\n`)
} finally {
  await new Promise<void>((done) => (report ? report.end(done) : done()))
  await house.close()
  await close()
}
