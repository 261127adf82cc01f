import { sealWords } from '../assets/sealing.ts'
import { isStaff } from '../kernel/actor.ts'
import { sha256 } from '../kernel/canonical.ts'
import { Refusal } from '../kernel/errors.ts'
import type { Ctx } from '../platform/context.ts'
import { icalendar } from '../platform/icalendar.ts'
import { taskFilterOf } from './rules/filter.ts'
import { lookerOf, tasksOf } from './tasks.ts'

/** What calendars still take in one go; the first days matter most. */
const mostEvents = 1_000

/** The due days of one's own open steps, as a calendar file. What is decided is no longer in it; the same tasks give the same bytes. */
export async function reviewFeed(ctx: Ctx<'db' | 'clock' | 'actor' | 'origin'>): Promise<{ body: string; etag: string }> {
  if (!isStaff(ctx.actor)) throw new Refusal('not-found', 'reviews are for the house')
  const looker = await lookerOf(ctx)
  const tasks = await tasksOf(ctx, looker, taskFilterOf(new URLSearchParams('tab=mine')), null, mostEvents)
  // Whoever has the address reads along: it names no more than its owner may know.
  const items = await sealWords(ctx, tasks.items)
  const host = new URL(ctx.origin).host
  const body = icalendar({
    name: 'Reviews',
    description: 'What waits for you in review, on the day on which it is due.',
    events: items.flatMap(({ stepId, reviewId, step, dueOn, asset, askedBy, forName, openedAt }) =>
      dueOn === null
        ? []
        : [
            {
              uid: `${sha256(`${ctx.actor.houseId}:${stepId}`).slice(0, 40)}@${host}`,
              day: dueOn,
              summary: `${step}: ${asset.title}`,
              description: `${askedBy} asked.${forName ? ` For ${forName}, who is away.` : ''}`,
              url: `${ctx.origin}/library/review/${reviewId}`,
              changedAt: openedAt,
              remindDays: [1],
            },
          ],
    ),
  })
  return { body, etag: `"${sha256(body).slice(0, 32)}"` }
}

/** The address that another calendar subscribes to: who has it reads along. */
export const reviewFeedAddress = ({ origin }: Ctx<'origin'>, secret: string): string => `${origin}/calendar/${secret}.ics?of=reviews`
