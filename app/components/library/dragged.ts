import type { Picked } from './picked.ts'

/** How what is dragged in the library is told to where it is dropped. */
export const assetsType = 'application/x-assets'

/** What is dragged: some by their ids, or all that a question finds except some. */
export type Dragged = { ids: readonly string[] } | { search: string; except: readonly string[] }

/** What goes along when one of them is dragged: the whole selection, where it is part of it. */
export function draggedWith(id: string, picked: Picked): Dragged {
  if (picked.ids.includes(id) === picked.all) return { ids: [id] }
  return picked.all ? { search: picked.search, except: picked.ids } : { ids: picked.ids }
}

const words = (value: unknown): value is string[] => Array.isArray(value) && value.every((one) => typeof one === 'string')

/** What was dropped; null where it is nothing of ours. */
export function readDragged(text: string): Dragged | null {
  try {
    const { ids, search, except } = JSON.parse(text) as Record<string, unknown>
    if (words(ids)) return ids.length > 0 ? { ids } : null
    return typeof search === 'string' && words(except) ? { search, except } : null
  } catch {
    return null
  }
}

/** What is dragged as the fields of a form: `assets`, or `all` with the question and what is left out of it. */
export const fieldsOfDragged = (dragged: Dragged): Record<string, string> =>
  'ids' in dragged ? { assets: dragged.ids.join(' ') } : { all: 'yes', search: dragged.search, except: dragged.except.join(' ') }
