import { z } from 'zod'
import { record } from '../compliance/record.ts'
import { hasStaffRole, type Person } from '../kernel/actor.ts'
import { Refusal } from '../kernel/errors.ts'
import { newId } from '../kernel/ids.ts'
import { fail, ok, type Result } from '../kernel/result.ts'
import type { Ctx } from '../platform/context.ts'
import { inTransaction } from '../platform/db.ts'
import { priceBook } from './price-book-schema.ts'
import { publishPriceBook, readPriceBook } from './price-books.ts'
import { withDiscounts } from './rules/discount-form.ts'
import { noDiscounts, type Discounts } from './rules/discounts.ts'
import { priceDifference } from './rules/price-difference.ts'
import { bookFrom, fieldOf, type PriceFields, type PriceProblems } from './rules/price-form.ts'
import type { PriceBook } from './rules/pricing.ts'

type Acting = Ctx<'db' | 'clock' | 'actor'>

export interface PriceDraft {
  id: string
  baseVersion: number
  revision: number
  note: string
  book: PriceBook
}

const editor = ({ actor }: Ctx<'actor'>): Person => {
  if (!hasStaffRole(actor, 'RIGHTS_MANAGER')) throw new Refusal('forbidden', 'edit prices')
  return actor
}

/** Begin a new version on the ground of an old one. Nothing is priced by it until it is published. */
export async function startPriceDraft(ctx: Acting, { fromVersion }: { fromVersion: number }): Promise<{ id: string }> {
  const by = editor(ctx)
  const base = await ctx.db.priceBook.findFirst({
    where: { houseId: ctx.actor.houseId, version: fromVersion },
    select: { id: true, book: true },
  })
  if (!base) throw new Refusal('not-found', `no price book ${fromVersion}`)
  const at = ctx.clock.now()
  const id = newId('pdr', at)
  await ctx.db.priceDraft.create({
    data: {
      id,
      houseId: ctx.actor.houseId,
      baseVersion: fromVersion,
      book: { ...readPriceBook(base) } as object,
      createdById: by.userId,
      createdAt: at,
      changedAt: at,
    },
  })
  return { id }
}

/** A draft of this house; whoever may read price books may read it. */
export async function readPriceDraft(ctx: Ctx<'db' | 'actor'>, draftId: string): Promise<PriceDraft> {
  if (!hasStaffRole(ctx.actor, 'RIGHTS_MANAGER', 'AUDITOR')) throw new Refusal('forbidden', 'read drafts of prices')
  const row = await ctx.db.priceDraft.findFirst({
    where: { id: draftId, houseId: ctx.actor.houseId },
    select: { id: true, baseVersion: true, revision: true, note: true, book: true },
  })
  if (!row) throw new Refusal('not-found', `no draft ${draftId}`)
  return { ...row, book: priceBook.parse(row.book) }
}

export const savePriceDraftInput = z.object({
  revision: z.coerce.number().int().min(0).max(1_000_000),
  note: z.string().trim().max(300).default(''),
})

/** Save what was typed, if it is a price book; else say at which field it is none. Of two who save at once the second is told. */
export async function savePriceDraft(
  ctx: Acting,
  { draftId, revision, note, fields }: z.infer<typeof savePriceDraftInput> & { draftId: string; fields: PriceFields },
): Promise<Result<{ revision: number }, 'no-price-book' | 'changed-meanwhile'>> {
  editor(ctx)
  const draft = await readPriceDraft(ctx, draftId)
  const { book, problems } = bookFrom(fields, draft.book)
  const found = Object.keys(problems).length > 0 ? problems : unsound(book, fields)
  if (Object.keys(found).length > 0) return fail('no-price-book', found)
  const { count } = await ctx.db.priceDraft.updateMany({
    where: { id: draftId, houseId: ctx.actor.houseId, revision },
    data: { book: { ...book } as object, note, revision: revision + 1, changedAt: ctx.clock.now() },
  })
  return count === 0 ? fail('changed-meanwhile') : ok({ revision: revision + 1 })
}

/** Save the discounts and the currencies of a draft, as `savePriceDraft` does its other figures. */
export async function saveDraftDiscounts(
  ctx: Acting,
  { draftId, revision, fields }: { draftId: string; revision: number; fields: PriceFields },
): Promise<Result<{ revision: number }, 'no-price-book' | 'changed-meanwhile'>> {
  editor(ctx)
  const draft = await readPriceDraft(ctx, draftId)
  const { book, problems } = withDiscounts(fields, draft.book)
  const checked = priceBook.safeParse(book)
  const found = Object.keys(problems).length > 0 || checked.success ? problems : inDiscounts(checked.error.issues, fields)
  if (Object.keys(found).length > 0) return fail('no-price-book', found)
  const unknown = await strangers(ctx, book)
  if (unknown) return fail('no-price-book', { '': `The house has no company ${unknown}.` } satisfies PriceProblems)
  const { count } = await ctx.db.priceDraft.updateMany({
    where: { id: draftId, houseId: ctx.actor.houseId, revision },
    data: { book: { ...book } as object, revision: revision + 1, changedAt: ctx.clock.now() },
  })
  return count === 0 ? fail('changed-meanwhile') : ok({ revision: revision + 1 })
}

const raisesLimit = (before: PriceBook, after: PriceBook): boolean => {
  const [old, now] = [before, after].map(({ discounts }) => (discounts ?? noDiscounts).limits) as [Discounts['limits'], Discounts['limits']]
  return now.RIGHTS_MANAGER > old.RIGHTS_MANAGER || now.FINANCE > old.FINANCE
}

/** The first company with an agreed rate that is none of the house's. */
async function strangers(ctx: Acting, { discounts }: PriceBook): Promise<string | undefined> {
  const ids = discounts?.agreed.map(({ orgId }) => orgId) ?? []
  const known = await ctx.db.organisation.findMany({
    where: { id: { in: ids }, houseId: ctx.actor.houseId, kind: { not: 'OWNER' } },
    select: { id: true },
  })
  return ids.find((id) => !known.some((org) => org.id === id))
}

/** A complaint of the schema, at the field that it is about: the form's names leave out the first step. */
const inDiscounts = (issues: readonly { path: PropertyKey[]; message: string }[], fields: PriceFields): PriceProblems =>
  Object.fromEntries(issues.map(({ path, message }) => [fieldOf(path[0] === 'discounts' ? path.slice(1) : path, fields), message]))

/** Where a book breaks what buyers rely on (wider never costs less), by field. */
function unsound(book: PriceBook, fields: PriceFields): PriceProblems {
  const checked = priceBook.safeParse(book)
  return checked.success ? {} : Object.fromEntries(checked.error.issues.map(({ path, message }) => [fieldOf(path, fields), message]))
}

/** Another version came out meanwhile: take it as the ground that the draft is compared with. The draft keeps its figures. */
export async function regroundPriceDraft(ctx: Acting, { draftId }: { draftId: string }): Promise<{ baseVersion: number }> {
  editor(ctx)
  const draft = await readPriceDraft(ctx, draftId)
  const newest = await ctx.db.priceBook.findFirst({
    where: { houseId: ctx.actor.houseId },
    orderBy: { version: 'desc' },
    select: { version: true },
  })
  const baseVersion = newest?.version ?? draft.baseVersion
  await ctx.db.priceDraft.updateMany({
    where: { id: draftId, houseId: ctx.actor.houseId },
    data: { baseVersion, revision: { increment: 1 }, changedAt: ctx.clock.now() },
  })
  return { baseVersion }
}

/** Throw a draft away. False when it is gone already. */
export async function dropPriceDraft(ctx: Acting, { draftId }: { draftId: string }): Promise<boolean> {
  editor(ctx)
  const { count } = await ctx.db.priceDraft.deleteMany({ where: { id: draftId, houseId: ctx.actor.houseId } })
  return count > 0
}

/** What became of a draft that was published: which version, when and by whom, and from when it holds. */
export interface PublishedDraft {
  version: number
  at: Date
  effectiveFrom: Date
  by: string
}

/**
 * The version that a draft has become, by the trail: the draft's own row goes with its publication. Null: it was not
 * published, or before the trail named drafts.
 */
export async function publishedFrom(ctx: Ctx<'db' | 'actor'>, draftId: string): Promise<PublishedDraft | null> {
  if (!hasStaffRole(ctx.actor, 'RIGHTS_MANAGER', 'AUDITOR')) throw new Refusal('forbidden', 'read drafts of prices')
  const [published] = await ctx.db.$queryRaw<PublishedDraft[]>`
    SELECT b.version, f.at, b.effective_from AS "effectiveFrom", f.actor_name AS by
    FROM audit_facts f JOIN price_books b ON b.id = f.subject_id AND b.house_id = f.house_id
    WHERE f.house_id = ${ctx.actor.houseId} AND f.type = 'price-book.changed' AND f.body::jsonb->'data'->>'draft' = ${draftId}`
  return published ?? null
}

export type PublishDraftError =
  | 'already-published'
  | 'changed-meanwhile'
  | 'another-version'
  | 'nothing-changed'
  | 'note-needed'
  | 'in-the-past'
  | 'limit-raised'
  | 'before-the-coming'

/**
 * Make a draft a version of the prices, from now on or from a day to come. The draft that was looked at is the one that is
 * published: had somebody saved since, or published another version, it must be looked at again. What stands on a version that
 * is still to come holds its figures as well: to begin before its day is to bring those forward, and is asked for by name.
 */
export async function publishPriceDraft(
  ctx: Acting,
  {
    draftId,
    revision,
    effectiveFrom,
    bringsForward = false,
  }: { draftId: string; revision: number; effectiveFrom?: Date | undefined; bringsForward?: boolean },
): Promise<Result<{ version: number }, PublishDraftError>> {
  const by = editor(ctx)
  return inTransaction(ctx, async (tx): Promise<Awaited<ReturnType<typeof publishPriceDraft>>> => {
    // The house's row is the queue of publications, as in publishPriceBook.
    await tx.db.$queryRaw`SELECT id FROM organisations WHERE id = ${tx.actor.houseId} FOR NO KEY UPDATE`
    const before = await publishedFrom(tx, draftId)
    if (before) return fail('already-published', before)
    const draft = await readPriceDraft(tx, draftId)
    if (draft.revision !== revision) return fail('changed-meanwhile')
    const base = await tx.db.priceBook.findFirst({
      where: { houseId: tx.actor.houseId },
      orderBy: { version: 'desc' },
      select: { id: true, version: true, book: true, effectiveFrom: true },
    })
    if (!base || base.version !== draft.baseVersion) return fail('another-version')
    const changes = priceDifference(readPriceBook(base), draft.book)
    if (changes.length === 0) return fail('nothing-changed')
    if (draft.note === '') return fail('note-needed')
    // A limit that those whom it binds could widen would be none.
    if (raisesLimit(readPriceBook(base), draft.book) && !by.roles.includes('ADMINISTRATOR')) return fail('limit-raised')
    const now = tx.clock.now()
    const from = effectiveFrom ?? now
    if (!bringsForward && from >= now && from < base.effectiveFrom) return fail('before-the-coming')
    const published = await publishPriceBook(tx, { book: draft.book, note: draft.note, ...(effectiveFrom && { effectiveFrom }) })
    if (!published.ok) return fail(published.error)
    await tx.db.priceDraft.delete({ where: { id: draftId } })
    await record(tx, {
      type: 'price-book.changed',
      subject: { kind: 'price-book', id: published.value.id },
      data: { version: published.value.version, from: base.version, figures: changes.length, draft: draftId },
    })
    return ok({ version: published.value.version })
  })
}
