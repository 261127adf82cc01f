import { dayOf } from '../../kernel/period.ts'
import { decide } from '../../rights/rules/decide.ts'
import type { AssetRights, ClaimState, When } from '../../rights/rules/known.ts'
import { boxOf, type ScopeTerms } from '../../rights/rules/scope.ts'

const isHold = (state: ClaimState): boolean => state === 'HELD' || state === 'PENDING_PAYMENT'

/** The licences whose holds somebody is paying for, or not: what may still become free. */
export const heldLicenceNos = ({ claims }: AssetRights): bigint[] => [
  ...new Set(claims.filter(({ state }) => isHold(state)).map(({ licenceNo }) => licenceNo)),
]

/** A wish as it stands today: the days that have gone by while its asker waited are not asked for any more. */
export function fromToday(terms: ScopeTerms, now: Date): ScopeTerms {
  const today = dayOf(now, terms.zone)
  return terms.from < today ? { ...terms, from: today } : terms
}

/** Rights without what the licences of one line occupy: for their own widening they are in nobody's way. */
export const without = (rights: AssetRights, nos: ReadonlySet<bigint> | undefined): AssetRights =>
  !nos ? rights : { ...rights, claims: rights.claims.filter(({ licenceNo }) => !nos.has(licenceNo)) }

/**
 * How a wish stands. `free`: it can be had. `held`: only somebody at the till is in the way, who may yet leave. `own`: only
 * the asker's own company is at the till with it. `taken`: no hold's end would make it free.
 */
export type PlaceInLine = 'free' | 'held' | 'own' | 'taken'

export function placeInLine(rights: AssetRights, terms: ScopeTerms, when: When, own: ReadonlySet<bigint> = new Set()): PlaceInLine {
  const use = { box: boxOf(terms), exclusive: terms.exclusive, by: 'holder' as const, ...(terms.limits ? { limits: terms.limits } : {}) }
  const bare = { ...rights, licences: [] }
  const refused = (claims: AssetRights['claims']) => decide({ ...bare, claims }, use, when).verdict === 'deny'
  if (!refused(rights.claims)) return 'free'
  if (refused(rights.claims.filter(({ state }) => !isHold(state)))) return 'taken'
  return refused(rights.claims.filter(({ state, licenceNo }) => !(isHold(state) && own.has(licenceNo)))) ? 'held' : 'own'
}
