import { sha256 } from '../kernel/canonical.ts'
import { Refusal } from '../kernel/errors.ts'
import { isStaff } from '../kernel/actor.ts'
import { addDays } from '../kernel/period.ts'
import type { Ctx } from '../platform/context.ts'
import { icalendar } from '../platform/icalendar.ts'
import { calendarKinds } from './calendar.ts'
import { mustMay } from './policy.ts'
import { kindWords, type WorkKind } from './rules/kinds.ts'
import { detailOf, titleOf } from './rules/words.ts'
import { settleWorklist } from './settling.ts'
import { houseDay } from './worklist.ts'

/** The words of warning that a calendar can carry, in days before. */
export const feedReminders = [30, 7, 1] as const
/** What calendars still take in one go; the first days matter most. */
const mostEvents = 3_000

export interface FeedWish {
  kinds: WorkKind[]
  reminders: number[]
}

/** The own filter of a calendar, as its address says it: `?kinds=contract-ends,licence-ends&remind=30,7`. */
export function feedWishOf(search: URLSearchParams): FeedWish {
  const list = (name: string) => (search.get(name) ?? '').split(',')
  return { kinds: calendarKinds(list('kinds')), reminders: feedReminders.filter((days) => list('remind').includes(String(days))) }
}

/**
 * What ends from a month ago to a year ahead, as a calendar file for one of the house's own people. What has ended, was
 * renewed or is settled is no longer in it; the same rights give the same bytes.
 */
export async function calendarFeed(
  ctx: Ctx<'db' | 'clock' | 'actor' | 'origin'>,
  { kinds, reminders }: FeedWish,
): Promise<{ body: string; etag: string }> {
  if (!isStaff(ctx.actor)) throw new Refusal('not-found', 'the calendar is for the house')
  mustMay(ctx.actor, 'see-worklist')
  await settleWorklist(ctx, 500)
  const { today, name } = await houseDay(ctx)
  const { houseId } = ctx.actor
  const rows = await ctx.db.$queryRaw<
    {
      item: string
      kind: WorkKind
      day: string
      reference: string
      party: string
      holder: string | null
      pictures: number
      licences: number
      noted_at: Date
    }[]
  >`
    SELECT l.item, l.kind, l.day::text, l.reference, l.party, o.name AS holder, l.pictures, l.licences, l.noted_at
    FROM worklist_lines l LEFT JOIN organisations o ON o.id = l.holder_org_id
    WHERE l.house_id = ${houseId} AND l.day BETWEEN ${addDays(today, -31)}::date AND ${addDays(today, 400)}::date AND l.kind = ANY(${kinds}::text[])
    ORDER BY l.day, l.item LIMIT ${mostEvents}`
  const host = new URL(ctx.origin).host
  const body = icalendar({
    name: `${name}: rights`,
    description: `What ends or begins: ${kinds.map((kind) => kindWords[kind].toLowerCase()).join(', ')}.`,
    events: rows.map((row) => ({
      uid: `${sha256(`${houseId}:${row.item}`).slice(0, 40)}@${host}`,
      day: row.day,
      summary: titleOf(row),
      description: detailOf(row),
      url: `${ctx.origin}/rights/worklist/line?${new URLSearchParams({ item: row.item })}`,
      changedAt: row.noted_at,
      remindDays: reminders,
    })),
  })
  return { body, etag: `"${sha256(body).slice(0, 32)}"` }
}

/** The address that another calendar subscribes to. Who has it reads along, so it is said once and only to whose key it is. */
export function feedAddress({ origin }: Ctx<'origin'>, secret: string, { kinds, reminders }: FeedWish): string {
  const search = new URLSearchParams()
  if (kinds.length < calendarKinds([]).length) search.set('kinds', kinds.join(','))
  if (reminders.length > 0) search.set('remind', reminders.join(','))
  const query = search.toString().replaceAll('%2C', ',')
  return `${origin}/calendar/${secret}.ics${query && `?${query}`}`
}
