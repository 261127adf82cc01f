import fc from 'fast-check'
import { limitKinds, type ScopeTerms } from '#services/rights/rules/scope.ts'
import { industries } from '#services/rights/rules/vocabulary/industries.ts'
import { media } from '#services/rights/rules/vocabulary/media.ts'
import { territories } from '#services/rights/rules/vocabulary/territories.ts'

const some = (words: { leaves: { code: string }[]; branches: { code: string }[]; groups: string[] }) =>
  fc.uniqueArray(fc.constantFrom(...words.leaves.map(({ code }) => code), ...words.branches.map(({ code }) => code), ...words.groups), {
    minLength: 1,
    maxLength: 6,
  })
const day = fc.integer({ min: 0, max: 4_000 }).map((n) => new Date(Date.UTC(2024, 0, 1 + n)).toISOString().slice(0, 10))
/** Any scope that can be agreed on: for tests. */
export const anyTerms: fc.Arbitrary<ScopeTerms> = fc
  .record({
    media: some(media),
    include: some(territories),
    except: fc.option(some(territories)),
    industry: fc.oneof(fc.constant('ALL' as const), some(industries)),
    days: fc.tuple(day, day),
    open: fc.boolean(),
    exclusive: fc.boolean(),
    zone: fc.constantFrom('Europe/Berlin', 'UTC', 'America/New_York', 'Asia/Tokyo'),
    limits: fc.option(fc.dictionary(fc.constantFrom(...limitKinds), fc.integer({ min: 1, max: 1e9 }), { minKeys: 1 })),
  })
  .map(({ include, except, days, open, limits: _, ...rest }) => ({
    ...rest,
    territory: { include, ...(except ? { except } : {}) },
    from: days.sort()[0] as string,
    until: open ? null : (days[1] as string),
  }))
  .filter((terms) => !territories.resolve(terms.territory.include).difference(territories.resolve(terms.territory.except ?? [])).isEmpty)
