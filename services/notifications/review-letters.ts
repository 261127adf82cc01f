import { titleFor } from '../assets/policy.ts'
import { dayInWords } from '../kernel/days.ts'
import { dayOf } from '../kernel/period.ts'
import type { Ctx } from '../platform/context.ts'
import { mayTake, qualifies, standInOf, type Mandate } from '../review/rules/mandate.ts'
import { absencesAround, houseRules, seatsOf, todayIn } from '../review/seats.ts'
import { textOf, type RecordedFact } from './fact.ts'
import { askForLetter } from './jobs.ts'
import { houseOf, membersOf, personCalled, staffWith } from './people.ts'
import type { Reader } from './rules/audience.ts'

type Reacting = Ctx<'db' | 'clock' | 'actor' | 'origin'>

const decisions = { 'asset.approved': 'approved', 'asset.changes-asked': 'changes-asked', 'asset.rejected': 'rejected' } as const
type Decided = keyof typeof decisions
const isDecided = (type: string): type is Decided => Object.hasOwn(decisions, type)

async function reviewIn(ctx: Reacting, fact: RecordedFact) {
  const reviewId = textOf(fact, 'reviewId')
  if (!reviewId) return null
  return ctx.db.review.findFirst({
    where: { id: reviewId, houseId: ctx.actor.houseId },
    select: {
      id: true,
      note: true,
      state: true,
      askedById: true,
      reason: true,
      asset: { select: { id: true, title: true, embargoEndsAt: true, embargoFor: true } },
    },
  })
}

async function stepIn(ctx: Reacting, fact: RecordedFact) {
  const stepId = textOf(fact, 'stepId')
  if (!stepId) return null
  return ctx.db.reviewStep.findFirst({
    where: { id: stepId, houseId: ctx.actor.houseId },
    select: {
      id: true,
      name: true,
      state: true,
      need: true,
      roles: true,
      people: true,
      deciders: true,
      ownerId: true,
      dueAt: true,
      askedById: true,
      reviewId: true,
      votes: { select: { userId: true } },
      review: { select: { note: true, asset: { select: { id: true, title: true, embargoEndsAt: true, embargoFor: true } } } },
    },
  })
}
type StepIn = NonNullable<Awaited<ReturnType<typeof stepIn>>>

/** The people a step waits for today: who is away is written to by name of who stands in. The sender is not asked about their own. */
async function readersOf(ctx: Reacting, step: StepIn): Promise<Reader[]> {
  const [members, seats, house] = await Promise.all([membersOf(ctx, ctx.actor.houseId), seatsOf(ctx), houseRules(ctx)])
  const today = todayIn(ctx, house)
  const absences = await absencesAround(ctx, today)
  const spoken = new Set(step.votes.map(({ userId }) => userId))
  const asked = askedOf(step, seats).filter((id) => !spoken.has(id))
  const reached = asked.map((id) => {
    const other = standInOf(id, absences, today)
    const seat = seats.find(({ userId }) => userId === other)
    return seat && mayTake(step, seat) ? seat.userId : id
  })
  return members.filter(
    ({ userId }) => userId !== null && reached.includes(userId) && (house.reviewOwnSubmissions || userId !== step.askedById),
  )
}

/** Its owner; else everybody whose word it wants; else those who are named or hold the role themselves, administrators only where nobody does. */
function askedOf(
  step: Pick<Mandate, 'need' | 'deciders' | 'ownerId' | 'people' | 'roles'>,
  seats: Awaited<ReturnType<typeof seatsOf>>,
): string[] {
  if (step.ownerId) return [step.ownerId]
  if (step.need === 'ALL' && step.deciders.length > 0) return [...step.deciders]
  const own = seats.filter(({ userId, roles }) => step.people.includes(userId) || roles.some((role) => step.roles.includes(role)))
  return (own.length > 0 ? own : seats.filter((seat) => qualifies(step, seat))).map(({ userId }) => userId)
}

/** A step has begun: the people who decide it are told. */
export async function tellDeciders(ctx: Reacting, fact: RecordedFact): Promise<void> {
  const step = await stepIn(ctx, fact)
  if (!step) return
  // Who decided before the letter left gets it all the same: it is their receipt of what was asked.
  const everybody = { ...step, votes: [] }
  const [house, asker, readers] = await Promise.all([houseOf(ctx), personCalled(ctx, step.askedById), readersOf(ctx, everybody)])
  for (const to of readers)
    await askForLetter(ctx, 'review-requested', {
      key: `review-requested:${step.id}:${to.userId}`,
      to,
      props: {
        houseName: house.name,
        name: to.name,
        assetTitle: titleFor(to, step.review.asset),
        personName: asker?.name ?? 'Somebody',
        step: step.name,
        due: step.dueAt ? dueWords(step.dueAt, house.timeZone) : null,
        note: step.review.note,
        url: `${ctx.origin}/library/review/${step.reviewId}`,
      },
    })
}

/** The last day of something that ends at a midnight. */
const dueWords = (at: Date, zone: string): string => dayInWords(dayOf(new Date(at.getTime() - 1), zone))

type Told = 'due' | 'escalated' | 'unattended' | 'freed' | 'stranded'

/** A letter about a step that waits to each of its readers; of one that is late it says for whom it waits. */
async function tellAbout(
  ctx: Reacting,
  { step, kind, readers, waiting = null }: { step: StepIn; kind: Told; readers: readonly Reader[]; waiting?: string | null },
  key: string,
): Promise<void> {
  const house = await houseOf(ctx)
  for (const to of readers)
    await askForLetter(ctx, 'review-task', {
      key: `review-${kind}:${key}:${to.userId}`,
      to,
      props: {
        houseName: house.name,
        name: to.name,
        kind,
        assetTitle: titleFor(to, step.review.asset),
        step: step.name,
        due: step.dueAt ? dueWords(step.dueAt, house.timeZone) : null,
        personName: waiting,
        words: '',
        url: `${ctx.origin}/library/review/${step.reviewId}`,
      },
    })
}

/** Who keeps the library sees that nothing lies. */
const keepers = (ctx: Reacting): Promise<Reader[]> => staffWith(ctx, ['LIBRARIAN'], null)

/** What is due soon goes to whom it waits for. */
export async function tellOfDue(ctx: Reacting, fact: RecordedFact): Promise<void> {
  const step = await stepIn(ctx, fact)
  if (!step || step.state !== 'OPEN' || !step.dueAt) return
  await tellAbout(ctx, { step, kind: 'due', readers: await readersOf(ctx, step) }, step.id)
}

/** What was not done in time goes to those who were named for that; where they have all left, to those who keep the library. */
export async function tellOfEscalation(ctx: Reacting, fact: RecordedFact): Promise<void> {
  const step = await stepIn(ctx, fact)
  if (!step || step.state !== 'OPEN' || !step.dueAt) return
  const named = Array.isArray(fact.data.to) ? fact.data.to : []
  const members = await membersOf(ctx, ctx.actor.houseId)
  const above = members.filter(({ userId }) => named.includes(userId))
  const late = (await readersOf(ctx, step)).filter(({ userId }) => !named.includes(userId)).map(({ name }) => name)
  const [kind, readers] = above.length > 0 ? (['escalated', above] as const) : (['unattended', await keepers(ctx)] as const)
  await tellAbout(ctx, { step, kind, readers, waiting: late.join(', ') || null }, step.id)
}

/** Its owner, or everybody who was asked, has left: those whose task it is from now on are told. */
export async function tellOfRelease(ctx: Reacting, fact: RecordedFact): Promise<void> {
  const step = await stepIn(ctx, fact)
  if (!step || step.state !== 'OPEN' || fact.data.freed !== true) return
  await tellAbout(ctx, { step, kind: 'freed', readers: await readersOf(ctx, step) }, fact.id)
}

/** Nobody can decide a step any more: those who keep the library are told. */
export async function tellOfStranded(ctx: Reacting, fact: RecordedFact): Promise<void> {
  const step = await stepIn(ctx, fact)
  if (!step || step.state !== 'OPEN') return
  await tellAbout(ctx, { step, kind: 'stranded', readers: await keepers(ctx) }, fact.id)
}

const tasks = { 'step.handed-on': 'handed-on', 'step.consulted': 'consulted', 'step.answered': 'answered' } as const
const wordsIn = { 'step.handed-on': 'note', 'step.consulted': 'question', 'step.answered': 'answer' } as const

/** Something was handed to somebody, or asked of them, or answered to them: they are told, and who stands in where they are away. */
export async function tellOfTask(ctx: Reacting, fact: RecordedFact): Promise<void> {
  const step = await stepIn(ctx, fact)
  const toId = textOf(fact, 'to')
  if (!step || !toId || toId === fact.actorId) return
  const type = fact.type as keyof typeof tasks
  const [house, by, to, rules] = await Promise.all([
    houseOf(ctx),
    personCalled(ctx, fact.actorId),
    personCalled(ctx, toId),
    houseRules(ctx),
  ])
  if (!to) return
  const today = todayIn(ctx, rules)
  const standIn = type === 'step.handed-on' ? standInOf(toId, await absencesAround(ctx, today), today) : null
  for (const reader of [to, await personCalled(ctx, standIn)])
    if (reader)
      await askForLetter(ctx, 'review-task', {
        key: `review-${tasks[type]}:${fact.id}:${reader.userId}`,
        to: reader,
        props: {
          houseName: house.name,
          name: reader.name,
          kind: tasks[type],
          assetTitle: titleFor(reader, step.review.asset),
          step: step.name,
          due: step.dueAt ? dueWords(step.dueAt, house.timeZone) : null,
          personName: by?.name ?? 'Somebody',
          words: textOf(fact, wordsIn[type]) ?? '',
          url: `${ctx.origin}/library/review/${step.reviewId}`,
        },
      })
}

/** Somebody will be away: who stands in is told, with how much waits. */
export async function tellStandIn(ctx: Reacting, fact: RecordedFact): Promise<void> {
  const [from, until, delegate] = [textOf(fact, 'from'), textOf(fact, 'until'), textOf(fact, 'delegate')]
  const absenceId = textOf(fact, 'absenceId')
  const [house, who, to] = await Promise.all([houseOf(ctx), personCalled(ctx, fact.subject.id), personCalled(ctx, delegate)])
  if (!from || !until || !absenceId || !who || !to || to.userId === fact.actorId) return
  await askForLetter(ctx, 'review-stand-in', {
    key: `review-stand-in:${absenceId}`,
    to,
    props: {
      houseName: house.name,
      name: to.name,
      personName: who.name ?? 'Somebody',
      from: dayInWords(from),
      until: dayInWords(until),
      url: `${ctx.origin}/library/review`,
    },
  })
}

/** The review is over: the person who sent the asset is told, unless it is the same one. */
export async function tellOfReview(ctx: Reacting, fact: RecordedFact): Promise<void> {
  const review = await reviewIn(ctx, fact)
  const to = await personCalled(ctx, review?.askedById ?? null)
  if (!review || !to || to.userId === fact.actorId || !isDecided(fact.type)) return
  const house = await houseOf(ctx)
  await askForLetter(ctx, 'review-decided', {
    key: `review-decided:${review.id}`,
    to,
    props: {
      houseName: house.name,
      name: to.name,
      assetTitle: titleFor(to, review.asset),
      decision: decisions[fact.type],
      reason: review.reason,
      url: `${ctx.origin}/library/assets/${review.asset.id}`,
    },
  })
}
