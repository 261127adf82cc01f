import type { Person, Role } from '#services/kernel/actor.ts'
import type { Db } from '#services/platform/db.ts'
import { submitAsset } from '#services/review/reviews.ts'
import { saveRoute } from '#services/review/routes.ts'
import { defaultStep, type Plan, type PlannedStep, type RouteRule } from '#services/review/rules/plan.ts'
import { asActor, testContext, type TestContext } from './context.ts'
import type { TestDb } from './db.ts'
import { aHouse, anAsset, aPerson, type AssetFields } from './world.ts'

export const step = (name: string, more: Partial<PlannedStep> = {}): PlannedStep => ({ ...defaultStep, name, ...more })
export const everything: RouteRule = { applies: 'always', kinds: [], audiences: [], collections: [], people: 'any', aiMade: 'any' }
export const plan = (steps: PlannedStep[], more: Partial<Omit<Plan, 'steps'>> = {}): Plan => ({
  rule: everything,
  onChanges: 'END',
  onNewVersion: 'RESTART',
  ...more,
  steps,
})
export const brandThenBoth = plan([
  step('Brand', { kind: 'BRAND' }),
  step('Legal', { kind: 'LEGAL', roles: ['RIGHTS_MANAGER'] }),
  step('Compliance', { kind: 'COMPLIANCE', together: true, roles: ['AUDITOR'] }),
])

export const saved = async (ctx: TestContext, made: Plan, name = 'House route') => {
  const outcome = await saveRoute(ctx, { routeId: null, seen: 0, name, plan: made })
  if (!outcome.ok) throw new Error(outcome.error)
  return outcome.value.routeId
}

/** A house with a librarian who sends, a reviewer for the brand, and somebody of Legal. */
export async function aReviewDesk(db: TestDb['db'], made?: Plan) {
  const bare = testContext(db)
  const house = await aHouse(bare)
  const person = (name: string, ...roles: Role[]) => aPerson(bare, { houseId: house.id, roles, name })
  const lena = await person('Lena', 'LIBRARIAN')
  const jonas = await person('Jonas', 'REVIEWER')
  const maren = await person('Maren', 'RIGHTS_MANAGER')
  const ctx: TestContext = asActor(bare, lena)
  if (made) await saved(ctx, made)
  const sent = async (fields: Partial<AssetFields> = {}) => {
    const asset = await anAsset(ctx, { houseId: house.id, state: 'DRAFT', ...fields })
    const outcome = await submitAsset(ctx, { assetId: asset.id, note: 'Please' })
    if (!outcome.ok) throw new Error(outcome.error)
    return { assetId: asset.id, reviewId: outcome.value.reviewId }
  }
  return {
    house,
    lena,
    jonas,
    maren,
    person,
    ctx,
    by: (who: Person) => asActor(ctx, who),
    sent,
    system: { ...ctx, actor: { kind: 'system', houseId: house.id, name: 'test' } as const },
  }
}
export type ReviewDesk = Awaited<ReturnType<typeof aReviewDesk>>

/** What the rows of a review say. */
export const reviewRows = (db: () => Db) => ({
  stepsOf: async (reviewId: string) =>
    Object.fromEntries(
      (await db().reviewStep.findMany({ where: { reviewId }, orderBy: { position: 'asc' } })).map((one) => [one.name, one.state]),
    ),
  stepNamed: (reviewId: string, name: string) => db().reviewStep.findFirstOrThrow({ where: { reviewId, name } }),
  stateOf: async (id: string) => (await db().asset.findUniqueOrThrow({ where: { id } })).state,
  factsOf: async (id: string) =>
    (await db().auditFact.findMany({ where: { subjectId: id }, orderBy: { link: { seq: 'asc' } } })).map(({ type }) => type),
})
