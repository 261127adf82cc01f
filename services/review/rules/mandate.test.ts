import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Role } from '../../kernel/actor.ts'
import { actsFor, decidersOf, mayTake, namesFor, qualifies, remainingOf, standInOf, type Absence, type Mandate } from './mandate.ts'

const seat = (userId: string, ...roles: Role[]) => ({ userId, roles })
const legal = { roles: ['RIGHTS_MANAGER'] as const, people: [] }
const named = { roles: [], people: ['petra'] }

describe('who decides a step', () => {
  test.each([
    ['the role', legal, seat('maren', 'RIGHTS_MANAGER'), true, true],
    ['another role', legal, seat('jonas', 'REVIEWER'), false, false],
    ['an administrator, who holds every role', legal, seat('astrid', 'ADMINISTRATOR'), true, true],
    ['by name', named, seat('petra', 'FINANCE'), true, true],
    ['a reviewer may take over what names people only', named, seat('jonas', 'REVIEWER'), false, true],
    ['nobody else may', named, seat('lena', 'LIBRARIAN'), false, false],
  ])('%s', (_name, step, who, decides, takes) => {
    expect([qualifies(step, who), mayTake(step, who)]).toEqual([decides, takes])
  })

  test('everybody is who holds the role themselves; administrators only where nobody does; never the sender', () => {
    const seats = [seat('maren', 'RIGHTS_MANAGER'), seat('nils', 'RIGHTS_MANAGER'), seat('astrid', 'ADMINISTRATOR')]
    expect(decidersOf(legal, seats, 'nils')).toEqual(['maren'])
    expect(decidersOf(legal, seats.slice(2), null)).toEqual(['astrid'])
    expect(decidersOf(named, seats, null)).toEqual([])
  })
})

describe('standing in', () => {
  const away = (userId: string, delegateId: string, from = '2026-11-20', until = '2026-11-25'): Absence => ({
    userId,
    delegateId,
    from,
    until,
  })
  const today = '2026-11-21'

  test.each([
    ['nobody is away', [], null],
    ['the delegate', [away('a', 'b')], 'b'],
    ['the last day counts', [away('a', 'b', '2026-11-01', today)], 'b'],
    ['tomorrow does not', [away('a', 'b', '2026-11-22')], null],
    ['the delegate’s delegate', [away('a', 'b'), away('b', 'c')], 'c'],
    ['a circle has nobody', [away('a', 'b'), away('b', 'a')], null],
  ] as const)('%s', (_name, absences, expected) => {
    expect(standInOf('a', absences, today)).toBe(expected)
  })

  test('whoever stands in is there, and acts for exactly those whose stand-in they are', () => {
    const person = fc.constantFrom('a', 'b', 'c', 'd', 'e')
    const absences = fc.uniqueArray(
      fc
        .tuple(person, person)
        .filter(([one, other]) => one !== other)
        .map(([one, other]) => away(one, other)),
      { selector: ({ userId }) => userId },
    )
    fc.assert(
      fc.property(absences, person, (list, who) => {
        const found = standInOf(who, list, today)
        if (found !== null) expect(list.some(({ userId }) => userId === found)).toBe(false)
        for (const other of ['a', 'b', 'c', 'd', 'e']) expect(actsFor(other, list, today).includes(who)).toBe(found === other)
      }),
    )
  })
})

describe('what a step may still wait for', () => {
  const step = { need: 'ANY', deciders: [], ownerId: null, wanted: 1 } as const
  const said = (userId: string, handId = userId) => ({ userId, handId })

  test.each([
    [
      'its owner is gone: everybody’s again',
      { ...step, ownerId: 'a' },
      [],
      ['b'],
      { ownerId: null, gone: ['a'], freed: true, stranded: false },
    ],
    ['its owner is there', { ...step, ownerId: 'a' }, [], ['a', 'b'], { ownerId: 'a', gone: [], freed: false }],
    ['a missing word', { ...step, need: 'ALL', deciders: ['a', 'b'] }, [said('a')], ['a'], { deciders: ['a'], gone: ['b'], freed: false }],
    ['a word that was said stays', { ...step, need: 'ALL', deciders: ['a', 'b'] }, [said('a')], ['b'], { deciders: ['a', 'b'], gone: [] }],
    [
      'all who were asked',
      { ...step, need: 'ALL', deciders: ['a'] },
      [],
      ['c'],
      { deciders: [], gone: ['a'], freed: true, stranded: false },
    ],
    ['more than there are people', { ...step, need: 'COUNT', wanted: 3 }, [], ['a', 'b'], { wanted: 2, gone: [] }],
    ['who spoke and left still counts', { ...step, need: 'COUNT', wanted: 3 }, [said('z')], ['a', 'b'], { wanted: 3 }],
    ['one hand is one, for whomever', { ...step, need: 'COUNT', wanted: 3 }, [said('a'), said('z', 'a')], ['a', 'b'], { wanted: 2 }],
    ['whose word another has said is no further hand', { ...step, need: 'COUNT', wanted: 2 }, [said('a', 'z')], ['a'], { wanted: 1 }],
    ['a hand that spoke for another is none for itself', { ...step, need: 'COUNT', wanted: 3 }, [said('a', 'b')], ['a', 'b', 'c'], { wanted: 2 }],
    ['nobody is left', step, [], [], { stranded: true, wanted: 1 }],
  ] as const)('%s', (_name, lacking, words, able, expected) => {
    expect(remainingOf(lacking, words, able)).toMatchObject(expected)
  })
})

describe('in whose name somebody speaks', () => {
  const step = (more: Partial<Mandate>): Mandate => ({ need: 'ANY', roles: ['REVIEWER'], people: [], deciders: [], ownerId: null, ...more })
  const [jonas, olga, petra] = [seat('jonas', 'REVIEWER'), seat('olga', 'REVIEWER'), seat('petra', 'FINANCE')]
  const seats = [jonas, olga, petra]
  const names = (
    one: Mandate,
    who: typeof jonas,
    standsInFor: string[],
    words: { userId: string; handId: string }[] = [],
    without: string | null = null,
  ) => namesFor(one, { seat: who, seats, standsInFor }, { words, without })

  test.each([
    ['their own', names(step({}), jonas, ['olga']), ['jonas']],
    ['of all, each name', names(step({ need: 'ALL', deciders: ['jonas', 'olga'] }), jonas, ['olga']), ['jonas', 'olga']],
    ['of all, only those who were asked', names(step({ need: 'ALL', deciders: ['olga'] }), jonas, ['olga']), ['olga']],
    ['not what was said already', names(step({ need: 'ALL', deciders: ['jonas'] }), jonas, [], [{ userId: 'jonas', handId: 'jonas' }]), []],
    ['not with a hand that counts once', names(step({ need: 'COUNT' }), jonas, ['olga'], [{ userId: 'jonas', handId: 'jonas' }]), []],
    ['not for who may not', names(step({}), petra, ['olga']), []],
    ['for who is named, being a reviewer', names(step({ roles: [], people: ['petra'] }), jonas, ['petra']), ['petra']],
    ['never for the sender', names(step({ roles: [], people: ['petra'] }), jonas, ['petra'], [], 'petra'), []],
    ['never as the sender', names(step({}), jonas, ['olga'], [], 'jonas'), []],
  ])('%s', (_name, found, expected) => {
    expect(found).toEqual(expected)
  })
})
