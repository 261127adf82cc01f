import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  opensNext,
  standingOf,
  wouldCount,
  type Need,
  type OnChanges,
  type RouteStep,
  type StepState,
  type Verdict,
  type Voice,
} from './route.ts'
import { stepStates } from './step-states.ts'

const people = ['ada', 'ben', 'cem', 'dora'] as const
const verdicts: readonly Verdict[] = ['APPROVE', 'ASK_CHANGES', 'REJECT']
const aVerdict = fc.constantFrom(...verdicts)
const mostlyYes = fc.oneof({ weight: 6, arbitrary: fc.constant<Verdict>('APPROVE') }, { weight: 1, arbitrary: aVerdict })
const someDeciders = fc.subarray([...people], { minLength: 1 })

const aRoute = (need: fc.Arbitrary<Need>, onChanges: fc.Arbitrary<OnChanges>) =>
  fc.record({
    onChanges,
    steps: fc
      .array(fc.record({ together: fc.boolean(), need, wanted: fc.integer({ min: 1, max: 3 }), deciders: someDeciders }), {
        minLength: 1,
        maxLength: 5,
      })
      .map((drawn): RouteStep[] => {
        let stage = 1
        return drawn.map(({ together, ...step }, index) => ({ ...step, id: `s${index}`, stage: index === 0 || together ? stage : ++stage }))
      }),
  })
const anyNeed = fc.constantFrom<Need>('ANY', 'COUNT', 'ALL')
const either = fc.constantFrom<OnChanges>('END', 'WAIT')

/** Everybody's opinion of every step, before anybody has spoken. */
const opinions = (verdict: fc.Arbitrary<Verdict>) =>
  fc.array(verdict, { minLength: 20, maxLength: 20 }).map((drawn) => (stepId: string, person: string): Verdict => {
    return drawn[(Number(stepId.slice(1)) * people.length + people.indexOf(person as (typeof people)[number])) % 20] as Verdict
  })

/** All who may still speak do so, one after the other, in an order that `dice` decides; those whose turn has not come try again. */
function play(
  route: { onChanges: OnChanges; steps: readonly RouteStep[] },
  opinion: (step: string, person: string) => Verdict,
  dice: readonly number[],
) {
  const voices: Voice[] = []
  for (let round = 0; ; round++) {
    const standing = standingOf(route, voices)
    const open = route.steps.flatMap((step) =>
      people
        .filter((person) => wouldCount(route.steps, standing, { stepId: step.id, person }))
        .map((person) => ({ stepId: step.id, person })),
    )
    if (open.length === 0) return { standing, voices }
    const next = open[(dice[round % dice.length] as number) % open.length] as { stepId: string; person: string }
    voices.push({ ...next, hand: next.person, verdict: opinion(next.stepId, next.person) })
  }
}
const someDice = fc.array(fc.nat(1_000), { minLength: 8, maxLength: 24 })

/** The oracle: a review as plain counting over a finished list of words, without folding and without stages by turns. */
function oracle({ onChanges, steps }: { onChanges: OnChanges; steps: readonly RouteStep[] }, heard: readonly Voice[]): string {
  const of = (step: RouteStep) => heard.filter(({ stepId }) => stepId === step.id)
  const enough = (step: RouteStep) => {
    const words = of(step)
    if (step.need === 'ANY') return words.length > 0
    if (step.need === 'COUNT') return new Set(words.map(({ hand }) => hand)).size >= step.wanted
    return step.deciders.every((person) => words.some((word) => word.person === person))
  }
  if (heard.some(({ verdict }) => verdict === 'REJECT')) return 'REJECTED'
  const wished = heard.filter(({ verdict }) => verdict === 'ASK_CHANGES')
  if (wished.length > 0) {
    if (onChanges === 'END') return 'CHANGES_ASKED'
    const stage = steps.find(({ id }) => id === wished[0]?.stepId)?.stage
    return steps.filter((step) => step.stage === stage).every(enough) ? 'CHANGES_ASKED' : 'WAITING'
  }
  return steps.every(enough) ? 'APPROVED' : 'WAITING'
}

describe('a review is the fold of its words', () => {
  test('and finished exactly when counting them says so, after every single word', () => {
    fc.assert(
      fc.property(aRoute(anyNeed, either), opinions(mostlyYes), someDice, (route, opinion, dice) => {
        const { voices } = play(route, opinion, dice)
        for (let n = 0; n <= voices.length; n++) {
          const said = voices.slice(0, n)
          expect(standingOf(route, said).state).toBe(oracle(route, said))
        }
      }),
      { numRuns: 2_000 },
    )
  })

  test('each word moves a step only as its table says', () => {
    fc.assert(
      fc.property(aRoute(anyNeed, either), opinions(mostlyYes), someDice, (route, opinion, dice) => {
        const { voices } = play(route, opinion, dice)
        for (let n = 0; n < voices.length; n++) {
          const [before, after] = [standingOf(route, voices.slice(0, n)).steps, standingOf(route, voices.slice(0, n + 1)).steps]
          for (const [id, from] of before) {
            const to = after.get(id) as StepState
            if (from !== to) expect(Object.values(stepStates.table[from]), `${from} to ${to}`).toContain(to)
          }
        }
      }),
      { numRuns: 1_000 },
    )
  })

  test('open are the steps of the first stage that has not approved, and none once it is over', () => {
    fc.assert(
      fc.property(aRoute(anyNeed, either), opinions(mostlyYes), someDice, fc.nat(12), (route, opinion, dice, cut) => {
        const { voices } = play(route, opinion, dice)
        const { state, steps } = standingOf(route, voices.slice(0, cut))
        const open = route.steps.filter(({ id }) => steps.get(id) === 'OPEN')
        if (state !== 'WAITING') {
          expect([open, [...steps.values()].includes('WAITING')]).toEqual([[], false])
          return
        }
        expect(new Set(open.map(({ stage }) => stage)).size).toBe(1)
        for (const step of route.steps) if (step.stage < (open[0]?.stage ?? 0)) expect(steps.get(step.id)).toBe('APPROVED')
        for (const step of route.steps) if (step.stage > (open[0]?.stage ?? 0)) expect(steps.get(step.id)).toBe('WAITING')
      }),
      { numRuns: 1_000 },
    )
  })

  test('any order of the words gives the same end where all are heard', () => {
    fc.assert(
      fc.property(
        aRoute(fc.constant<Need>('ALL'), fc.constant<OnChanges>('WAIT')),
        opinions(mostlyYes),
        someDice,
        someDice,
        (route, opinion, one, other) => {
          expect(play(route, opinion, one).standing.state).toBe(play(route, opinion, other).standing.state)
        },
      ),
      { numRuns: 1_000 },
    )
  })

  test('where a wish ends it at once, the order decides which no it is, never whether it is one', () => {
    fc.assert(
      fc.property(aRoute(fc.constant<Need>('ALL'), either), opinions(mostlyYes), someDice, someDice, (route, opinion, one, other) => {
        expect(play(route, opinion, one).standing.state === 'APPROVED').toBe(play(route, opinion, other).standing.state === 'APPROVED')
      }),
      { numRuns: 1_000 },
    )
  })

  test('with nothing but approvals it is approved, whoever is first and however many are wanted', () => {
    const reachable = aRoute(anyNeed, either)
    fc.assert(
      fc.property(reachable, someDice, (route, dice) => {
        expect(play(route, () => 'APPROVE', dice).standing).toMatchObject({ state: 'APPROVED' })
      }),
      { numRuns: 500 },
    )
  })

  test('words that do not count change nothing: too early, twice, not asked, after the end', () => {
    fc.assert(
      fc.property(
        aRoute(anyNeed, either),
        opinions(mostlyYes),
        someDice,
        fc.array(
          fc.record({ stepId: fc.constantFrom('s0', 's1', 's2', 's3', 'nowhere'), person: fc.constantFrom(...people), verdict: aVerdict }),
          { maxLength: 6 },
        ),
        (route, opinion, dice, noise) => {
          const { voices } = play(route, opinion, dice)
          let said: Voice[] = []
          for (const voice of voices) {
            for (const one of noise) {
              const now = standingOf(route, said)
              if (wouldCount(route.steps, now, one)) continue
              expect(standingOf(route, [...said, { ...one, hand: one.person }])).toEqual(now)
            }
            said = [...said, voice]
          }
        },
      ),
      { numRuns: 300 },
    )
  })
})

describe('a step that wants so many', () => {
  const step: RouteStep = { id: 's0', stage: 1, need: 'COUNT', wanted: 2, deciders: [] }
  const route = { onChanges: 'END', steps: [step] } as const
  const yes = (person: string, hand = person): Voice => ({ stepId: 's0', person, hand, verdict: 'APPROVE' })

  test('counts people, not chairs: who stands in for another has one opinion', () => {
    expect(standingOf(route, [yes('ada'), yes('ben', 'ada')]).state).toBe('WAITING')
    expect(standingOf(route, [yes('ada'), yes('ben')]).state).toBe('APPROVED')
  })

  test('hears the others where changes wait, and tells the worst of it', () => {
    const waits = { onChanges: 'WAIT', steps: [step] } as const
    const wish: Voice = { ...yes('ada'), verdict: 'ASK_CHANGES' }
    expect(standingOf(waits, [wish]).state).toBe('WAITING')
    expect(standingOf(waits, [wish, yes('ben')]).state).toBe('CHANGES_ASKED')
    expect(standingOf(route, [wish]).state).toBe('CHANGES_ASKED')
  })
})

test('an approval opens the next stage only when nobody beside it is still busy', () => {
  const steps = [
    { id: 'brand', stage: 1, state: 'OPEN' as const },
    { id: 'legal', stage: 2, state: 'WAITING' as const },
    { id: 'compliance', stage: 2, state: 'WAITING' as const },
  ]
  expect(opensNext(steps, 'brand')).toEqual(['legal', 'compliance'])
  expect(
    opensNext(
      steps.map((step) => ({ ...step, state: 'OPEN' as const })),
      'legal',
    ),
  ).toEqual([])
  expect(
    opensNext(
      steps.map((step) => ({ ...step, state: 'OPEN' as const })),
      'compliance',
    ),
  ).toEqual([])
  expect(opensNext(steps, 'nobody')).toEqual([])
})
