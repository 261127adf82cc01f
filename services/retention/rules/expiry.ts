/** What becomes of a picture when the house's rights to it have ended. */
export interface Expiry {
  on: boolean
  /** Days after the end, in which a contract that is being renewed may arrive. Nothing is licensed in them: that is judged at each sale. */
  graceDays: number
}
export const usualGrace = 7

/** As the house has settled it: on, with a week of grace, unless it said something else. */
export function expiryOf(settings: unknown): Expiry {
  const { expiresWithRights, expiryGraceDays } = (settings ?? {}) as { expiresWithRights?: unknown; expiryGraceDays?: unknown }
  return {
    on: expiresWithRights !== false,
    graceDays: typeof expiryGraceDays === 'number' && expiryGraceDays >= 0 ? Math.floor(expiryGraceDays) : usualGrace,
  }
}
