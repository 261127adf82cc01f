import type { Ctx } from '../platform/context.ts'
import { textOf, type RecordedFact } from './fact.ts'
import { askForLetter } from './jobs.ts'
import { houseOf, staffWith } from './people.ts'

type Reacting = Ctx<'db' | 'clock' | 'actor' | 'origin'>
type Kind = 'not-published' | 'policy-waits' | 'policy-found'

async function tellLibrarians(
  ctx: Reacting,
  fact: RecordedFact,
  letter: { kind: Kind; title: string; said: string; url: string },
): Promise<void> {
  const house = await houseOf(ctx)
  for (const to of await staffWith(ctx, ['LIBRARIAN'], fact.actorId))
    await askForLetter(ctx, 'life-notice', {
      key: `life-notice:${fact.id}:${to.userId}`,
      to,
      props: { houseName: house.name, name: to.name, ...letter },
    })
}

/** A publication that was due could not be: once a reason, not once a minute. */
export const tellOfRefusedSchedule = (ctx: Reacting, fact: RecordedFact): Promise<void> =>
  tellLibrarians(ctx, fact, {
    kind: 'not-published',
    title: textOf(fact, 'title') ?? 'An asset',
    said: textOf(fact, 'reason') ?? '',
    url: `${ctx.origin}/library/assets/${fact.subject.id}/life`,
  })

/** A policy that deletes waits for somebody other than its writer. */
export const tellOfWaitingPolicy = (ctx: Reacting, fact: RecordedFact): Promise<void> =>
  tellLibrarians(ctx, fact, {
    kind: 'policy-waits',
    title: textOf(fact, 'name') ?? 'A policy',
    said: '',
    url: `${ctx.origin}/library/policies/${fact.subject.id}`,
  })

/** A policy that only tells, or asks, has found something. */
export async function tellOfPolicyRun(ctx: Reacting, fact: RecordedFact): Promise<void> {
  const action = textOf(fact, 'action')
  const done = fact.data.done
  if ((action !== 'NOTIFY' && action !== 'ASK') || typeof done !== 'number' || done === 0) return
  await tellLibrarians(ctx, fact, {
    kind: 'policy-found',
    title: textOf(fact, 'name') ?? 'A policy',
    said: done === 1 ? 'One asset.' : `${done} assets.`,
    url: action === 'ASK' ? `${ctx.origin}/library/policies` : `${ctx.origin}/library/policies/runs/${textOf(fact, 'runId') ?? ''}`,
  })
}
