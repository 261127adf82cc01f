import { judged } from '../assets/likeness.ts'
import { candidatesOf } from '../assets/lookups.ts'
import { may } from '../assets/policy.ts'
import { readPrint } from '../assets/prints.ts'
import { unpackMarks } from '../assets/rules/marks.ts'
import { likenessWords } from '../assets/rules/nearness.ts'
import { Refusal } from '../kernel/errors.ts'
import type { Ctx } from '../platform/context.ts'
import type { Print } from '../platform/media/media.ts'

export interface InLibrary {
  id: string
  title: string
  words: string
}

/** What of the whole library, drafts included, a picture is that somebody of the house holds in the hand. */
export async function libraryAlikes(ctx: Ctx<'db' | 'actor'>, print: Print): Promise<InLibrary[]> {
  if (!may(ctx.actor, 'see')) throw new Refusal('forbidden', 'library')
  const sought = readPrint(print)
  const mine = unpackMarks(sought.marks)
  const found = (await candidatesOf(ctx, sought))
    .flatMap((other) => judged(sought, mine, other, [1, 1]) ?? [])
    .sort((a, b) => b.places - a.places)
  const assets = await ctx.db.asset.findMany({
    where: { houseId: ctx.actor.houseId, id: { in: found.map(({ assetId }) => assetId) } },
    select: { id: true, title: true },
  })
  return [...new Map(found.map((one) => [one.assetId, one])).values()].flatMap((one) => {
    const asset = assets.find(({ id }) => id === one.assetId)
    return asset ? [{ ...asset, words: likenessWords(one) }] : []
  })
}
