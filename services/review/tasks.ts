import { isPerson, type Role } from '../kernel/actor.ts'
import { decodeCursor, encodeCursor, pageOf, type Page } from '../kernel/page.ts'
import type { Day } from '../kernel/period.ts'
import { toldSql } from '../assets/sealing.ts'
import type { AssetState } from '../assets/rules/asset-states.ts'
import type { AssetKind } from '../assets/rules/asset-words.ts'
import type { Ctx } from '../platform/context.ts'
import { Prisma } from '../platform/db.ts'
import type { TaskFilter, TaskSort } from './rules/filter.ts'
import { actsFor, namesFor, type Absence, type Seat } from './rules/mandate.ts'
import { decidingRoles, type StepKind } from './rules/plan.ts'
import { opensNext, type Need, type StepState } from './rules/route.ts'
import { absencesAround, houseRules, seatsOf, todayIn, type HouseRules, type NamedSeat } from './seats.ts'

export type Seeing = Ctx<'db' | 'clock' | 'actor'>

/** Who looks at the tasks: what they may decide, and for whom. */
export interface Looker {
  userId: string
  seat: Seat
  seats: NamedSeat[]
  standsInFor: string[]
  absences: Absence[]
  house: HouseRules
  today: Day
}

export async function lookerOf(ctx: Seeing): Promise<Looker> {
  const { actor } = ctx
  const userId = isPerson(actor) ? actor.userId : ''
  const [seats, house] = await Promise.all([seatsOf(ctx), houseRules(ctx)])
  const today = todayIn(ctx, house)
  const absences = await absencesAround(ctx, today)
  const seat = seats.find((one) => one.userId === userId) ?? { userId, roles: [] }
  return { userId, seat, seats, house, today, absences, standsInFor: actsFor(userId, absences, today) }
}

/** One step that is open, as lists, columns and days show it. */
export interface Task {
  stepId: string
  reviewId: string
  step: string
  kind: StepKind
  need: Need
  wanted: number
  heard: number
  stage: number
  openedAt: Date
  dueAt: Date | null
  dueOn: Day | null
  late: boolean
  escalated: boolean
  owner: { id: string; name: string } | null
  /** The colleague in whose place it waits for the reader. */
  forName: string | null
  mine: boolean
  /** Whether the reader could decide it now, be it theirs or not. */
  able: boolean
  own: boolean
  /** What an approval would come to: the steps that it opens, or the end of the review; or neither, while others are busy beside it. */
  opens: string[]
  last: boolean
  beside: string[]
  askedBy: string
  note: string
  route: string | null
  asset: { id: string; title: string; altText: string; kind: AssetKind; state: AssetState }
  version: { id: string; number: number; colour: string | null }
}

/**
 * The steps that wait for somebody: theirs by ownership, else by name or role; of those that want everybody, where their word
 * is missing; in their own name or in that of whom they stand in for, as far as they may take the step. What they sent themselves waits for others.
 */
export function mineSql({ userId, seat, seats, standsInFor, house }: Looker): Prisma.Sql {
  const people = [userId, ...standsInFor]
  const isAdministrator = seat.roles.includes('ADMINISTRATOR')
  const isReviewer = isAdministrator || seat.roles.includes('REVIEWER')
  // Administrators hold every role, and are asked where nobody else does.
  const lacking = decidingRoles.filter((role) => !seats.some(({ roles }) => roles.includes(role)))
  const roles = isAdministrator ? [...seat.roles, ...lacking] : [...seat.roles]
  const takes = Prisma.sql`(${isAdministrator} AND s.roles <> '{}' OR ${isReviewer} AND s.roles = '{}' OR ${userId} = ANY(s.people) OR s.roles && ${roles}::text[]::role[])`
  const asked = house.reviewOwnSubmissions ? Prisma.sql`${people}::text[]` : Prisma.sql`array_remove(${people}::text[], s.asked_by_id)`
  return Prisma.sql`
    ${house.reviewOwnSubmissions ? Prisma.sql`true` : Prisma.sql`s.asked_by_id <> ${userId}`} AND ${takes}
    AND CASE
      WHEN s.need = 'ALL' AND s.deciders <> '{}' THEN EXISTS (
        SELECT 1 FROM unnest(s.deciders) d WHERE d = ANY(${asked}) AND NOT EXISTS (SELECT 1 FROM review_votes v WHERE v.step_id = s.id AND v.user_id = d))
      ELSE (s.owner_id = ANY(${asked}) OR (s.owner_id IS NULL AND (s.people && ${asked} OR s.roles && ${roles}::text[]::role[])))
        AND (s.need = 'ANY' OR NOT EXISTS (SELECT 1 FROM review_votes v WHERE v.step_id = s.id AND v.hand_id = ${userId}))
    END`
}

type Asked = Pick<TaskFilter, 'step' | 'route' | 'owner' | 'late' | 'q'> & { tab?: TaskFilter['tab']; undated?: true }

/** What a filter asks of the open steps of the house. */
export function taskSql(ctx: Seeing, looker: Looker, filter: Asked): Prisma.Sql {
  const said = [Prisma.sql`s.house_id = ${ctx.actor.houseId} AND s.state = 'OPEN'`]
  if (filter.tab === 'mine') said.push(Prisma.sql`(${mineSql(looker)})`)
  if (filter.tab === 'others') said.push(Prisma.sql`NOT (${mineSql(looker)})`)
  if (filter.step) said.push(Prisma.sql`s.name = ${filter.step}`)
  if (filter.owner === 'nobody') said.push(Prisma.sql`s.owner_id IS NULL`)
  else if (filter.owner) said.push(Prisma.sql`(s.owner_id = ${filter.owner} OR ${filter.owner} = ANY(s.deciders))`)
  if (filter.undated) said.push(Prisma.sql`s.due_on IS NULL`)
  if (filter.late) said.push(Prisma.sql`s.due_at <= ${ctx.clock.now()}`)
  if (filter.route === 'none') said.push(Prisma.sql`r.route_id IS NULL`)
  else if (filter.route) said.push(Prisma.sql`r.route_id = ${filter.route}`)
  if (filter.q) said.push(Prisma.sql`a.title ILIKE ${`%${filter.q.replace(/[\\%_]/g, '\\$&')}%`} AND ${toldSql(ctx.actor, 'a')}`)
  return Prisma.join(said, ' AND ')
}

/** The tables that a filter may ask about; what it does not ask about is joined after the page is cut. */
const sources = ({ route, q }: Pick<TaskFilter, 'route' | 'q'>): Prisma.Sql =>
  route || q
    ? Prisma.sql`review_steps s JOIN reviews r ON r.id = s.review_id JOIN assets a ON a.id = r.asset_id`
    : Prisma.sql`review_steps s`

interface Row {
  id: string
  review_id: string
  name: string
  kind: StepKind
  need: Need
  wanted: number
  words: { userId: string; handId: string }[] | null
  stage: number
  opened_at: Date
  sort_at: Date
  due_at: Date | null
  due_on: string | null
  escalated_at: Date | null
  owner_id: string | null
  owner: string | null
  roles: Role[]
  people: string[]
  deciders: string[]
  mine: boolean
  way: { id: string; name: string; stage: number; state: StepState }[]
  asked_by_id: string
  asked_by: string | null
  note: string
  route: string | null
  asset_id: string
  title: string
  alt_text: string
  asset_kind: AssetKind
  asset_state: AssetState
  version_id: string
  number: number
  colour: string | null
}

/** Chosen steps in all their words: names by a join, whatever their number. */
const shown = (looker: Looker, chosen: Prisma.Sql): Prisma.Sql => Prisma.sql`
  SELECT s.id, s.review_id, s.name, s.kind::text, s.need::text, s.wanted, s.stage, s.opened_at, s.sort_at, s.due_at, s.due_on::text, s.escalated_at, s.owner_id, o.name AS owner,
    s.roles::text[], s.people, s.deciders, (${mineSql(looker)}) AS mine, s.asked_by_id, w.name AS asked_by, r.note, t.name AS route,
    (SELECT json_agg(json_build_object('userId', v.user_id, 'handId', v.hand_id)) FROM review_votes v WHERE v.step_id = s.id) AS words,
    (SELECT json_agg(json_build_object('id', z.id, 'name', z.name, 'stage', z.stage, 'state', z.state) ORDER BY z.position) FROM review_steps z WHERE z.review_id = s.review_id) AS way,
    a.id AS asset_id, a.title, a.alt_text, a.kind::text AS asset_kind, a.state::text AS asset_state, x.id AS version_id, x.number, x.dominant_colour AS colour
  FROM (${chosen}) s JOIN reviews r ON r.id = s.review_id JOIN assets a ON a.id = r.asset_id JOIN asset_versions x ON x.id = r.version_id
  LEFT JOIN users o ON o.id = s.owner_id LEFT JOIN users w ON w.id = s.asked_by_id
  LEFT JOIN review_route_versions t ON t.route_id = r.route_id AND t.number = r.route_number`

function taskOf(ctx: Seeing, looker: Looker, row: Row): Task {
  const now = ctx.clock.now()
  const opens = opensNext(row.way, row.id).map((id) => row.way.find((step) => step.id === id)?.name ?? '')
  const words = row.words ?? []
  const without = looker.house.reviewOwnSubmissions ? null : row.asked_by_id
  const [inName] = namesFor({ ...row, ownerId: row.owner_id }, looker, { words, without })
  return {
    stepId: row.id,
    reviewId: row.review_id,
    step: row.name,
    kind: row.kind,
    need: row.need,
    wanted: row.need === 'ALL' ? Math.max(1, row.deciders.length) : row.wanted,
    heard: new Set(words.map(({ handId }) => handId)).size,
    stage: row.stage,
    openedAt: row.opened_at,
    dueAt: row.due_at,
    dueOn: row.due_on,
    late: row.due_at !== null && row.due_at <= now,
    escalated: row.escalated_at !== null,
    owner: row.owner_id ? { id: row.owner_id, name: row.owner ?? 'Somebody' } : null,
    forName: row.mine ? forNameOf(looker, row) : null,
    mine: row.mine,
    able: inName !== undefined,
    opens,
    last: row.way.every((step) => step.id === row.id || step.state === 'APPROVED'),
    beside: row.way.filter((step) => step.id !== row.id && step.state === 'OPEN').map(({ name }) => name),
    own: row.asked_by_id === looker.userId,
    askedBy: row.asked_by ?? 'Somebody',
    note: row.note,
    route: row.route,
    asset: { id: row.asset_id, title: row.title, altText: row.alt_text, kind: row.asset_kind, state: row.asset_state },
    version: { id: row.version_id, number: row.number, colour: row.colour },
  }
}

/** In whose place a task waits for the reader: nobody's where it is their own. */
function forNameOf({ userId, seat, seats, standsInFor }: Looker, row: Row): string | null {
  const asked = row.need === 'ALL' && row.deciders.length > 0 ? row.deciders : row.owner_id ? [row.owner_id] : row.people
  const own = asked.includes(userId) || (asked === row.people && seat.roles.some((role) => row.roles.includes(role)))
  const absent = own ? undefined : standsInFor.find((id) => asked.includes(id))
  return absent ? (seats.find((one) => one.userId === absent)?.name ?? null) : null
}

const order: Record<TaskSort, Prisma.Sql> = {
  due: Prisma.sql`sort_at, id`,
  oldest: Prisma.sql`opened_at, id`,
  newest: Prisma.sql`opened_at DESC, id DESC`,
}
const beyond = (sort: TaskSort, from: { at: Date; id: string }): Prisma.Sql =>
  sort === 'newest'
    ? Prisma.sql`(s.opened_at, s.id) < (${from.at}, ${from.id})`
    : sort === 'oldest'
      ? Prisma.sql`(s.opened_at, s.id) > (${from.at}, ${from.id})`
      : Prisma.sql`(s.sort_at, s.id) > (${from.at}, ${from.id})`

/** One page of tasks in the filter's order. */
export async function tasksOf(ctx: Seeing, looker: Looker, filter: TaskFilter, after: string | null, size: number): Promise<Page<Task>> {
  const from = decodeCursor(after)
  const where = Prisma.sql`${taskSql(ctx, looker, filter)} ${from ? Prisma.sql`AND ${beyond(filter.sort, from)}` : Prisma.empty}`
  const chosen = Prisma.sql`SELECT s.* FROM ${sources(filter)} WHERE ${where} ORDER BY ${order[filter.sort]} LIMIT ${size + 1}`
  const rows = await ctx.db.$queryRaw<Row[]>(Prisma.sql`${shown(looker, chosen)} ORDER BY ${order[filter.sort]}`)
  const page = pageOf(rows, size, (row) => encodeCursor(filter.sort === 'due' ? row.sort_at : row.opened_at, row.id))
  return { items: page.items.map((row) => taskOf(ctx, looker, row)), next: page.next }
}

/** Named steps that are still open, in the order of their dates. */
export async function tasksById(ctx: Seeing, looker: Looker, stepIds: readonly string[]): Promise<Task[]> {
  const chosen = Prisma.sql`SELECT s.* FROM review_steps s WHERE s.house_id = ${ctx.actor.houseId} AND s.state = 'OPEN' AND s.id = ANY(${[...stepIds]}::text[])`
  const rows = await ctx.db.$queryRaw<Row[]>(Prisma.sql`${shown(looker, chosen)} ORDER BY sort_at, id`)
  return rows.map((row) => taskOf(ctx, looker, row))
}

/** How many steps a filter finds. */
export async function countTasks(ctx: Seeing, looker: Looker, filter: Asked): Promise<number> {
  const [row] = await ctx.db.$queryRaw<{ n: bigint }[]>(
    Prisma.sql`SELECT count(*) AS n FROM ${sources(filter)} WHERE ${taskSql(ctx, looker, filter)}`,
  )
  return Number(row?.n ?? 0)
}

export interface ColumnWish {
  name: string
  after: string | null
}

/** The first tasks of several columns, each from where it was left, in one statement. */
export async function columnTasks(
  ctx: Seeing,
  looker: Looker,
  filter: TaskFilter,
  columns: readonly ColumnWish[],
  size: number,
): Promise<Map<string, Page<Task>>> {
  const starts = columns.map(({ after }) => decodeCursor(after) ?? { at: new Date(0), id: '' })
  const names = columns.map(({ name }) => name)
  const where = taskSql(ctx, looker, { ...filter, step: '' })
  const chosen = Prisma.sql`
    SELECT found.* FROM unnest(${names}::text[], ${starts.map(({ at }) => at)}::timestamptz[], ${starts.map(({ id }) => id)}::text[]) AS c(column_name, from_at, from_id)
    CROSS JOIN LATERAL (SELECT s.* FROM ${sources(filter)} WHERE ${where} AND s.name = c.column_name AND (s.sort_at, s.id) > (c.from_at, c.from_id) ORDER BY s.sort_at, s.id LIMIT ${size + 1}) found`
  const rows = await ctx.db.$queryRaw<Row[]>(Prisma.sql`${shown(looker, chosen)} ORDER BY sort_at, id`)
  return new Map(
    names.map((name) => {
      const page = pageOf(
        rows.filter((row) => row.name === name),
        size,
        (row) => encodeCursor(row.sort_at, row.id),
      )
      return [name, { items: page.items.map((row) => taskOf(ctx, looker, row)), next: page.next }]
    }),
  )
}

/** How many steps each column has. */
export async function columnCounts(ctx: Seeing, looker: Looker, filter: TaskFilter): Promise<Map<string, number>> {
  const rows = await ctx.db.$queryRaw<{ name: string; n: bigint }[]>(Prisma.sql`
    SELECT s.name, count(*) AS n FROM ${sources(filter)} WHERE ${taskSql(ctx, looker, { ...filter, step: '' })} GROUP BY s.name ORDER BY s.name LIMIT 200`)
  return new Map(rows.map(({ name, n }) => [name, Number(n)]))
}

/** The first tasks of each of several days, with how many there are. */
export async function dayTasks(
  ctx: Seeing,
  looker: Looker,
  filter: TaskFilter,
  span: { first: Day; last: Day },
  size: number,
): Promise<{ counts: Map<Day, number>; tasks: Task[] }> {
  const where = Prisma.sql`${taskSql(ctx, looker, filter)} AND s.due_on BETWEEN ${span.first}::date AND ${span.last}::date`
  const [counts, rows] = await Promise.all([
    ctx.db.$queryRaw<{ day: string; n: bigint }[]>(
      Prisma.sql`SELECT s.due_on::text AS day, count(*) AS n FROM ${sources(filter)} WHERE ${where} GROUP BY 1`,
    ),
    ctx.db.$queryRaw<Row[]>(Prisma.sql`
      ${shown(looker, Prisma.sql`SELECT f.* FROM (SELECT s.*, row_number() OVER (PARTITION BY s.due_on ORDER BY s.sort_at, s.id) AS place FROM ${sources(filter)} WHERE ${where}) f WHERE f.place <= ${size}`)}
      ORDER BY sort_at, id`),
  ])
  return { counts: new Map(counts.map(({ day, n }) => [day, Number(n)])), tasks: rows.map((row) => taskOf(ctx, looker, row)) }
}
