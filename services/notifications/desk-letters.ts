import { addDays, dayOf, startOfDay, type Day } from '../kernel/period.ts'
import type { Ctx } from '../platform/context.ts'
import { usualFilter } from '../desk/rules/filter.ts'
import { isEnding } from '../desk/rules/kinds.ts'
import { detailOf, leftOf, titleOf } from '../desk/rules/words.ts'
import { settleAll } from '../desk/settling.ts'
import { countOf, worklistPage } from '../desk/worklist.ts'
import { askForLetter } from './jobs.ts'
import { houseOf, staffWith } from './people.ts'

type Writing = Ctx<'db' | 'clock' | 'actor' | 'origin' | 'log'>

const hourOfLetter = 7
const named = 8

/** The Monday whose letter is due: on Mondays from seven in the house's zone; null on other days and before. */
export function letterDay(now: Date, zone: string): Day | null {
  const today = dayOf(now, zone)
  if (new Date(`${today}T00:00:00Z`).getUTCDay() !== 1) return null
  // Counted back from the next midnight: after a night with an hour more or less, seven o'clock is still seven.
  const seven = startOfDay(addDays(today, 1), zone).getTime() - (24 - hourOfLetter) * 3_600_000
  return now.getTime() >= seven ? today : null
}

/** Tell the rights managers on Monday morning what the week holds. Its key makes it one a Monday, however often this runs; a list with nothing on it writes to nobody. */
export async function tellOfTheWeek(ctx: Writing): Promise<{ asked: number }> {
  const house = await houseOf(ctx)
  const monday = letterDay(ctx.clock.now(), house.timeZone)
  if (!monday) return { asked: 0 }
  const readers = await staffWith(ctx, ['RIGHTS_MANAGER'], null)
  const keyOf = (userId: string) => `desk-week:${ctx.actor.houseId}:${monday}:${userId}`
  const before = await ctx.db.mailMessage.findMany({
    where: { key: { in: readers.map(({ userId }) => keyOf(userId)) } },
    select: { key: true },
  })
  const told = new Set(before.map(({ key }) => key))
  const missing = readers.filter(({ userId }) => !told.has(keyOf(userId)))
  if (missing.length === 0) return { asked: 0 }
  await settleAll(ctx)
  const { page, total, severities } = await worklistPage(ctx, usualFilter, null)
  if (total === 0) return { asked: 0 }
  const lines = page.items.slice(0, named).map((line) => ({
    title: titleOf(line),
    detail: detailOf(line),
    when: leftOf(line.daysLeft, isEnding(line.kind)),
    url: `${ctx.origin}/rights/worklist/line?${new URLSearchParams({ item: line.item })}`,
  }))
  for (const to of missing)
    await askForLetter(ctx, 'desk-week', {
      key: keyOf(to.userId),
      to,
      props: {
        houseName: house.name,
        name: to.name,
        total,
        critical: severities.critical,
        serious: severities.serious,
        mine: await countOf(ctx, { ...usualFilter, assignee: to.userId }),
        lines,
        url: `${ctx.origin}/rights?view=usual`,
      },
    })
  return { asked: missing.length }
}
