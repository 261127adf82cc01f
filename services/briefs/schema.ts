import { z } from 'zod'
import { isDay, type Day } from '../kernel/period.ts'
import { onLines, onOneLine } from '../kernel/written.ts'

const line = (most: number) => z.string().transform(onOneLine).pipe(z.string().max(most))
const text = (most: number) => z.string().transform(onLines).pipe(z.string().max(most))
const day = z
  .string()
  .refine((words) => isDay(words))
  .transform((words) => words as Day)
const id = z.string().trim().min(1).max(64)

/** Addresses, one a line; only such as a person may follow. */
const links = text(4000)
  .default('')
  .transform((words) =>
    words
      .split('\n')
      .map((each) => each.trim())
      .filter(Boolean),
  )
  // Said of the whole field: a page has no place for what is wrong with its third line.
  .refine((each) => each.every((address) => address.length <= 500 && z.url({ protocol: /^https?$/ }).safeParse(address).success), {
    message: 'Write whole addresses that begin with https://, one a line.',
  })
  .pipe(z.array(z.string()).max(20))
/** Addresses of assets, or their ids, one a line. A line that names none is kept: the desk says that it is not to be found. */
const references = text(4000)
  .default('')
  .transform((words) => [
    ...new Set(
      words
        .split('\n')
        .map((each) => each.trim())
        .filter(Boolean)
        .flatMap((each) => each.match(/ast_[0-9a-z]{26}/g) ?? [each.slice(0, 64)]),
    ),
  ])
  .pipe(z.array(id).max(40))

export const askBriefForm = z.object({
  title: line(160).pipe(z.string().min(1)),
  outcome: text(6000).pipe(z.string().min(1)),
  placement: line(500).default(''),
  dueOn: day.optional(),
  budget: z.coerce.number().min(0).max(10_000_000).optional(),
  links,
  references,
})
export type AskBrief = z.output<typeof askBriefForm>

/** One verb of a brief's page. */
export const moveBriefForm = z.discriminatedUnion('verb', [
  z.object({ verb: z.literal('accept'), words: text(2000).default('') }),
  z.object({ verb: z.literal('decline'), words: text(2000).pipe(z.string().min(1)) }),
  z.object({ verb: z.literal('assign'), to: z.string().regex(/^(?:usr|gln)_[0-9a-z]{26}$/), words: text(2000).default('') }),
  z.object({ verb: z.literal('start') }),
  z.object({ verb: z.literal('deliver'), words: text(2000).default('') }),
  z.object({ verb: z.literal('approve'), words: text(2000).default('') }),
  z.object({ verb: z.literal('askChanges'), words: text(2000).pipe(z.string().min(1)) }),
  z.object({ verb: z.literal('close'), words: text(2000).default('') }),
  z.object({ verb: z.literal('cancel'), words: text(2000).default('') }),
])
export const noteBriefForm = z.object({ body: text(4000).pipe(z.string().min(1)), desk: z.literal('on').optional() })
export const addDeliveryForm = z.object({ assets: references.pipe(z.array(id).min(1)) })
