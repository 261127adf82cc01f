import { z } from 'zod'

const text = z.string().min(1)
const url = z.url()
const day = z.iso.date()
const name = text.nullable()
const house = { houseName: text }

/** What each letter must be told. Checked before a letter is written, so that none leaves with a hole in it. */
export const letterProps = {
  invitation: z.object({ name, inviterName: text, orgName: text, houseName: text, url, expiresAt: z.iso.datetime() }),
  'password-reset': z.object({ name: text, url, expiresAt: z.iso.datetime() }),
  welcome: z.object({ name: text, orgName: text, url }),
  'order-receipt': z.object({
    ...house,
    name,
    orderNumber: text,
    total: text,
    net: text,
    tax: text.nullable(),
    invoiceUrl: url.nullable(),
    url,
    lines: z
      .array(z.object({ title: text, summary: z.string(), price: text, licenceNumber: text.nullable(), licenceUrl: url.nullable() }))
      .min(1),
  }),
  'order-conflict': z.object({
    ...house,
    name,
    orderNumber: text,
    amount: text,
    lines: z.array(z.object({ title: text, price: text })).min(1),
    url,
  }),
  'refund-done': z.object({
    ...house,
    name,
    orderNumber: text,
    amount: text,
    reason: z.string(),
    conflict: z.boolean(),
    licencesEnd: z.boolean(),
    url,
  }),
  'licence-granted': z.object({ ...house, name, assetTitle: text, licenceNumber: text, until: day.nullable(), url }),
  'kit-granted': z.object({ ...house, name, kitTitle: text, until: day.nullable(), url }),
  'request-received': z.object({ ...house, name, personName: text, orgName: text, assetTitle: text, purpose: z.string(), url }),
  'request-granted': z.object({
    ...house,
    name,
    assetTitle: text,
    licenceNumber: text,
    until: day.nullable(),
    reason: text.nullable(),
    url,
  }),
  'request-refused': z.object({ ...house, name, assetTitle: text, reason: text.nullable(), url }),
  'wait-answered': z.object({ ...house, name, assetTitle: text, scope: text, outcome: z.enum(['free', 'gone']), url }),
  'desk-week': z.object({
    ...house,
    name,
    total: z.number().int().min(0),
    critical: z.number().int().min(0),
    serious: z.number().int().min(0),
    mine: z.number().int().min(0),
    lines: z.array(z.object({ title: text, detail: z.string(), when: text, url })).min(1),
    url,
  }),
  'review-requested': z.object({ ...house, name, assetTitle: text, personName: text, note: z.string(), url }),
  'review-decided': z.object({
    ...house,
    name,
    assetTitle: text,
    decision: z.enum(['approved', 'changes-asked', 'rejected']),
    reason: text.nullable(),
    url,
  }),
  'licence-ending': z.object({
    ...house,
    name,
    title: text,
    licenceNumber: text.nullable(),
    days: z.number().int().min(0),
    lastDay: day,
    url,
  }),
  'licence-ended': z.object({
    ...house,
    name,
    title: text,
    licenceNumber: text.nullable(),
    why: z.enum(['expired', 'revoked', 'refunded', 'superseded']),
    reason: text.nullable(),
    url,
  }),
  'licence-part-lost': z.object({
    ...house,
    name,
    title: text,
    licenceNumber: text,
    suspended: z.boolean(),
    whole: z.boolean(),
    /** The first day without it; null where it is gone already. */
    from: day.nullable(),
    parts: z.array(text).min(1),
    said: text,
    url,
  }),
}
export type LetterName = keyof typeof letterProps
export type LetterProps = { [N in LetterName]: z.infer<(typeof letterProps)[N]> }
export const isLetterName = (name: string): name is LetterName => Object.hasOwn(letterProps, name)

/** Letters whose address is itself a key to an account: what they were told is forgotten once they have left. */
export const confidentialLetters: readonly LetterName[] = ['invitation', 'password-reset']
