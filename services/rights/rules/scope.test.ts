import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { scopeTerms } from '../schema.ts'
import { boxOf, daysOf, limitKinds, type ScopeTerms } from './scope.ts'
import { describeScope, readScope, summariseScope } from './scope-words.ts'
import { industries } from './vocabulary/industries.ts'
import { media } from './vocabulary/media.ts'
import { territories } from './vocabulary/territories.ts'

const terms: ScopeTerms = {
  media: ['web-banner', 'social'],
  territory: { include: ['WORLD'], except: ['JP'] },
  industry: 'ALL',
  from: '2026-12-01',
  until: '2027-11-30',
  zone: 'Europe/Berlin',
  exclusive: true,
  limits: { printRun: 500_000, pixels: 4_000 },
}

const some = (words: { leaves: { code: string }[] }) =>
  fc.subarray(
    words.leaves.map(({ code }) => code),
    { minLength: 1, maxLength: 5 },
  )
const day = fc.integer({ min: 0, max: 4_000 }).map((n) => new Date(Date.UTC(2026, 0, 1 + n)).toISOString().slice(0, 10))
const drawn: fc.Arbitrary<ScopeTerms> = fc
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
  .map(({ include, except, days, open, limits, ...rest }) => ({
    ...rest,
    territory: { include, ...(except ? { except } : {}) },
    from: days.sort()[0] as string,
    until: open ? null : (days[1] as string),
    ...(limits ? { limits } : {}),
  }))

describe('a scope', () => {
  test('becomes a box of sets and instants: the last day ends at the next midnight of its zone', () => {
    const box = boxOf(terms)
    expect(box.period).toEqual({ from: new Date('2026-11-30T23:00:00Z'), to: new Date('2027-11-30T23:00:00Z') })
    expect(box.territory.covers(territories.resolve(['DE', 'US']))).toBe(true)
    expect(box.territory.overlaps(territories.resolve(['JP']))).toBe(false)
    expect(box.media.covers(media.resolve(['social-paid']))).toBe(true)
    expect(daysOf(terms)).toBe(365)
    expect(daysOf({ ...terms, until: null })).toBeNull()
  })

  test('is told in plain words', () => {
    const words = Object.fromEntries(describeScope(terms).map((row) => [row.label, row.words]))
    expect(words).toEqual({
      Media: 'Web banner or programmatic display and Social media',
      Territory: 'Worldwide, except Japan',
      Industry: 'All industries',
      Period: '1 December 2026 to 30 November 2027',
      Exclusivity: 'Exclusive',
      Limits: 'up to 500,000 printed copies and up to 4,000 pixels on the longest edge',
    })
    expect(summariseScope({ ...terms, until: null, exclusive: false })).toContain('from 1 December 2026, without end · Non-exclusive')
  })

  test('is read back from its rows the same', () =>
    fc.assert(
      fc.property(
        drawn,
        (terms) =>
          void expect(readScope(describeScope(terms))).toEqual({ ...terms, ...(terms.limits ? { limits: { ...terms.limits } } : {}) }),
      ),
    ))
})

describe('the schema of a scope', () => {
  const messages = (change: object) => {
    const parsed = scopeTerms.safeParse({ ...terms, ...change })
    return parsed.success ? [] : parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`)
  }
  test('lets good terms through unchanged', () => {
    expect(scopeTerms.parse(terms)).toEqual(terms)
    expect(messages({ until: null, industry: ['banking'], limits: undefined })).toEqual([])
  })
  test.each([
    ['an unknown code', { media: ['telepathy'] }, 'media: There is no medium “telepathy”.'],
    ['no media', { media: [] }, 'media: Choose at least one medium.'],
    ['an unknown place', { territory: { include: ['DE'], except: ['XX'] } }, 'territory.except: There is no territory “XX”.'],
    [
      'nothing left of the places',
      { territory: { include: ['DE'], except: ['M49:150'] } },
      'territory.except: Nothing is left of the territory.',
    ],
    ['a reversed span', { until: '2026-11-30' }, 'until: The last day is before the first.'],
    ['a day that does not exist', { from: '2026-02-30' }, 'from: Give a day as year-month-day, e.g. 2026-12-31.'],
    ['an unknown zone', { zone: 'Mars/Olympus' }, 'zone: There is no such time zone.'],
    ['a limit of nothing', { limits: { printRun: 0 } }, 'limits.printRun: Too small: expected number to be >=1'],
  ])('refuses %s with a sentence', (_, change, message) => expect(messages(change)).toContain(message))
})
