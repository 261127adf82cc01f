import { dueWord } from '../briefs/rules/due.ts'
import { underWay } from '../briefs/rules/brief-states.ts'
import { dayInWords } from '../kernel/days.ts'
import { languageNamed } from '../kernel/language.ts'
import { addDays, dayOf } from '../kernel/period.ts'
import type { Ctx } from '../platform/context.ts'
import type { LetterProps } from '#emails/props.ts'
import { textOf, type RecordedFact } from './fact.ts'
import { askForLetter } from './jobs.ts'
import { houseOf, membersOf, personCalled, staffWith } from './people.ts'
import { audienceOf, type Reader } from './rules/audience.ts'

type Reacting = Ctx<'db' | 'actor' | 'origin'>

const briefIn = (ctx: Reacting, briefId: string) =>
  ctx.db.brief.findFirst({
    where: { id: briefId, houseId: ctx.actor.houseId },
    select: { id: true, title: true, outcome: true, dueOn: true, orgId: true, askedById: true, assigneeId: true, language: true },
  })
type BriefIn = NonNullable<Awaited<ReturnType<typeof briefIn>>>

/** Somebody asks for what does not exist yet: the desk is told. */
export async function tellDeskOfBrief(ctx: Reacting, fact: RecordedFact): Promise<void> {
  const brief = await briefIn(ctx, fact.subject.id)
  if (!brief) return
  const [house, asker, org, readers] = await Promise.all([
    houseOf(ctx),
    personCalled(ctx, brief.askedById),
    ctx.db.organisation.findUniqueOrThrow({ where: { id: brief.orgId }, select: { name: true } }),
    staffWith(ctx, ['LIBRARIAN'], fact.actorId),
  ])
  for (const to of readers)
    await askForLetter(ctx, 'brief-asked', {
      key: `brief-asked:${brief.id}:${to.userId}`,
      to,
      props: {
        houseName: house.name,
        name: to.name,
        personName: asker?.name ?? 'Somebody',
        orgName: org.name,
        briefTitle: brief.title,
        outcome: brief.outcome,
        due: brief.dueOn && dayInWords(brief.dueOn),
        url: `${ctx.origin}/briefs/${brief.id}`,
      },
    })
}

/** Who makes it; where that is somebody outside, nobody yet, or somebody who has left, the desk. */
const makersOf = async (ctx: Reacting, brief: BriefIn, except: string | null): Promise<Reader[]> =>
  makersAmong(await membersOf(ctx, ctx.actor.houseId), brief, except)

function makersAmong(staff: readonly Reader[], { assigneeId }: Pick<BriefIn, 'assigneeId'>, except: string | null): Reader[] {
  const maker = assigneeId === null ? undefined : staff.find(({ userId }) => userId === assigneeId)
  if (!maker) return audienceOf(staff, { roles: ['LIBRARIAN'], except })
  return maker.userId !== except ? [maker] : []
}

/** One person, while they have a seat there: whoever has left is written to no more. */
const seatedAt = async (ctx: Reacting, orgId: string, userId: string): Promise<Reader | null> =>
  (await membersOf(ctx, orgId)).find((member) => member.userId === userId) ?? null

async function tellAsker(
  ctx: Reacting,
  brief: BriefIn,
  fact: RecordedFact,
  kind: LetterProps['brief-step']['kind'],
  said: string,
): Promise<void> {
  const to = await seatedAt(ctx, brief.orgId, brief.askedById)
  if (!to || to.userId === fact.actorId) return
  const house = await houseOf(ctx)
  const user = await ctx.db.user.findUnique({ where: { id: brief.askedById }, select: { language: true } })
  await askForLetter(ctx, 'brief-step', {
    key: `brief-step:${fact.id}:${to.userId}`,
    to,
    props: {
      houseName: house.name,
      // Who has chosen no language is written to in the one in which they asked.
      language: languageNamed(user?.language ?? brief.language),
      name: to.name,
      kind,
      title: brief.title,
      said,
      url: `${ctx.origin}/briefs/${brief.id}`,
    },
  })
}

async function tellMakers(
  ctx: Reacting,
  brief: BriefIn,
  fact: RecordedFact,
  kind: LetterProps['brief-work']['kind'],
  words: string,
): Promise<void> {
  const [house, by, readers] = await Promise.all([houseOf(ctx), personCalled(ctx, fact.actorId), makersOf(ctx, brief, fact.actorId)])
  for (const to of readers)
    await askForLetter(ctx, 'brief-work', {
      key: `brief-work:${fact.id}:${to.userId}`,
      to,
      props: {
        houseName: house.name,
        name: to.name,
        kind,
        briefTitle: brief.title,
        personName: by?.name ?? 'Somebody',
        due: kind === 'assigned' && brief.dueOn ? dayInWords(brief.dueOn) : null,
        words,
        url: `${ctx.origin}/briefs/${brief.id}`,
      },
    })
}

const toAsker = {
  'brief.accepted': 'accepted',
  'brief.declined': 'declined',
  'brief.assigned': 'assigned',
  'brief.delivered': 'delivered',
  'brief.closed': 'closed',
  'brief.cancelled': 'cancelled',
} as const
const toMaker = {
  'brief.assigned': 'assigned',
  'brief.changes-asked': 'changes-asked',
  'brief.approved': 'approved',
  'brief.cancelled': 'cancelled',
} as const
const kindFor = <T extends Record<string, string>>(table: T, type: string): T[keyof T] | undefined =>
  Object.hasOwn(table, type) ? (table[type as keyof T] as T[keyof T]) : undefined

/** A brief went on: who asked and who makes it are told, never the one who did it. */
export async function tellOfBriefStep(ctx: Reacting, fact: RecordedFact): Promise<void> {
  const brief = await briefIn(ctx, fact.subject.id)
  if (!brief) return
  const words = textOf(fact, 'words') ?? ''
  const asker = kindFor(toAsker, fact.type)
  // To whom it went is the house's business: words that go with a task are the maker's alone.
  if (asker) await tellAsker(ctx, brief, fact, asker, asker === 'assigned' ? '' : words)
  const maker = kindFor(toMaker, fact.type)
  if (maker && !(maker === 'assigned' && !brief.assigneeId)) await tellMakers(ctx, brief, fact, maker, words)
}

/** Somebody wrote: the other side is told; what is for the house alone stays there. */
export async function tellOfBriefNote(ctx: Reacting, fact: RecordedFact): Promise<void> {
  const brief = await briefIn(ctx, fact.subject.id)
  const note = brief && (await ctx.db.briefNote.findFirst({ where: { id: textOf(fact, 'noteId') ?? '', briefId: brief.id } }))
  if (!brief || !note) return
  if (!note.desk) await tellAsker(ctx, brief, fact, 'note', note.body)
  await tellMakers(ctx, brief, fact, 'note', note.body)
}

/** The clock: what is due within a week, tomorrow, today, or was due yesterday. One letter for each of these, whenever it runs. */
export async function remindOfBriefs(ctx: Ctx<'db' | 'clock' | 'actor' | 'origin'>): Promise<number> {
  const { houseId } = ctx.actor
  const house = await houseOf(ctx)
  const today = dayOf(ctx.clock.now(), house.timeZone)
  const due = await ctx.db.brief.findMany({
    // What has been late for a month reminds nobody any more: the board shows it.
    where: { houseId, state: { in: [...underWay] }, dueOn: { gte: addDays(today, -30), lte: addDays(today, 7) } },
    orderBy: { dueOn: 'asc' },
    take: 500,
    select: { id: true, title: true, outcome: true, dueOn: true, orgId: true, askedById: true, assigneeId: true, language: true },
  })
  const staff = due.length > 0 ? await membersOf(ctx, houseId) : []
  let told = 0
  for (const brief of due) {
    const word = brief.dueOn && dueWord(brief.dueOn, today)
    if (!word || !brief.dueOn) continue
    for (const to of makersAmong(staff, brief, null)) {
      told++
      await askForLetter(ctx, 'brief-work', {
        // A new day agreed on is reminded of anew.
        key: `brief-due:${brief.id}:${brief.dueOn}:${word}:${to.userId}`,
        to,
        props: {
          houseName: house.name,
          name: to.name,
          kind: word,
          briefTitle: brief.title,
          personName: 'Clearmark',
          due: dayInWords(brief.dueOn),
          words: '',
          url: `${ctx.origin}/briefs/${brief.id}`,
        },
      })
    }
  }
  return told
}
