import { z } from 'zod'
import { isDay } from '../kernel/period.ts'
import { releaseKinds, releaseStatuses, restrictionKinds } from './rules/known.ts'
import { limitKinds, type ScopeTerms } from './rules/scope.ts'
import { industries, sensitiveIndustries } from './rules/vocabulary/industries.ts'
import { media } from './rules/vocabulary/media.ts'
import { territories } from './rules/vocabulary/territories.ts'
import type { Vocabulary } from './rules/vocabulary/vocabulary.ts'

const codes = (words: Vocabulary) =>
  z
    .array(z.string().max(40))
    .max(400)
    .superRefine((list, context) => {
      for (const code of list) if (!words.setOf(code)) context.addIssue({ code: 'custom', message: `There is no ${words.name} “${code}”.` })
    })
const someCodes = (words: Vocabulary) => codes(words).refine((list) => list.length > 0, `Choose at least one ${words.name}.`)

const askForDay = 'Give a day as year-month-day, e.g. 2026-12-31.'
const day = z.string(askForDay).refine(isDay, askForDay)
/** The name of a time zone, as forms send it. */
export const zoneName = z
  .string()
  .max(60)
  .refine((name) => {
    try {
      return Boolean(new Intl.DateTimeFormat('en', { timeZone: name }))
    } catch {
      return false
    }
  }, 'There is no such time zone.')
const count = z.number().int().min(1).max(1_000_000_000_000)

const limits = z
  .object(
    Object.fromEntries(limitKinds.map((kind) => [kind, count.optional()])) as Record<
      (typeof limitKinds)[number],
      z.ZodOptional<typeof count>
    >,
  )
  .strict()

const scopeFields = {
  media: someCodes(media),
  territory: z.object({ include: someCodes(territories), except: codes(territories).optional() }),
  industry: z.union([z.literal('ALL'), someCodes(industries)]),
  from: day,
  until: day.nullable(),
  zone: zoneName,
  limits: limits.optional(),
}
const inOrder = (terms: { from: string; until: string | null }) => terms.until === null || terms.until >= terms.from
const someLand = (terms: { territory: { include: string[]; except?: string[] | undefined } }) => {
  const except = terms.territory.except ?? []
  // No codes and unknown ones have their own message already.
  if (terms.territory.include.length === 0) return true
  if ([...terms.territory.include, ...except].some((code) => !territories.setOf(code))) return true
  return !territories.resolve(terms.territory.include).difference(territories.resolve(except)).isEmpty
}

/** A scope as people agree on it; shared by forms, carts, jobs and the API. Unknown codes, reversed spans and empty places are refused with a sentence. */
export const scopeTerms: z.ZodType<ScopeTerms> = z
  .object({ ...scopeFields, exclusive: z.boolean() })
  .refine(inOrder, { path: ['until'], message: 'The last day is before the first.' })
  .refine(someLand, { path: ['territory', 'except'], message: 'Nothing is left of the territory.' }) as unknown as z.ZodType<ScopeTerms>

/** The same scope as a form sends it: what is left out stands for all industries, no end, not exclusive. */
export const scopeForm = z
  .object({
    media: z.array(z.string()).default([]),
    territory: z.object({ include: z.array(z.string()).default([]), except: z.array(z.string()).optional() }).default({ include: [] }),
    industry: z.array(z.string()).optional(),
    from: z.string().optional(),
    until: z.string().optional(),
    zone: z.string(),
    exclusive: z.boolean().optional(),
    limits: z.object({ printRun: z.number().optional(), pixels: z.number().optional() }).optional(),
  })
  .transform(({ industry, until, exclusive, limits, ...rest }): unknown => ({
    ...rest,
    industry: industry?.length ? industry : ('ALL' as const),
    until: until || null,
    exclusive: exclusive ?? false,
    ...(limits && Object.values(limits).some((most) => most !== undefined) ? { limits } : {}),
  }))
  .pipe(scopeTerms)

const askForText = 'Fill in this field.'
const text = (most: number) => z.string(askForText).trim().min(1, askForText).max(most)

const proposal = z.string().max(64).optional()

export const addAcquisition = z.object({
  assetId: z.string(),
  contract: text(200),
  licensor: text(200),
  terms: scopeTerms,
  subLicensable: z.boolean(),
  /** Replaces this row, in the same step: the two are never both current. */
  replaces: z.string().optional(),
  /** What a file said, and is written down by this. */
  proposal,
})
export type AddAcquisition = z.infer<typeof addAcquisition>

const sensitiveCodes = industries.leaves.filter(({ no }) => sensitiveIndustries.has(no)).map(({ code }) => code)
const releaseFields = z.object({
  assetId: z.string(),
  kind: z.enum(releaseKinds, 'Choose one.'),
  status: z.enum(releaseStatuses, 'Choose one.'),
  reference: text(200),
  terms: scopeTerms,
  replaces: z.string().optional(),
  proposal,
  /** Of a child, and who signed for it. */
  minor: z.boolean().optional(),
  guardian: z.string().trim().max(200).optional(),
  /** What needs a word of its own: AI, and the sensitive industries that the paper names. */
  aiUses: z.boolean().optional(),
  sensitive: codes(industries)
    .refine((list) => list.every((code) => sensitiveCodes.includes(code)), 'Name sensitive industries only: the others are in the scope.')
    .optional(),
})
interface Consent {
  minor?: boolean | undefined
  guardian?: string | undefined
  sensitive?: string[] | undefined
}
/** What holds between the answers: a child cannot consent, and nobody can consent for it to everything. */
function consentHolds({ minor, guardian, sensitive = [] }: Consent, context: z.RefinementCtx): void {
  if (!minor) return
  if (!guardian) context.addIssue({ code: 'custom', path: ['guardian'], message: 'Name the guardian who signed for the child.' })
  if (sensitive.length > 0)
    context.addIssue({ code: 'custom', path: ['sensitive'], message: 'Nobody can consent to sensitive subjects for a child. Untick them.' })
}

export const addRelease = releaseFields.superRefine(consentHolds)
export type AddRelease = z.infer<typeof addRelease>

export const imposeRestriction = z.object({
  assetId: z.string(),
  kind: z.enum(restrictionKinds, 'Choose one.'),
  reason: text(500),
  reference: z.string().trim().max(200).optional(),
  terms: scopeTerms,
  replaces: z.string().optional(),
  proposal,
})
export type ImposeRestriction = z.infer<typeof imposeRestriction>

export const endRow = z.object({ id: z.string(), reason: text(500) })
export type EndRow = z.infer<typeof endRow>

const ticked = z
  .boolean()
  .optional()
  .transform((yes) => yes ?? false)

export const acquisitionForm = addAcquisition.omit({ assetId: true }).extend({ terms: scopeForm, subLicensable: ticked })
export const releaseForm = releaseFields.omit({ assetId: true }).extend({ terms: scopeForm }).superRefine(consentHolds)
export const restrictionForm = imposeRestriction.omit({ assetId: true }).extend({ terms: scopeForm })
export const reasonForm = endRow.pick({ reason: true })

/** What a person says of another shop's sale: it stands beside what it runs into, it is asked for again, or it is over there. */
export const saleDecisions = ['accept', 'retry', 'end'] as const
export type SaleDecision = (typeof saleDecisions)[number]
export const importedSaleForm = z.object({ decision: z.enum(saleDecisions, 'Choose one of the ways.'), note: text(500) })

export const setAsideInput = z.object({
  proposalId: z.string().min(1).max(64),
  reason: z.string('Say why, in a sentence.').trim().min(3, 'Say why, in a sentence.').max(500, 'At most 500 characters.'),
  /** Of all files that say the very same. */
  alsoSame: ticked,
})
export type SetAside = z.output<typeof setAsideInput>
