import type { Ctx } from './context.ts'
import { Prisma } from './db.ts'

export interface Allowance {
  /** How many at once, and how many in each `seconds` in the long run. */
  turns: number
  seconds: number
}

export type Turn = { ok: true } | { ok: false; retryAfterSeconds: number }

/**
 * Take one turn under `key`, by the generic cell rate algorithm: the row holds the instant at which the allowance would be
 * whole again; a turn moves it on by one share and is refused where that would reach beyond the window. One statement
 * reads, decides and writes, so of two turns at once for the last place one gets it.
 */
export async function takeTurn(ctx: Ctx<'db' | 'clock'>, key: string, { turns, seconds }: Allowance): Promise<Turn> {
  const now = ctx.clock.now()
  const share = (seconds * 1000) / turns
  const first = new Date(now.getTime() + share)
  const latest = new Date(now.getTime() + seconds * 1000)
  const [row] = await ctx.db.$queryRaw<{ arrivalAt: Date; taken: boolean }[]>(Prisma.sql`
    WITH turn AS (
      INSERT INTO rate_limits AS r (key, arrival_at) VALUES (${key}, ${first}::timestamptz)
      ON CONFLICT (key) DO UPDATE SET arrival_at = GREATEST(r.arrival_at, ${now}::timestamptz) + make_interval(secs => ${share / 1000}::float8)
      WHERE GREATEST(r.arrival_at, ${now}::timestamptz) + make_interval(secs => ${share / 1000}::float8) <= ${latest}::timestamptz
      RETURNING arrival_at
    )
    SELECT arrival_at AS "arrivalAt", true AS taken FROM turn
    UNION ALL
    SELECT arrival_at, false FROM rate_limits WHERE key = ${key} AND NOT EXISTS (SELECT FROM turn)`)
  if (row?.taken) return { ok: true }
  // No row at all: the first turns came at this very moment and this statement does not see them yet.
  const whole = row?.arrivalAt.getTime() ?? latest.getTime()
  return { ok: false, retryAfterSeconds: Math.max(1, Math.ceil((whole + share - latest.getTime()) / 1000)) }
}

/** Forget keys whose allowance is whole again: they say nothing. */
export async function sweepTurns(ctx: Ctx<'db' | 'clock'>): Promise<number> {
  const { count } = await ctx.db.rateLimit.deleteMany({ where: { arrivalAt: { lt: ctx.clock.now() } } })
  return count
}
