import { reasonToRead } from '../licensing/rules/house-reasons.ts'
import type { Ctx } from '../platform/context.ts'
import { textOf, type RecordedFact } from './fact.ts'
import { askForLetter } from './jobs.ts'
import { houseOf, personCalled, staffWith } from './people.ts'
import { lastDayOf } from './rules/reminders.ts'

type Reacting = Ctx<'db' | 'actor' | 'origin'>

async function requestIn(ctx: Reacting, requestId: string) {
  const request = await ctx.db.grantRequest.findFirst({
    where: { id: requestId, houseId: ctx.actor.houseId },
    select: { id: true, orgId: true, askedById: true, assetId: true, purpose: true },
  })
  if (!request) return null
  const [asset, org] = await Promise.all([
    ctx.db.asset.findUniqueOrThrow({ where: { id: request.assetId }, select: { title: true } }),
    ctx.db.organisation.findUniqueOrThrow({ where: { id: request.orgId }, select: { name: true } }),
  ])
  return { ...request, assetTitle: asset.title, orgName: org.name }
}

/** Somebody asked for an asset: those who decide about rights are told. */
export async function tellOfRequest(ctx: Reacting, fact: RecordedFact): Promise<void> {
  const request = await requestIn(ctx, fact.subject.id)
  if (!request) return
  const [house, asker, readers] = await Promise.all([
    houseOf(ctx),
    personCalled(ctx, request.askedById),
    staffWith(ctx, ['RIGHTS_MANAGER'], fact.actorId),
  ])
  for (const to of readers)
    await askForLetter(ctx, 'request-received', {
      key: `request-received:${request.id}:${to.userId}`,
      to,
      props: {
        houseName: house.name,
        name: to.name,
        personName: asker?.name ?? 'Somebody',
        orgName: request.orgName,
        assetTitle: request.assetTitle,
        purpose: request.purpose,
        url: `${ctx.origin}/rights/requests/${request.id}`,
      },
    })
}

/** The decision: the person who asked is told, with the licence or with the reason. */
export async function tellOfDecision(ctx: Reacting, fact: RecordedFact): Promise<void> {
  const request = await requestIn(ctx, fact.subject.id)
  const to = await personCalled(ctx, request?.askedById ?? null, { kind: 'request', id: fact.subject.id })
  if (!request || !to) return
  const house = await houseOf(ctx)
  const reason = reasonToRead(textOf(fact, 'reason'), to.language)
  const common = { houseName: house.name, language: to.language, name: to.name, assetTitle: request.assetTitle, reason }
  if (fact.type === 'request.refused')
    return askForLetter(ctx, 'request-refused', {
      key: `request-refused:${request.id}`,
      to,
      props: { ...common, url: `${ctx.origin}/requests/${request.id}` },
    })
  const licence = await ctx.db.licence.findUnique({ where: { requestId: request.id }, select: { id: true, number: true, endsAt: true } })
  if (!licence) return
  await askForLetter(ctx, 'request-granted', {
    key: `request-granted:${request.id}`,
    to,
    props: {
      ...common,
      licenceNumber: licence.number,
      until: licence.endsAt ? lastDayOf({ endsAt: licence.endsAt }, house.timeZone) : null,
      url: `${ctx.origin}/licences/${licence.id}`,
    },
  })
}
