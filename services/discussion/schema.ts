import { z } from 'zod'
import { markSchema, readTime, type Mark } from './rules/marks.ts'
import { longestComment, threadStateNames } from './rules/threads.ts'

const id = z.string().trim().min(1).max(64)
/** Plain text as people type it: line ends alike, nothing that no keyboard makes. */
const body = z
  .string('Write something first.')
  .transform((words) =>
    words
      .replace(/\r\n?/g, '\n')
      .replace(/[^\P{Cc}\n\t]/gu, '')
      .trim(),
  )
  .pipe(z.string().min(1, 'Write something first.').max(longestComment, 'At most 4,000 characters.'))
/** A form holds it as JSON; the canvas writes it. */
const mark = z
  .string()
  .max(16_000)
  .optional()
  .transform((text, context): Mark | null => {
    if (!text?.trim()) return null
    let given: unknown
    try {
      given = JSON.parse(text)
    } catch {
      given = undefined
    }
    const read = markSchema.safeParse(given)
    if (read.success) return read.data
    context.addIssue({ code: 'custom', message: 'The mark cannot be read. Draw it again.' })
    return z.NEVER
  })
const chosen = z.array(id).max(50).default([])
const tick = z.preprocess((value) => value === 'on' || value === 'yes' || value === true, z.boolean())

/** A moment as it is typed, and a page: what can be marked without drawing. */
const moment = z
  .string()
  .trim()
  .optional()
  .transform((text, context) => {
    if (!text) return undefined
    const ms = readTime(text)
    if (ms !== null) return ms
    context.addIssue({ code: 'custom', message: 'Write a time as 1:05 or 65.' })
    return z.NEVER
  })
export const openThreadInput = z
  .object({
    versionId: id,
    body,
    mark,
    mentions: chosen,
    page: z.coerce.number().int().min(1).max(100_000).optional(),
    from: moment,
    to: moment,
  })
  .transform(({ mark, page, from, to, ...input }, context): typeof input & { mark: Mark | null } => {
    const pointed = {
      ...mark,
      ...(page !== undefined && { page }),
      ...(from !== undefined && { time: { from, ...(to !== undefined && to > from && { to }) } }),
    }
    if (Object.keys(pointed).length === 0) return { ...input, mark: null }
    const read = markSchema.safeParse(pointed)
    if (read.success) return { ...input, mark: read.data }
    context.addIssue({ code: 'custom', message: 'The mark cannot be read.' })
    return z.NEVER
  })
export const answerInput = z.object({
  threadId: id,
  body,
  mentions: chosen,
  versionId: id.optional(),
  /** What its writer saw. */
  seen: z.enum(threadStateNames).optional(),
  reopen: tick.default(false),
})
export const resolveInput = z.object({ threadId: id, lastSeenId: id.optional() })
export const editCommentInput = z.object({ commentId: id, body, mentions: chosen, seenAt: z.iso.datetime().optional() })
export const commentInput = z.object({ commentId: id })
export const carryInput = z.object({ threadIds: z.array(id).min(1).max(100), toVersionId: id })
export const muteInput = z.object({ threadId: id, muted: z.enum(['yes', 'no']).transform((word) => word === 'yes') })

export const shownThreads = ['open', 'resolved', 'mine', 'all'] as const
export type Shown = (typeof shownThreads)[number]
/** What the address of a page asks for; what cannot be read is not asked for. */
export const askedDiscussion = z.object({
  show: z.enum(shownThreads).catch('open'),
  version: z.coerce.number().int().min(1).max(1_000_000).optional().catch(undefined),
  thread: id.optional().catch(undefined),
  from: z.coerce.number().int().min(1).max(1_000_000).optional().catch(undefined),
})
export type AskedDiscussion = z.output<typeof askedDiscussion>
export type OpenThread = z.output<typeof openThreadInput>
export type Answer = z.output<typeof answerInput>
export type EditComment = z.output<typeof editCommentInput>
