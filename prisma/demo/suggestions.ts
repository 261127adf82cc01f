import type { Person } from '#services/kernel/actor.ts'
import { suggestFor } from '#services/suggestions/making.ts'
import type { Story } from './story.ts'

/** What the newest drafts might be described by. Text in pictures is read by the worker, once it runs: that takes a second each. */
export async function suggestWords(story: Story, librarian: Person): Promise<void> {
  const ctx = story.as(librarian)
  const newest = await ctx.db.asset.findMany({
    where: { houseId: librarian.houseId, currentVersion: { processing: 'READY' }, state: { notIn: ['ARCHIVED', 'DELETED'] } },
    orderBy: { createdAt: 'desc' },
    take: 16,
    select: { id: true },
  })
  for (const { id } of newest) await suggestFor(ctx, id)
}
