import type { Day } from '../../kernel/period.ts'
import type { ScopeTerms } from '../../rights/rules/scope.ts'

/** What the rights desk leaves of a wish: fewer media, fewer places, a shorter time, not exclusive. */
export interface Narrowing {
  media?: string[] | undefined
  territory?: string[] | undefined
  from?: Day | undefined
  until?: Day | undefined
  plain?: boolean | undefined
}

/** The terms that are left; what a narrowing does not name stays as it was asked for. Whether they are less is asked of the sets. */
export const narrowed = (asked: ScopeTerms, { media, territory, from, until, plain }: Narrowing): ScopeTerms => ({
  ...asked,
  ...(media?.length ? { media } : {}),
  territory: { ...asked.territory, ...(territory?.length ? { include: territory } : {}) },
  ...(from ? { from } : {}),
  ...(until ? { until } : {}),
  ...(plain ? { exclusive: false } : {}),
})
