import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { LeafSet } from '../leaf-set.ts'
import { industries, sensitiveIndustries } from './industries.ts'
import { industryNames } from './industry-names.ts'
import { industryNamesGerman } from './industry-names-german.ts'
import { aiMedia, consentMedia, editorialMedia, media, nonEditorialMedia } from './media.ts'
import { mediaNames } from './media-names.ts'
import { mediaNamesGerman } from './media-names-german.ts'
import { plusIndustries } from './plus-industries.ts'
import { plusMedia } from './plus-media.ts'
import { plusRegions } from './plus-regions.ts'
import { territories } from './territories.ts'
import { territoryNames } from './territory-names.ts'
import { territoryNamesGerman } from './territory-names-german.ts'
import { vocabulary, type Vocabulary } from './vocabulary.ts'

const all = [
  { words: territories, names: territoryNames, plus: plusRegions },
  { words: media, names: mediaNames, plus: plusMedia },
  { words: industries, names: industryNames, plus: plusIndustries },
]
const hash = (value: unknown) => createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 16)

describe('what was sold under a number means the same for ever', () => {
  // Licences store these numbers. A leaf may be appended; the first ones, frozen here, may never change. Do not update
  // these sums: append, and freeze the longer list with a sum of its own.
  test.each([
    ['territory', territories, 250, 'd8d016028a0e0a2e'],
    ['media', media, 64, 'a3f6bf5f9182d758'],
    ['industry', industries, 49, '3a02142415663cd3'],
  ] as const)('the first numbers of %s are frozen', (_, words, count, sum) => {
    const frozen = words.leaves.filter(({ no }) => no <= count).map(({ no, code }) => [no, code])
    expect(frozen).toHaveLength(count)
    expect(hash(frozen.sort())).toBe(sum)
  })

  test('groups keep their members', () => {
    const sum = (words: Vocabulary, count: number) =>
      hash(words.groups.slice(0, count).map((code) => [code, words.setOf(code)?.toPostgres()]))
    expect(sum(territories, 20)).toBe('fe19110438b32dd8')
    expect(sum(territories, 24)).toBe('d492b7650b447275')
    expect(sum(industries, 1)).toBe('3169d5d1ba0a1366')
    expect([territories, media, industries].map(({ groups }) => groups.length)).toEqual([24, 0, 1])
  })
})

describe('all but a part of it', () => {
  const exceptions = [
    {
      code: 'not-sensitive',
      words: industries,
      part: 'sensitive',
      numbers: '{[0,5),[7,22),[23,25),[26,32),[33,37),[39,40),[41,42),[44,1000),[2000,)}',
    },
    { code: 'not-ai', words: media, part: 'ai', numbers: '{[0,62),[65,1000),[2000,)}' },
  ]
  // The same promise as above: licences store these sets. A new leaf of the part takes a number from the span kept for it.
  test.each(exceptions)('$code is frozen', ({ code, words, numbers }) => expect(words.setOf(code)?.toPostgres()).toBe(numbers))
  test.each(exceptions)('$code covers leaves that come later, but none of its part', ({ code, words, part }) => {
    const set = words.setOf(code) as LeafSet
    expect(set.isOpen).toBe(true)
    for (const { no } of words.leaves) expect(set.has(no)).toBe(!words.setOf(part)?.has(no))
  })
  test('the sets of the engine are their complements', () => {
    expect(sensitiveIndustries.equals(LeafSet.all.difference(industries.resolve(['not-sensitive'])))).toBe(true)
    expect(aiMedia.equals(LeafSet.all.difference(media.resolve(['not-ai'])))).toBe(true)
    expect(aiMedia.has(1_500) && sensitiveIndustries.has(1_500)).toBe(true)
    expect(consentMedia.covers(aiMedia)).toBe(true)
  })
  test('a wider set is said as all but a part, and what of the part it has', () => {
    expect(industries.codesOf(industries.resolve(['not-sensitive', 'alcohol', 'politics']))).toEqual([
      'not-sensitive',
      'alcohol',
      'politics',
    ])
    expect(media.codesOf(LeafSet.all.difference(LeafSet.of(11)))).not.toContain('not-ai')
  })
})

describe.each(all)('the vocabulary of $words.name', ({ words, names, plus }) => {
  const codes = [
    words.all,
    ...words.groups,
    ...words.exceptions,
    ...words.branches.map(({ code }) => code),
    ...words.leaves.map(({ code }) => code),
  ]

  test('names each code, and names nothing else', () => expect(Object.keys(names).sort()).toEqual([...codes].sort()))
  test('has no two codes with one name', () => expect(new Set(Object.values(names)).size).toBe(codes.length))
  test('maps only codes that exist to PLUS', () => {
    for (const [code, value] of Object.entries(plus)) {
      expect(codes).toContain(code)
      for (const id of [value].flat()) expect(id).toMatch(/^\d[A-Z]{3}$/)
    }
  })
  test('says each of its sets in codes that mean the same', () => {
    for (const code of codes) {
      const set = words.setOf(code) as LeafSet
      expect(set.isEmpty).toBe(false)
      expect(words.resolve(words.codesOf(set)).equals(set), code).toBe(true)
    }
  })
  test('knows no other code', () => {
    expect(words.setOf('nowhere')).toBeUndefined()
    expect(() => words.resolve(['nowhere'])).toThrow(`${words.name}: there is no nowhere`)
  })
})

describe('territories', () => {
  test('most areas of M49 are one range of numbers', () => {
    for (const area of ['M49:002', 'M49:150', 'M49:019', 'M49:155', 'M49:202'])
      expect(territories.setOf(area)?.ranges, area).toHaveLength(1)
  })
  test('worldwide covers countries that come later; a continent does not', () => {
    expect(territories.setOf('WORLD')?.isOpen).toBe(true)
    expect(territories.setOf('M49:150')?.isOpen).toBe(false)
  })
  test('the union has 27 members, the economic area three more', () => {
    const count = (code: string) => territories.leaves.filter(({ no }) => territories.setOf(code)?.has(no)).length
    expect([count('EU27'), count('EEA'), count('DACH'), count('UKI')]).toEqual([27, 30, 3, 2])
  })
})

describe('media', () => {
  test('editorial use needs no consent and survives "editorial only"; what is not known yet does neither', () => {
    expect(consentMedia.overlaps(editorialMedia)).toBe(false)
    expect(nonEditorialMedia.union(editorialMedia).equals(LeafSet.all)).toBe(true)
    expect(consentMedia.has(9_999)).toBe(true)
  })
})

describe('a vocabulary that is wrong does not build', () => {
  const build = (leaves: [number, string, string][], branches: [string, string][]) =>
    vocabulary({ name: 'test', all: 'ALL', leaves, branches, groups: {} })
  const few = { name: 'test', all: 'ALL', leaves: [[1, 'a', 'ALL']] as [number, string, string][], branches: [], groups: {} }
  test.each([
    [
      'a number used twice',
      () =>
        build(
          [
            [1, 'a', 'ALL'],
            [1, 'b', 'ALL'],
          ],
          [],
        ),
      'the number 1 is used twice',
    ],
    [
      'a code used twice',
      () =>
        build(
          [
            [1, 'a', 'ALL'],
            [2, 'a', 'ALL'],
          ],
          [],
        ),
      'the code a is used twice',
    ],
    [
      'a branch used twice',
      () =>
        build(
          [],
          [
            ['b', 'ALL'],
            ['b', 'ALL'],
          ],
        ),
      'the code b is used twice',
    ],
    ['a parent that is no branch', () => build([[1, 'a', 'b']], []), 'test: a hangs under b, which is no branch'],
    ['a branch under no branch', () => build([], [['a', 'b']]), 'test: a hangs under b, which is no branch'],
    [
      'a circle, by its name',
      () =>
        build(
          [[1, 'leaf', 'c']],
          [
            ['a', 'c'],
            ['b', 'a'],
            ['c', 'b'],
          ],
        ),
      'test: a > b > c > a is a circle',
    ],
    ['a branch that hangs under itself', () => build([], [['a', 'a']]), 'test: a > a is a circle'],
    ['a leaf that is called like everything', () => build([[1, 'ALL', 'ALL']], []), 'test: the code ALL is used twice'],
    ['a leaf that is called like a branch', () => build([[1, 'b', 'ALL']], [['b', 'ALL']]), 'test: the code b is used twice'],
    ['a branch that is called like everything', () => build([], [['ALL', 'ALL']]), 'test: the code ALL is used twice'],
    ['the number nothing', () => build([[0, 'a', 'ALL']], []), 'test: 0 is no number of a leaf'],
    ['half a number', () => build([[1.5, 'a', 'ALL']], []), 'test: 1.5 is no number of a leaf'],
    ['a branch without leaves', () => build([[1, 'a', 'ALL']], [['b', 'ALL']]), 'test: b has no leaves'],
    ['a group of what is not there', () => vocabulary({ ...few, groups: { g: ['x'] } }), 'test: there is no x'],
    ['a group that is called like a leaf', () => vocabulary({ ...few, groups: { a: ['a'] } }), 'test: the code a is used twice'],
    [
      'an exception that is called like a leaf',
      () => vocabulary({ ...few, exceptions: { a: { but: 'a', kept: [10, 20] } } }),
      'test: the code a is used twice',
    ],
    [
      'an exception from what is not there',
      () => vocabulary({ ...few, exceptions: { 'not-x': { but: 'x', kept: [10, 20] } } }),
      'test: there is no x',
    ],
    [
      'a leaf of something else in the numbers kept for a part',
      () =>
        vocabulary({
          ...few,
          leaves: [
            [1, 'a', 'ALL'],
            [11, 'b', 'ALL'],
          ],
          exceptions: { 'not-a': { but: 'a', kept: [10, 20] } },
        }),
      'test: the number of b is kept for a',
    ],
  ])('%s', (_, make, message) => expect(make).toThrow(message))
  test('one that is right does', () => {
    const words = vocabulary({
      ...few,
      leaves: [
        [1, 'a', 'ALL'],
        [2, 'b', 'ALL'],
      ],
      groups: { g: ['b'] },
      exceptions: { 'not-g': { but: 'g', kept: [10, 20] } },
    })
    expect(words.setOf('not-g')?.toPostgres()).toBe('{[0,2),[3,10),[20,)}')
    expect(words.codesOf(LeafSet.of(2))).toEqual(['g'])
    expect(words.childrenOf('ALL')).toEqual(['a', 'b'])
    expect(words.childrenOf('a')).toEqual([])
  })
})

test('every code has a name in every language, and no two of one list have the same', () => {
  for (const [english, german] of [
    [territoryNames, territoryNamesGerman],
    [mediaNames, mediaNamesGerman],
    [industryNames, industryNamesGerman],
  ] as const) {
    expect(Object.keys(german)).toEqual(Object.keys(english))
    const doubled = Object.values(german).filter((name, at, all) => all.indexOf(name) !== at)
    expect(doubled).toEqual([])
  }
})
