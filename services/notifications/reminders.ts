import { addDays, startOfDay } from '../kernel/period.ts'
import type { Ctx } from '../platform/context.ts'
import { askForLetter } from './jobs.ts'
import { houseOf, membersByOrg } from './people.ts'
import { audienceOf } from './rules/audience.ts'
import { dueReminder, lastDayOf, reminderDays } from './rules/reminders.ts'

type Reminding = Ctx<'db' | 'clock' | 'actor' | 'origin' | 'log'>

const batch = 500

/** What a reminder is about: a licence, or a whole kit whose licences end together. */
export const endingKey = (subjectId: string, days: number): string => `ending:${subjectId}:${days}`

/**
 * Remind the holders of what ends soon. Looked up from the clock each time, so that a pause is caught up with; the letter's
 * key makes each reminder one, however often this runs.
 */
export async function remindOfEndings(ctx: Reminding): Promise<{ asked: number }> {
  const now = ctx.clock.now()
  const house = await houseOf(ctx)
  // One day more than the longest notice, because days begin at different instants in different zones.
  const horizon = startOfDay(addDays(lastDayOf({ endsAt: now }, house.timeZone), Math.max(...reminderDays) + 2), house.timeZone)
  let asked = 0
  for (let after = ''; ;) {
    const licences = await ctx.db.licence.findMany({
      where: { houseId: ctx.actor.houseId, state: 'ACTIVE', endsAt: { gt: now, lte: horizon }, issuedAt: { not: null }, id: { gt: after } },
      select: { id: true, number: true, holderOrgId: true, assetId: true, issuedAt: true, endsAt: true, kitGrantId: true, model: true },
      orderBy: { id: 'asc' },
      take: batch,
    })
    asked += await remindOf(ctx, house, licences)
    const last = licences.at(-1)
    if (!last || licences.length < batch) break
    after = last.id
  }
  if (asked > 0) ctx.log.info('notifications.reminded', { letters: asked })
  return { asked }
}

interface Ending {
  id: string
  number: string
  holderOrgId: string
  assetId: string
  issuedAt: Date | null
  endsAt: Date | null
  kitGrantId: string | null
  model: string
}

async function remindOf(ctx: Reminding, house: { name: string; timeZone: string }, licences: readonly Ending[]): Promise<number> {
  const now = ctx.clock.now()
  const due = new Map<string, { licence: Ending; days: number; endsAt: Date }>()
  for (const licence of licences) {
    if (!licence.issuedAt || !licence.endsAt) continue
    const days = dueReminder({ issuedAt: licence.issuedAt, endsAt: licence.endsAt }, now, house.timeZone)
    if (days !== null) due.set(endingKey(licence.kitGrantId ?? licence.id, days), { licence, days, endsAt: licence.endsAt })
  }
  if (due.size === 0) return 0
  const list = [...due.values()].map(({ licence }) => licence)
  const [assets, kits, members] = await Promise.all([
    ctx.db.asset.findMany({ where: { id: { in: list.map(({ assetId }) => assetId) } }, select: { id: true, title: true } }),
    ctx.db.kitGrant.findMany({
      where: { id: { in: list.flatMap(({ kitGrantId }) => kitGrantId ?? []) } },
      select: { id: true, kit: { select: { id: true, title: true } } },
    }),
    membersByOrg(
      ctx,
      list.map(({ holderOrgId }) => holderOrgId),
    ),
  ])
  // A layout file is somebody's draft, not the company's right: whoever took it is written to, and nobody else.
  const comps = list.filter(({ model }) => model === 'COMP').map(({ id }) => id)
  const takers = new Map(
    comps.length === 0
      ? []
      : (
          await ctx.db.auditFact.findMany({
            where: { houseId: ctx.actor.houseId, subjectKind: 'licence', subjectId: { in: comps }, type: 'licence.issued' },
            select: { subjectId: true, actorId: true },
          })
        ).map(({ subjectId, actorId }) => [subjectId, actorId]),
  )
  const titles = new Map(assets.map(({ id, title }) => [id, title]))
  const kitOf = new Map(kits.map(({ id, kit }) => [id, kit]))
  const letters = [...due].flatMap(([key, one]) =>
    audienceOf(members.get(one.licence.holderOrgId) ?? [])
      .filter(({ userId }) => one.licence.model !== 'COMP' || userId === takers.get(one.licence.id))
      .map((to) => ({ ...one, to, key: `${key}:${to.userId}` })),
  )
  const before = new Set(
    (await ctx.db.mailMessage.findMany({ where: { key: { in: letters.map(({ key }) => key) } }, select: { key: true } })).map(
      ({ key }) => key,
    ),
  )
  const missing = letters.filter(({ key }) => !before.has(key))
  for (const { key, to, licence, days, endsAt } of missing) {
    if (licence.model === 'COMP') {
      await askForLetter(ctx, 'comp-ending', {
        key,
        to,
        props: {
          houseName: house.name,
          name: to.name,
          language: to.language,
          title: titles.get(licence.assetId) ?? licence.number,
          licenceNumber: licence.number,
          days,
          url: `${ctx.origin}/assets/${licence.assetId}#licence`,
          licenceUrl: `${ctx.origin}/licences/${licence.id}`,
        },
      })
      continue
    }
    const kit = kitOf.get(licence.kitGrantId ?? '')
    await askForLetter(ctx, 'licence-ending', {
      key,
      to,
      props: {
        houseName: house.name,
        language: to.language,
        name: to.name,
        title: kit?.title ?? titles.get(licence.assetId) ?? licence.number,
        licenceNumber: kit ? null : licence.number,
        days,
        lastDay: lastDayOf({ endsAt }, house.timeZone),
        url: kit ? `${ctx.origin}/portal/kits/${kit.id}` : `${ctx.origin}/licences/${licence.id}`,
      },
    })
  }
  return missing.length
}
