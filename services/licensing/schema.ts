import { z } from 'zod'
import { isDay } from '../kernel/period.ts'
import { media } from '../rights/rules/vocabulary/media.ts'
import { territories } from '../rights/rules/vocabulary/territories.ts'
import type { ScopeTerms } from '../rights/rules/scope.ts'
import { scopeTerms } from '../rights/schema.ts'

const reason = z.string().trim().min(3, 'Say why, in a few words.').max(1000)

export const licenceDecision = z.object({ licenceId: z.string().max(64), reason })
export type LicenceDecision = z.infer<typeof licenceDecision>

/** What becomes of the licence that a revoked one had widened. */
export const narrowerFates = ['returns', 'stays-ended'] as const
export const revokeDecision = licenceDecision.extend({ narrower: z.enum(narrowerFates).optional() })
export type RevokeDecision = z.infer<typeof revokeDecision>

export const askForGrantInput = z.object({
  assetId: z.string().max(64),
  purpose: z.string().trim().min(3, 'Say what you need it for.').max(2000),
  terms: scopeTerms,
})
export type AskForGrant = z.infer<typeof askForGrantInput>

const day = z.string().refine(isDay, 'Give a day as year-month-day, e.g. 2026-12-31.')
const codes = z.array(z.string().max(40)).max(400)

const spanInOrder = ({ from, until }: { from?: string | undefined; until?: string | undefined }) => !from || !until || from <= until

/** What is left of a wish; what is not named is granted as asked. */
export const grantRequestFields = z
  .object({
    media: codes.optional(),
    territory: codes.optional(),
    from: day.optional(),
    until: day.optional(),
    /** Grant it, but not exclusively. */
    plain: z.boolean().optional(),
    reason: z.string().trim().max(1000).optional(),
  })
  .refine(spanInOrder, { path: ['until'], message: 'The last day is before the first.' })
export type GrantRequestInput = z.infer<typeof grantRequestFields> & { requestId: string }

export const refuseRequestInput = z.object({ requestId: z.string().max(64), reason })
export type RefuseRequest = z.infer<typeof refuseRequestInput>

export const withdrawRequestInput = z.object({ requestId: z.string().max(64) })
export type WithdrawRequest = z.infer<typeof withdrawRequestInput>

export const grantKitInput = z.object({ kitId: z.string().max(64), orgId: z.string().max(64), terms: scopeTerms })
export type GrantKit = z.infer<typeof grantKitInput>

export const revokeKitGrantInput = z.object({ kitGrantId: z.string().max(64), reason })
export type RevokeKitGrant = z.infer<typeof revokeKitGrantInput>

const dayOrSay = (missing: string) => z.string({ error: missing }).refine(isDay, 'Give a day as year-month-day, e.g. 2026-12-31.')
const known = (knows: (code: string) => unknown, what: string) =>
  z
    .string()
    .max(40)
    .refine((code) => Boolean(knows(code)), `Choose a ${what} from the list.`)

interface PlainScope {
  media: string[]
  places: string[]
  country?: string | undefined
  from: string
  until?: string | undefined
  zone: string
}

/** Plain answers as a scope: non-exclusive, for every industry. */
const plainTerms = ({ media: uses, places, country, from, until, zone }: PlainScope): ScopeTerms => ({
  media: uses,
  territory: { include: [...new Set([...places, ...(country ? [country] : [])])] },
  industry: 'ALL',
  from,
  until: until ?? null,
  zone,
  exclusive: false,
})

/** What a scope as a whole must keep, beyond what each answer must. */
function holds(answers: PlainScope, context: z.RefinementCtx): void {
  if (answers.places.length === 0 && !answers.country)
    context.addIssue({ code: 'custom', path: ['places'], message: 'Choose at least one region or country.' })
  else if (answers.until && answers.until < answers.from)
    context.addIssue({ code: 'custom', path: ['until'], message: 'The last day is before the first.' })
  else if (!scopeTerms.safeParse(plainTerms(answers)).success)
    context.addIssue({ code: 'custom', message: 'These answers make no scope. Start again from the page.' })
}

/** The four questions of the request form: what for, where does it appear, in which countries, from when to when. */
export const fourQuestions = z
  .object({
    assetId: z.string().max(64),
    purpose: z.string({ error: 'Say what you want to make with it.' }).trim().min(3, 'Say what you want to make with it.').max(2000),
    media: z.array(known(media.setOf, 'use')).min(1, 'Choose at least one place where it appears.').max(20),
    places: z.array(known(territories.setOf, 'region')).max(20),
    country: known(territories.setOf, 'country').optional(),
    from: dayOrSay('Give the first day.'),
    until: dayOrSay('Give the last day.'),
    zone: z.string().max(60),
  })
  .superRefine(holds)
export type FourQuestions = z.infer<typeof fourQuestions>

/** The answers as the wish that the rights desk decides on. */
export const asGrantWish = ({ assetId, purpose, ...scope }: FourQuestions): AskForGrant => ({ assetId, purpose, terms: plainTerms(scope) })

/** What the grant form asks: whom, for which uses, where, from when to when. */
export const kitGrantForm = z
  .object({
    orgId: z.string({ error: 'Choose a partner.' }).max(64),
    media: z.array(known(media.setOf, 'use')).min(1, 'Choose at least one use.'),
    places: z.array(known(territories.setOf, 'region')).min(1, 'Choose at least one region.'),
    from: dayOrSay('Give the first day.'),
    until: day.optional(),
    zone: z.string().max(60),
  })
  .superRefine(holds)
export type KitGrantForm = z.infer<typeof kitGrantForm>

/** The form as the grant that the rights desk gives. */
export const asKitGrant = (kitId: string, { orgId, ...scope }: KitGrantForm): GrantKit => ({ kitId, orgId, terms: plainTerms(scope) })
