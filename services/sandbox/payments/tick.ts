import { turnRefund } from './money-back.ts'
import { expireSession } from './moves.ts'
import type { World } from './world.ts'

/** What the clock does: sessions end, slow refunds finish, idempotency keys are forgotten after a day. True when anything changed. */
export function tick(world: World): boolean {
  const { state } = world
  const now = world.clock.now().getTime()
  let changed = false
  for (const session of Object.values(state.sessions))
    if (session.status === 'open' && session.expires_at * 1000 <= now) {
      expireSession(world, session.id)
      changed = true
    }
  for (const turn of state.refundTurns.filter(({ dueAt }) => dueAt <= now)) {
    turnRefund(world, turn.refundId, turn.to)
    changed = true
  }
  state.refundTurns = state.refundTurns.filter(({ dueAt }) => dueAt > now)
  for (const [key, kept] of Object.entries(state.kept)) if (kept.at < now - 24 * 3_600_000) delete state.kept[key]
  return changed
}
