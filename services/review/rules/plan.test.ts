import { describe, expect, test } from 'vitest'
import { choicesFor, defaultStep, fits, routeFor, stagesOf, type Plan, type Routed, type RouteRule } from './plan.ts'

const anyAsset: RouteRule = { applies: 'always', kinds: [], audiences: [], collections: [], people: 'any', aiMade: 'any' }
const plan = (rule: Partial<RouteRule>): Plan => ({
  rule: { ...anyAsset, ...rule },
  onChanges: 'END',
  onNewVersion: 'STOP',
  steps: [defaultStep],
})
const photo: Routed = {
  kind: 'PHOTOGRAPH',
  audience: 'STORE',
  showsPeople: false,
  digitalSourceType: 'digitalCapture',
  collections: ['col_1'],
}

describe('a rule means an asset', () => {
  test.each<[string, Partial<RouteRule>, Partial<Routed>, boolean]>([
    ['without a word: all', {}, {}, true],
    ['of its kind', { kinds: ['PHOTOGRAPH', 'LOGO'] }, {}, true],
    ['not of another', { kinds: ['LOGO'] }, {}, false],
    ['for its audience', { audiences: ['PORTAL'] }, {}, false],
    ['in one of the collections', { collections: ['col_1', 'col_2'] }, {}, true],
    ['in none of them', { collections: ['col_2'] }, {}, false],
    ['with people', { people: 'yes' }, { showsPeople: true }, true],
    ['perhaps with people', { people: 'yes' }, { showsPeople: null }, true],
    ['without people', { people: 'yes' }, {}, false],
    ['made by a model', { aiMade: 'yes' }, { digitalSourceType: 'compositeWithTrainedAlgorithmicMedia' }, true],
    ['not made by a model', { aiMade: 'no' }, { digitalSourceType: null }, true],
    ['all of it at once', { kinds: ['PHOTOGRAPH'], people: 'no', aiMade: 'yes' }, {}, false],
  ])('%s', (_name, rule, asset, expected) => {
    expect(fits({ ...anyAsset, ...rule }, { ...photo, ...asset })).toBe(expected)
  })
})

describe('the route of an asset', () => {
  const legal = { id: 'legal', plan: plan({ kinds: ['LOGO'] }) }
  const all = { id: 'all', plan: plan({}) }
  const short = { id: 'short', plan: plan({ applies: 'chosen' }) }

  test('is the first whose rule fits', () => {
    expect(routeFor([legal, all], { ...photo, kind: 'LOGO' }, null)).toBe(legal)
    expect(routeFor([legal, all], photo, null)).toBe(all)
    expect(routeFor([legal], photo, null)).toBeNull()
  })

  test('is chosen only where no rule binds', () => {
    expect(routeFor([legal, short], photo, 'short')).toBe(short)
    expect(routeFor([legal, short], { ...photo, kind: 'LOGO' }, 'short')).toBe(legal)
    expect(choicesFor([legal, short], { ...photo, kind: 'LOGO' })).toEqual([])
    expect(routeFor([short], photo, null)).toBeNull()
    expect(routeFor([legal], photo, 'legal'), 'nor by naming a rule’s').toBeNull()
  })
})

test('steps side by side share a stage', () => {
  expect(stagesOf([{ together: true }, { together: false }, { together: true }, { together: false }])).toEqual([1, 2, 2, 3])
})
