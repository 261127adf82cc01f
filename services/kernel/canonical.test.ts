import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { canonical, sha256, type Json } from './canonical.ts'

describe('canonical JSON (RFC 8785)', () => {
  test('the RFC’s own example of numbers and strings', () => {
    const value = { numbers: [333333333.33333329, 1e30, 4.5, 2e-3, 0.000000000000000000000000001], string: '\u20ac$\u000f\u000aA\'\u0042\u0022\u005c\\"\u002f', literals: [null, true, false] }
    expect(canonical(value)).toBe('{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}')
  })

  test('keys are sorted by UTF-16 code units', () => {
    expect(canonical({ '\u20ac': 1, '\r': 2, '\ufb33': 3, '1': 4, '\ud83d\ude00': 5, '\u0080': 6, '\u00f6': 7 })).toBe('{"\\r":2,"1":4,"\u0080":6,"ö":7,"€":1,"😀":5,"\ufb33":3}')
  })

  test('it says the same as JSON, whatever the order of keys', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = canonical(value as Json)
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)))
        expect(canonical(JSON.parse(text) as Json)).toBe(text)
      }),
    )
  })

  test('what is not there is left out; what is no number is a fault', () => {
    expect(canonical({ a: undefined, b: 1 })).toBe('{"b":1}')
    expect(() => canonical(Number.NaN)).toThrow('finite')
  })

  test('hashes are lower-case hex', () => {
    expect(sha256('')).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855')
  })
})
