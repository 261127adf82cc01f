import type { Ctx } from '../platform/context.ts'
import { wishSearch } from '../licensing/rules/wish-search.ts'
import { summariseScope } from '../rights/rules/scope-words.ts'
import type { ScopeTerms } from '../rights/rules/scope.ts'
import type { RecordedFact } from './fact.ts'
import { askForLetter } from './jobs.ts'
import { houseOf, personCalled } from './people.ts'

/** The answer to somebody who stood in line: their wish is free, or gone. One letter a wait. */
export async function tellOfWait(ctx: Ctx<'db' | 'actor' | 'origin'>, fact: RecordedFact): Promise<void> {
  const wait = await ctx.db.rightsWait.findFirst({
    where: { id: fact.subject.id, houseId: ctx.actor.houseId },
    select: { id: true, userId: true, assetId: true, model: true, terms: true, outcome: true },
  })
  const to = await personCalled(ctx, wait?.userId ?? null, fact.subject)
  if (!wait || !to || (wait.outcome !== 'free' && wait.outcome !== 'gone')) return
  const [house, asset] = await Promise.all([
    houseOf(ctx),
    ctx.db.asset.findUniqueOrThrow({ where: { id: wait.assetId }, select: { title: true } }),
  ])
  const terms = wait.terms as unknown as ScopeTerms
  await askForLetter(ctx, 'wait-answered', {
    key: `wait-answered:${wait.id}`,
    to,
    props: {
      houseName: house.name,
      language: to.language,
      name: to.name,
      assetTitle: asset.title,
      scope: summariseScope(terms, to.language),
      outcome: wait.outcome,
      url: `${ctx.origin}/assets/${wait.assetId}${wishSearch(wait.model, terms)}`,
    },
  })
}
