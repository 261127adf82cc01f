import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { refusedPoints } from '#services/testing/rights-oracle.ts'
import { anyRights, instant, when } from '#services/testing/small-world.ts'
import { decide } from './decide.ts'
import type { AssetRights, Release, Restriction } from './known.ts'
import { LeafSet } from './leaf-set.ts'
import { boxOf, type ScopeTerms } from './scope.ts'
import { industries } from './vocabulary/industries.ts'
import { withheldInWords, withinConsents } from './within-consents.ts'

const terms: ScopeTerms = {
  media: ['advertising', 'editorial', 'ai'],
  territory: { include: ['WORLD'] },
  industry: 'ALL',
  from: '2027-01-01',
  until: null,
  zone: 'UTC',
  exclusive: false,
}
const known = { recordedAt: instant(-10), supersededAt: null }
const box = boxOf({ ...terms, media: ['ALL'], from: '2020-01-01' })
const consent: Release = {
  ...known,
  id: 'rel',
  kind: 'MODEL',
  status: 'UNLIMITED',
  reference: 'MR-1',
  box,
  minor: false,
  guardian: null,
  aiUses: false,
  sensitive: LeafSet.none,
}
const ban: Restriction = {
  ...known,
  id: 'res',
  kind: 'SENSITIVE',
  reason: 'r',
  reference: null,
  box: { ...box, industry: industries.resolve(['healthcare']) },
}
const rightsOf = (releases: Release[], restrictions: Restriction[] = []): AssetRights => ({
  asset: { id: 'ast', no: 1n, showsPeople: true, showsProperty: false, editorialOnly: false },
  acquisitions: [{ ...known, id: 'acq', contract: 'C', licensor: 'L', box, subLicensable: true, exclusive: false }],
  releases,
  restrictions,
  claims: [],
  licences: [],
})
const at = { at: instant(0), knownAt: instant(0) }
const within = (rights: AssetRights, wish: ScopeTerms = terms, whole = false) => withinConsents(rights, wish, at, whole)
const verdict = (rights: AssetRights, wish: ScopeTerms) => decide(rights, { box: boxOf(wish), exclusive: false, by: 'holder' }, at).verdict

describe('terms within what people have consented to', () => {
  test('a licence that comes whole leaves out sensitive subjects and AI, and then can be had', () => {
    const rights = rightsOf([consent])
    expect(verdict(rights, terms)).toBe('deny')
    const { terms: rest, withheld } = within(rights, terms, true)
    expect(rest).toEqual({ ...terms, media: ['advertising', 'editorial'], industry: ['not-sensitive'] })
    expect(verdict(rights, rest)).toBe('offer')
    expect(withheldInWords(withheld)).toBe(
      'Without Sensitive industries, Artificial intelligence: the people and owners shown have not consented to that.',
    )
  })

  test('what was asked for by name is never made smaller', () => {
    const rights = rightsOf([consent])
    expect(within(rights).terms).toEqual({ ...terms, industry: ['not-sensitive'] })
    const named = { ...terms, industry: ['fashion', 'alcohol'] }
    expect(within(rights, named)).toEqual({ terms: named, withheld: { media: [], industry: [] } })
    expect(within(rights, named, true).terms.industry).toEqual(['fashion'])
  })

  test('stays as it is where nothing is lost', () => {
    const nothing = { terms, withheld: { media: [], industry: [] } }
    const all = { ...consent, aiUses: true, sensitive: industries.resolve(['sensitive']).union(LeafSet.ofRanges([[1_000, 2_000]])) }
    expect(within(rightsOf([all]), terms, true)).toEqual(nothing)
    expect(within(rightsOf([{ ...consent, status: 'NOT_APPLICABLE' }]), terms, true)).toEqual(nothing)
    expect(within(rightsOf([{ ...consent, ...known, supersededAt: instant(-1) }]), terms, true)).toEqual(nothing)
    expect(withheldInWords(nothing.withheld)).toBeNull()
    const quiet = { ...terms, media: ['editorial'] }
    expect(within(rightsOf([consent]), quiet, true).terms).toEqual(quiet)
  })

  test('keeps the sensitive industries that were consented to', () =>
    expect(within(rightsOf([{ ...consent, sensitive: industries.resolve(['alcohol']) }])).terms.industry).toEqual([
      'not-sensitive',
      'alcohol',
    ]))

  test('leaves out industries that a consent or a ban of sensitive subjects leaves out whole', () => {
    const but = {
      ...consent,
      status: 'LIMITED' as const,
      box: { ...box, industry: LeafSet.all.difference(industries.resolve(['banking'])) },
    }
    const lost = (rights: AssetRights) => boxOf(terms).industry.difference(boxOf(within(rights).terms).industry)
    expect(lost(rightsOf([but])).covers(industries.resolve(['sensitive', 'banking']))).toBe(true)
    expect(lost(rightsOf([but])).overlaps(industries.resolve(['fashion']))).toBe(false)
    expect(lost(rightsOf([consent], [ban])).covers(industries.resolve(['healthcare']))).toBe(true)
    expect(lost(rightsOf([consent], [{ ...ban, kind: 'HOLDBACK' }])).overlaps(industries.resolve(['healthcare']))).toBe(false)
  })

  test('leaves alone what is lost in some places or for some time only, and what would leave nothing', () => {
    const part = { ...ban, box: { ...ban.box, territory: LeafSet.of(1) } }
    expect(within(rightsOf([{ ...consent, sensitive: LeafSet.all }], [part])).terms).toEqual(terms)
    const nowhere = { ...terms, media: ['ai'], industry: 'ALL' as const }
    expect(within(rightsOf([consent]), nowhere, true)).toEqual({ terms: nowhere, withheld: { media: [], industry: [] } })
    const only = { ...terms, industry: ['alcohol'] }
    expect(within(rightsOf([consent]), only, true).terms).toEqual(only)
  })

  test('never adds a use, and refuses no more than before', () =>
    fc.assert(
      fc.property(anyRights, when, fc.boolean(), (rights, { knownAt }, whole) => {
        const wish = { ...terms, media: ['ALL'], until: '2027-01-06' }
        const { terms: rest } = withinConsents(rights, wish, { knownAt }, whole)
        const [asked, kept] = [boxOf(wish), boxOf(rest)]
        expect(asked.media.covers(kept.media) && asked.industry.covers(kept.industry)).toBe(true)
        const use = { exclusive: false, by: 'holder' as const }
        const refused = refusedPoints({ ...rights, licences: [] }, use, asked, knownAt).length
        expect(refusedPoints({ ...rights, licences: [] }, use, kept, knownAt).length).toBeLessThanOrEqual(refused)
      }),
      { numRuns: 300 },
    ))
})
