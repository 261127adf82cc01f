import { addDays, dayOf, type Day } from '../kernel/period.ts'
import type { Ctx } from '../platform/context.ts'
import { Prisma } from '../platform/db.ts'
import type { Absence, Seat } from './rules/mandate.ts'

type Reading = Ctx<'db' | 'actor'>

export interface NamedSeat extends Seat {
  name: string
}

/** Everybody with a seat in the house, now. A house has some dozens of people. */
export async function seatsOf({ db, actor }: Reading): Promise<NamedSeat[]> {
  const seats = await db.member.findMany({
    where: { houseId: actor.houseId, orgId: actor.houseId, endedAt: null, user: { closedAt: null } },
    select: { userId: true, roles: true, user: { select: { name: true } } },
    orderBy: [{ user: { name: 'asc' } }, { id: 'asc' }],
    take: 2_000,
  })
  return seats.map(({ userId, roles, user }) => ({ userId, roles, name: user.name }))
}

/** What the house says about its reviews: its zone, the days that it keeps, and whether two eyes are enough. */
export interface HouseRules {
  zone: string
  holidays: ReadonlySet<Day>
  reviewOwnSubmissions: boolean
}

export async function houseRules({ db, actor }: Reading): Promise<HouseRules> {
  const house = await db.organisation.findUniqueOrThrow({ where: { id: actor.houseId }, select: { timeZone: true, settings: true } })
  const settings = (house.settings ?? {}) as { reviewOwnSubmissions?: unknown; holidays?: unknown }
  const kept = Array.isArray(settings.holidays) ? settings.holidays.filter((day): day is string => typeof day === 'string') : []
  return { zone: house.timeZone, holidays: new Set(kept), reviewOwnSubmissions: settings.reviewOwnSubmissions === true }
}

/** Who is away in the house around a day, whoever stands in for them. */
export async function absencesAround({ db, actor }: Reading, today: Day): Promise<Absence[]> {
  const rows = await db.$queryRaw<{ user_id: string; delegate_id: string; from: string; until: string }[]>(Prisma.sql`
    SELECT user_id, delegate_id, starts_on::text AS "from", until_on::text AS until FROM review_absences
    WHERE house_id = ${actor.houseId} AND ended_at IS NULL AND until_on >= ${addDays(today, -1)}::date AND starts_on <= ${addDays(today, 1)}::date
    ORDER BY starts_on, id LIMIT 2000`)
  return rows.map(({ user_id: userId, delegate_id: delegateId, from, until }) => ({ userId, delegateId, from, until }))
}

export const todayIn = ({ clock }: Ctx<'clock'>, { zone }: Pick<HouseRules, 'zone'>): Day => dayOf(clock.now(), zone)
