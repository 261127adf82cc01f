import { Refusal } from '../kernel/errors.ts'
import { isCurrency, money, type Money } from '../kernel/money.ts'
import { decodeCursor, encodeCursor, pageOf, type Page } from '../kernel/page.ts'
import type { Ctx } from '../platform/context.ts'
import { Prisma } from '../platform/db.ts'
import { barOf, type Bar } from '../rights/rules/timeline.ts'
import { whereOf } from './change-deciding.ts'
import { mayChangeUpstream, maySeeChanges } from './change-policy.ts'
import type { ItemFilter } from './change-schema.ts'
import type { UpstreamChange } from './rules/change.ts'
import { describeChange } from './rules/change-description.ts'
import { amountOf, boxOfText, decidable, type Deliveries, type ItemFacts } from './rules/change-item.ts'
import type { ChangeKind, ChangeState, ChangeSubject } from './rules/change-states.ts'
import { decisionsOf, fits, type Decision } from './rules/change-decisions.ts'
import type { ChangeSummary } from './rules/change-summary.ts'
import { lossInWords } from './rules/change-words.ts'

type ViewCtx = Ctx<'db' | 'clock' | 'actor'>

function mustSee(ctx: ViewCtx): void {
  if (!maySeeChanges(ctx.actor)) throw new Refusal('forbidden', 'see changes')
}

export interface PlanRow {
  id: string
  kind: ChangeKind
  reference: string
  reason: string
  state: ChangeState
  assets: number
  items: number
  done: number
  failed: number
  undecided: number
  createdAt: Date
  appliedAt: Date | null
  by: string | null
}
const plansAPage = 30

/** The house's plans, the newest first, with how far each is. */
export async function changePlans(
  ctx: ViewCtx,
  { state, after }: { state?: ChangeState | undefined; after?: string | null },
): Promise<Page<PlanRow> & { counts: Partial<Record<ChangeState, number>>; zone: string; mayChange: boolean }> {
  mustSee(ctx)
  const { houseId } = ctx.actor
  const cursor = decodeCursor(after)
  const [rows, counts, house] = await Promise.all([
    ctx.db.changePlan.findMany({
      where: {
        houseId,
        ...(state ? { state } : {}),
        ...(cursor ? { OR: [{ createdAt: { lt: cursor.at } }, { createdAt: cursor.at, id: { lt: cursor.id } }] } : {}),
      },
      orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
      take: plansAPage + 1,
      omit: { summary: true, change: true },
    }),
    ctx.db.changePlan.groupBy({ by: ['state'], where: { houseId }, _count: true }),
    ctx.db.organisation.findUniqueOrThrow({ where: { id: houseId }, select: { timeZone: true } }),
  ])
  const ids = rows.map(({ id }) => id)
  const [people, open] = await Promise.all([
    namesOf(
      ctx,
      rows.map(({ createdById }) => createdById),
    ),
    ctx.db.changeItem.groupBy({ by: ['planId'], where: { planId: { in: ids }, decision: null }, _count: true }),
  ])
  const undecided = new Map(open.map((one) => [one.planId, one._count]))
  return {
    ...pageOf(
      rows.map((plan) => ({
        id: plan.id,
        kind: plan.kind,
        reference: plan.reference,
        reason: plan.reason,
        state: plan.state,
        assets: plan.assetCount,
        items: plan.itemCount,
        done: plan.itemsDone,
        failed: Number(plan.failure ?? 0),
        undecided: undecided.get(plan.id) ?? 0,
        createdAt: plan.createdAt,
        appliedAt: plan.appliedAt,
        by: (plan.createdById && people.get(plan.createdById)) ?? null,
      })),
      plansAPage,
      (plan) => encodeCursor(plan.createdAt, plan.id),
    ),
    counts: Object.fromEntries(counts.map((one) => [one.state, one._count])),
    zone: house.timeZone,
    mayChange: mayChangeUpstream(ctx.actor),
  }
}

async function namesOf({ db }: ViewCtx, ids: readonly (string | null)[]): Promise<Map<string, string>> {
  const users = await db.user.findMany({
    where: { id: { in: [...new Set(ids.filter((id) => id !== null))] } },
    select: { id: true, name: true },
  })
  return new Map(users.map(({ id, name }) => [id, name]))
}

export interface PlanItem {
  no: number
  kind: ChangeSubject
  subjectId: string
  assetId: string | null
  title: string
  holder: string | null
  whole: boolean
  parts: string[]
  from: string | null
  facts: Pick<
    ItemFacts,
    'number' | 'model' | 'state' | 'exclusive' | 'until' | 'shop' | 'reference' | 'purpose' | 'holders' | 'causes' | 'kitId'
  >
  paid: Money | null
  left: Money | null
  proRata: Money | null
  deliveries: Deliveries | null
  /** The term, and the part of it that is lost, in the plan's window. */
  strip: { term: Bar | null; lost: Bar | null } | null
  suggestion: Decision | null
  decision: Decision | null
  choices: Decision[]
  note: string
  decidedBy: string | null
  outcome: string | null
  done: boolean
}

export interface ChangePlanPage {
  plan: {
    id: string
    kind: ChangeKind
    reference: string
    reason: string
    holderWords: string
    state: ChangeState
    assets: number
    items: number
    done: number
    failed: number
    undecided: number
    createdAt: Date
    drawnAt: Date
    appliedAt: Date | null
    createdBy: string | null
    appliedBy: string | null
    description: { label: string; words: string }[]
    source: UpstreamChange['source']
  }
  summary: ChangeSummary
  /** Lines by kind, and by what was decided about them. */
  kinds: { kind: ChangeSubject; lines: number; undecided: number }[]
  decisions: { decision: string; lines: number }[]
  filter: ItemFilter
  shown: number
  items: PlanItem[]
  next: string | null
  zone: string
  mayChange: boolean
}
const itemsAPage = 50

/** One plan: what it says at a glance, and a page of its lines. */
export async function changePlanPage(ctx: ViewCtx, planId: string, filter: ItemFilter, after?: string | null): Promise<ChangePlanPage> {
  mustSee(ctx)
  const plan = await ctx.db.changePlan.findFirst({ where: { id: planId, houseId: ctx.actor.houseId } })
  if (!plan) throw new Refusal('not-found', `no change ${planId}`)
  const start = /^\d{1,9}$/.test(after ?? '') ? Number(after) : 0
  const where = Prisma.sql`i.plan_id = ${planId} AND ${whereOf(filter)}`
  const [house, kinds, decisions, numbers, shown, people] = await Promise.all([
    ctx.db.organisation.findUniqueOrThrow({ where: { id: plan.houseId }, select: { timeZone: true } }),
    ctx.db.$queryRaw<{ kind: ChangeSubject; lines: bigint; undecided: bigint }[]>`
      SELECT kind::text AS kind, count(*) AS lines, count(*) FILTER (WHERE decision IS NULL) AS undecided FROM change_items WHERE plan_id = ${planId} GROUP BY change_items.kind ORDER BY change_items.kind`,
    ctx.db.$queryRaw<{ decision: string; lines: bigint }[]>`
      SELECT decision, count(*) AS lines FROM change_items WHERE plan_id = ${planId} AND decision IS NOT NULL GROUP BY decision ORDER BY count(*) DESC`,
    ctx.db.$queryRaw<
      { no: number }[]
    >`SELECT i.no FROM change_items i WHERE ${where} AND i.no > ${start} ORDER BY i.no LIMIT ${itemsAPage + 1}`,
    ctx.db.$queryRaw<{ n: bigint }[]>`SELECT count(*) AS n FROM change_items i WHERE ${where}`,
    namesOf(ctx, [plan.createdById, plan.appliedById]),
  ])
  const page = pageOf(
    numbers.map(({ no }) => no),
    itemsAPage,
    (no) => `${no}`,
  )
  const zone = house.timeZone
  return {
    plan: {
      id: plan.id,
      kind: plan.kind,
      reference: plan.reference,
      reason: plan.reason,
      holderWords: plan.holderWords,
      state: plan.state,
      assets: plan.assetCount,
      items: plan.itemCount,
      done: plan.itemsDone,
      failed: Number(plan.failure ?? 0),
      undecided: kinds.reduce((sum, one) => sum + Number(one.undecided), 0),
      createdAt: plan.createdAt,
      drawnAt: plan.drawnAt,
      appliedAt: plan.appliedAt,
      createdBy: (plan.createdById && people.get(plan.createdById)) ?? null,
      appliedBy: (plan.appliedById && people.get(plan.appliedById)) ?? null,
      description: describeChange(plan.change as unknown as UpstreamChange),
      source: (plan.change as unknown as UpstreamChange).source,
    },
    summary: plan.summary as unknown as ChangeSummary,
    kinds: kinds.map((one) => ({ kind: one.kind, lines: Number(one.lines), undecided: Number(one.undecided) })),
    decisions: decisions.map(({ decision, lines }) => ({ decision, lines: Number(lines) })),
    filter,
    shown: Number(shown[0]?.n ?? 0n),
    items: await itemsOf(ctx, plan, page.items, zone),
    next: page.next,
    zone,
    mayChange: mayChangeUpstream(ctx.actor),
  }
}

const windowMonths = 30
const month = 30.44 * 86_400_000

/** Lines with their words, in order. Words are found here and not when the plan is drawn up: nobody reads ten thousand at once. */
export async function itemsOf(
  ctx: ViewCtx,
  plan: { id: string; drawnAt: Date },
  numbers: readonly number[],
  zone: string,
): Promise<PlanItem[]> {
  const rows = await ctx.db.changeItem.findMany({ where: { planId: plan.id, no: { in: [...numbers] } }, orderBy: { no: 'asc' } })
  const [people, orgs] = await Promise.all([
    namesOf(
      ctx,
      rows.map(({ decidedById }) => decidedById),
    ),
    ctx.db.organisation.findMany({
      where: { houseId: ctx.actor.houseId, id: { in: rows.flatMap(({ holderOrgId }) => holderOrgId ?? []) } },
      select: { id: true, name: true },
    }),
  ])
  const orgOf = new Map(orgs.map(({ id, name }) => [id, name]))
  const window = {
    from: new Date(plan.drawnAt.getTime() - 3 * month),
    to: new Date(plan.drawnAt.getTime() + (windowMonths - 3) * month),
  }
  return rows.map((row): PlanItem => {
    const facts = row.lost as unknown as ItemFacts
    const amount = (minor: bigint | null): Money | null =>
      minor !== null && row.currency && isCurrency(row.currency) ? money(minor, row.currency) : null
    const until = facts.until ? new Date(facts.until) : null
    const { number, model, state, exclusive, shop, reference, purpose, holders, causes, kitId } = facts
    return {
      no: row.no,
      kind: row.kind,
      subjectId: row.subjectId,
      assetId: row.assetId,
      title: row.title,
      holder: (row.holderOrgId && orgOf.get(row.holderOrgId)) ?? facts.holder ?? null,
      whole: facts.whole,
      parts: lossInWords(facts.boxes.map(boxOfText), zone),
      from: facts.from,
      facts: Object.fromEntries(
        Object.entries({ number, model, state, exclusive, until: facts.until, shop, reference, purpose, holders, causes, kitId }).filter(
          ([, value]) => value !== undefined,
        ),
      ),
      paid: amount(row.paidMinor),
      left: amount(row.paidMinor === null ? null : amountOf(facts.leftMinor)),
      proRata: amount(facts.proRataMinor ? BigInt(facts.proRataMinor) : null),
      deliveries: facts.deliveries ?? null,
      strip:
        facts.startsAt && facts.from
          ? {
              term: barOf({ from: new Date(facts.startsAt), to: until }, window) ?? null,
              lost: barOf({ from: new Date(facts.from), to: until }, window) ?? null,
            }
          : null,
      suggestion: row.suggestion as Decision | null,
      decision: row.decision as Decision | null,
      choices: decisionsOf[row.kind].filter((decision) => fits(row.kind, decision, decidable(facts))),
      note: row.note,
      decidedBy: (row.decidedById && people.get(row.decidedById)) ?? null,
      outcome: row.outcome,
      done: row.doneAt !== null,
    }
  })
}
