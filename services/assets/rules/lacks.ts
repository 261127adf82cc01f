import type { AssetState } from './asset-states.ts'
import type { Audience } from './asset-words.ts'
import type { Check, Demand } from './publishable.ts'

export type Lack = Pick<Check, 'demand' | 'label'>
export type CountedLack = Lack & { count: number }

/** Assets that are alike in everything that review and publishing ask for. */
export interface Alike {
  state: AssetState
  heldFrom: AssetState | null
  audience: Audience
  legalHold: boolean
  count: number
  /** What they lack to be sent for review, and to be published. */
  forReview: Lack[]
  forPublishing: Lack[]
}

export const unmetOf = (checks: readonly Check[]): Lack[] => checks.filter(({ ok }) => !ok).map(({ demand, label }) => ({ demand, label }))

/** What stands between an asset and the world that its librarian can mend. What is put away lacks nothing; an approval is the reviewers' part. */
export const lacksNow = ({ state, forPublishing }: Pick<Alike, 'state' | 'forPublishing'>): Lack[] =>
  state === 'ARCHIVED' || state === 'DELETED' ? [] : forPublishing.filter(({ demand }) => demand !== 'approval')

/** How many lack what, the most first. */
export function countLacks(each: readonly { count: number; lacks: readonly Lack[] }[]): CountedLack[] {
  const by = new Map<Demand, CountedLack>()
  for (const { count, lacks } of each)
    for (const { demand, label } of lacks) by.set(demand, { demand, label, count: (by.get(demand)?.count ?? 0) + count })
  return [...by.values()].sort((a, b) => b.count - a.count || (a.label < b.label ? -1 : 1))
}
