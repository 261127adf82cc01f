import type { OrgKind, Person } from '../kernel/actor.ts'
import { isRefusal } from '../kernel/errors.ts'
import { zoneOfHouse } from '../accounts/houses.ts'
import { record } from '../compliance/record.ts'
import type { Ctx } from '../platform/context.ts'
import { inTransaction } from '../platform/db.ts'
import { askAll, holderFor, type Holder } from './asking.ts'
import { enqueueRun, type RunList } from './jobs.ts'
import { clearanceStates } from './rules/clearance-states.ts'
import { readLine } from './rules/line.ts'
import { countsOf, insertRows, keptAnswer, keptComplaints, type KeptRow } from './stored-rows.ts'
import { readList, type ListRow } from './tables.ts'

type Running = Ctx<'db' | 'clock' | 'actor' | 'storage'>

/** So many rows are asked, written and counted in one transaction: the progress that people see, and what a killed worker loses. */
const batchSize = 1_000

/** Rows with their answers: what cannot be read is told so, the rest is asked in one go. */
export async function answerRows(
  ctx: Ctx<'db' | 'clock' | 'actor'>,
  rows: readonly ListRow[],
  holder: Holder,
  zone: string,
): Promise<KeptRow[]> {
  const read = rows.map((row) => ({ row, line: readLine(row.given, zone) }))
  const uses = read.flatMap(({ line }) => (line.ok ? [line] : []))
  const answers = await askAll(ctx, uses, holder)
  let next = 0
  return read.map(({ row: { no, given }, line }) => {
    const answer = line.ok ? answers[next++] : undefined
    return line.ok && answer ? keptAnswer(no, given, line.terms, answer) : keptComplaints(no, given, line.ok ? [] : line.complaints)
  })
}

/**
 * Work a list off. A batch is written only where the list stands as it was read, so that it may run twice, at once or after
 * a kill: whoever comes takes up where it stands, and no row is answered twice.
 */
export async function runList(ctx: Running, { clearanceId, houseId }: RunList): Promise<void> {
  const list = await ctx.db.clearance.findFirst({
    where: { id: clearanceId, houseId, state: { in: clearanceStates.whence('begin') } },
    select: { id: true, storageKey: true, orgId: true, holderOrgId: true, createdById: true },
  })
  if (!list) return
  const asker = await askerOf(ctx, houseId, list)
  if (!asker) return failList(ctx, clearanceId, 'The seat of the person who asked has ended. Ask again from another seat.')
  const asking = { ...ctx, actor: asker }
  const rows = await rowsOfFile(ctx, list.storageKey)
  const holder = rows && (await holderOf(asking, list.holderOrgId))
  if (!rows || !holder) {
    // Another worker may have finished it meanwhile, and the file with it; then there is nothing left to fail.
    return failList(
      ctx,
      clearanceId,
      rows ? 'The organisation for which it was asked is closed.' : 'The file of this list is gone. Send it again.',
    )
  }
  const timeZone = await zoneOfHouse(asking)
  await ctx.db.clearance.updateMany({ where: { id: clearanceId, state: 'WAITING' }, data: { state: 'RUNNING' } })
  const ask = (from: number) => answerRows(asking, rows.slice(from, from + batchSize), holder, timeZone)
  // While the database writes one batch, the engine is asked about the next.
  let ahead: { from: number; answers: Promise<KeptRow[]> } | undefined
  try {
    for (;;) {
      const stands = await ctx.db.clearance.findUniqueOrThrow({ where: { id: clearanceId }, select: { state: true, rowsDone: true } })
      if (stands.state !== 'RUNNING') return
      if (stands.rowsDone >= rows.length) return await finish(ctx, clearanceId, list.storageKey)
      const answered = await (ahead?.from === stands.rowsDone ? ahead.answers : ask(stands.rowsDone))
      const next = stands.rowsDone + batchSize
      ahead = next < rows.length ? { from: next, answers: ask(next) } : undefined
      // Heard where it is awaited; a failure of the write must not leave it unheard.
      ahead?.answers.catch(() => undefined)
      await writeBatch(ctx, clearanceId, stands.rowsDone, answered)
    }
  } finally {
    await ahead?.answers.catch(() => undefined)
  }
}

async function writeBatch(ctx: Running, id: string, rowsDone: number, rows: readonly KeptRow[]): Promise<void> {
  const { green, amber, red, errors } = countsOf(rows)
  await inTransaction(ctx, async (tx) => {
    const { count } = await tx.db.clearance.updateMany({
      where: { id, state: 'RUNNING', rowsDone },
      data: {
        rowsDone: { increment: rows.length },
        green: { increment: green },
        amber: { increment: amber },
        red: { increment: red },
        errors: { increment: errors },
      },
    })
    // Somebody else wrote this batch, or it was cancelled: the caller looks again.
    if (count > 0) await insertRows(tx, id, rows)
  })
}

async function finish(ctx: Running, id: string, storageKey: string | null): Promise<void> {
  const done = await inTransaction(ctx, async (tx) => {
    const { count } = await tx.db.clearance.updateMany({
      where: { id, state: { in: clearanceStates.whence('finish') } },
      data: { state: 'DONE', finishedAt: tx.clock.now(), storageKey: null },
    })
    if (count === 0) return false
    const { green, amber, red, errors } = await tx.db.clearance.findUniqueOrThrow({
      where: { id },
      select: { green: true, amber: true, red: true, errors: true },
    })
    await record(tx, { type: 'clearance.finished', subject: { kind: 'clearance', id }, data: { green, amber, red, errors } })
    return true
  })
  // Each row keeps what was written in it: the file has done its work.
  if (done && storageKey) await ctx.storage.remove(storageKey)
}

async function failList(ctx: Running, id: string, failure: string): Promise<void> {
  const list = await ctx.db.clearance.findUnique({ where: { id }, select: { storageKey: true } })
  const failed = await inTransaction(ctx, async (tx) => {
    const { count } = await tx.db.clearance.updateMany({
      where: { id, state: { in: clearanceStates.whence('fail') } },
      data: { state: 'FAILED', failure, finishedAt: tx.clock.now(), storageKey: null },
    })
    if (count > 0) await record(tx, { type: 'clearance.failed', subject: { kind: 'clearance', id }, data: { failure } })
    return count > 0
  })
  // Nobody asks it any more, and what somebody plans is not kept for nothing.
  if (failed && list?.storageKey) await ctx.storage.remove(list.storageKey)
}

/** A list is asked with the eyes of the person who sent it, as they are now. */
async function askerOf(ctx: Running, houseId: string, list: { orgId: string; createdById: string | null }): Promise<Person | undefined> {
  const seat = await ctx.db.member.findFirst({
    where: { houseId, orgId: list.orgId, userId: list.createdById ?? '', endedAt: null, org: { closedAt: null }, user: { closedAt: null } },
    select: {
      id: true,
      userId: true,
      roles: true,
      org: { select: { kind: true, name: true } },
      user: { select: { name: true, email: true } },
    },
  })
  if (!seat) return undefined
  const { id: memberId, userId, roles, org, user } = seat
  const orgKind: OrgKind = org.kind
  return { kind: 'person', houseId, userId, memberId, sessionId: 'none', orgId: list.orgId, orgKind, orgName: org.name, roles, ...user }
}

async function holderOf(ctx: Ctx<'db' | 'actor'>, orgId: string | null): Promise<Holder | undefined> {
  try {
    return await holderFor(ctx, orgId)
  } catch (error) {
    if (isRefusal(error)) return undefined
    throw error
  }
}

async function rowsOfFile(ctx: Running, storageKey: string | null): Promise<ListRow[] | undefined> {
  if (!storageKey) return undefined
  try {
    const read = await readList(await ctx.storage.open(storageKey))
    return read.ok ? read.value.rows : undefined
  } catch (error) {
    if (isRefusal(error)) return undefined
    throw error
  }
}

const stale = 2 * 60_000
const givenUp = 60 * 60_000

/** Lists whose worker was killed are taken up again; one that nobody could finish in an hour says so. */
export async function sweepLists(ctx: Running): Promise<void> {
  const now = ctx.clock.now().getTime()
  const waiting = await ctx.db.clearance.findMany({
    where: { houseId: ctx.actor.houseId, state: { in: clearanceStates.whence('begin') }, createdAt: { lt: new Date(now - stale) } },
    select: { id: true, houseId: true, createdAt: true },
    orderBy: { createdAt: 'asc' },
    take: 200,
  })
  const lost = waiting.filter(({ createdAt }) => createdAt.getTime() < now - givenUp)
  for (const { id } of lost) await failList(ctx, id, 'It could not be finished within an hour. Send it again.')
  for (const { id, houseId } of waiting.filter((list) => !lost.includes(list))) await enqueueRun(ctx, { houseId, clearanceId: id })
}
