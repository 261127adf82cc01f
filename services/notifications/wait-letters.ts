import type { Ctx } from '../platform/context.ts'
import { wishSearch } from '../licensing/rules/wish-search.ts'
import { summariseScope } from '../rights/rules/scope-words.ts'
import type { ScopeTerms } from '../rights/rules/scope.ts'
import type { RecordedFact } from './fact.ts'
import { askForLetter } from './jobs.ts'
import { houseOf, personCalled } from './people.ts'

/** The answer to somebody who stood in line: their wish is free, or gone. One letter a wait. */
export async function tellOfWait(ctx: Ctx<'db' | 'clock' | 'actor' | 'origin'>, fact: RecordedFact): Promise<void> {
  const wait = await ctx.db.rightsWait.findFirst({
    where: { id: fact.subject.id, houseId: ctx.actor.houseId },
    select: { id: true, userId: true, orgId: true, assetId: true, model: true, terms: true, upgradesLicenceId: true, outcome: true },
  })
  const to = await personCalled(ctx, wait?.userId ?? null, fact.subject)
  if (!wait || !to || (wait.outcome !== 'free' && wait.outcome !== 'gone')) return
  const { upgradesLicenceId } = wait
  const [house, asset, widened] = await Promise.all([
    houseOf(ctx),
    ctx.db.asset.findUniqueOrThrow({ where: { id: wait.assetId }, select: { title: true } }),
    upgradesLicenceId
      ? ctx.db.licence.findFirst({
          where: { id: upgradesLicenceId, houseId: ctx.actor.houseId, holderOrgId: wait.orgId },
          select: { number: true, state: true, endsAt: true },
        })
      : null,
  ])
  const runs = widened !== null && widened.state !== 'ENDED' && (widened.endsAt === null || widened.endsAt > ctx.clock.now())
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
      widens: widened && { number: widened.number, runs },
      // A licence that has ended is widened no more: what comes nearest is a licence of its own.
      url: `${ctx.origin}/assets/${wait.assetId}${wishSearch(wait.model, terms, runs ? upgradesLicenceId : null)}`,
    },
  })
}
