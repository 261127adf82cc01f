import { z } from 'zod'
import { currencies } from '../kernel/money.ts'
import { limitKinds } from '../rights/rules/scope.ts'
import { industries } from '../rights/rules/vocabulary/industries.ts'
import { media } from '../rights/rules/vocabulary/media.ts'
import { territories } from '../rights/rules/vocabulary/territories.ts'
import type { Vocabulary } from '../rights/rules/vocabulary/vocabulary.ts'
import { royaltyFreeModels } from './rules/models.ts'
import { discounts } from './discount-schema.ts'
import type { PriceBook } from './rules/pricing.ts'

const amount = z.number().int().min(0).max(1_000_000_000)
const bp = z.number().int().min(0).max(100_000_000)
const factors = (words: Vocabulary) =>
  z.record(z.string(), bp).superRefine((record, context) => {
    for (const code of Object.keys(record))
      if (!words.setOf(code)) context.addIssue({ code: 'custom', path: [code], message: `This is no ${words.name} code.` })
  })

const weights = (words: Vocabulary) =>
  z
    .object({ other: bp, leaves: factors(words), whole: factors(words) })
    .refine(
      ({ whole }) => words.groups.filter((code) => whole[code] !== undefined).length <= 6,
      `Price at most six groups of ${words.name}.`,
    )
    .refine(({ whole }) => whole[words.all] !== undefined, `Say what ${words.all} costs.`)

/** Rising, and flatter and flatter: else two short licences would be cheaper than a long one. */
const curve = z
  .object({
    points: z
      .array(z.tuple([z.number().int().min(0), bp]))
      .min(2)
      .max(40),
    open: bp,
  })
  .superRefine(({ points, open }, context) => {
    let slope = Infinity
    points.forEach(([at, bp], i) => {
      const before = points[i - 1]
      if (!before) return
      const next = (bp - before[1]) / (at - before[0])
      if (at <= before[0] || bp < before[1] || next > slope)
        context.addIssue({
          code: 'custom',
          path: ['points', i],
          message: 'Points must rise, and each line be no steeper than the one before.',
        })
      slope = next
    })
    if ((points.at(-1)?.[1] ?? 0) > open)
      context.addIssue({ code: 'custom', path: ['open'], message: 'Without a limit it cannot cost less than with one.' })
  })

const codes = (words: Vocabulary) =>
  z.array(z.string().refine((code) => words.setOf(code) !== undefined, `This is no ${words.name} code.`)).min(1)
const standing = z.object({
  baseMinor: amount,
  scope: z.object({
    media: codes(media),
    territory: z.object({ include: codes(territories), except: codes(territories).optional() }),
    industry: z.union([z.literal('ALL'), codes(industries)]),
    limits: z.partialRecord(z.enum(limitKinds), z.number().int().min(1)).optional(),
  }),
})

/** What may stand in a price book. The properties that buyers rely on (wider never costs less) are conditions here. */
export const priceBook = z.object({
  currency: z.enum(currencies),
  royaltyFree: z.object({ [royaltyFreeModels[0]]: standing, [royaltyFreeModels[1]]: standing }),
  rightsManaged: z.object({ baseMinor: amount }),
  media: weights(media),
  territory: weights(territories),
  industry: weights(industries),
  duration: curve,
  printRun: curve,
  pixels: curve,
  exclusiveBp: bp,
  minimumMinor: amount,
  roundToMinor: z.number().int().min(1).max(100_000),
  rates: z.partialRecord(z.enum(currencies), z.number().int().min(1).max(100_000_000)),
  inCurrency: z
    .partialRecord(
      z.enum(currencies),
      z.object({
        roundToMinor: z.number().int().min(1).max(100_000).optional(),
        minimumMinor: amount.optional(),
        baseMinor: z.partialRecord(z.enum([...royaltyFreeModels, 'RIGHTS_MANAGED']), amount).optional(),
      }),
    )
    .optional(),
  discounts: discounts.optional(),
}) as unknown as z.ZodType<PriceBook>
