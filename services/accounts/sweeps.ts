import type { Ctx } from '../platform/context.ts'
import { sweepTurns } from '../platform/rate-limit.ts'
import { sweepSessions } from './sessions.ts'
import { sweepSignInFailures } from './sign-ins.ts'

/** Clear away what ran out. Nothing depends on it: whatever has ended has ended without it. */
export async function sweepAccounts(ctx: Ctx<'db' | 'clock'>): Promise<void> {
  await sweepSessions(ctx)
  await sweepSignInFailures(ctx)
  await sweepTurns(ctx)
}
