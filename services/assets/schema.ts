import { z } from 'zod'
import { assetKinds, audiences } from './rules/asset-words.ts'
import { assetStateNames } from './rules/asset-states.ts'

const line = (most: number) => z.string().trim().max(most, `At most ${most} characters.`).default('')
const id = z.string().min(1).max(64)
/** Every refusal and every end has its reason, in words that the other side can act on. */
const reason = z.string('Say why, in a sentence.').trim().min(3, 'Say why, in a sentence.').max(1000, 'At most 1,000 characters.')
const tick = z.preprocess((value) => value === 'on' || value === 'true' || value === true, z.boolean())
/** Yes, no, or not yet looked at: three answers, because "not said" must not count as "no". */
const known = z
  .enum(['yes', 'no', 'unknown'])
  .default('unknown')
  .transform((word) => (word === 'unknown' ? null : word === 'yes'))

const keywords = z
  .string()
  .default('')
  .transform((text) => [
    ...new Set(
      text
        .split(/[,;\n]/)
        .map((word) => word.trim())
        .filter(Boolean),
    ),
  ])
  .refine((words) => words.length <= 100, 'At most 100 keywords.')
  .refine((words) => words.every((word) => word.length <= 100), 'A keyword has at most 100 characters.')

export const editAssetInput = z.object({
  assetId: id,
  /** When the page was drawn from the record: a change by somebody else since then is not overwritten. */
  seenAt: z.iso.datetime().optional(),
  title: z.string('Give it a title.').trim().min(1, 'Give it a title.').max(200, 'At most 200 characters.'),
  description: line(5000),
  altText: line(1000),
  keywords,
  creator: line(200),
  creditLine: line(200),
  copyrightNotice: line(500),
  source: line(200),
  sourceUrl: z
    .url({ protocol: /^https?$/, error: 'A web address starts with https:// or http://.' })
    .max(1000)
    .optional()
    .transform((url) => url ?? null),
  dateCreated: z
    .string()
    .trim()
    .regex(/^\d{4}(-\d{2}(-\d{2})?)?$/, 'Write a year, a month or a day: 2026, 2026-11 or 2026-11-21.')
    .optional()
    .transform((day) => day ?? null),
  kind: z.enum(assetKinds),
  audience: z.enum(audiences),
  showsPeople: known,
  showsProperty: known,
  editorialOnly: tick,
  sellsRoyaltyFree: tick,
  sellsRightsManaged: tick,
  /** The base price of the price book times this, in percent on the form. */
  priceFactor: z.coerce.number('Write a number.').min(10, 'At least 10 %.').max(10_000, 'At most 10,000 %.').default(100),
})
export type EditAsset = z.output<typeof editAssetInput>

export const submitAssetInput = z.object({ assetId: id, note: line(1000) })
export const assetInput = z.object({ assetId: id })
export const endAssetInput = z.object({ assetId: id, reason })
export const approveReviewInput = z.object({ reviewId: id, reason: line(1000) })
export const refuseReviewInput = z.object({ reviewId: id, reason })
export const retryVersionInput = z.object({ versionId: id })
export type SubmitAsset = z.output<typeof submitAssetInput>
export type EndAsset = z.output<typeof endAssetInput>

/** The library's filters, as they stand in its address. What cannot be read is no filter. */
export const libraryFilters = z.object({
  state: z.enum(assetStateNames).optional().catch(undefined),
  kind: z.enum(assetKinds).optional().catch(undefined),
  text: z.string().trim().max(200).optional().catch(undefined),
  after: z.string().max(200).optional().catch(undefined),
})
export type LibraryFilters = z.output<typeof libraryFilters>
