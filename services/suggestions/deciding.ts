import { lockAsset, type LockedAsset } from '../assets/lock.ts'
import { editAsset } from '../assets/metadata.ts'
import { may } from '../assets/policy.ts'
import { asSent } from '../assets/record-as-sent.ts'
import { extendedOf } from '../assets/rules/extended-description.ts'
import type { OwnValue } from '../assets/rules/own-fields.ts'
import type { EditAsset } from '../assets/schema.ts'
import { ownFields, ownValues } from '../assets/schemas.ts'
import { record } from '../compliance/record.ts'
import { isPerson } from '../kernel/actor.ts'
import { Refusal } from '../kernel/errors.ts'
import { fail, ok, type Result } from '../kernel/result.ts'
import type { Ctx } from '../platform/context.ts'
import { inTransactionOrUndo, Prisma } from '../platform/db.ts'
import { plainWord } from '../platform/tagger/plain.ts'
import type { DecideSuggestionsError, UndoSuggestionsError } from './errors.ts'
import { isOwnField } from './rules/fields.ts'
import { suggestionStates } from './rules/suggestion-states.ts'
import { withText } from './rules/text-suggestions.ts'
import type { DecideSuggestions, UndoSuggestions } from './schema.ts'

type Deciding = Ctx<'db' | 'clock' | 'actor'>
const textFields = ['title', 'description', 'altText', 'extendedDescription'] as const
type TextField = (typeof textFields)[number]
const isText = (field: string): field is TextField => (textFields as readonly string[]).includes(field)
/** As the record's form takes them. */
const mostWords = 100
const longest: Record<TextField, number> = { title: 200, description: 5000, altText: 1000, extendedDescription: 5000 }

const select = { id: true, field: true, value: true, label: true, state: true, before: true } satisfies Prisma.SuggestionSelect
type Row = Prisma.SuggestionGetPayload<{ select: typeof select }>

/** Whoever decides is a person who may edit the record. */
async function lockedFor(tx: Deciding, assetId: string) {
  const asset = await lockAsset(tx, assetId)
  if (!isPerson(tx.actor) || !may(tx.actor, 'edit', asset)) throw new Refusal('forbidden', 'decide suggestions')
  return { asset, userId: tx.actor.userId }
}

/**
 * Accept or refuse suggestions for one asset: some by their ids, or all that are sure enough. What is accepted is written by
 * the record's own edit, with all that it asks for; what is refused is remembered and not suggested for this asset again.
 */
export async function decideSuggestions(
  ctx: Deciding,
  { assetId, verdict, ids, all, least }: DecideSuggestions,
): Promise<Result<{ decided: string[]; labels: string[] }, DecideSuggestionsError>> {
  return inTransactionOrUndo(ctx, async (tx): Promise<Result<{ decided: string[]; labels: string[] }, DecideSuggestionsError>> => {
    const { asset, userId } = await lockedFor(tx, assetId)
    const open = await tx.db.suggestion.findMany({
      where: {
        assetId,
        houseId: tx.actor.houseId,
        state: { in: suggestionStates.whence(verdict) },
        ...(all ? { confidence: { gte: least } } : { id: { in: ids } }),
      },
      select,
      orderBy: [{ confidence: 'desc' }, { id: 'asc' }],
    })
    if (open.length === 0) return fail('already-decided')
    const taking = await recordWith(tx, asset)
    if (verdict === 'accept') {
      for (const row of open) taking.take(row)
      const edited = await editAsset(tx, taking.edit())
      if (!edited.ok) return edited
    }
    for (const { id } of open)
      await tx.db.suggestion.updateMany({
        where: { id, state: { in: suggestionStates.whence(verdict) } },
        data: {
          state: verdict === 'accept' ? 'ACCEPTED' : 'REFUSED',
          decidedById: userId,
          decidedAt: tx.clock.now(),
          ...(verdict === 'accept' && { before: taking.before(id) }),
        },
      })
    await record(tx, {
      type: verdict === 'accept' ? 'suggestion.accepted' : 'suggestion.refused',
      subject: { kind: 'asset', id: assetId },
      data: { suggestions: open.map(({ id, field, label }) => ({ id, field, label: label.slice(0, 200) })) },
    })
    return ok({ decided: open.map(({ id }) => id), labels: open.map(({ label }) => label) })
  })
}

/** Answers are taken back: the record loses what it had from them, as far as it still says it, and the questions are open again. */
export async function undoSuggestions(
  ctx: Deciding,
  { assetId, ids }: UndoSuggestions,
): Promise<Result<{ reopened: number }, UndoSuggestionsError>> {
  return inTransactionOrUndo(ctx, async (tx): Promise<Result<{ reopened: number }, UndoSuggestionsError>> => {
    const { asset } = await lockedFor(tx, assetId)
    const rows = await tx.db.suggestion.findMany({
      where: { assetId, houseId: tx.actor.houseId, id: { in: ids }, state: { in: suggestionStates.whence('undo') } },
      select,
      // The last first: what was added to a text comes off in the order in which it came on.
      orderBy: [{ decidedAt: 'desc' }, { id: 'desc' }],
    })
    if (rows.length === 0) return fail('not-decided')
    const giving = await recordWith(tx, asset)
    for (const row of rows) if (row.state === 'ACCEPTED' && !giving.giveBack(row)) return fail('changed-since')
    if (rows.some(({ state }) => state === 'ACCEPTED')) {
      const edited = await editAsset(tx, giving.edit())
      if (!edited.ok) return edited
    }
    const { count } = await tx.db.suggestion.updateMany({
      where: { id: { in: rows.map(({ id }) => id) }, state: { in: suggestionStates.whence('undo') } },
      data: { state: 'OPEN', decidedById: null, decidedAt: null, before: Prisma.DbNull },
    })
    await record(tx, {
      type: 'suggestion.reopened',
      subject: { kind: 'asset', id: assetId },
      data: { suggestions: rows.map(({ id, field, label }) => ({ id, field, label: label.slice(0, 200) })) },
    })
    return ok({ reopened: count })
  })
}

const asWritten = (value: OwnValue): string | string[] =>
  Array.isArray(value) ? value : typeof value === 'boolean' ? (value ? 'yes' : 'no') : String(value)

/** The record as its form would send it back, with suggestions taken in or given back. */
async function recordWith(tx: Deciding, asset: LockedAsset) {
  const kinds = new Map((await ownFields(tx, tx.actor.houseId)).map((field) => [field.id, field.type]))
  const own = new Map(Object.entries(ownValues(asset.customFields)).map(([id, value]) => [id, asWritten(value)]))
  const texts: Record<TextField, string> = {
    title: asset.title,
    description: asset.description,
    altText: asset.altText,
    extendedDescription: extendedOf(asset.iptc),
  }
  let { keywords } = asset
  let ownTouched = false
  const before = new Map<string, Prisma.InputJsonValue>()

  const termsOf = (fieldId: string): string[] => [own.get(fieldId) ?? []].flat()
  return {
    before: (id: string) => before.get(id) ?? {},
    take({ id, field, value }: Row): void {
      if (isText(field)) {
        before.set(id, { text: texts[field] })
        texts[field] = withText(field, texts[field], value).slice(0, longest[field])
      } else if (isOwnField(field)) {
        const fieldId = field.slice(4)
        const held = termsOf(fieldId)
        before.set(id, { terms: held })
        own.set(fieldId, kinds.get(fieldId) === 'CHOICE' ? [value] : [...new Set([...held, value])])
        ownTouched = true
      } else {
        const isThere = keywords.some((word) => plainWord(word) === plainWord(value))
        before.set(id, { had: isThere || keywords.length >= mostWords })
        if (!isThere && keywords.length < mostWords) keywords = [...keywords, value]
      }
    },
    /** False where the record says something else by now. */
    giveBack({ field, value, before: kept }: Row): boolean {
      const was = kept as { text?: string; terms?: string[]; had?: boolean } | null
      if (isText(field)) {
        if (was?.text === undefined || texts[field] !== withText(field, was.text, value).slice(0, longest[field])) return false
        texts[field] = was.text
      } else if (isOwnField(field)) {
        const fieldId = field.slice(4)
        own.set(
          fieldId,
          kinds.get(fieldId) === 'CHOICE' && termsOf(fieldId).includes(value)
            ? (was?.terms ?? [])
            : termsOf(fieldId).filter((term) => term !== value),
        )
        ownTouched = true
      } else if (!was?.had) keywords = keywords.filter((word) => word !== value)
      return true
    },
    edit(): EditAsset {
      return {
        ...asSent(asset),
        ...texts,
        extendedShown: texts.extendedDescription !== extendedOf(asset.iptc),
        keywords,
        own: Object.fromEntries(own),
        ownShown: ownTouched,
      }
    },
  }
}
