import { z } from 'zod'
import { assetKinds, audiences } from './rules/asset-words.ts'
import { assetStateNames } from './rules/asset-states.ts'
import { readKeywords } from './rules/keyword-line.ts'
import { writtenAnew, type SheetField, type SheetWords } from './rules/sheet-words.ts'

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
  .transform((text) => readKeywords(text))
  .refine((words) => words.length <= 100, 'At most 100 keywords.')
  .refine((words) => words.every((word) => word.length <= 100), 'A keyword has at most 100 characters.')

export const editAssetInput = z.object({
  assetId: id,
  /** When the page was drawn from the record: a change by somebody else since then is not overwritten. */
  seenAt: z.iso.datetime().optional(),
  title: z.string('Give it a title.').trim().min(1, 'Give it a title.').max(200, 'At most 200 characters.'),
  description: line(5000),
  altText: line(1000),
  /** IPTC's extended description. Not sent: it stays as it is. */
  extendedDescription: z.string().trim().max(5000, 'At most 5,000 characters.').optional(),
  extendedShown: tick,
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
  /** The house's own fields by their ids, as they were written; read by their schema, where the form showed them. */
  own: z.record(z.string().max(64), z.union([z.string().max(5000), z.array(z.string().max(200)).max(200)]).optional()).default({}),
  ownShown: tick,
})
export type EditAsset = z.output<typeof editAssetInput>

/** An asset on a sheet: what stood there when it was drawn, what was written, and what of that differs as the record takes it. */
export interface SheetRow {
  assetId: string
  was: SheetWords
  written: SheetWords
  read: Partial<Pick<EditAsset, SheetField>>
}
export interface FillSheet {
  rows: readonly SheetRow[]
}
/** Reads what was written anew, by the rules of the record's form; what was left alone is not judged. */
export function readSheetRow(
  assetId: string,
  was: SheetWords,
  written: SheetWords,
): { row: SheetRow } | { problems: Partial<Record<SheetField, string[]>> } {
  const read: Record<string, unknown> = {}
  const problems: Partial<Record<SheetField, string[]>> = {}
  for (const field of writtenAnew(was, written)) {
    const parsed = editAssetInput.shape[field].safeParse(written[field])
    if (parsed.success) read[field] = parsed.data
    else problems[field] = parsed.error.issues.map(({ message }) => message)
  }
  return Object.keys(problems).length > 0 ? { problems } : { row: { assetId, was, written, read: read as SheetRow['read'] } }
}

export const assetInput = z.object({ assetId: id })
export const endAssetInput = z.object({ assetId: id, reason })
export const retryVersionInput = z.object({ versionId: id })
export const noteVersionInput = z.object({ versionId: id, note: line(1000) })
/** `seen…`: what was current and live on the page on which somebody chose. */
export const rollBackInput = z.object({ assetId: id, versionId: id, reason, seenCurrentId: id, seenLiveId: id.optional() })
export type NoteVersion = z.output<typeof noteVersionInput>
export type RollBack = z.output<typeof rollBackInput>
export type EndAsset = z.output<typeof endAssetInput>

/** The library's filters, as they stand in its address. What cannot be read is no filter. */
export const libraryFilters = z.object({
  state: z.enum(assetStateNames).optional().catch(undefined),
  kind: z.enum(assetKinds).optional().catch(undefined),
  text: z.string().trim().max(200).optional().catch(undefined),
  after: z.string().max(200).optional().catch(undefined),
})
export type LibraryFilters = z.output<typeof libraryFilters>

export const addSidecarInput = z.object({
  assetId: id,
  fileName: z.string().trim().min(1).max(255),
  packet: z.string().min(20, 'The file is empty.').max(2_000_000, 'At most 2 MB.'),
})
export type AddSidecar = z.output<typeof addSidecarInput>

/** What a person decided about fields that record and file say differently. */
export const settleFieldsInput = z.object({
  assetId: id,
  /** When the page was drawn: a change since then wants another look. */
  seenAt: z.iso.datetime(),
  choice: z.record(z.string().max(60), z.enum(['take', 'keep']).optional().catch(undefined)).default({}),
  verb: z.enum(['chosen', 'take-all', 'keep-all']).default('chosen'),
})
export type SettleFields = z.output<typeof settleFieldsInput>
