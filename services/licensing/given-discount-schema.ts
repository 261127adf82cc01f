import { z } from 'zod'
import { currencies } from '../kernel/money.ts'
import { isDay } from '../kernel/period.ts'

/** A discount as people type it: the address of the picture with the answered questions says what for. */
export const giveDiscountForm = z.object({
  orgId: z.string({ error: 'Choose a customer.' }).min(1, 'Choose a customer.').max(64),
  address: z
    .string({ error: 'Paste the address of the picture with its questions answered.' })
    .trim()
    .max(4_000)
    .regex(/\/assets\/[\w-]{1,64}\?/, 'Paste the address of the picture with its questions answered: it says which licence.'),
  currency: z.enum(currencies),
  percent: z
    .string({ error: 'Say how much, e.g. 12.5.' })
    .trim()
    .regex(/^\d{1,3}([.,]\d{1,2})?$/, 'Write a percentage such as 12.5.')
    .transform((text) => Math.round(Number(text.replace(',', '.')) * 100))
    .refine((bp) => bp >= 1 && bp <= 10_000, 'Between 0.01 and 100 per cent.'),
  reason: z.string({ error: 'Say why, in a few words.' }).trim().min(3, 'Say why, in a few words.').max(500),
  validUntil: z.string({ error: 'Give the last day.' }).refine(isDay, 'Give a day as year-month-day, e.g. 2026-12-31.'),
})

export const decideDiscountForm = z.object({
  verdict: z.enum(['approve', 'refuse', 'withdraw']),
  reason: z.string().trim().max(500).default(''),
})
