import type { Ctx } from './context.ts'
import { Prisma } from './db.ts'

export interface Allowance {
  /** How many at once, and how many in each `seconds` in the long run. */
  turns: number
  seconds: number
}

export type Turn = { ok: true } | { ok: false; retryAfterSeconds: number }

/**
 * The network that an address stands for at a door: an IPv6 line has 2^64 addresses of its own, and whoever may take a new
 * one for each try is never counted. IPv4 as it is, also where it is written as IPv6.
 */
export function networkOf(ip: string): string {
  const inFour = /^(?:::ffff:)?(\d+\.\d+\.\d+\.\d+)$/i.exec(ip)?.[1]
  if (inFour) return inFour
  if (!ip.includes(':')) return ip
  const [head = '', tail] = (ip.split('%')[0] ?? '').toLowerCase().split('::')
  const groups = (text: string | undefined) => (text ? text.split(':') : [])
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - groups(head).length - groups(tail).length)
  const whole = [...groups(head), ...Array<string>(zeros).fill('0'), ...groups(tail)]
  return `${whole
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':')}::/64`
}

/**
 * Take one turn under `key`, by the generic cell rate algorithm: the row holds the instant at which the allowance would be
 * whole again; a turn moves it on by one share and is refused where that would reach beyond the window. One statement
 * reads, decides and writes, so of two turns at once for the last place one gets it. An instant more than two windows ahead
 * was written by a clock that has been set back since, and would shut the door until then: it counts as whole.
 */
export async function takeTurn(ctx: Ctx<'db' | 'clock'>, key: string, { turns, seconds }: Allowance): Promise<Turn> {
  const now = ctx.clock.now()
  const share = (seconds * 1000) / turns
  const first = new Date(now.getTime() + share)
  const latest = new Date(now.getTime() + seconds * 1000)
  const astray = new Date(now.getTime() + 2 * seconds * 1000)
  const next = Prisma.sql`CASE WHEN r.arrival_at > ${astray}::timestamptz THEN ${now}::timestamptz ELSE GREATEST(r.arrival_at, ${now}::timestamptz) END + make_interval(secs => ${share / 1000}::float8)`
  const [row] = await ctx.db.$queryRaw<{ arrivalAt: Date; taken: boolean }[]>(Prisma.sql`
    WITH turn AS (
      INSERT INTO rate_limits AS r (key, arrival_at) VALUES (${key}, ${first}::timestamptz)
      ON CONFLICT (key) DO UPDATE SET arrival_at = ${next}
      WHERE ${next} <= ${latest}::timestamptz
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

/**
 * A turn at each of several doors, the narrowest first. Whoever is refused at one takes none at the next: what one caller is
 * refused must not use up what is there for all.
 */
export async function takeTurns(ctx: Ctx<'db' | 'clock'>, doors: readonly (readonly [key: string, Allowance])[]): Promise<Turn> {
  for (const [key, allowance] of doors) {
    const turn = await takeTurn(ctx, key, allowance)
    if (!turn.ok) return turn
  }
  return { ok: true }
}

/** Forget keys whose allowance is whole again: they say nothing. */
export async function sweepTurns(ctx: Ctx<'db' | 'clock'>): Promise<number> {
  const { count } = await ctx.db.rateLimit.deleteMany({ where: { arrivalAt: { lt: ctx.clock.now() } } })
  return count
}
