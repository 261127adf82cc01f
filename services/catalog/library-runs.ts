import { z } from 'zod'
import { alikeIn } from '../assets/lacks.ts'
import { lifeForMany } from '../assets/life.ts'
import { may } from '../assets/policy.ts'
import { countLacks, lacksNow, type Alike, type CountedLack } from '../assets/rules/lacks.ts'
import { keepSelection, selectionOf } from '../assets/selections.ts'
import { record } from '../compliance/record.ts'
import { isPerson, type Person } from '../kernel/actor.ts'
import { Refusal } from '../kernel/errors.ts'
import { newId } from '../kernel/ids.ts'
import { fail, ok, type Result } from '../kernel/result.ts'
import type { Context, Ctx } from '../platform/context.ts'
import { inTransaction } from '../platform/db.ts'
import { enqueue } from '../platform/queue.ts'
import { submitAsset } from '../review/reviews.ts'
import { addKitItem } from './brand-kits.ts'
import { addToCollection, removeFromCollection } from './collections.ts'
import { libraryAct, undoOf, type LibraryAct } from './library-acts.ts'
import { outlook, type OfferedVerb, type Outlook } from './rules/library-acts.ts'

type Running = Ctx<'db' | 'clock' | 'actor'>

export const runJob = 'catalog.run-library-act'
export const runPayload = z.object({ houseId: z.string(), runId: z.string() })
export const resumeRunsJob = 'catalog.resume-library-acts'
/** Assets that are done, and written down as done, in one step. */
const step = 50
/** A worker that has said nothing for so long is dead. */
const silence = 3 * 60_000

const personOf = ({ actor }: Ctx<'actor'>): Person => {
  if (!isPerson(actor) || !may(actor, 'see')) throw new Refusal('forbidden', 'act on a selection')
  return actor
}

/** For each act, how many of a selection it is for and why the others are not; and what all of them still lack. */
export async function outlooksOf(
  ctx: Running,
  selectionId: string,
  verbs: readonly OfferedVerb[],
): Promise<{ total: number; says: string; groups: Alike[]; lacks: CountedLack[]; by: Record<string, Outlook> }> {
  const { total, says } = await selectionOf(ctx, selectionId)
  const groups = await alikeIn(ctx, selectionId)
  const lacks = countLacks(groups.map((group) => ({ count: group.count, lacks: lacksNow(group) })))
  return { total, says, groups, lacks, by: Object.fromEntries(verbs.map((verb) => [verb, outlook(verb, groups)])) }
}

/** Starts an act on a selection. It is carried out by a worker, part by part, as the person who started it and with the roles that they then have. */
export async function startRun(
  ctx: Running,
  { selectionId, act, undoesId = null }: { selectionId: string; act: LibraryAct; undoesId?: string | null },
): Promise<{ runId: string }> {
  const { houseId, userId } = personOf(ctx)
  const { total } = await selectionOf(ctx, selectionId)
  return inTransaction(ctx, async (tx) => {
    const at = tx.clock.now()
    const id = newId('lrn', at)
    await tx.db.libraryRun.create({
      data: { id, houseId, userId, selectionId, act: act.verb, input: act, total, undoesId, madeAt: at, seenAt: at },
    })
    await record(tx, { type: 'library-act.started', subject: { kind: 'library-run', id }, data: { act: act.verb, total, selectionId } })
    await enqueue(tx, runJob, { houseId, runId: id }, { key: id, awaited: true })
    return { runId: id }
  })
}

/** The person as they are now: who has lost the role since does nothing more. */
async function personNow(ctx: Ctx<'db'>, houseId: string, userId: string): Promise<Person | null> {
  const seat = await ctx.db.member.findFirst({
    where: { houseId, orgId: houseId, userId, endedAt: null, user: { closedAt: null } },
    select: { id: true, roles: true, org: { select: { name: true } }, user: { select: { name: true, email: true } } },
  })
  if (!seat) return null
  return {
    kind: 'person',
    houseId,
    userId,
    memberId: seat.id,
    sessionId: 'none',
    orgId: houseId,
    orgKind: 'OWNER',
    orgName: seat.org.name,
    roles: seat.roles,
    ...seat.user,
  }
}

interface Outcome {
  assetId: string
  done: boolean
  why: string | null
}
/** What lies above this domain and takes part in acts. */
export interface Doers {
  lightbox: (ctx: Context, input: { assetId: string; boxId: string }) => Promise<Result<unknown, string>>
}

/** What a record lacks is said in its own sentences; else the word for it. */
const whyNot = ({ error, detail }: { error: string; detail?: unknown }): string =>
  Array.isArray(detail) && detail.length > 0 ? detail.join(' ') : error

async function doStep(ctx: Context, act: LibraryAct, ids: readonly string[], doers: Doers): Promise<Outcome[]> {
  const each = async (one: (assetId: string) => Promise<Result<unknown, string>>): Promise<Outcome[]> => {
    const outcomes: Outcome[] = []
    for (const assetId of ids) {
      const outcome = await refusable(() => one(assetId))
      outcomes.push({ assetId, done: outcome.ok, why: outcome.ok ? null : whyNot(outcome) })
    }
    return outcomes
  }
  switch (act.verb) {
    case 'submit':
      return each((assetId) => submitAsset(ctx, { assetId, note: act.note, routeId: act.routeId || null }))
    case 'collect':
      return each((assetId) => addToCollection(ctx, { collectionId: act.collectionId, assetId }))
    case 'uncollect':
      return each((assetId) => removeFromCollection(ctx, { collectionId: act.collectionId, assetId }))
    case 'kit':
      return each((assetId) => addKitItem(ctx, { kitId: act.kitId, assetId, section: act.section }))
    case 'lightbox':
      return each((assetId) => doers.lightbox(ctx, { assetId, boxId: act.boxId }))
    default: {
      const life = await refusable(async () => ok(await lifeForMany(ctx, { ids }, act)))
      if (!life.ok) return ids.map((assetId) => ({ assetId, done: false, why: life.error }))
      const refused = new Map(life.value.refused.map(({ id, error, detail }) => [id, Array.isArray(detail) ? detail.join(' ') : error]))
      return ids.map((assetId) => ({ assetId, done: !refused.has(assetId), why: refused.get(assetId) ?? null }))
    }
  }
}

/** A refusal is an outcome here: the next asset may fare better. */
async function refusable<T>(work: () => Promise<Result<T, string>>): Promise<Result<T, string>> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof Refusal) return fail(error.code)
    throw error
  }
}

/**
 * Carries a run out, from where it stands: each step does some assets and writes down what became of them in one transaction, so that a worker that dies
 * has done a step wholly or not at all, and two workers share the work by the run's row.
 */
export async function carryOutRun(
  context: Context,
  { houseId, runId }: z.output<typeof runPayload>,
  doers: Doers,
): Promise<{ done: number; failed: number }> {
  for (;;) {
    const standing = await inTransaction(
      context,
      async (tx): Promise<{ over: boolean; done: number; failed: number }> => {
        const [run] = await tx.db.$queryRaw<
          { state: string; userId: string; selectionId: string; input: unknown; done: number; failed: number }[]
        >`
          SELECT state, user_id AS "userId", selection_id AS "selectionId", input, done, failed FROM library_runs WHERE id = ${runId} AND house_id = ${houseId} FOR UPDATE`
        if (!run || run.state === 'DONE' || run.state === 'STOPPED') return { over: true, done: run?.done ?? 0, failed: run?.failed ?? 0 }
        const at = tx.clock.now()
        const end = (state: 'DONE' | 'STOPPED') =>
          tx.db.libraryRun.update({ where: { id: runId }, data: { state, seenAt: at, endedAt: at } })
        const person = await personNow(tx, houseId, run.userId)
        if (!person) {
          await end('STOPPED')
          return { over: true, done: run.done, failed: run.failed }
        }
        const rows = await tx.db.$queryRaw<{ id: string }[]>`
          SELECT i.id FROM library_selection_parts p, unnest(p.asset_ids) WITH ORDINALITY AS i (id, nth) WHERE p.selection_id = ${run.selectionId}
            AND NOT EXISTS (SELECT FROM library_run_outcomes o WHERE o.run_id = ${runId} AND o.asset_id = i.id) ORDER BY p.part, i.nth LIMIT ${step}`
        const acting = { ...tx, actor: person }
        if (rows.length === 0) {
          await end('DONE')
          await record(acting, {
            type: 'library-act.ended',
            subject: { kind: 'library-run', id: runId },
            data: { done: run.done, failed: run.failed },
          })
          return { over: true, done: run.done, failed: run.failed }
        }
        const outcomes = await doStep(
          acting,
          libraryAct.parse(run.input),
          rows.map(({ id }) => id),
          doers,
        )
        await tx.db.libraryRunOutcome.createMany({ data: outcomes.map((outcome) => ({ runId, ...outcome })) })
        const done = run.done + outcomes.filter((outcome) => outcome.done).length
        const failed = run.failed + outcomes.filter((outcome) => !outcome.done).length
        await tx.db.libraryRun.update({ where: { id: runId }, data: { state: 'RUNNING', done, failed, seenAt: at } })
        return { over: false, done, failed }
      },
      { timeout: 60_000 },
    )
    if (standing.over) return { done: standing.done, failed: standing.failed }
  }
}

/** By the clock: runs whose worker has fallen silent are taken up again. */
export async function resumeRuns(ctx: Ctx<'db' | 'clock'>): Promise<number> {
  const rows = await ctx.db.libraryRun.findMany({
    where: { state: { in: ['WAITING', 'RUNNING'] }, seenAt: { lt: new Date(ctx.clock.now().getTime() - silence) } },
    select: { id: true, houseId: true },
    take: 100,
  })
  for (const { id, houseId } of rows) await enqueue(ctx, runJob, { houseId, runId: id }, { key: id, awaited: true })
  return rows.length
}

/** Ends a run where it stands. What is done stays done. */
export async function stopRun(ctx: Running, { runId }: { runId: string }): Promise<Result<{ runId: string }, 'already-ended'>> {
  const { houseId, userId } = personOf(ctx)
  const { count } = await ctx.db.libraryRun.updateMany({
    where: { id: runId, houseId, userId, state: { in: ['WAITING', 'RUNNING'] } },
    data: { state: 'STOPPED', endedAt: ctx.clock.now() },
  })
  if (count > 0) return ok({ runId })
  await runOf(ctx, runId)
  return fail('already-ended')
}

async function runOf(ctx: Running, runId: string) {
  const { houseId, userId } = personOf(ctx)
  const run = await ctx.db.libraryRun.findFirst({ where: { id: runId, houseId, userId } })
  if (!run) throw new Refusal('not-found', `no run ${runId}`)
  return run
}

const unfinished = ({ state, done, failed, total }: { state: string; done: number; failed: number; total: number }): boolean =>
  state === 'STOPPED' && done + failed < total

/** Takes up the undo of an act that was stopped before its end, from where it stands. */
async function goOnWithUndo(tx: Running, undo: { id: string; houseId: string; done: number; total: number }): Promise<{ runId: string }> {
  const { id, houseId, done, total } = undo
  await tx.db.libraryRun.update({ where: { id }, data: { state: 'WAITING', seenAt: tx.clock.now(), endedAt: null } })
  await record(tx, { type: 'library-act.resumed', subject: { kind: 'library-run', id }, data: { done, total } })
  await enqueue(tx, runJob, { houseId, runId: id }, { key: id, awaited: true })
  return { runId: id }
}

/**
 * Takes a run back, where something takes its act back: with what it was done with, and only that. Once; one that was stopped before its end is
 * gone on with by the same words, its own run named or the one that it takes back.
 */
export async function undoRun(
  ctx: Running,
  { runId }: { runId: string },
): Promise<Result<{ runId: string }, 'not-ended' | 'cannot-be-undone' | 'nothing-done' | 'undone-already'>> {
  const { houseId, userId } = personOf(ctx)
  return inTransaction(ctx, async (tx) => {
    await tx.db.$queryRaw`SELECT id FROM library_runs WHERE house_id = ${houseId} AND user_id = ${userId} AND (id = ${runId} OR undoes_id = ${runId}) ORDER BY id FOR UPDATE`
    const run = await runOf(tx, runId)
    if (run.endedAt === null) return fail('not-ended')
    if (run.undoesId !== null && unfinished(run)) return ok(await goOnWithUndo(tx, run))
    const undo = undoOf(libraryAct.parse(run.input))
    if (!undo) return fail('cannot-be-undone')
    const begun = await tx.db.libraryRun.findFirst({ where: { undoesId: runId } })
    if (begun) return unfinished(begun) ? ok(await goOnWithUndo(tx, begun)) : fail('undone-already')
    const rows = await tx.db.libraryRunOutcome.findMany({ where: { runId, done: true }, select: { assetId: true } })
    const kept = await keepSelection(tx, { ids: rows.map(({ assetId }) => assetId), says: 'what an act was done with' })
    if (!kept.ok) return fail('nothing-done')
    return ok(await startRun(tx, { selectionId: kept.value.id, act: undo, undoesId: runId }))
  })
}

/** How far an act has been taken back. */
export interface TakenBack {
  runId: string
  state: string
  done: number
  /** Looked at and left as they are. */
  failed: number
  total: number
}

export interface RunPage {
  id: string
  act: string
  state: string
  total: number
  done: number
  failed: number
  madeAt: Date
  endedAt: Date | null
  mayUndo: boolean
  /** This takes another run back, was stopped, and can be gone on with. */
  mayGoOn: boolean
  /** The run that this one takes back. */
  undoes: string | null
  takenBack: TakenBack | null
  selectionId: string
  /** Why assets were left as they are, with how many and the first of them. */
  left: { why: string; count: number; assets: { id: string; title: string }[] }[]
}

/** How far an act on many has got, and what was left as it is and why. */
export async function runPage(ctx: Running, runId: string): Promise<RunPage> {
  const run = await runOf(ctx, runId)
  const [left, undo] = await Promise.all([
    ctx.db.$queryRaw<RunPage['left']>`
      SELECT why, count(*)::int AS count, coalesce(json_agg(json_build_object('id', id, 'title', title) ORDER BY nth) FILTER (WHERE nth <= 20), '[]') AS assets FROM (
        SELECT coalesce(o.why, '') AS why, a.id, a.title, row_number() OVER (PARTITION BY o.why ORDER BY a.title, a.id) AS nth
        FROM library_run_outcomes o JOIN assets a ON a.id = o.asset_id WHERE o.run_id = ${runId} AND NOT o.done) z GROUP BY why ORDER BY 2 DESC LIMIT 50`,
    ctx.db.libraryRun.findFirst({
      where: { undoesId: runId },
      select: { id: true, state: true, done: true, failed: true, total: true },
    }),
  ])
  const act = libraryAct.parse(run.input)
  return {
    id: run.id,
    act: act.verb,
    state: run.state,
    total: run.total,
    done: run.done,
    failed: run.failed,
    madeAt: run.madeAt,
    endedAt: run.endedAt,
    selectionId: run.selectionId,
    mayUndo: run.endedAt !== null && run.done > 0 && undoOf(act) !== null && (undo === null || unfinished(undo)),
    mayGoOn: run.undoesId !== null && unfinished(run),
    undoes: run.undoesId,
    takenBack: undo && { runId: undo.id, state: undo.state, done: undo.done, failed: undo.failed, total: undo.total },
    left,
  }
}
