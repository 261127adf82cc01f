import { z } from 'zod'
import { assetKinds, audiences } from '../assets/rules/asset-words.ts'
import { actsOn, policyActions, policyClocks, policyFinds } from './rules/policy-rule.ts'

const id = z.string().min(1).max(64)
const many = <T extends z.ZodType>(of: T) =>
  z.preprocess((value) => (value === undefined || value === '' ? [] : [value].flat()), z.array(of))
const tick = z.preprocess((value) => value === 'on' || value === true, z.boolean())
const orNone = z
  .string()
  .trim()
  .max(200)
  .nullish()
  .transform((text) => text || null)

/** The condition of a policy: all of it must hold. Empty lists mean any. */
export const policyRule = z.object({
  states: many(z.enum(policyFinds)).refine((states) => states.length > 0, 'Choose at least one state.'),
  kinds: many(z.enum(assetKinds)),
  audiences: many(z.enum(audiences)),
  collectionId: orNone,
  since: z.enum(policyClocks, 'Choose from what the days are counted.'),
  waitDays: z.coerce
    .number('Write a number of days.')
    .int('Whole days.')
    .min(0, 'Not before it happens.')
    .max(36_500, 'At most a hundred years.'),
  neverLicensed: tick,
  /** One of the house's own fields that must say this: a text, or the id of a term. */
  fieldId: orNone,
  fieldValue: orNone,
})
export type PolicyRule = z.output<typeof policyRule>

export const policyInput = policyRule
  .extend({
    name: z.string('Give it a name.').trim().min(3, 'Give it a name.').max(120, 'At most 120 characters.'),
    action: z.enum(policyActions, 'Choose what is done.'),
    reason: z.string('Say why, in a sentence.').trim().min(3, 'Say why, in a sentence.').max(1000, 'At most 1,000 characters.'),
  })
  .superRefine(({ action, states, fieldId, fieldValue }, issues) => {
    const not = states.filter((state) => !actsOn(action, state))
    if (not.length > 0)
      issues.addIssue({
        code: 'custom',
        path: ['states'],
        message: `That cannot be done with what is ${not.map((state) => state.toLowerCase()).join(' or ')}.`,
      })
    if ((fieldId === null) !== (fieldValue === null))
      issues.addIssue({ code: 'custom', path: ['fieldValue'], message: 'Name the field and what it says, or neither.' })
  })
export type PolicyInput = z.output<typeof policyInput>
/** Whether pictures leave with the rights to them. */
export const expiryInput = z.object({
  on: tick,
  graceDays: z.coerce.number('Write a number of days.').int('Whole days.').min(0, 'Not before they end.').max(365, 'At most a year.'),
})
export const answerInput = z.object({ runId: id, assetId: id, answer: z.enum(['archived', 'kept']) })
