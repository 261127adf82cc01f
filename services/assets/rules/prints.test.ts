import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { lookDistance, lookProbes, sketchKeys, sketchOf } from './look.ts'
import { agreementOf, markKeys, markProbes, unpackMarks, type Mark } from './marks.ts'
import { likenessWords, nearnessOf, waysOf } from './nearness.ts'
import { bitsBetween, hashKeys, hashOfHex, hashProbes, leastBits, turnedHashes } from './prints.ts'

const hash = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n })
const bits = (most: number) => fc.uniqueArray(fc.integer({ min: 0, max: 63 }), { maxLength: most })
const flip = (value: bigint, places: readonly number[]) =>
  BigInt.asIntN(
    64,
    places.reduce((all, bit) => all ^ (1n << BigInt(bit)), value),
  )
const shares = (a: readonly number[], b: readonly number[]) => a.some((key) => b.includes(key))

describe('hashes', () => {
  test('a hash is counted as the ones of its difference, whatever its sign', () => {
    fc.assert(fc.property(hash, bits(64), (value, places) => void expect(bitsBetween(value, flip(value, places))).toBe(places.length)))
    expect(hashOfHex('ffffffffffffffff')).toBe(-1n)
  })

  test('the eight ways to turn a picture are a group: each is undone by one of them', () => {
    fc.assert(
      fc.property(hash, (value) => {
        const ways = turnedHashes(value)
        expect(ways[0]).toBe(value)
        for (const way of ways) expect(turnedHashes(way)).toContain(value)
        for (const way of ways) expect(leastBits(way, value)).toBe(0)
      }),
    )
  })

  test('the index finds all within seven bits, and all turned ones within three', () => {
    fc.assert(
      fc.property(hash, bits(7), bits(3), fc.integer({ min: 0, max: 7 }), (value, seven, three, way) => {
        expect(shares(hashProbes(value), hashKeys(flip(value, seven)))).toBe(true)
        expect(shares(hashProbes(value), hashKeys(flip(turnedHashes(value)[way] ?? value, three)))).toBe(true)
      }),
    )
  })

  test('keys of hashes, marks and looks never meet', () => {
    fc.assert(
      fc.property(
        hash,
        fc.integer({ min: 0, max: 2 ** 30 - 1 }),
        fc.array(fc.integer({ min: -127, max: 127 }), { minLength: 8, maxLength: 90 }),
        (value, code, look) => {
          const all = [hashKeys(value), [code], sketchKeys(sketchOf(look))]
          expect(new Set(all.flat()).size).toBe(4 + 1 + 16)
          for (const key of all.flat()) expect(Math.abs(key)).toBeLessThan(2 ** 31)
        },
      ),
    )
  })
})

const mark = fc.record({
  x: fc.double({ min: 0, max: 1, noNaN: true }),
  y: fc.double({ min: 0, max: 1, noNaN: true }),
  size: fc.double({ min: 0, max: 6, noNaN: true }),
  angle: fc.double({ min: 0, max: 2 * Math.PI, noNaN: true }),
  code: fc.integer({ min: 0, max: 2 ** 30 - 1 }),
  light: fc.boolean(),
  unsure: fc.uniqueArray(fc.integer({ min: 0, max: 29 }), { minLength: 6, maxLength: 6 }),
})
const marks = fc.array(mark, { minLength: 16, maxLength: 40 })

/** The marks of the same picture, turned, made larger and moved. */
const moved = (list: readonly Mark[], turn: number, steps: number): Mark[] =>
  list.map((one) => {
    const scale = 1.25 ** steps
    const [cos, sin] = [Math.cos(turn) * scale, Math.sin(turn) * scale]
    return {
      ...one,
      x: one.x * cos - one.y * sin + 0.3,
      y: one.x * sin + one.y * cos + 0.1,
      size: one.size + steps,
      angle: one.angle + turn,
    }
  })
const places = (list: readonly Mark[]) => new Set(list.map(({ x, y }) => `${Math.round(x * 60)} ${Math.round(y * 60)}`)).size

describe('marks', () => {
  test('a picture agrees with itself however it was turned, enlarged and cut', () => {
    fc.assert(
      fc.property(marks, fc.integer({ min: 0, max: 3 }), fc.double({ min: -2, max: 2, noNaN: true }), (list, turns, steps) => {
        const found = agreementOf(list, moved(list, (turns * Math.PI) / 2, steps))
        // Two places may fall together when the picture gets smaller.
        expect(found.places).toBeGreaterThanOrEqual(places(list) * 0.3)
      }),
      { numRuns: 60 },
    )
  })

  /** What drawings are made of: few kinds of corners, many times, around a middle and directed away from it. */
  const star = (chance: () => number, kinds: readonly number[]): Mark[] => {
    const below = (n: number) => Math.floor(chance() * n)
    const corners = 10 + 2 * below(9)
    return Array.from({ length: 48 }, (_, at) => {
      const angle = (((at % corners) + chance() * 0.6) / corners) * 2 * Math.PI
      const far = 0.08 + chance() * 0.24
      const code = (kinds[below(kinds.length)] ?? 0) ^ (1 << below(30)) ^ (1 << below(30))
      const [x, y] = [0.5 + Math.cos(angle) * far, 0.32 + Math.sin(angle) * far]
      return { x, y, size: chance() * 3, angle, code, light: true, unsure: [0, 1, 2, 3, 4, 5] }
    })
  }

  test('corners that repeat agree by chance, but not closely: of drawings of one kind hardly any are asked about', () => {
    let seed = 20_261_122
    const chance = () => (seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0) / 2 ** 32
    const kinds = Array.from({ length: 5 }, () => Math.floor(chance() * 2 ** 30))
    const drawings = Array.from({ length: 12 }, () => star(chance, kinds))
    const strangers = drawings.flatMap((one, i) => drawings.slice(i + 1).map((other) => agreementOf(one, other)))
    // By the guess of one mark alone fifteen and more agree.
    expect(Math.max(...strangers.map(({ places: agreed }) => agreed))).toBeLessThan(10)
    const judged = strangers.map((agreement) => nearnessOf({ sameBytes: false, agreement, bits: 26, apart: 280, marks: 48 }))
    expect(judged.filter((nearness) => nearness !== null).length).toBeLessThanOrEqual(1)
    expect(judged).not.toContain('sure')
    // Their own copies are found all the same: cut, turned by a quarter, set straight.
    for (const one of drawings.slice(0, 4))
      for (const turn of [0, Math.PI / 2, 0.05]) expect(agreementOf(one, moved(one, turn, 1.5)).places).toBeGreaterThan(12)
  })

  test('the keys that are asked for hold the mark itself, with two of its unsure bits turned', () => {
    fc.assert(
      fc.property(mark, fc.integer({ min: 0, max: 5 }), fc.integer({ min: 0, max: 5 }), (one, a, b) => {
        const [first = 0, second = 0] = [one.unsure[a], one.unsure[b]]
        const turned = a === b ? one.code ^ (1 << first) : one.code ^ (1 << first) ^ (1 << second)
        expect(markProbes([one])).toEqual(expect.arrayContaining([one.code, turned]))
        expect(markKeys([one, one])).toEqual([one.code])
      }),
    )
  })

  test('packed marks of any bytes are read without a fault', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 700 }),
        (bytes) => void expect(unpackMarks(bytes)).toHaveLength(Math.floor(bytes.length / 12)),
      ),
    )
  })
})

describe('looks', () => {
  const look = fc.array(fc.integer({ min: -127, max: 127 }), { minLength: 90, maxLength: 90 })
  test('a look is found under its own keys and is not different from itself', () => {
    fc.assert(
      fc.property(look, (numbers) => {
        expect(lookProbes(numbers)).toEqual(expect.arrayContaining(sketchKeys(sketchOf(numbers))))
        expect(lookDistance(Int8Array.from(numbers), Int8Array.from(numbers))).toBe(0)
      }),
      { numRuns: 50 },
    )
  })
  test('looks of different makers are never compared', () => expect(lookDistance(Int8Array.of(1), Int8Array.of(1, 2))).toBe(Infinity))
})

describe('what a comparison means', () => {
  const compared = {
    sameBytes: false,
    agreement: { places: 0, mirrored: false, turns: 0, askew: 0, scale: 1, pairs: 40 },
    bits: 30,
    apart: 300,
    marks: 48,
  }
  const at = (change: Partial<typeof compared>, agreed = 0, how: Partial<typeof compared.agreement> = {}) =>
    nearnessOf({ ...compared, ...change, agreement: { ...compared.agreement, places: agreed, ...how } })
  test('many places that agree are one picture; few are two', () => {
    expect([at({}, 8), at({}, 5), at({}, 4), at({})]).toEqual(['sure', 'likely', null, null])
    expect(at({ sameBytes: true })).toBe('exact')
  })
  test('what lies askew, or repeats itself, needs more to be one picture', () => {
    expect([at({}, 8, { askew: 30 }), at({}, 12, { askew: 30 }), at({}, 7, { askew: 30 }), at({}, 8, { askew: 4 })]).toEqual([
      'likely',
      'sure',
      null,
      'sure',
    ])
    expect([at({}, 5, { pairs: 120 }), at({}, 6, { pairs: 120 }), at({}, 4, { pairs: 12 })]).toEqual([null, 'likely', 'likely'])
  })
  test('a plain drawing is asked about by its whole alone, never suspected', () => {
    expect([at({ marks: 6, bits: 2, apart: 20 }), at({ marks: 40, bits: 2, apart: 20 }), at({ marks: 6, bits: 9, apart: 20 })]).toEqual([
      'likely',
      null,
      null,
    ])
  })
  test('what was done is told in plain words', () => {
    const cropped = { ...compared, agreement: { ...compared.agreement, places: 20, mirrored: true, turns: 1, scale: 1.4 } }
    expect(waysOf(cropped, [1.5, 0.66])).toEqual(['cropped', 'mirrored', 'turned'])
    expect(waysOf({ ...compared, sameBytes: true }, [1, 1])).toEqual(['same-bytes'])
    expect(waysOf({ ...compared, bits: 3, apart: 250, agreement: { ...compared.agreement, places: 20 } }, [1.5, 1.5])).toEqual([
      'recoloured',
    ])
    expect(likenessWords({ ways: ['cropped', 'mirrored'], places: 20, bits: 9 })).toBe(
      'The same picture, cropped, mirrored (20 places agree, 9 of 64 bits differ)',
    )
    expect(likenessWords({ ways: ['same-bytes'], places: 0, bits: 0 })).toBe('The same file, byte for byte')
    expect(likenessWords({ ways: [], places: 9, bits: 1 })).toMatch(/^The same picture in another file/)
  })
})
