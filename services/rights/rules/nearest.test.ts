import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { allMedia, allPlaces, allTrades, inside, pointsOf, refusedPoints, type Point } from '#services/testing/rights-oracle.ts'
import { anyRights, cases, days, instant, patience, shuffled, use, when } from '#services/testing/small-world.ts'
import { everything, type Box } from './box.ts'
import { boxOfUse, decide, type Use } from './decide.ts'
import type { AssetRights, When } from './known.ts'
import { nearest, nearestTerms } from './nearest.ts'
import { boxOf, type ScopeTerms } from './scope.ts'

const check = (property: (all: AssetRights, use: Use, when: When) => void) =>
  fc.assert(
    fc.property(anyRights, use, when, (all, use, when) => void property(all, use, when)),
    { numRuns: cases(600) },
  )

const inSpan = ({ period }: Box) => days.filter((day) => inside({ ...everything, period }, { medium: 1, place: 1, trade: 1, day }))

describe('nearest against brute force over leaves', { timeout: patience }, () => {
  test('every counter-offer passes, lies within the wish, and is the largest along its axis', () =>
    check((all, use, when) => {
      const box = boxOfUse(use, when.at)
      const counters = nearest(all, use, when)
      for (const counter of counters) {
        const smaller: Use = { ...use, box: counter.box, exclusive: counter.exclusive }
        expect(decide(all, smaller, when).verdict).not.toBe('deny')
        expect(pointsOf(counter.box).length).toBeGreaterThan(0)
        expect(pointsOf(counter.box).every((point) => inside(box, point))).toBe(true)
      }
      expect(counters.map(({ kept }) => kept)).toEqual(counters.map(({ kept }) => kept).sort((a, b) => b - a))
      const refused = refusedPoints(all, use, box, when.knownAt)
      if (refused.length === 0) return void expect(counters).toEqual([])
      const along = (axis: 'territory' | 'media' | 'industry', of: keyof Point, leaves: readonly number[]) => {
        const free = leaves.filter((leaf) => box[axis].has(leaf) && !refused.some((point) => point[of] === leaf))
        expect(leaves.filter((leaf) => counters.find((counter) => counter.axis === axis)?.box[axis].has(leaf))).toEqual(free)
      }
      along('territory', 'place', allPlaces)
      along('media', 'medium', allMedia)
      along('industry', 'trade', allTrades)
      const freeDays = inSpan(box).filter((day) => !refused.some((point) => point.day === day))
      const offered = counters.find(({ axis }) => axis === 'period')
      expect((offered ? inSpan(offered.box) : []).filter((day) => freeDays.includes(day)).length).toBe(longestRun(freeDays))
      const shared = refusedPoints(all, { ...use, exclusive: false }, box, when.knownAt)
      expect(counters.some(({ axis }) => axis === 'exclusivity')).toBe(use.exclusive && shared.length === 0)
    }))

  test('there is an offer exactly when some part of the use can be had', () =>
    check((all, use, when) => {
      const box = boxOfUse(use, when.at)
      const refusedOf = (exclusive: boolean) => refusedPoints(all, { ...use, exclusive }, box, when.knownAt).length
      const whole = pointsOf(box).length
      const some = refusedOf(use.exclusive) > 0 && (refusedOf(use.exclusive) < whole || refusedOf(false) < whole)
      const counters = nearest(all, use, when)
      expect(counters.length > 0).toBe(some)
      // Several axes only where none alone helps, and only one such offer.
      if (counters.some(({ axis }) => axis === 'several')) expect(counters).toHaveLength(1)
    }))

  test('an offer that gives way on several axes can grow along none of them', () =>
    check((all, use, when) => {
      const [counter] = nearest(all, use, when)
      if (counter?.axis !== 'several') return
      const wish = { ...use, exclusive: counter.exclusive }
      const box = boxOfUse(use, when.at)
      // Exclusivity is given up last: only where nothing at all can be had with it.
      if (counter.exclusive !== use.exclusive) expect(refusedPoints(all, use, box, when.knownAt)).toHaveLength(pointsOf(box).length)
      const refused = refusedPoints(all, wish, box, when.knownAt)
      const widens = (axis: keyof Point, values: readonly number[]) => {
        const here = new Set(pointsOf(counter.box).map((point) => point[axis]))
        // A step in time goes to the day beside; anywhere else to any leaf.
        const beside = axis === 'day' ? values.filter((day) => here.has(day - 1) || here.has(day + 1)) : values
        return beside
          .filter((value) => !here.has(value) && pointsOf(box).some((point) => point[axis] === value))
          .some((value) =>
            pointsOf(counter.box).every(
              (point) =>
                !refused.some((bad) => Object.entries({ ...point, [axis]: value }).every(([key, at]) => bad[key as keyof Point] === at)),
            ),
          )
      }
      expect([widens('medium', allMedia), widens('place', allPlaces), widens('trade', allTrades), widens('day', days)]).toEqual([
        false,
        false,
        false,
        false,
      ])
    }))

  test('does not depend on the order of the rows', () =>
    check((all, use, when) => expect(nearest(shuffled(all), use, when)).toEqual(nearest(all, use, when))))

  test('in terms, each offer says no more than was asked and passes', () =>
    fc.assert(
      fc.property(
        anyRights,
        when,
        fc.constantFrom(true, false),
        fc.constantFrom<string[]>(['ALL'], ['web-banner', 'editorial'], ['not-ai']),
        (all, when, exclusive, uses) => {
          const terms: ScopeTerms = {
            media: uses,
            territory: { include: ['WORLD'] },
            industry: 'ALL',
            from: '2027-01-01',
            until: '2027-01-05',
            zone: 'UTC',
            exclusive,
          }
          for (const offer of nearestTerms(all, terms, { by: 'holder' }, when)) {
            const [asked, rest] = [boxOf(terms), boxOf(offer.terms)]
            expect(asked.media.covers(rest.media) && asked.territory.covers(rest.territory) && asked.industry.covers(rest.industry)).toBe(
              true,
            )
            expect(offer.terms.from >= terms.from && (offer.terms.until ?? '9') <= (terms.until ?? '9')).toBe(true)
            expect(decide(all, { box: rest, exclusive: offer.terms.exclusive, by: 'holder' }, when).verdict).not.toBe('deny')
          }
        },
      ),
      { numRuns: cases(300) },
    ))
})

/** The longest run of free days; one that reaches the last day has no end and beats all, if the wish has none either. */
function longestRun(free: readonly number[]): number {
  let best = 0
  let run = 0
  for (const day of days) {
    run = free.includes(day) ? run + 1 : 0
    best = Math.max(best, run)
    if (day === 6 && run > 0) return run
  }
  return best
}

describe('what comes nearest', () => {
  const since = { recordedAt: instant(-10), supersededAt: null }
  const all: ScopeTerms = {
    media: ['ALL'] as string[],
    territory: { include: ['WORLD'] },
    industry: 'ALL',
    from: '2020-01-01',
    until: null,
    zone: 'Europe/Berlin',
    exclusive: false,
  }
  const rights = (bans: Partial<ScopeTerms>[]): AssetRights => ({
    asset: { id: 'ast', no: 1n, showsPeople: false, showsProperty: false, editorialOnly: false },
    acquisitions: [{ ...since, id: 'acq', contract: 'C', licensor: 'L', box: boxOf(all), subLicensable: true, exclusive: false }],
    releases: [],
    restrictions: bans.map((ban, i) => ({
      ...since,
      id: `res${i}`,
      kind: 'HOLDBACK',
      reason: 'r',
      reference: null,
      box: boxOf({ ...all, ...ban }),
    })),
    claims: [],
    licences: [],
  })
  const offers = (bans: Partial<ScopeTerms>[], wish: Partial<ScopeTerms> = {}) =>
    nearestTerms(
      rights(bans),
      { ...all, from: '2027-01-01', until: '2027-12-31', ...wish },
      { by: 'holder' },
      { at: instant(0), knownAt: instant(0) },
    )

  test('"worldwide" is kept open by what it leaves out; fewer places are named', () => {
    expect(offers([{ territory: { include: ['JP'] } }])[0]).toMatchObject({
      axis: 'territory',
      terms: { territory: { include: ['WORLD'], except: ['JP'] } },
    })
    const most = { territory: { include: ['WORLD'], except: ['CH'] } }
    expect(offers([{ territory: { include: ['AT'] } }], most)[0]?.terms.territory).toEqual({ include: ['WORLD'], except: ['CH', 'AT'] })
    const dach = { territory: { include: ['DACH'], except: ['CH'] } }
    expect(offers([{ territory: { include: ['AT'] } }], dach)[0]?.terms.territory).toEqual({ include: ['DE'] })
    const union = { territory: { include: ['EU27'], except: ['AT'] } }
    expect(offers([{ territory: { include: ['FR'] } }], union)[0]?.terms.territory).toEqual({ include: ['EU27'], except: ['AT', 'FR'] })
    const three = { territory: { include: ['DE', 'FR', 'IT'] } }
    expect(offers([{ territory: { include: ['DE', 'FR'] } }], three)[0]?.terms.territory).toEqual({ include: ['IT'] })
  })

  test('a span is given in whole days of its zone', () => {
    expect(offers([{ until: '2027-02-28' }])[0]).toMatchObject({ axis: 'period', terms: { from: '2027-03-01', until: '2027-12-31' } })
    // A day of London begins an hour into one of Berlin: that day is not whole.
    expect(offers([{ from: '2027-06-01', until: null, zone: 'Europe/London' }])[0]?.terms.until).toBe('2027-05-31')
    expect(offers([{ until: '2027-02-28', zone: 'Europe/London' }])[0]?.terms.from).toBe('2027-03-02')
    expect(offers([{ until: '2027-02-28' }], { until: null })[0]?.terms).toMatchObject({ from: '2027-03-01', until: null })
    expect(offers([{ from: '2027-01-01', until: '2027-01-01', zone: 'Europe/London' }], { until: '2027-01-01' })).toEqual([])
  })

  test('of two gaps the longer one is taken, of equal ones the earlier', () => {
    expect(offers([{ from: '2027-02-01', until: '2027-02-28' }])[0]?.terms).toMatchObject({ from: '2027-03-01', until: '2027-12-31' })
    expect(offers([{ from: '2027-11-01', until: '2027-11-30' }])[0]?.terms).toMatchObject({ from: '2027-01-01', until: '2027-10-31' })
    expect(offers([{ from: '2027-01-03', until: '2027-01-03' }], { until: '2027-01-05' })[0]?.terms).toMatchObject({
      from: '2027-01-01',
      until: '2027-01-02',
    })
    expect(offers([{ from: '2027-03-01', until: '2027-03-31' }], { until: null })[0]?.terms).toMatchObject({
      from: '2027-04-01',
      until: null,
    })
  })

  test('media and industries are named; all but sensitive stays open', () => {
    expect(offers([{ media: ['ai'] }], { media: ['social', 'ai'] })[0]).toMatchObject({ axis: 'media', terms: { media: ['social'] } })
    expect(offers([{ media: ['ai'] }])[0]?.terms.media).not.toContain('ai')
    expect(offers([{ industry: ['alcohol'] }], { industry: ['alcohol', 'food'] })[0]).toMatchObject({
      axis: 'industry',
      terms: { industry: ['food'] },
    })
  })

  test('how much is kept is told in thousandths of the axis', () => {
    expect(offers([{ territory: { include: ['DE'] } }], { territory: { include: ['DACH'] } })).toMatchObject([
      { axis: 'territory', kept: 667 },
    ])
    expect(offers([{ from: '2027-01-01', until: '2027-03-14' }])).toMatchObject([{ axis: 'period', kept: 800 }])
    expect(offers([{ from: '2028-01-01', until: null }], { from: '2023-01-01', until: null })).toMatchObject([
      { axis: 'period', kept: 500 },
    ])
  })

  test('where one axis does not help, several are narrowed in one offer', () => {
    const bans = [
      { territory: { include: ['WORLD'], except: ['DE', 'AT'] } },
      { media: ['billboard'] },
      { media: ['web-banner'], territory: { include: ['DE'] } },
      { media: ['web-banner'], until: '2027-06-30' },
    ]
    const wish = { media: ['web-banner', 'billboard'], territory: { include: ['DACH'] } }
    expect(offers(bans, wish)).toMatchObject([
      { axis: 'several', terms: { media: ['web-banner'], territory: { include: ['AT'] }, from: '2027-07-01', until: '2027-12-31' } },
    ])
    expect(offers([{}])).toEqual([])
    expect(offers([])).toEqual([])
  })
})
