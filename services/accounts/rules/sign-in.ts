const minute = 60_000

/** Wrong passwords that cost nothing but a retry. */
export const freeFailures = 10
const longestLock = 60 * minute

/** How long an address is locked after so many wrong passwords in a row: a minute after the tenth, then twice as long each time, an hour at most. */
export function lockFor(failures: number): number {
  if (failures < freeFailures) return 0
  return Math.min(longestLock, minute * 2 ** Math.min(failures - freeFailures, 20))
}

/** A day without a wrong password and the count begins anew. */
export const forgottenAfter = 24 * 60 * minute

/** Minutes to wait, as people say it: rounded up, never none. */
export const minutesUntil = (until: Date, now: Date): number => Math.max(1, Math.ceil((until.getTime() - now.getTime()) / minute))

/** Turns at the doors: enough for an office behind one address, too few for guessing. */
export const allowances = {
  signIn: { turns: 100, seconds: 600 },
  register: { turns: 40, seconds: 3600 },
  forgot: { turns: 20, seconds: 3600 },
  forgotOneAddress: { turns: 3, seconds: 3600 },
  join: { turns: 40, seconds: 3600 },
  passwordChange: { turns: 10, seconds: 3600 },
  invite: { turns: 100, seconds: 3600 },
} as const
