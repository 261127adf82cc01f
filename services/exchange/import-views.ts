import { byteOrderMark, csvLine } from '../compliance/rules/csv.ts'
import { Refusal } from '../kernel/errors.ts'
import { decodeCursor, encodeCursor, pageOf, type Page } from '../kernel/page.ts'
import type { Ctx } from '../platform/context.ts'
import { readOutcome } from './outcome.ts'
import { may, mustMay } from './policy.ts'
import type { ImportState } from './rules/import-states.ts'
import type { ImportKind } from './rules/kinds.ts'

type Asking = Ctx<'db' | 'actor'>

export interface ImportRow {
  id: string
  kind: ImportKind
  fileName: string
  state: ImportState
  createdAt: Date
  by: string | null
  rowsTotal: number
  rowsBad: number
  added: number | null
  collides: number
}

/** The files that came, the newest first. */
export async function importsPage(ctx: Asking, after: string | null): Promise<Page<ImportRow>> {
  mustMay(ctx.actor, 'see-exchange')
  const cursor = decodeCursor(after)
  const size = 30
  const rows = await ctx.db.rightsImport.findMany({
    where: {
      houseId: ctx.actor.houseId,
      ...(cursor && { OR: [{ createdAt: { lt: cursor.at } }, { createdAt: cursor.at, id: { lt: cursor.id } }] }),
    },
    select: {
      id: true,
      kind: true,
      fileName: true,
      state: true,
      createdAt: true,
      createdById: true,
      rowsTotal: true,
      rowsBad: true,
      outcome: true,
    },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: size + 1,
  })
  const names = await namesOf(
    ctx,
    rows.map(({ createdById }) => createdById),
  )
  const items = rows.map(({ createdById, outcome, ...row }) => {
    const { added, collides } = readOutcome(outcome)
    return { ...row, by: names.get(createdById ?? '') ?? null, added: added ?? null, collides: collides ?? 0 }
  })
  return pageOf(items, size, (row) => encodeCursor(row.createdAt, row.id))
}

export interface ImportPage extends ImportRow {
  sizeBytes: number
  sha256: string
  failure: string | null
  rowsDone: number
  rowsGood: number
  finishedAt: Date | null
  pictures: number
  preview: { row: number; assetId: string; title: string; what: string; words: string }[]
  known: number
  replaced: number
  contracts: number
  appliedBy: string | null
  /** All complaints, and how many of them were kept. */
  problemCount: number
  problemsKept: number
  problems: Page<{ no: number; row: number; column: string; value: string; message: string }>
  mayApply: boolean
  mayDrop: boolean
}

/** One file: how far it is, what is wrong with it, what it would say, what came of it. */
export async function importPage(ctx: Asking, importId: string, after: string | null): Promise<ImportPage> {
  const file = await seen(ctx, importId)
  const outcome = readOutcome(file.outcome)
  const from = /^\d{1,4}$/.test(after ?? '') ? Number(after) : 0
  const size = 50
  const [problems, kept, names] = await Promise.all([
    ctx.db.importProblem.findMany({ where: { importId, no: { gt: from } }, orderBy: { no: 'asc' }, take: size + 1 }),
    ctx.db.importProblem.count({ where: { importId } }),
    namesOf(ctx, [file.createdById]),
  ])
  const exchanging = may(ctx.actor, 'exchange')
  return {
    id: file.id,
    kind: file.kind,
    fileName: file.fileName,
    state: file.state,
    createdAt: file.createdAt,
    finishedAt: file.finishedAt,
    by: names.get(file.createdById ?? '') ?? null,
    sizeBytes: Number(file.sizeBytes),
    sha256: file.sha256,
    failure: file.failure,
    rowsTotal: file.rowsTotal,
    rowsDone: file.rowsDone,
    rowsGood: file.rowsGood,
    rowsBad: file.rowsBad,
    pictures: outcome.pictures,
    preview: outcome.preview,
    added: outcome.added ?? null,
    known: outcome.known ?? 0,
    replaced: outcome.replaced ?? 0,
    contracts: outcome.contracts ?? 0,
    collides: outcome.collides ?? 0,
    appliedBy: outcome.appliedBy?.name ?? null,
    problemCount: outcome.problems,
    problemsKept: kept,
    problems: pageOf(
      problems.map(({ no, rowNo, column, value, message }) => ({ no, row: rowNo, column, value, message })),
      size,
      ({ no }) => String(no),
    ),
    mayApply: exchanging && file.state === 'CHECKED' && file.rowsBad === 0 && file.rowsGood > 0,
    mayDrop: exchanging && (file.state === 'CHECKED' || file.state === 'CHECKING'),
  }
}

/** The complaints as a file, to be worked off beside the sheet that they are about. */
export async function problemLines(ctx: Asking, importId: string): Promise<{ name: string; chunks: AsyncGenerator<string> }> {
  await seen(ctx, importId)
  async function* chunks() {
    yield byteOrderMark + csvLine(['row', 'column', 'value', 'what to do'])
    const rows = await ctx.db.importProblem.findMany({ where: { importId }, orderBy: { no: 'asc' } })
    yield rows.map(({ rowNo, column, value, message }) => csvLine([String(rowNo), column, value, message])).join('')
  }
  return { name: `problems-${importId}.csv`, chunks: chunks() }
}

async function seen(ctx: Asking, importId: string) {
  mustMay(ctx.actor, 'see-exchange')
  const file = await ctx.db.rightsImport.findFirst({ where: { id: importId, houseId: ctx.actor.houseId } })
  if (!file) throw new Refusal('not-found', `no import ${importId}`)
  return file
}

/** Names of the house's people by id. */
export async function namesOf(ctx: Asking, ids: readonly (string | null)[]): Promise<Map<string, string>> {
  const wanted = [...new Set(ids.filter((id): id is string => id !== null))]
  const people = await ctx.db.user.findMany({ where: { id: { in: wanted } }, select: { id: true, name: true } })
  return new Map(people.map(({ id, name }) => [id, name]))
}
