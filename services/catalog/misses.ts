import { hasStaffRole } from '../kernel/actor.ts'
import { Refusal } from '../kernel/errors.ts'
import type { Ctx } from '../platform/context.ts'

/** Keep what was looked for in vain, in small letters and once a text: the librarian learns which words are missing. Nobody's name is kept with it. */
export async function noteMiss(ctx: Ctx<'db' | 'actor' | 'clock'>, text: string): Promise<void> {
  const plain = text.toLowerCase().replace(/\s+/gu, ' ').trim().slice(0, 200)
  if (plain === '') return
  const at = ctx.clock.now()
  await ctx.db.$executeRaw`
    INSERT INTO search_misses (house_id, text, times, first_at, last_at) VALUES (${ctx.actor.houseId}, ${plain}, 1, ${at}::timestamptz, ${at}::timestamptz)
    ON CONFLICT (house_id, text) DO UPDATE SET times = search_misses.times + 1, last_at = ${at}::timestamptz`
}

/** The librarian has seen to it: found or not, it need not be listed. */
export async function forgetMiss(ctx: Ctx<'db' | 'actor'>, { text }: { text: string }): Promise<void> {
  if (!hasStaffRole(ctx.actor, 'LIBRARIAN')) throw new Refusal('forbidden', 'forget a search')
  await ctx.db.$executeRaw`DELETE FROM search_misses WHERE house_id = ${ctx.actor.houseId} AND text = ${text}`
}
