import { describe, expect, test } from 'vitest'
import { instant } from '#services/testing/small-world.ts'
import { barredBy } from './barred.ts'
import type { Box } from './box.ts'
import { decide, type Use } from './decide.ts'
import { notHeld } from './held.ts'
import type { Acquisition, AssetRights, Claim, HeldLicence, Release, Restriction } from './known.ts'
import { LeafSet } from './leaf-set.ts'
import { takenBy } from './taken.ts'
import { industries, sensitiveIndustries } from './vocabulary/industries.ts'
import { aiMedia, consentMedia, media, nonEditorialMedia } from './vocabulary/media.ts'
import { territories } from './vocabulary/territories.ts'

const since = { recordedAt: instant(-10), supersededAt: null }
const world: Box = { media: LeafSet.all, territory: LeafSet.all, industry: LeafSet.all, period: { from: instant(-99), to: null } }
const inPlaces = (...codes: string[]): Box => ({ ...world, territory: territories.resolve(codes) })
const held = (id: string, box: Box, fields: Partial<Acquisition> = {}): Acquisition => ({
  ...since,
  id,
  contract: `C-${id}`,
  licensor: 'L',
  box,
  subLicensable: true,
  exclusive: false,
  ...fields,
})
const consent = (id: string, fields: Partial<Release> = {}): Release => ({
  ...since,
  id,
  kind: 'MODEL',
  status: 'UNLIMITED',
  reference: `R-${id}`,
  box: world,
  minor: false,
  guardian: null,
  aiUses: true,
  sensitive: LeafSet.all,
  ...fields,
})
const ban = (id: string, box: Box, fields: Partial<Restriction> = {}): Restriction => ({
  ...since,
  id,
  kind: 'HOLDBACK',
  reason: 'because',
  reference: null,
  box,
  ...fields,
})
const claim = (id: string, fields: Partial<Claim> = {}): Claim => ({
  ...since,
  id,
  licenceNo: 1n,
  box: world,
  exclusive: false,
  state: 'ACTIVE',
  ...fields,
})
const licence = (id: string, fields: Partial<HeldLicence> = {}): HeldLicence => ({
  ...since,
  id,
  no: 1n,
  number: `CM-${id}`,
  box: world,
  exclusive: false,
  limits: {},
  ...fields,
})
const rights = (fields: Partial<AssetRights> = {}): AssetRights => ({
  asset: { id: 'ast', no: 1n, showsPeople: false, showsProperty: false, editorialOnly: false },
  acquisitions: [held('acq', world)],
  releases: [],
  restrictions: [],
  claims: [],
  licences: [],
  ...fields,
})
const shows = (people: boolean | null, property: boolean | null = false, editorialOnly = false): Pick<AssetRights, 'asset'> => ({
  asset: { id: 'ast', no: 1n, showsPeople: people, showsProperty: property, editorialOnly },
})
const dach = inPlaces('DACH')
const when = { at: instant(0), knownAt: instant(0) }

describe('what is held', () => {
  const ask = (acquisitions: Acquisition[], by: Use['by'] = 'holder', box = dach) => notHeld(rights({ acquisitions }), by, box)
  test('by one contract, or by several together', () => {
    expect(ask([held('a', world)])).toEqual([])
    expect(ask([held('a', inPlaces('DE')), held('b', inPlaces('AT', 'CH'))])).toEqual([])
    expect(ask([])).toEqual([{ cause: 'not-held', id: null, contract: null, parts: [dach] }])
    expect(ask([held('a', inPlaces('DE')), held('b', inPlaces('AT'))])).toEqual([
      { cause: 'not-held', id: null, contract: null, parts: [inPlaces('CH')] },
    ])
  })
  test('what may not be passed on is for the house only, and the contract that says so is named', () => {
    const own = held('own', inPlaces('DE'), { subLicensable: false })
    const rest = held('rest', inPlaces('AT', 'CH'))
    expect(ask([own, rest], 'house')).toEqual([])
    expect(ask([own, rest])).toEqual([{ cause: 'not-sub-licensable', id: 'own', contract: 'C-own', parts: [inPlaces('DE')] }])
    expect(ask([own])).toEqual([
      { cause: 'not-held', id: null, contract: null, parts: [inPlaces('AT', 'CH')] },
      { cause: 'not-sub-licensable', id: 'own', contract: 'C-own', parts: [inPlaces('DE')] },
    ])
  })
  test('a contract that may not be passed on is no cause where others may be, or hold as much', () => {
    const locked = { subLicensable: false }
    expect(ask([held('own', inPlaces('DE'), locked), held('a', world)])).toEqual([])
    expect(ask([held('own', inPlaces('FR'), locked)])).toEqual([{ cause: 'not-held', id: null, contract: null, parts: [dach] }])
    expect(ask([held('small', inPlaces('DE'), locked), held('wide', dach, locked)])).toMatchObject([
      { cause: 'not-sub-licensable', id: 'wide' },
    ])
    expect(ask([held('a', inPlaces('DE')), held('own', dach, locked)])).toMatchObject([
      { cause: 'not-sub-licensable', id: 'own', parts: [inPlaces('AT', 'CH')] },
    ])
  })
})

describe('what is barred', () => {
  const ask = (fields: Partial<AssetRights>, box = dach) => barredBy(rights(fields), box)
  test('by a ban, where it meets the use; it cites its document, or else its reason', () => {
    expect(ask({ restrictions: [ban('a', inPlaces('DE', 'FR'), { kind: 'EMBARGO' }), ban('b', inPlaces('US'))] })).toEqual([
      { cause: 'restriction', id: 'a', contract: 'because', of: 'EMBARGO', parts: [inPlaces('DE')] },
    ])
    expect(ask({ restrictions: [ban('a', world, { reference: 'Letter 7' })] })).toMatchObject([{ contract: 'Letter 7' }])
  })
  test('by "editorial only", in all other media', () => {
    expect(ask(shows(false, false, true))).toEqual([
      { cause: 'editorial-only', id: 'ast', contract: null, parts: [{ ...dach, media: nonEditorialMedia }] },
    ])
    expect(ask(shows(false, false, true), { ...dach, media: media.resolve(['editorial']) })).toEqual([])
  })
  test('by a consent that is missing: nobody shown needs none, unanswered is no answer', () => {
    const asking = { ...dach, media: consentMedia }
    expect(ask(shows(false, false))).toEqual([])
    expect(ask(shows(true, false))).toEqual([{ cause: 'release-missing', id: null, contract: null, of: 'MODEL', parts: [asking] }])
    expect(ask(shows(false, true))).toEqual([{ cause: 'release-missing', id: null, contract: null, of: 'PROPERTY', parts: [asking] }])
    expect(ask(shows(null, null))).toMatchObject([
      { cause: 'not-answered', of: 'MODEL' },
      { cause: 'not-answered', of: 'PROPERTY' },
    ])
    expect(ask(shows(true), { ...dach, media: media.resolve(['editorial', 'internal']) })).toEqual([])
    const elsewhere = consent('n', { status: 'NOT_APPLICABLE', box: inPlaces('DE') })
    expect(ask({ ...shows(null), releases: [elsewhere] })).toMatchObject([
      { cause: 'release-missing', parts: [{ territory: territories.resolve(['AT', 'CH']) }] },
    ])
  })
  test('a release of property says nothing of people', () => {
    expect(ask({ ...shows(true), releases: [consent('p', { kind: 'PROPERTY' })] })).toMatchObject([
      { cause: 'release-missing', of: 'MODEL' },
    ])
    expect(ask({ ...shows(true, true), releases: [consent('p', { kind: 'PROPERTY' }), consent('m')] })).toEqual([])
  })
  test('by a consent that reaches less far, is refused or withdrawn', () => {
    const asking = { ...dach, media: consentMedia }
    expect(ask({ ...shows(true), releases: [consent('m', { status: 'LIMITED', box: inPlaces('DE', 'AT') })] })).toEqual([
      { cause: 'release-limited', id: 'm', contract: 'R-m', of: 'MODEL', parts: [{ ...asking, territory: territories.resolve(['CH']) }] },
    ])
    expect(ask({ ...shows(true), releases: [consent('m', { status: 'NONE' })] })).toEqual([
      { cause: 'release-refused', id: 'm', contract: 'R-m', of: 'MODEL', parts: [asking] },
    ])
    expect(ask({ ...shows(true), releases: [consent('m', { status: 'WITHDRAWN' })] })).toEqual([
      { cause: 'release-withdrawn', id: 'm', contract: 'R-m', of: 'MODEL', parts: [dach] },
    ])
  })
  test('outside the media that ask for consent only a withdrawal bars', () => {
    const quiet = { ...dach, media: media.resolve(['editorial']) }
    for (const status of ['NONE', 'LIMITED', 'UNLIMITED'] as const)
      expect(ask({ ...shows(true), releases: [consent('m', { status, box: inPlaces('US'), aiUses: false })] }, quiet)).toEqual([])
    expect(ask({ ...shows(true), releases: [consent('m', { status: 'WITHDRAWN' })] }, quiet)).toMatchObject([
      { cause: 'release-withdrawn' },
    ])
  })
  test('a consent covers AI and sensitive subjects only where it says so; a child’s never the latter', () => {
    const of = (fields: Partial<Release>) => ask({ ...shows(true), releases: [consent('m', fields)] })
    expect(of({})).toEqual([])
    expect(of({ aiUses: false })).toEqual([
      { cause: 'release-ai', id: 'm', contract: 'R-m', of: 'MODEL', parts: [{ ...dach, media: aiMedia }] },
    ])
    const asking = { ...dach, media: consentMedia }
    expect(of({ sensitive: LeafSet.none })).toEqual([
      { cause: 'release-sensitive', id: 'm', contract: 'R-m', of: 'MODEL', parts: [{ ...asking, industry: sensitiveIndustries }] },
    ])
    const alcohol = industries.resolve(['alcohol'])
    expect(of({ sensitive: alcohol })).toMatchObject([{ parts: [{ industry: sensitiveIndustries.difference(alcohol) }] }])
    expect(of({ minor: true })).toEqual([
      {
        cause: 'release-sensitive',
        id: 'm',
        contract: 'R-m',
        of: 'MODEL',
        minor: true,
        parts: [{ ...asking, industry: sensitiveIndustries }],
      },
    ])
    for (const status of ['NOT_APPLICABLE', 'NONE'] as const)
      expect(of({ status, aiUses: false, sensitive: LeafSet.none }).map(({ cause }) => cause)).toEqual(
        status === 'NONE' ? ['release-refused'] : [],
      )
    expect(of({ aiUses: false, minor: true, box: inPlaces('DE') }).map(({ cause }) => cause)).toEqual([
      'release-limited',
      'release-sensitive',
      'release-ai',
    ])
  })
})

describe('what is taken', () => {
  const ask = (claims: Claim[], exclusive = false, licences: HeldLicence[] = []) =>
    takenBy(rights({ claims, licences }), { box: dach, exclusive, by: 'holder' }, dach)
  test('exclusively, for everybody; otherwise for who wants it alone', () => {
    expect(ask([claim('1')])).toEqual([])
    expect(ask([claim('1')], true)).toEqual([{ cause: 'taken', id: '1', contract: null, exclusive: false, own: false, parts: [dach] }])
    expect(ask([claim('1', { exclusive: true, box: inPlaces('DE', 'US') })])).toEqual([
      { cause: 'taken', id: '1', contract: null, exclusive: true, own: false, parts: [inPlaces('DE')] },
    ])
    expect(ask([claim('1', { exclusive: true, box: inPlaces('US') })], true)).toEqual([])
  })
  test('by the asker, whose licence it is, or by a twin', () => {
    const two = [licence('a', { no: 7n }), licence('b', { no: 8n })]
    expect(ask([claim('1', { exclusive: true, licenceNo: 7n }), claim('2', { exclusive: true, licenceNo: 9n })], false, two)).toMatchObject(
      [{ own: true }, { own: false }],
    )
    expect(ask([claim('1', { exclusive: true, twin: true })])).toMatchObject([{ twin: true }])
    expect(ask([claim('1', { exclusive: true })])[0]).not.toHaveProperty('twin')
  })
})

describe('what is covered', () => {
  const ask = (fields: Partial<AssetRights>, use: Partial<Use> = {}) =>
    decide(rights(fields), { box: dach, exclusive: false, by: 'holder', ...use }, when)
  test('by one licence, or by several together', () => {
    expect(ask({ licences: [licence('us', { box: inPlaces('US') }), licence('all')] })).toEqual({
      verdict: 'allow',
      reasons: [],
      licences: ['all'],
    })
    const parts = [
      licence('de', { box: inPlaces('DE') }),
      licence('us', { box: inPlaces('US') }),
      licence('rest', { box: inPlaces('AT', 'CH') }),
    ]
    expect(ask({ licences: parts })).toEqual({ verdict: 'allow', reasons: [], licences: ['de', 'rest'] })
    expect(ask({ licences: parts.slice(0, 2) })).toEqual({ verdict: 'offer', reasons: [], licences: [] })
    expect(ask({})).toEqual({ verdict: 'offer', reasons: [], licences: [] })
  })
  test('only as far as its limits go, and exclusively only by an exclusive one', () => {
    const small = licence('a', { limits: { printRun: 1_000, seats: 5 } })
    expect(ask({ licences: [small] }, { limits: { printRun: 1_000 } }).verdict).toBe('allow')
    expect(ask({ licences: [small] }, { limits: { printRun: 1_001 } }).verdict).toBe('offer')
    expect(ask({ licences: [small] }, { limits: { printRun: 10, seats: 6 } }).verdict).toBe('offer')
    expect(ask({ licences: [small] }, { limits: { viewers: 9 } }).verdict).toBe('allow')
    expect(ask({ licences: [small] }, { exclusive: true }).verdict).toBe('offer')
    expect(ask({ licences: [licence('a', { exclusive: true })] }, { exclusive: true }).verdict).toBe('allow')
  })
  test('what the asker holds stands in the way of having it again, not of using it', () => {
    const mine = { licences: [licence('a', { no: 7n, exclusive: true })], claims: [claim('1', { licenceNo: 7n, exclusive: true })] }
    expect(ask(mine).verdict).toBe('allow')
    expect(ask({ ...mine, claims: [...mine.claims, claim('2', { licenceNo: 8n, exclusive: true })] }).reasons).toMatchObject([{ id: '2' }])
    const part = {
      licences: [licence('a', { no: 7n, box: inPlaces('DE') })],
      claims: [claim('1', { licenceNo: 7n, exclusive: true, box: inPlaces('DE') })],
    }
    expect(ask(part)).toMatchObject({ verdict: 'deny', reasons: [{ own: true }], licences: [] })
  })
  test('without a span the question is about the instant', () => {
    const { period: _, ...lasting } = dach
    const from = { ...world, period: { from: instant(0), to: instant(1) } }
    const at = (day: number) =>
      decide(
        rights({ acquisitions: [held('a', from)] }),
        { box: lasting, exclusive: false, by: 'holder' },
        { at: instant(day), knownAt: instant(0) },
      ).verdict
    expect([at(-1), at(0), at(1)]).toEqual(['deny', 'offer', 'deny'])
    expect(
      decide(
        rights({ acquisitions: [held('a', { ...world, period: { from: instant(0), to: new Date(instant(0).getTime() + 1) } })] }),
        { box: lasting, exclusive: false, by: 'holder' },
        when,
      ).verdict,
    ).toBe('offer')
  })
})
