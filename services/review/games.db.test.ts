import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Person, Role } from '../kernel/actor.ts'
import { isRefusal } from '../kernel/errors.ts'
import { aReviewDesk, plan, reviewRows, step } from '#services/testing/review-desk.ts'
import { testDb, type TestDb } from '#services/testing/db.ts'
import { anAsset } from '#services/testing/world.ts'
import { setAway } from './absences.ts'
import { handOn, takeOver } from './handing.ts'
import { reviewPage } from './review-view.ts'
import { approveReview, askForChanges, rejectReview, submitAsset } from './reviews.ts'
import type { PlannedStep } from './rules/plan.ts'
import type { Need, OnChanges, StepState, Verdict } from './rules/route.ts'
import { lookerOf, tasksById } from './tasks.ts'
import { tendReviews } from './tending.ts'

let t: TestDb
beforeAll(async () => void (t = await testDb()))
afterAll(() => t[Symbol.asyncDispose]())
const { stepsOf } = reviewRows(() => t.db)

/** The people of the house, the sender first; she may review as well, but not this. */
const cast: Record<string, Role[]> = {
  lena: ['LIBRARIAN', 'REVIEWER'],
  jonas: ['REVIEWER'],
  olga: ['REVIEWER'],
  maren: ['RIGHTS_MANAGER'],
  nils: ['RIGHTS_MANAGER'],
  petra: ['FINANCE'],
  boss: ['FINANCE'],
  astrid: ['ADMINISTRATOR'],
}
const names = Object.keys(cast)
const sender = 'lena'
const verbs = { APPROVE: approveReview, ASK_CHANGES: askForChanges, REJECT: rejectReview }

/** Moves in a game: `dice` picks among those that mean something now; a wild one is whatever it is. */
type Act =
  | { do: 'decide'; dice: number; wild: { who: string; at: number; as: string | null } | null; verdict: Verdict }
  | { do: 'hand'; who: string; at: number; to: string }
  | { do: 'take'; who: string; at: number }
  | { do: 'away'; dice: number; to: string }
  | { do: 'leave' | 'lose'; dice: number }
  | { do: 'tend' | 'wait' }

const aName = fc.constantFrom(...names)
const dice = fc.nat(10_000)
const mostlyYes = fc.oneof(
  { weight: 8, arbitrary: fc.constant<Verdict>('APPROVE') },
  { weight: 1, arbitrary: fc.constantFrom<Verdict>('ASK_CHANGES', 'REJECT') },
)
const aWildOne = fc.record({ who: aName, at: fc.nat(3), as: fc.option(aName, { nil: null }) })
const anAct: fc.Arbitrary<Act> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      do: fc.constant('decide' as const),
      dice,
      wild: fc.option(aWildOne, { nil: null, freq: 1 }),
      verdict: mostlyYes,
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('hand' as const), who: aName, at: fc.nat(3), to: aName }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('take' as const), who: aName, at: fc.nat(3) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('away' as const), dice, to: aName }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constantFrom('leave' as const, 'lose' as const), dice }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constantFrom('tend' as const, 'wait' as const) }) },
)
const aRoute = fc.record({
  onChanges: fc.constantFrom<OnChanges>('END', 'WAIT'),
  steps: fc.array(
    fc.record({
      together: fc.boolean(),
      need: fc.constantFrom<Need>('ANY', 'COUNT', 'COUNT', 'ALL'),
      wanted: fc.constantFrom(1, 2, 3, 3),
      by: fc.constantFrom<[Role[], string[]]>(
        [['REVIEWER'], []],
        [['RIGHTS_MANAGER'], []],
        [[], ['petra']],
        [['RIGHTS_MANAGER'], ['petra']],
      ),
      owner: fc.option(fc.constantFrom('jonas', 'maren', 'petra'), { nil: null }),
    }),
    { minLength: 1, maxLength: 4 },
  ),
})

/** A step as the oracle knows it: counted from its words each time, with neither fold nor SQL. */
interface Told {
  state: StepState
  stage: number
  need: Need
  wanted: number
  roles: readonly Role[]
  people: string[]
  deciders: string[]
  escalated: boolean
  words: { who: string; hand: string; verdict: Verdict }[]
}

class Oracle {
  readonly roles = new Map<string, Role[]>(Object.entries(cast))
  readonly away = new Map<string, string>()
  state: 'WAITING' | 'APPROVED' | 'CHANGES_ASKED' | 'REJECTED' = 'WAITING'
  constructor(
    readonly onChanges: OnChanges,
    readonly steps: Told[],
  ) {
    this.settle()
  }
  qualifies(name: string, { roles, people }: Told): boolean {
    const own = this.roles.get(name)
    return (
      own !== undefined &&
      (people.includes(name) || (roles.length > 0 && own.some((role) => role === 'ADMINISTRATOR' || roles.includes(role))))
    )
  }
  mayTake(name: string, told: Told): boolean {
    const reviews = this.roles.get(name)?.some((role) => role === 'REVIEWER' || role === 'ADMINISTRATOR') ?? false
    return this.qualifies(name, told) || (told.roles.length === 0 && reviews)
  }
  able = (told: Told): string[] => names.filter((name) => name !== sender && this.qualifies(name, told))
  standIn(name: string): string | null {
    const seen = [name]
    let here = name
    while (this.away.has(here)) {
      here = this.away.get(here) as string
      if (seen.includes(here)) return null
      seen.push(here)
    }
    return here === name ? null : here
  }
  /** Every name in which somebody may speak in a step, by trying each. */
  voicesOf(hand: string, told: Told): string[] {
    if (this.state !== 'WAITING' || told.state !== 'OPEN' || hand === sender || !this.roles.has(hand)) return []
    const voices = names.filter(
      (name) =>
        name !== sender &&
        (name === hand || this.standIn(name) === hand) &&
        this.qualifies(name, told) &&
        this.mayTake(hand, told) &&
        !told.words.some(({ who }) => who === name) &&
        (told.need !== 'ALL' || told.deciders.length === 0 || told.deciders.includes(name)) &&
        (told.need !== 'COUNT' || !told.words.some((word) => word.hand === hand)),
    )
    // A hand that counts once says its own word with it.
    return told.need === 'COUNT' && voices.includes(hand) ? [hand] : voices
  }
  /** How many hands can have spoken in the end: those that did, and each who has neither spoken nor been spoken for. */
  mostHands(told: Told, able: readonly string[]): number {
    const silent = able.filter((name) => told.words.every(({ who, hand }) => name !== who && name !== hand))
    return new Set(told.words.map(({ hand }) => hand)).size + silent.length
  }
  say(told: Told, who: string, hand: string, verdict: Verdict): void {
    told.words.push({ who, hand, verdict })
    this.settle()
  }
  release(): void {
    for (const told of this.steps.filter(({ state }) => state === 'OPEN')) {
      const able = this.able(told)
      told.deciders = told.deciders.filter((name) => able.includes(name) || told.words.some(({ who }) => who === name))
      if (told.need === 'COUNT')
        told.wanted = Math.max(1, Math.min(told.wanted, this.mostHands(told, able)))
    }
    this.settle()
  }
  private settle(): void {
    for (;;) {
      if (this.state !== 'WAITING') return
      for (const told of this.steps.filter(({ state }) => state === 'OPEN')) {
        const said = told.words.map(({ verdict }) => verdict)
        const enough =
          told.need === 'COUNT'
            ? new Set(told.words.map(({ hand }) => hand)).size >= told.wanted
            : told.need === 'ALL' && told.deciders.length > 0
              ? told.deciders.every((name) => told.words.some(({ who }) => who === name))
              : said.length > 0
        if (said.includes('REJECT')) told.state = 'REJECTED'
        else if (said.includes('ASK_CHANGES') && (enough || this.onChanges === 'END')) told.state = 'CHANGES_ASKED'
        else if (enough) told.state = 'APPROVED'
      }
      const is = (state: StepState) => this.steps.some((told) => told.state === state)
      if (is('REJECTED')) this.state = 'REJECTED'
      else if (is('CHANGES_ASKED') && (this.onChanges === 'END' || !is('OPEN'))) this.state = 'CHANGES_ASKED'
      else if (this.steps.every(({ state }) => state === 'APPROVED')) this.state = 'APPROVED'
      if (this.state !== 'WAITING') {
        for (const told of this.steps) if (told.state === 'OPEN' || told.state === 'WAITING') told.state = 'CLOSED'
        return
      }
      if (is('OPEN') || is('CHANGES_ASKED')) return
      const next = Math.min(...this.steps.filter(({ state }) => state === 'WAITING').map(({ stage }) => stage))
      for (const told of this.steps.filter(({ stage }) => stage === next)) {
        told.state = 'OPEN'
        const able = this.able(told)
        const asked = names.filter((name) => told.people.includes(name) || this.roles.get(name)?.some((role) => told.roles.includes(role)))
        if (told.need === 'ALL') told.deciders = (asked.length > 0 ? asked : able).filter((name) => name !== sender && this.roles.has(name))
        told.wanted = told.need === 'COUNT' ? Math.max(1, Math.min(told.wanted, able.length)) : 1
      }
    }
  }
}

test('whatever people do, leave, lose, hand on or miss: each word counts, or is refused, and each step stands, as counting says; nothing hangs unsaid', async () => {
  await fc.assert(
    fc.asyncProperty(aRoute, fc.array(anAct, { minLength: 4, maxLength: 14 }), async ({ onChanges, steps }, acts) => {
      const desk = await aReviewDesk(t.db)
      const people: Record<string, Person> = {}
      for (const name of names) people[name] = await desk.person(name, ...(cast[name] ?? []))
      await t.db.member.updateMany({
        where: { id: { in: [desk.lena.memberId, desk.jonas.memberId, desk.maren.memberId] } },
        data: { endedAt: new Date('2026-11-01T00:00:00Z') },
      })
      const idOf = (name: string) => people[name]?.userId ?? ''
      const nameOf = (id: string) => names.find((name) => idOf(name) === id) ?? id
      const planned = steps.map(({ by: [roles, named], owner, ...rest }, index): PlannedStep =>
        step(`s${index}`, {
          ...rest,
          roles,
          people: named.map(idOf),
          ownerId: owner && idOf(owner),
          dueDays: 1,
          escalateDays: 0,
          escalateTo: [idOf('boss')],
        }),
      )
      let stage = 1
      const oracle = new Oracle(
        onChanges,
        steps.map(({ by: [roles, named], need, wanted, together }, index) => ({
          state: 'WAITING',
          stage: index === 0 || together ? stage : ++stage,
          need,
          wanted,
          roles,
          people: [...named],
          deciders: [],
          escalated: false,
          words: [],
        })),
      )
      const as = (name: string) => desk.by(people[name] as Person)
      const { saveRoute } = await import('./routes.ts')
      expect(await saveRoute(as(sender), { routeId: null, seen: 0, name: 'Game', plan: plan(planned, { onChanges }) })).toMatchObject({
        ok: true,
      })
      const asset = await anAsset(desk.ctx, { houseId: desk.house.id, state: 'DRAFT' })
      const asked = await submitAsset(as(sender), { assetId: asset.id })
      const reviewId = asked.ok ? asked.value.reviewId : ''
      const rows = await t.db.reviewStep.findMany({ where: { reviewId }, orderBy: { position: 'asc' } })
      const ids = rows.map(({ id }) => id)
      const done = async (work: Promise<{ ok: boolean }>): Promise<boolean> => {
        try {
          return (await work).ok
        } catch (error) {
          if (isRefusal(error)) return false
          throw error
        }
      }

      /** What a roll of the dice means now: a word that would count, somebody who is asked. */
      const meant = (act: Act): { who: string; at: number; as: string | null } => {
        if (act.do === 'hand' || act.do === 'take') return { who: act.who, at: act.at, as: null }
        if (!('dice' in act)) return { who: sender, at: 0, as: null }
        if (act.do === 'decide' && act.wild) return act.wild
        const words = oracle.steps.flatMap((told, at) =>
          names.flatMap((hand) => oracle.voicesOf(hand, told).map((name) => ({ at, who: hand, as: name === hand ? null : name }))),
        )
        const asked = oracle.steps.flatMap((told, at) =>
          told.state === 'OPEN' ? oracle.able(told).map((who) => ({ at, who, as: null })) : [],
        )
        const among = act.do === 'decide' ? words : asked
        return among[act.dice % Math.max(1, among.length)] ?? { who: names[act.dice % names.length] ?? sender, at: 0, as: null }
      }

      // Then it is played to its end: whoever can say yes does.
      const yes: Act = { do: 'decide', dice: 0, wild: null, verdict: 'APPROVE' }
      for (const act of [...acts, { do: 'tend' } satisfies Act, ...Array.from({ length: 8 }, () => yes)]) {
        if (act === yes && oracle.state !== 'WAITING') break
        const { who, as: inName, at: drawn } = meant(act)
        const at = drawn % steps.length
        const told = oracle.steps[at] as Told
        const stepId = ids[at] ?? ''
        if (act.do === 'decide') {
          const voices = oracle.voicesOf(who, told)
          const forId = inName && inName !== who ? idOf(inName) : null
          const expected = forId ? voices.includes(inName as string) : voices.length > 0
          if (oracle.roles.has(who)) {
            const own = voices.includes(who) && told.need !== 'ALL'
            const { chances } = await reviewPage(as(who), reviewId)
            const offered = chances.filter((one) => one.stepId === stepId).map((one) => (one.forId ? nameOf(one.forId) : who))
            expect(offered.sort(), `what the page offers ${who}`).toEqual(own ? [who] : [...voices].sort())
            const [task] = await tasksById(as(who), await lookerOf(as(who)), [stepId])
            expect(task?.able ?? false, `what the list offers ${who}`).toBe(voices.length > 0)
          }
          const spoke = await done(verbs[act.verdict](as(who), { reviewId, stepId, forId, reason: 'Because' }))
          expect(spoke, `${who} says ${act.verdict}`).toBe(expected)
          if (spoke) {
            const vote = await t.db.reviewVote.findFirstOrThrow({ where: { reviewId }, orderBy: { no: 'desc' } })
            expect(voices).toContain(nameOf(vote.userId))
            expect(nameOf(vote.handId)).toBe(who)
            oracle.say(told, nameOf(vote.userId), who, act.verdict)
          }
        }
        if (act.do === 'hand' || act.do === 'take') {
          const to = act.do === 'hand' ? act.to : who
          const moved =
            act.do === 'hand' ? await done(handOn(as(who), { stepId, toId: idOf(to) })) : await done(takeOver(as(who), { stepId }))
          if (moved) {
            expect([told.state, to !== sender, oracle.roles.has(who), oracle.mayTake(to, told)]).toEqual(['OPEN', true, true, true])
            const row = await t.db.reviewStep.findUniqueOrThrow({ where: { id: stepId } })
            expect(row.deciders).toHaveLength(Math.max(told.deciders.length, told.need === 'ALL' ? 1 : 0))
            told.deciders = row.deciders.map(nameOf)
            told.people = row.people.map(nameOf)
          }
        }
        if (act.do === 'away' && who !== act.to && !oracle.away.has(who) && oracle.roles.has(who) && oracle.roles.has(act.to)) {
          const days = { from: '2026-11-21', until: '2027-12-31', note: '' }
          expect(await setAway(as(who), { delegateId: idOf(act.to), ...days })).toMatchObject({ ok: true })
          oracle.away.set(who, act.to)
        }
        if ((act.do === 'leave' || act.do === 'lose') && who !== sender && oracle.roles.has(who)) {
          const change = act.do === 'leave' ? { endedAt: desk.ctx.clock.now() } : { roles: ['AUDITOR' as const] }
          await t.db.member.update({ where: { id: people[who]?.memberId ?? '' }, data: change })
          if (act.do === 'leave') oracle.roles.delete(who)
          else oracle.roles.set(who, ['AUDITOR'])
        }
        if (act.do === 'tend' || act.do === 'wait') {
          const late = act.do === 'wait' ? oracle.steps.filter(({ state, escalated }) => state === 'OPEN' && !escalated) : []
          if (act.do === 'wait') desk.ctx.clock.set(new Date(desk.ctx.clock.now().getTime() + 10 * 86_400_000))
          await tendReviews(desk.system)
          oracle.release()
          for (const told of late.filter(({ state }) => state === 'OPEN')) {
            told.escalated = true
            if (oracle.roles.has('boss') && !told.people.includes('boss')) told.people.push('boss')
          }
        }
        expect(Object.values(await stepsOf(reviewId)), JSON.stringify(act)).toEqual(oracle.steps.map(({ state }) => state))
        expect(await t.db.review.findUnique({ where: { id: reviewId } })).toMatchObject({ state: oracle.state })
      }

      await tendReviews(desk.system)
      oracle.release()
      for (const row of await t.db.reviewStep.findMany({ where: { reviewId, state: 'OPEN' }, orderBy: { position: 'asc' } })) {
        const told = oracle.steps[row.position - 1] as Told
        const speaks = names.some((name) => oracle.voicesOf(name, told).includes(name))
        expect(speaks || row.strandedAt !== null, `step ${row.position} hangs and nobody is told`).toBe(true)
      }
    }),
    { numRuns: 20 },
  )
}, 240_000)
