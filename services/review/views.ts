import { isPerson, isStaff } from '../kernel/actor.ts'
import { isMonth, monthOf, shiftMonth, weeksOf, type Month } from '../kernel/month.ts'
import type { Page } from '../kernel/page.ts'
import { remembering } from '../kernel/remembering.ts'
import type { Day } from '../kernel/period.ts'
import { may, mustMay } from './policy.ts'
import type { TaskFilter, TaskTab } from './rules/filter.ts'
import { stagesOf } from './rules/plan.ts'
import { currentRoutes } from './routes.ts'
import {
  columnCounts,
  columnTasks,
  countTasks,
  dayTasks,
  lookerOf,
  mineSql,
  tasksOf,
  type Looker,
  type Seeing,
  type Task,
} from './tasks.ts'
import { Prisma } from '../platform/db.ts'

const pageSize = 40
const columnSize = 20
const restSize = 12
/** How long what was decided stays on the board. */
const restDays = 14

export interface Queue {
  tab: TaskTab
  counts: Record<TaskTab, number>
  /** The names of the steps that there are now, and the routes, for the filter. */
  steps: string[]
  routes: { id: string; name: string }[]
  colleagues: { id: string; name: string }[]
  zone: string
  today: Day
  mayKeepRoutes: boolean
  /** Questions of colleagues that wait for an answer. */
  questions: { id: string; reviewId: string; assetId: string; title: string; askedBy: string; question: string; askedAt: Date }[]
  away: { name: string }[]
}

/** What stands above every view of the reviews: whose they are, and what can be asked of them. Without a word it is one's own, or all where one has none. */
export async function queueHead(
  ctx: Seeing,
  filter: TaskFilter,
): Promise<{ queue: Queue; filter: TaskFilter & { tab: TaskTab }; looker: Looker }> {
  mustMay(ctx.actor, 'see')
  const looker = await lookerOf(ctx)
  const everything = { step: '', route: '', owner: '', late: false, q: '' } as const
  const [mine, all, routes, names, questions] = await Promise.all([
    countTasks(ctx, looker, { ...everything, tab: 'mine' }),
    countTasks(ctx, looker, { ...everything, tab: 'all' }),
    currentRoutes(ctx),
    columnCounts(ctx, looker, { ...filter, ...everything, tab: 'all' }),
    questionsFor(ctx, looker),
  ])
  const tab = filter.tab ?? (mine > 0 ? 'mine' : 'all')
  const planned = routes.flatMap(({ plan }) =>
    plan.steps.map((step, index) => ({ name: step.name, stage: stagesOf(plan.steps)[index] ?? 1 })),
  )
  const ordered = ['Review', ...planned.sort((a, b) => a.stage - b.stage).map(({ name }) => name), ...names.keys()]
  return {
    looker,
    filter: { ...filter, tab },
    queue: {
      tab,
      counts: { mine, all, others: all - mine },
      steps: [...new Set(ordered)].filter((name) => names.has(name) || planned.some((step) => step.name === name)),
      routes: routes.map(({ id, name }) => ({ id, name })),
      colleagues: looker.seats.map(({ userId, name }) => ({ id: userId, name })),
      zone: looker.house.zone,
      today: looker.today,
      mayKeepRoutes: may(ctx.actor, 'keep-routes'),
      questions,
      away: looker.standsInFor.map((id) => ({ name: looker.seats.find(({ userId }) => userId === id)?.name ?? 'Somebody' })),
    },
  }
}

async function questionsFor(ctx: Seeing, { userId, seats }: Looker): Promise<Queue['questions']> {
  const rows = await ctx.db.reviewQuestion.findMany({
    where: { houseId: ctx.actor.houseId, askedId: userId, answeredAt: null, step: { review: { state: 'WAITING' } } },
    select: {
      id: true,
      reviewId: true,
      question: true,
      askedAt: true,
      askedById: true,
      step: { select: { review: { select: { asset: { select: { id: true, title: true } } } } } },
    },
    orderBy: { askedAt: 'asc' },
    take: 20,
  })
  const nameOf = (id: string) => seats.find((seat) => seat.userId === id)?.name ?? 'Somebody'
  return rows.map(({ askedById, step, ...row }) => ({
    ...row,
    assetId: step.review.asset.id,
    title: step.review.asset.title,
    askedBy: nameOf(askedById),
  }))
}

/** The list: filtered, in order, paged. */
export const queueList = (ctx: Seeing, looker: Looker, filter: TaskFilter, after: string | null): Promise<Page<Task>> =>
  tasksOf(ctx, looker, filter, after, pageSize)

export interface Column {
  name: string
  count: number
  page: Page<Task>
  /** The search parameter by which this column is paged. */
  param: string
}
export interface Rested {
  reviewId: string
  title: string
  decidedAt: Date
  decidedBy: string | null
  reason: string | null
  asset: { id: string }
  version: { id: string; number: number; colour: string | null }
}
export const restStates = ['CHANGES_ASKED', 'APPROVED', 'REJECTED'] as const
export interface Board {
  columns: Column[]
  rested: { state: (typeof restStates)[number]; count: number; items: Rested[] }[]
}

/** The board: a column for each step that there is, and those in which reviews came to rest lately. */
export async function queueBoard(
  ctx: Seeing,
  looker: Looker,
  filter: TaskFilter,
  steps: readonly string[],
  afterOf: (param: string) => string | null,
): Promise<Board> {
  const wished = (filter.step ? steps.filter((name) => name === filter.step) : steps).slice(0, 24).map((name) => {
    const param = `after-${steps.indexOf(name)}`
    return { name, param, after: afterOf(param) }
  })
  const [pages, counts, rested] = await Promise.all([
    columnTasks(ctx, looker, filter, wished, columnSize),
    columnCounts(ctx, looker, filter),
    restedReviews(ctx, looker, filter),
  ])
  return {
    columns: wished.map(({ name, param }) => ({
      name,
      param,
      count: counts.get(name) ?? 0,
      page: pages.get(name) ?? { items: [], next: null },
    })),
    rested,
  }
}

/** What was decided in the last fortnight, the newest first: the reader's own (sent or decided) unless all are looked at. */
async function restedReviews(ctx: Seeing, { userId, seats }: Looker, { tab }: TaskFilter): Promise<Board['rested']> {
  const since = new Date(ctx.clock.now().getTime() - restDays * 86_400_000)
  const whose = tab === 'all' ? Prisma.empty : Prisma.sql`AND (r.asked_by_id = ${userId} OR r.decided_by_id = ${userId})`
  const rows = await ctx.db.$queryRaw<
    {
      id: string
      state: Board['rested'][number]['state']
      n: bigint
      title: string
      decided_at: Date
      decided_by_id: string | null
      reason: string | null
      asset_id: string
      version_id: string
      number: number
      colour: string | null
    }[]
  >(Prisma.sql`
    SELECT f.id, f.state::text, f.n, a.title, f.decided_at, f.decided_by_id, f.reason, a.id AS asset_id, x.id AS version_id, x.number, x.dominant_colour AS colour
    FROM (SELECT r.*, count(*) OVER (PARTITION BY r.state) AS n, row_number() OVER (PARTITION BY r.state ORDER BY r.decided_at DESC, r.id DESC) AS place FROM reviews r
          WHERE r.house_id = ${ctx.actor.houseId} AND r.state IN ('CHANGES_ASKED', 'APPROVED', 'REJECTED') AND r.decided_at > ${since} ${whose}) f
    JOIN assets a ON a.id = f.asset_id JOIN asset_versions x ON x.id = f.version_id WHERE f.place <= ${restSize} ORDER BY f.decided_at DESC, f.id DESC`)
  return restStates.map((state) => {
    const own = rows.filter((row) => row.state === state)
    return {
      state,
      count: Number(own[0]?.n ?? 0),
      items: own.map((row) => ({
        reviewId: row.id,
        title: row.title,
        decidedAt: row.decided_at,
        decidedBy: seats.find((seat) => seat.userId === row.decided_by_id)?.name ?? null,
        reason: row.reason,
        asset: { id: row.asset_id },
        version: { id: row.version_id, number: row.number, colour: row.colour },
      })),
    }
  })
}

export interface TaskDay {
  day: Day
  inMonth: boolean
  count: number
  tasks: Task[]
}
export interface TaskMonth {
  month: Month
  previous: Month
  next: Month
  weeks: TaskDay[][]
  /** Open steps that are never due: no day shows them. */
  undated: number
}
const inDay = 8

/** The month: what is due on which day. */
export async function queueMonth(ctx: Seeing, looker: Looker, filter: TaskFilter, wished: string | null): Promise<TaskMonth> {
  const month = wished && isMonth(wished) ? wished : monthOf(looker.today)
  const weeks = weeksOf(month)
  const [first, last] = [weeks[0]?.[0] ?? `${month}-01`, weeks.at(-1)?.at(-1) ?? `${month}-28`]
  const [{ counts, tasks }, undated] = await Promise.all([
    dayTasks(ctx, looker, filter, { first, last }, inDay),
    countTasks(ctx, looker, { ...filter, undated: true }),
  ])
  const ofDay = (day: Day): TaskDay => ({
    day,
    inMonth: monthOf(day) === month,
    count: counts.get(day) ?? 0,
    tasks: tasks.filter((task) => task.dueOn === day),
  })
  return { month, previous: shiftMonth(month, -1), next: shiftMonth(month, 1), weeks: weeks.map((week) => week.map(ofDay)), undated }
}

/** As many as the navigation counts; more are "99+". */
export const mostCounted = 100

const waiting = remembering<number>({ ms: 10_000 })

/** The same for every page's navigation, ten seconds old at most; nobody but staff is asked about. */
export const waitingFor = (ctx: Seeing): Promise<number> =>
  isPerson(ctx.actor) && isStaff(ctx.actor)
    ? waiting(ctx.db, ctx.actor.memberId, ctx.clock.now(), () => myTaskCount(ctx))
    : Promise.resolve(0)

/** How many steps wait for this person: beside the word in the navigation, so it reads no more than it says. */
export async function myTaskCount(ctx: Seeing): Promise<number> {
  if (!isPerson(ctx.actor) || !isStaff(ctx.actor)) return 0
  const looker = await lookerOf(ctx)
  const [row] = await ctx.db.$queryRaw<{ n: bigint }[]>(Prisma.sql`
    SELECT count(*) AS n FROM (SELECT 1 FROM review_steps s WHERE s.house_id = ${ctx.actor.houseId} AND s.state = 'OPEN' AND (${mineSql(looker)}) LIMIT ${mostCounted}) f`)
  return Number(row?.n ?? 0)
}
