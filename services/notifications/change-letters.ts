import { boxOfText, type ItemFacts } from '../desk/rules/change-item.ts'
import { lossInWords } from '../desk/rules/change-words.ts'
import type { Language } from '../kernel/language.ts'
import { dayOf } from '../kernel/period.ts'
import type { Ctx } from '../platform/context.ts'
import { textOf, type RecordedFact } from './fact.ts'
import { askForLetter } from './jobs.ts'
import { houseOf, membersOf } from './people.ts'
import { audienceOf } from './rules/audience.ts'

/** A part of what a licence rests on fell away: its holder's people are told which part and from when, never whose contract it was. */
export async function tellOfLoss(ctx: Ctx<'db' | 'actor' | 'origin'>, fact: RecordedFact): Promise<void> {
  const licence = await ctx.db.licence.findFirst({
    where: { id: fact.subject.id, houseId: ctx.actor.houseId },
    select: { id: true, number: true, holderOrgId: true, assetId: true },
  })
  if (!licence) return
  const [house, members, asset] = await Promise.all([
    houseOf(ctx),
    membersOf(ctx, licence.holderOrgId),
    ctx.db.asset.findUniqueOrThrow({ where: { id: licence.assetId }, select: { title: true } }),
  ])
  const from = textOf(fact, 'from')
  const recorded = Array.isArray(fact.data.parts) ? fact.data.parts.map(String) : []
  const item = await ctx.db.changeItem.findFirst({
    where: { planId: textOf(fact, 'change') ?? '', subjectId: licence.id, plan: { houseId: ctx.actor.houseId } },
    select: { lost: true },
  })
  // The fact says the parts in English; what was lost says them in any language.
  const boxes = (item?.lost as Partial<Pick<ItemFacts, 'boxes'>> | null)?.boxes?.map(boxOfText)
  const partsIn = (language: Language) => (language === 'en' || !boxes?.length ? recorded : lossInWords(boxes, house.timeZone, language))
  for (const to of audienceOf(members))
    await askForLetter(ctx, 'licence-part-lost', {
      key: `part-lost:${textOf(fact, 'change')}:${licence.id}:${to.userId}`,
      to,
      props: {
        houseName: house.name,
        language: to.language,
        name: to.name,
        title: asset.title,
        licenceNumber: licence.number,
        suspended: fact.data.suspended === true,
        whole: fact.data.whole === true,
        from: from && new Date(from) > fact.at ? dayOf(new Date(from), house.timeZone) : null,
        parts: partsIn(to.language),
        said: textOf(fact, 'said') ?? '',
        url: `${ctx.origin}/licences/${licence.id}`,
      },
    })
}
