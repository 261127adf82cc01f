import { z } from 'zod'

const text = z.string().min(1)
const url = z.url()
const day = z.iso.date()
const name = text.nullable()
/** Of the one who reads it, as far as anybody knows. Letters to the staff have none: the desks are English. */
const language = z.enum(['en', 'de']).default('en')
const house = { houseName: text }

/** What each letter must be told. Checked before a letter is written, so that none leaves with a hole in it. */
export const letterProps = {
  invitation: z.object({ language, name, inviterName: text, orgName: text, houseName: text, url, expiresAt: z.iso.datetime() }),
  'password-reset': z.object({ language, name: text, url, expiresAt: z.iso.datetime() }),
  welcome: z.object({ language, name: text, orgName: text, url }),
  'order-receipt': z.object({
    ...house,
    language,
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
    language,
    name,
    orderNumber: text,
    amount: text,
    lines: z.array(z.object({ title: text, price: text })).min(1),
    url,
  }),
  'refund-done': z.object({
    ...house,
    language,
    name,
    orderNumber: text,
    amount: text,
    reason: z.string(),
    conflict: z.boolean(),
    licencesEnd: z.boolean(),
    url,
  }),
  'licence-granted': z.object({ ...house, language, name, assetTitle: text, licenceNumber: text, until: day.nullable(), url }),
  'kit-granted': z.object({ ...house, language, name, kitTitle: text, until: day.nullable(), url }),
  'request-received': z.object({ ...house, name, personName: text, orgName: text, assetTitle: text, purpose: z.string(), url }),
  'request-granted': z.object({
    ...house,
    language,
    name,
    assetTitle: text,
    licenceNumber: text,
    until: day.nullable(),
    reason: text.nullable(),
    url,
  }),
  'request-refused': z.object({ ...house, language, name, assetTitle: text, reason: text.nullable(), url }),
  'wait-answered': z.object({
    ...house,
    language,
    name,
    assetTitle: text,
    scope: text,
    outcome: z.enum(['free', 'gone']),
    /** The licence that the wish was to widen, and whether it is still in force. */
    widens: z.object({ number: text, runs: z.boolean() }).nullable(),
    url,
  }),
  'saved-search': z.object({
    ...house,
    name,
    language,
    searchName: text,
    total: z.number().int().min(1),
    /** There may be more than were looked at. */
    more: z.boolean(),
    pictures: z
      .array(z.object({ title: text, creator: z.string(), src: url.nullable(), width: z.number(), height: z.number(), url }))
      .min(1),
    url,
    manageUrl: url,
    /** The page that stops these letters; and where a mail program does it by itself. */
    stopPage: url,
    stopUrl: url,
  }),
  'comp-ending': z.object({
    ...house,
    name,
    language,
    title: text,
    licenceNumber: text,
    days: z.number().int().min(0),
    url,
    licenceUrl: url,
  }),
  'lightbox-comments': z.object({
    ...house,
    name,
    language,
    /** `mention`: somebody named the reader; `digest`: what was said in the reader's box since the last letter. */
    kind: z.enum(['mention', 'digest']),
    boxName: text,
    total: z.number().int().min(1),
    /** `guest`: somebody without an account, by the name that they gave. */
    comments: z.array(z.object({ author: text, guest: z.boolean().default(false), body: text })).min(1),
    url,
  }),
  'discussion-comment': z.object({
    ...house,
    name,
    kind: z.enum(['mention', 'reply']),
    personName: text,
    assetTitle: text,
    version: z.number().int().min(1),
    /** Where in the picture, the document or the film, in words; none where it is about the whole. */
    place: z.string(),
    body: text,
    url,
  }),
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
  'review-requested': z.object({
    ...house,
    name,
    assetTitle: text,
    personName: text,
    step: text.default('Review'),
    due: text.nullish().transform((value) => value ?? null),
    note: z.string(),
    url,
  }),
  'review-task': z.object({
    ...house,
    name,
    kind: z.enum(['due', 'escalated', 'unattended', 'freed', 'stranded', 'handed-on', 'consulted', 'answered']),
    assetTitle: text,
    step: text,
    due: text.nullable(),
    /** Who hands on, asks or answers; of an escalation, for whom it waits. */
    personName: text.nullable(),
    words: z.string(),
    url,
  }),
  'review-stand-in': z.object({ ...house, name, personName: text, from: text, until: text, url }),
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
    language,
    name,
    title: text,
    licenceNumber: text.nullable(),
    days: z.number().int().min(0),
    lastDay: day,
    url,
  }),
  'licence-ended': z.object({
    ...house,
    language,
    name,
    title: text,
    licenceNumber: text.nullable(),
    why: z.enum(['expired', 'revoked', 'refunded', 'superseded']),
    reason: text.nullable(),
    url,
  }),
  'guest-receipt': z.object({
    ...house,
    language,
    name: text,
    linkName: text,
    total: z.number().int().min(1),
    files: z.array(z.object({ title: text, size: text, sha256: text })).min(1),
    declared: z.array(z.string()),
    url,
  }),
  'guest-files': z.object({
    ...house,
    name,
    senderName: text,
    linkName: text,
    total: z.number().int().min(1),
    /** Of these the library had the bytes. */
    known: z.number().int().min(0),
    papers: z.number().int().min(0),
    declared: z.string(),
    url,
  }),
  'brief-asked': z.object({ ...house, name, personName: text, orgName: text, briefTitle: text, outcome: text, due: text.nullable(), url }),
  'life-notice': z.object({
    ...house,
    name,
    kind: z.enum(['not-published', 'policy-waits', 'policy-found']),
    title: text,
    said: z.string(),
    url,
  }),
  'brief-step': z.object({
    ...house,
    language,
    name,
    kind: z.enum(['accepted', 'declined', 'assigned', 'delivered', 'closed', 'cancelled', 'note']),
    title: text,
    said: z.string(),
    url,
  }),
  'brief-work': z.object({
    ...house,
    name,
    kind: z.enum(['assigned', 'changes-asked', 'approved', 'cancelled', 'note', 'week', 'tomorrow', 'today', 'late']),
    briefTitle: text,
    personName: text,
    due: text.nullable(),
    words: z.string(),
    url,
  }),
  'licence-part-lost': z.object({
    ...house,
    language,
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
