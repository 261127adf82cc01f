import { describe, expect, test } from 'vitest'
import { everything } from './box.ts'
import { asKnown, type AssetRights, type Claim } from './known.ts'

const at = (second: number) => new Date(second * 1_000)
const claim = (id: string, recordedAt = 0, supersededAt: number | null = null): Claim => ({
  id,
  licenceNo: 1n,
  box: everything,
  exclusive: false,
  state: 'ACTIVE',
  recordedAt: at(recordedAt),
  supersededAt: supersededAt === null ? null : at(supersededAt),
})
const rights = (claims: Claim[]): AssetRights => ({
  asset: { id: 'ast', no: 1n, showsPeople: null, showsProperty: null, editorialOnly: false },
  acquisitions: [],
  releases: [],
  restrictions: [],
  licences: [],
  claims,
})
const idsAt = (claims: Claim[], second: number) => asKnown(rights(claims), at(second)).claims.map(({ id }) => id)

describe('rights as they were known', () => {
  test('a row is known from the instant it was recorded until the instant it was superseded', () => {
    const row = claim('1', 10, 20)
    expect([9, 10, 19, 20].map((second) => idsAt([row], second).length)).toEqual([0, 1, 1, 0])
    expect(idsAt([claim('1', 10), claim('2', 11)], 10)).toEqual(['1'])
  })
  test('rows stand in the order of their ids, numbers as numbers', () => {
    expect(idsAt([claim('10'), claim('9'), claim('2')], 1)).toEqual(['2', '9', '10'])
    expect(idsAt([claim('b'), claim('a'), claim('c')], 1)).toEqual(['a', 'b', 'c'])
    expect(idsAt([claim('2'), claim('9'), claim('10')], 1)).toEqual(['2', '9', '10'])
    expect(idsAt([claim('c'), claim('b'), claim('a', 5)], 1)).toEqual(['b', 'c'])
  })
  test('rows that are all known and in order are not copied', () => {
    const claims = [claim('1'), claim('2')]
    expect(asKnown(rights(claims), at(1)).claims).toBe(claims)
  })
  test('rows that stand wrongly are sorted in a copy', () => {
    const claims = [claim('2'), claim('1')]
    asKnown(rights(claims), at(1))
    expect(claims.map(({ id }) => id)).toEqual(['2', '1'])
  })
})
