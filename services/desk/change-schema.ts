import { z } from 'zod'
import { isDay } from '../kernel/period.ts'
import { restrictionKinds } from '../rights/rules/known.ts'
import { scopeForm, zoneName } from '../rights/schema.ts'
import type { UpstreamChange } from './rules/change.ts'
import { changeSubjects, type ChangeKind } from './rules/change-states.ts'

const askForDay = 'Give a day as year-month-day, e.g. 2026-12-31.'
const day = z.string(askForDay).refine(isDay, askForDay)
const text = (most: number, missing: string) => z.string(missing).trim().min(3, missing).max(most, `At most ${most} characters.`)
const ticked = z
  .boolean()
  .optional()
  .transform((yes) => yes ?? false)

const source = z
  .object({
    by: z.enum(['contract', 'release', 'assets']),
    reference: z.string().trim().max(200).default(''),
    assetIds: z.array(z.string().max(64)).max(2_000, 'Choose at most 2,000 assets, or all that cite the contract.').optional(),
  })
  .transform(({ assetIds, ...rest }) => ({ ...rest, assetIds: assetIds?.length ? assetIds : null }))
  .refine(({ by, reference, assetIds }) => (by === 'assets' ? assetIds !== null : reference !== ''), {
    path: ['reference'],
    message: 'Say which contract, release or assets it is about.',
  })

const words = {
  source,
  zone: zoneName,
  /** For the house's own file. */
  reason: text(500, 'Say what happened, in a few words; it stays in the house’s own file.'),
  /** What holders read in their letters. */
  holderWords: text(500, 'Write the sentence that holders will read.'),
}

export interface DraftChange {
  change: UpstreamChange
  reason: string
  holderWords: string
}

/** The form of each kind of change as a page sends it, read as the change that it stands for. */
export const changeForms: Record<ChangeKind, z.ZodType<DraftChange>> = {
  END_CONTRACT: z
    .object({ ...words, when: z.enum(['at-once', 'day'], { error: 'Say when it ends.' }), lastDay: z.string().optional() })
    .superRefine(({ when, lastDay }, context) => {
      if (when === 'day' && !(lastDay && isDay(lastDay))) context.addIssue({ code: 'custom', path: ['lastDay'], message: askForDay })
    })
    .transform(({ reason, holderWords, source, zone, when, lastDay = null }) => ({
      reason,
      holderWords,
      change: { kind: 'END_CONTRACT', source, zone, lastDay: when === 'day' ? lastDay : null },
    })),
  NARROW_CONTRACT: z
    .object({ ...words, terms: scopeForm, ownUseOnly: ticked })
    .transform(({ reason, holderWords, source, terms, ownUseOnly }) => ({
      reason,
      holderWords,
      change: { kind: 'NARROW_CONTRACT', source, terms, ownUseOnly },
    })),
  WITHDRAW_CONSENT: z.object({ ...words, firstDay: day }).transform(({ reason, holderWords, source, zone, firstDay }) => ({
    reason,
    holderWords,
    change: { kind: 'WITHDRAW_CONSENT', source, zone, firstDay },
  })),
  NARROW_CONSENT: z
    .object({ ...words, terms: scopeForm, withoutAi: ticked, withoutSensitive: ticked })
    .transform(({ reason, holderWords, source, terms, withoutAi, withoutSensitive }) => ({
      reason,
      holderWords,
      change: { kind: 'NARROW_CONSENT', source, terms, withoutAi, withoutSensitive },
    })),
  BAN: z
    .object({
      ...words,
      ban: z.enum(restrictionKinds, 'Choose one.'),
      banReason: text(500, 'Give the reason that refusals will cite.'),
      banReference: z.string().trim().max(200).optional(),
      terms: scopeForm,
    })
    .transform(({ reason, holderWords, source, terms, ban, banReason, banReference }) => ({
      reason,
      holderWords,
      change: { kind: 'BAN', source, ban, reason: banReason, reference: banReference || null, terms },
    })),
}

const decision = z.string().min(1, 'Choose what happens.').max(40)
const note = z.string().trim().max(500, 'At most 500 characters.').default('')

export const decideItemInput = z.object({ no: z.coerce.number().int().min(1).max(1_000_000), decision, note })
export type DecideItem = z.infer<typeof decideItemInput> & { planId: string }

/** Which lines a list shows, and which a decision for many is about. */
export const itemFilter = z.object({
  kind: z.enum(changeSubjects).optional().catch(undefined),
  /** `open` is what is not decided; `failed` what could not be carried out. */
  decision: z.string().max(40).optional().catch(undefined),
  loses: z.enum(['whole', 'part']).optional().catch(undefined),
})
export type ItemFilter = z.infer<typeof itemFilter>

/** `SUGGESTED` takes what the rule proposes for each. */
export const decideManyInput = itemFilter.extend({ verdict: decision, note })
export type DecideMany = z.infer<typeof decideManyInput> & { planId: string }
