import fc from 'fast-check'
import { addDays } from '#services/kernel/period.ts'
import type { ScopeTerms } from '#services/rights/rules/scope.ts'
import { industries } from '#services/rights/rules/vocabulary/industries.ts'
import { media } from '#services/rights/rules/vocabulary/media.ts'
import { territories } from '#services/rights/rules/vocabulary/territories.ts'

const codesOf = (words: { leaves: { code: string }[]; branches: { code: string }[]; groups: string[]; all: string }) => [
  ...words.leaves.map(({ code }) => code),
  ...words.branches.map(({ code }) => code),
  ...words.groups,
  words.all,
]
const some = (codes: string[]) => fc.uniqueArray(fc.constantFrom(...codes), { minLength: 1, maxLength: 4 })

/** Any use that a price book prices. */
export const pricedTerms: fc.Arbitrary<ScopeTerms> = fc
  .record({
    media: some(codesOf(media)),
    territory: some(codesOf(territories)),
    industry: fc.oneof(fc.constant('ALL' as const), some(codesOf(industries))),
    days: fc.option(fc.integer({ min: 1, max: 5_000 })),
    exclusive: fc.boolean(),
    printRun: fc.option(fc.integer({ min: 1, max: 2_000_000 })),
    pixels: fc.option(fc.integer({ min: 1, max: 9_000 })),
  })
  .map(({ territory, days, printRun, pixels, ...rest }) => ({
    ...rest,
    territory: { include: territory },
    from: '2026-12-01',
    until: days === null ? null : addDays('2026-12-01', days - 1),
    zone: 'UTC',
    limits: { ...(printRun === null ? {} : { printRun }), ...(pixels === null ? {} : { pixels }) },
  }))

export type Widening = (a: ScopeTerms, b: ScopeTerms) => Partial<ScopeTerms>
const looser = (kind: 'printRun' | 'pixels', a: ScopeTerms, b: ScopeTerms) => {
  const { [kind]: own, ...rest } = a.limits ?? {}
  const other = b.limits?.[kind]
  return { limits: { ...rest, ...(own !== undefined && other !== undefined ? { [kind]: Math.max(own, other) } : {}) } }
}
/** Each axis by itself: what it takes from another scope is added to the first. */
export const widenings: Record<string, Widening> = {
  media: (a, b) => ({ media: [...a.media, ...b.media] }),
  places: (a, b) => ({ territory: { include: [...a.territory.include, ...b.territory.include] } }),
  industries: (a, b) => ({ industry: a.industry === 'ALL' || b.industry === 'ALL' ? 'ALL' : [...a.industry, ...b.industry] }),
  time: (a, b) => ({ until: a.until === null || b.until === null ? null : a.until > b.until ? a.until : b.until }),
  exclusivity: (a, b) => ({ exclusive: a.exclusive || b.exclusive }),
  copies: (a, b) => looser('printRun', a, b),
  pixels: (a, b) => looser('pixels', a, b),
}
/** All of them at once. */
export const jointly: Widening = (a, b) =>
  Object.values(widenings).reduce((wide, widen) => ({ ...wide, ...widen({ ...a, ...wide }, b) }), {})
/** A use that holds both, on every axis. */
export const wider = (a: ScopeTerms, b: ScopeTerms): ScopeTerms => ({ ...a, ...jointly(a, b) })
