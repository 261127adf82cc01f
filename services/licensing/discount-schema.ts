import { z } from 'zod'
import { currencies } from '../kernel/money.ts'
import { isDay } from '../kernel/period.ts'

const bp = z.number().int().min(0).max(10_000)
const minors = z.partialRecord(z.enum(currencies), z.number().int().min(0).max(1_000_000_000))
const day = z.string().refine(isDay, 'Give a day as year-month-day, e.g. 2026-12-31.')
const times = z.number().int().min(1).max(1_000_000).nullable()

const promotionCode = z
  .object({
    code: z.string().regex(/^[A-Z0-9][A-Z0-9-]{2,29}$/, 'A code is three to thirty letters, digits and hyphens.'),
    name: z.string().trim().min(1).max(80),
    bp: bp.min(1).nullable(),
    offMinor: minors,
    from: day,
    until: day.nullable(),
    uses: times,
    usesEach: times,
    leastMinor: minors,
  })
  .refine(({ bp: share, offMinor }) => (share === null) === Object.keys(offMinor).length > 0, {
    path: ['bp'],
    message: 'Give a percentage, or an amount in at least one currency; not both.',
  })
  .refine(({ from, until }) => until === null || from <= until, { path: ['until'], message: 'The last day is before the first.' })

const apart = <T>(keyOf: (one: T) => string | number, message: string) => ({
  check: (rows: readonly T[]) => new Set(rows.map(keyOf)).size === rows.length,
  message,
})
const codesApart = apart<{ code: string }>(({ code }) => code, 'Two codes have the same letters.')
const orgsApart = apart<{ orgId: string }>(({ orgId }) => orgId, 'One company has two agreed rates.')
const tiersApart = apart<{ lines: number }>(({ lines }) => lines, 'Two tiers begin at the same number of licences.')

/** What may stand in the discounts of a price book. */
export const discounts = z.object({
  codes: z.array(promotionCode).max(200).refine(codesApart.check, codesApart.message),
  agreed: z
    .array(z.object({ orgId: z.string().max(64), bp: bp.min(1), note: z.string().max(200) }))
    .max(2_000)
    .refine(orgsApart.check, orgsApart.message),
  volume: z
    .array(z.object({ lines: z.number().int().min(2).max(25), bp: bp.min(1) }))
    .max(10)
    .refine(tiersApart.check, tiersApart.message)
    .refine(
      (tiers) => [...tiers].sort((a, b) => a.lines - b.lines).every((tier, i, all) => i === 0 || tier.bp >= (all[i - 1]?.bp ?? 0)),
      'More licences never give less.',
    ),
  limits: z.object({ RIGHTS_MANAGER: bp, FINANCE: bp }),
})
