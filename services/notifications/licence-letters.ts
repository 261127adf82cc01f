import { reasonToRead } from '../licensing/rules/house-reasons.ts'
import type { Ctx } from '../platform/context.ts'
import { textOf, type RecordedFact } from './fact.ts'
import { askForLetter } from './jobs.ts'
import { houseOf, membersOf } from './people.ts'
import { audienceOf } from './rules/audience.ts'
import { lastDayOf } from './rules/reminders.ts'

type Reacting = Ctx<'db' | 'actor' | 'origin'>

const ends = {
  'licence.expired': 'expired',
  'licence.revoked': 'revoked',
  'licence.refunded': 'refunded',
  'licence.superseded': 'superseded',
} as const
type Ended = keyof typeof ends
const isEnded = (type: string): type is Ended => Object.hasOwn(ends, type)

async function licenceIn(ctx: Reacting, licenceId: string) {
  const licence = await ctx.db.licence.findFirst({
    where: { id: licenceId, houseId: ctx.actor.houseId },
    select: {
      id: true,
      number: true,
      holderOrgId: true,
      assetId: true,
      endsAt: true,
      model: true,
      orderLineId: true,
      requestId: true,
      kitGrantId: true,
      endReason: true,
    },
  })
  if (!licence) return null
  const asset = await ctx.db.asset.findUniqueOrThrow({ where: { id: licence.assetId }, select: { title: true } })
  return { ...licence, title: asset.title }
}

/** A licence that nobody paid or asked for: its holder's people are told. Receipts, decisions and kits have letters of their own; whoever takes a layout file has it in hand. */
export async function tellOfLicence(ctx: Reacting, fact: RecordedFact): Promise<void> {
  const licence = await licenceIn(ctx, fact.subject.id)
  if (!licence || licence.model === 'COMP' || licence.orderLineId || licence.requestId || licence.kitGrantId) return
  const house = await houseOf(ctx)
  for (const to of audienceOf(await membersOf(ctx, licence.holderOrgId), { except: fact.actorId }))
    await askForLetter(ctx, 'licence-granted', {
      key: `licence-granted:${licence.id}:${to.userId}`,
      to,
      props: {
        houseName: house.name,
        language: to.language,
        name: to.name,
        assetTitle: licence.title,
        licenceNumber: licence.number,
        until: licence.endsAt ? lastDayOf({ endsAt: licence.endsAt }, house.timeZone) : null,
        url: `${ctx.origin}/licences/${licence.id}`,
      },
    })
}

/** A partner was given a brand kit: its people are told once, not once an asset. */
export async function tellOfKit(ctx: Reacting, fact: RecordedFact): Promise<void> {
  const grant = await ctx.db.kitGrant.findFirst({
    where: { id: fact.subject.id, houseId: ctx.actor.houseId },
    select: { id: true, orgId: true, endsAt: true, kit: { select: { id: true, title: true } } },
  })
  if (!grant) return
  const house = await houseOf(ctx)
  for (const to of audienceOf(await membersOf(ctx, grant.orgId), { except: fact.actorId }))
    await askForLetter(ctx, 'kit-granted', {
      key: `kit-granted:${grant.id}:${to.userId}`,
      to,
      props: {
        houseName: house.name,
        language: to.language,
        name: to.name,
        kitTitle: grant.kit.title,
        until: grant.endsAt ? lastDayOf({ endsAt: grant.endsAt }, house.timeZone) : null,
        url: `${ctx.origin}/portal/kits/${grant.kit.id}`,
      },
    })
}

/** A right is over: its holder's people are told to stop. A kit's licences end together and give one letter. */
export async function tellOfEnd(ctx: Reacting, fact: RecordedFact): Promise<void> {
  if (!isEnded(fact.type)) return
  const licence = await licenceIn(ctx, fact.subject.id)
  // A renewed layout file goes on under another number; one that ends has been announced to whoever took it.
  if (!licence || licence.model === 'COMP') return
  const [house, members] = await Promise.all([houseOf(ctx), membersOf(ctx, licence.holderOrgId)])
  const kit = licence.kitGrantId
    ? await ctx.db.kitGrant.findUnique({
        where: { id: licence.kitGrantId },
        select: { revokedAt: true, endsAt: true, kit: { select: { title: true } } },
      })
    : null
  // One asset taken out of a kit that goes on is not the end of the kit.
  const wholeKit = kit && (kit.revokedAt !== null || (kit.endsAt !== null && kit.endsAt <= fact.at)) ? kit.kit.title : null
  for (const to of audienceOf(members))
    await askForLetter(ctx, 'licence-ended', {
      key: `ended:${wholeKit ? licence.kitGrantId : licence.id}:${to.userId}`,
      to,
      props: {
        houseName: house.name,
        language: to.language,
        name: to.name,
        title: wholeKit ?? licence.title,
        licenceNumber: wholeKit ? null : licence.number,
        why: ends[fact.type],
        reason: reasonToRead(textOf(fact, 'reason'), to.language),
        url: wholeKit ? `${ctx.origin}/portal` : `${ctx.origin}/licences/${licence.id}`,
      },
    })
}
