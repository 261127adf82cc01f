import { z } from 'zod'
import { isDay, type Day } from '../kernel/period.ts'
import { onLines, onOneLine } from '../kernel/written.ts'
import { shareRights } from './rules/rights.ts'
import { steps } from './rules/order.ts'

const id = z.string().trim().min(1).max(64)
const line = z.string().transform(onOneLine)
const name = line.pipe(z.string().min(1).max(120))
/** Plain text as people type it: line ends alike, nothing that no keyboard makes. */
const text = (most: number) => z.string().transform(onLines).pipe(z.string().max(most))

export const createBoxInput = z.object({ name, note: text(2_000).default('') })
export const editBoxInput = z.object({ name, note: text(2_000).default('') })
export const removeItemsInput = z.object({ assetIds: z.array(id).min(1).max(1_000) })
export const noteItemInput = z.object({ assetId: id, note: text(1_000).default('') })
export const moveItemInput = z
  .object({ assetId: id, step: z.enum(steps).optional(), before: id.optional(), end: z.literal('yes').optional() })
  .refine((move) => [move.step, move.before, move.end].filter(Boolean).length === 1, { message: 'One way to move.' })
export const shareInput = z.object({ userId: id, right: z.enum(shareRights) })
export const linkInput = z.object({
  right: z.enum(['VIEW', 'COMMENT']),
  label: line.pipe(z.string().max(120)).default(''),
  endsOn: z
    .string()
    .refine((day) => isDay(day))
    .transform((day) => day as Day)
    .optional(),
  password: z.string().min(6).max(200).optional(),
})
export const commentInput = z.object({
  body: text(2_000).pipe(z.string().min(1)),
  assetId: id.optional(),
  parentId: id.optional(),
  mentions: z.array(id).max(20).default([]),
})
export const guestNameInput = line.pipe(z.string().min(1).max(80))
export const editCommentInput = z.object({ commentId: id, body: text(2_000).pipe(z.string().min(1)) })

export type CreateBox = z.output<typeof createBoxInput>
export type MoveItem = z.output<typeof moveItemInput>
export type MakeLink = z.output<typeof linkInput>
export type WriteComment = z.output<typeof commentInput>
