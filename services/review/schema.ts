import { z } from 'zod'
import { assetKinds, audiences } from '../assets/rules/asset-words.ts'
import { isDay } from '../kernel/period.ts'
import { decidingRoles, mostSteps, needs, stepKinds, yesNo, type Plan } from './rules/plan.ts'

const id = z.string().min(1).max(64)
const line = (most: number) =>
  z
    .string()
    .trim()
    .max(most, `At most ${most.toLocaleString('en-GB')} characters.`)
    .default('')
/** Every refusal has its reason, in words that the other side can act on. */
const reason = z.string('Say why, in a sentence.').trim().min(3, 'Say why, in a sentence.').max(1000, 'At most 1,000 characters.')
const tick = z.preprocess((value) => value === 'on' || value === 'true' || value === true, z.boolean())
const ids = (most: number) =>
  z.preprocess((value) => (value === undefined ? [] : Array.isArray(value) ? value : [value]), z.array(id).max(most))
const several = <const T extends readonly [string, ...string[]]>(words: T) =>
  z.preprocess((value) => (value === undefined ? [] : Array.isArray(value) ? value : [value]), z.array(z.enum(words)).max(words.length))
const days = (most: number) =>
  z.coerce
    .number('Write a number.')
    .int('Whole days.')
    .min(0, 'Not before.')
    .max(most, `At most ${most} days.`)
    .nullish()
    .transform((n) => n ?? null)

export const submitAssetInput = z.object({ assetId: id, note: line(1000), routeId: id.nullish() })
export type SubmitAsset = z.input<typeof submitAssetInput>

/** Which step, in whose name, and which version was looked at: what is not said is found out, or was not asked. */
export interface DecideReview {
  reviewId: string
  stepId?: string | null | undefined
  forId?: string | null | undefined
  versionId?: string | null | undefined
  reason?: string | undefined
}
/** A form says step and person in one field, since they are one choice: `aim=rst_… usr_…`. */
const aimed = { stepId: id.nullish(), aim: z.string().max(130).nullish(), versionId: id.nullish() }
const aim = <T extends { stepId?: string | null | undefined; aim?: string | null | undefined }>({ aim: said, stepId, ...rest }: T) => {
  const [step, person] = (said ?? '').split(' ')
  return { ...rest, stepId: stepId ?? (step || null), forId: person || null }
}
export const approveReviewInput = z.object({ ...aimed, reason: line(1000) }).transform(aim)
export const refuseReviewInput = z.object({ ...aimed, reason }).transform(aim)

/** As many as are read before they are decided. */
export const mostAtOnce = 100
export const manyVerbs = ['approve', 'changes'] as const
export const manyInput = z
  .object({ verb: z.enum(manyVerbs), step: ids(mostAtOnce).refine((steps) => steps.length > 0, 'Tick at least one.'), reason: line(1000) })
  .refine(({ verb, reason: said }) => verb === 'approve' || said.length >= 3, { error: 'Say why, in a sentence.', path: ['reason'] })
export type ManyReviews = z.output<typeof manyInput>

export const handOnInput = z.object({ stepId: id, toId: id, fromId: id.nullish(), note: line(500) })
export const takeOverInput = z.object({ stepId: id, fromId: id.nullish() })
export const consultInput = z.object({
  stepId: id,
  askedId: id,
  question: z.string('Ask a question.').trim().min(3, 'Ask a question.').max(1000, 'At most 1,000 characters.'),
})
export const answerInput = z.object({
  questionId: id,
  answer: z.string('Say something.').trim().min(1, 'Say something.').max(2000, 'At most 2,000 characters.'),
})

const day = z.string('Choose a day.').refine(isDay, 'Choose a day.')
export const awayInput = z
  .object({ userId: id.nullish(), delegateId: id, from: day, until: day, note: line(200) })
  .refine(({ from, until }) => until >= from, { error: 'The last day is before the first.', path: ['until'] })
export type SetAway = z.output<typeof awayInput>

const stepInput = z
  .object({
    /** The form's own empty step: what is filled in there is meant, and is not lost for want of a name. */
    isNew: tick,
    name: z.string().trim().max(60, 'At most 60 characters.').default(''),
    kind: z.enum(stepKinds).default('OWN'),
    together: tick,
    need: z.enum(needs).default('ANY'),
    wanted: z.coerce.number('Write a number.').int().min(1, 'At least one.').max(20, 'At most 20.').default(1),
    roles: several(decidingRoles),
    people: ids(50),
    ownerId: id.nullish().transform((value) => value ?? null),
    dueDays: days(250),
    remindDays: days(60),
    escalateDays: days(60),
    escalateTo: ids(20),
  })
  .superRefine((step, issues) => {
    if (step.name === '') {
      const meant = step.roles.length + step.people.length + step.escalateTo.length > 0 || step.dueDays !== null || step.ownerId !== null
      if (step.isNew && meant)
        issues.addIssue({ code: 'custom', path: ['name'], message: 'Give the step a name, or empty its other fields.' })
      return
    }
    if (step.roles.length === 0 && step.people.length === 0)
      issues.addIssue({ code: 'custom', path: ['roles'], message: 'Say who decides: a role, or somebody by name.' })
    if (step.dueDays === null && (step.remindDays !== null || step.escalateDays !== null))
      issues.addIssue({
        code: 'custom',
        path: ['dueDays'],
        message: 'Reminders and escalation count from the due day: say when it is due.',
      })
    if (step.dueDays !== null && step.remindDays !== null && step.remindDays > step.dueDays)
      issues.addIssue({ code: 'custom', path: ['remindDays'], message: 'That is before the step begins.' })
    if ((step.escalateDays !== null) !== step.escalateTo.length > 0)
      issues.addIssue({ code: 'custom', path: ['escalateTo'], message: 'Escalation needs both: after how many days, and to whom.' })
  })

/** A route as its form says it. Steps without a name are the form's empty ones. */
export const routeInput = z
  .object({
    /** The version that the form was drawn from: what somebody else saved since is not overwritten. */
    seen: z.coerce.number().int().min(0).default(0),
    name: z.string('Give it a name.').trim().min(1, 'Give it a name.').max(80, 'At most 80 characters.'),
    applies: z.enum(['always', 'chosen']).default('always'),
    kinds: several(assetKinds),
    audiences: several(audiences),
    collections: ids(50),
    people: z.enum(yesNo).default('any'),
    aiMade: z.enum(yesNo).default('any'),
    onChanges: z.enum(['END', 'WAIT']).default('END'),
    onNewVersion: z.enum(['RESTART', 'STOP']).default('RESTART'),
    steps: z
      .array(stepInput)
      .default([])
      .transform((steps) => steps.filter(({ name }) => name !== '').map(({ isNew: _, ...step }) => step))
      .refine((steps) => steps.length > 0, 'A route has at least one step: give one a name.')
      .refine((steps) => steps.length <= mostSteps, `At most ${mostSteps} steps.`),
  })
  .transform(({ seen, name, applies, kinds, audiences: shown, collections, people, aiMade, onChanges, onNewVersion, steps }) => ({
    seen,
    name,
    plan: { rule: { applies, kinds, audiences: shown, collections, people, aiMade }, onChanges, onNewVersion, steps } satisfies Plan,
  }))
export type RouteForm = z.input<typeof routeInput>

/** A plan as it lies in the database, written by an earlier edition of this house perhaps. */
export const storedPlan = z.object({
  rule: z.object({
    applies: z.enum(['always', 'chosen']),
    kinds: z.array(z.enum(assetKinds)),
    audiences: z.array(z.enum(audiences)),
    collections: z.array(z.string()),
    people: z.enum(yesNo),
    aiMade: z.enum(yesNo),
  }),
  onChanges: z.enum(['END', 'WAIT']),
  onNewVersion: z.enum(['RESTART', 'STOP']),
  steps: z.array(
    z.object({
      name: z.string(),
      kind: z.enum(stepKinds),
      together: z.boolean(),
      need: z.enum(needs),
      wanted: z.number(),
      roles: z.array(z.enum(decidingRoles)),
      people: z.array(z.string()),
      ownerId: z.string().nullable(),
      dueDays: z.number().nullable(),
      remindDays: z.number().nullable(),
      escalateDays: z.number().nullable(),
      escalateTo: z.array(z.string()),
    }),
  ),
})

export const houseRulesInput = z.object({
  reviewOwnSubmissions: tick,
  holidays: z
    .string()
    .default('')
    .transform((text) => [...new Set(text.split(/[\s,;]+/).filter(Boolean))].sort())
    .refine((list) => list.every(isDay), 'Write days as 2026-12-24, one a line.')
    .refine((list) => list.length <= 400, 'At most 400 days.'),
})
