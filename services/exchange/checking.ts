import { record } from '../compliance/record.ts'
import { zoneOfHouse } from '../accounts/houses.ts'
import type { Ctx } from '../platform/context.ts'
import { inTransaction } from '../platform/db.ts'
import { giveUp } from './applying.ts'
import { enqueueImport, type ImportPayload } from './jobs.ts'
import type { ImportOutcome } from './outcome.ts'
import { readRows } from './reading.ts'
import { importStates } from './rules/import-states.ts'
import { limits } from './rules/kinds.ts'
import { lineInWords } from './rules/line-words.ts'

type Working = Ctx<'db' | 'clock' | 'actor' | 'storage'>
const shown = 8

/**
 * Look a file through: every row, every complaint. What is found is written in one step at the end, guarded by the state, so
 * that a worker that dies leaves nothing, and one that runs twice writes once.
 */
export async function checkImport(ctx: Working, { importId }: Pick<ImportPayload, 'importId'>): Promise<void> {
  const { houseId } = ctx.actor
  const file = await ctx.db.rightsImport.findFirst({ where: { id: importId, houseId, state: 'CHECKING' } })
  if (!file) return
  const around = { zone: await zoneOfHouse(ctx), now: ctx.clock.now() }
  const outcome: ImportOutcome = { problems: 0, pictures: 0, preview: [] }
  const problems: { rowNo: number; column: string; value: string; message: string }[] = []
  const pictures = new Set<string>()
  let good = 0
  let bad = 0
  for await (const rows of readRows(ctx, file, around)) {
    for (const { no, line, asset, complaints } of rows) {
      if (line && asset) {
        good++
        pictures.add(asset.id)
        if (outcome.preview.length < shown) outcome.preview.push({ row: no, assetId: asset.id, title: asset.title, ...lineInWords(line) })
        continue
      }
      bad++
      outcome.problems += complaints.length
      for (const { column, value, message } of complaints)
        if (problems.length < limits.problems) problems.push({ rowNo: no, column, value: storable(value), message: storable(message) })
    }
    const { count } = await ctx.db.rightsImport.updateMany({
      where: { id: importId, houseId, state: 'CHECKING' },
      data: { rowsDone: good + bad, rowsGood: good, rowsBad: bad },
    })
    // Somebody has dropped it: nobody waits for the rest.
    if (count === 0) return
  }
  outcome.pictures = pictures.size

  await inTransaction(ctx, async (tx) => {
    const { count } = await tx.db.rightsImport.updateMany({
      where: { id: importId, houseId, state: { in: importStates.whence('finishCheck') } },
      data: { state: 'CHECKED', rowsTotal: good + bad, rowsDone: good + bad, rowsGood: good, rowsBad: bad, outcome: { ...outcome } },
    })
    if (count === 0) return
    await tx.db.importProblem.createMany({ data: problems.map((problem, i) => ({ importId, no: i + 1, ...problem })) })
    await record(tx, { type: 'import.checked', subject: { kind: 'import', id: importId }, data: { good, bad, problems: outcome.problems } })
  })
}

/** Postgres keeps no NUL; the complaint says that there was one. */
const storable = (text: string): string => text.replaceAll('\0', '␀')

const quiet = 10 * 60_000
const givenUp = 60 * 60_000

/**
 * Files whose worker died are taken up again: checking and applying both start from the beginning. One that nobody could
 * check in an hour says so. Bounded, run by the timetable.
 */
export async function sweepImports(ctx: Ctx<'db' | 'clock'>, batch = 50): Promise<number> {
  const now = ctx.clock.now().getTime()
  const stuck = await ctx.db.rightsImport.findMany({
    where: { state: { in: ['CHECKING', 'APPLYING'] }, createdAt: { lt: new Date(now - quiet) } },
    select: { id: true, houseId: true, state: true, createdAt: true },
    orderBy: { createdAt: 'asc' },
    take: batch,
  })
  for (const { id, houseId, state, createdAt } of stuck) {
    if (state === 'APPLYING') await enqueueImport(ctx, 'apply', { houseId, importId: id })
    else if (createdAt.getTime() >= now - givenUp) await enqueueImport(ctx, 'check', { houseId, importId: id })
    else
      await giveUp(
        { ...ctx, actor: { kind: 'system', houseId, name: 'sweep of imports' } },
        id,
        'It could not be checked within an hour. Upload it again.',
      )
  }
  return stuck.length
}
