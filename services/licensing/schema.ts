import { z } from 'zod'
import { isDay } from '../kernel/period.ts'
import { media } from '../rights/rules/vocabulary/media.ts'
import { territories } from '../rights/rules/vocabulary/territories.ts'
import { scopeTerms } from '../rights/schema.ts'

const reason = z.string().trim().min(3, 'Say why, in a few words.').max(1000)

export const licenceDecision = z.object({ licenceId: z.string().max(64), reason })
export type LicenceDecision = z.infer<typeof licenceDecision>

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
  .superRefine(({ places, country, from, until }, context) => {
    if (places.length === 0 && !country)
      context.addIssue({ code: 'custom', path: ['places'], message: 'Choose at least one region or country.' })
    if (until < from) context.addIssue({ code: 'custom', path: ['until'], message: 'The last day is before the first.' })
  })
export type FourQuestions = z.infer<typeof fourQuestions>

/** The answers as the terms that the rights desk decides on: non-exclusive, for every industry. */
export const asGrantWish = ({ assetId, purpose, media: uses, places, country, from, until, zone }: FourQuestions): AskForGrant =>
  askForGrantInput.parse({
    assetId,
    purpose,
    terms: {
      media: uses,
      territory: { include: [...new Set([...places, ...(country ? [country] : [])])] },
      industry: 'ALL',
      from,
      until,
      zone,
      exclusive: false,
    },
  })

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
  .refine(({ from, until }) => !until || until >= from, { path: ['until'], message: 'The last day is before the first.' })
export type KitGrantForm = z.infer<typeof kitGrantForm>

/** The form as the terms of a grant: non-exclusive, every industry. */
export const asKitGrant = (kitId: string, { orgId, media: uses, places, from, until, zone }: KitGrantForm): GrantKit =>
  grantKitInput.parse({
    kitId,
    orgId,
    terms: { media: uses, territory: { include: places }, industry: 'ALL', from, until: until ?? null, zone, exclusive: false },
  })
