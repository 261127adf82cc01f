import type { Context } from '#services/platform/context.ts'
import { keepSelection, mostSelected, type KeptSelection } from '#services/assets/selections.ts'
import { allFound, selectFound } from '#services/catalog/library-search.ts'
import { readLibraryWish } from '#services/catalog/rules/library-wish.ts'
import { ok, type Result } from '#services/kernel/result.ts'
import { askedWords } from '#app/components/library/asked-words.ts'

type NotSelected = 'nothing-selected' | 'too-many-selected' | 'not-understood'
const text = (fields: FormData, name: string): string => String(fields.get(name) ?? '')
const words = (fields: FormData, name: string): string[] => text(fields, name).split(' ').filter(Boolean)
const wishOf = (fields: FormData) => readLibraryWish(new URLSearchParams(text(fields, 'search')))

/** Why there is no selection, and what to do. */
export const selectionSayings: Record<NotSelected, string> = {
  'nothing-selected': 'Nothing is selected. Tick some assets first.',
  'too-many-selected': 'More than 100,000 assets at once are too many. Narrow the search down.',
  'not-understood': 'The search cannot be read. Put it right first.',
}

/** What was dropped, by its ids: some that were named, or all that a question finds except some. */
export async function droppedIds(ctx: Context, fields: FormData): Promise<Result<string[], NotSelected>> {
  if (!fields.has('all')) return ok(words(fields, 'assets'))
  const found = await allFound(ctx, wishOf(fields), mostSelected)
  if (!found.ok) return found
  const without = new Set(words(fields, 'except'))
  return ok(found.value.filter((id) => !without.has(id)))
}

/** The same, kept as a selection. */
export const keepDropped = (ctx: Context, fields: FormData): Promise<Result<KeptSelection, NotSelected>> =>
  fields.has('all')
    ? selectFound(ctx, { wish: wishOf(fields), except: words(fields, 'except'), says: askedWords(text(fields, 'search')) || 'everything' })
    : keepSelection(ctx, { ids: words(fields, 'assets') })
