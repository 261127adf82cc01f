import type { RightsWish } from './rights-wish.ts'

/** So many pictures can be taken in side by side. */
export const comparedAtMost = 4

/** The use for which pictures are compared, as the address of a search says it too. */
export const usesInAddress = ['medium', 'territory', 'until'] as const
export type ComparedFor = Partial<Pick<RightsWish, (typeof usesInAddress)[number]>>

/** The address of a comparison: whoever has it sees the same pictures, asked for the same use. */
export const compareHref = (ids: readonly string[], use: ComparedFor = {}): string =>
  `/compare?${new URLSearchParams([...ids.map((id) => ['a', id]), ...usesInAddress.flatMap((name) => (use[name] ? [[name, use[name]]] : []))])}`

/** What a search asks about rights, for the comparison that is opened from it. */
export const useInSearch = (search: URLSearchParams): ComparedFor =>
  Object.fromEntries(usesInAddress.map((name) => [name, search.get(name) ?? '']))

/** The tray after a picture was put in or taken out; null where it is full. */
export function toggled(tray: readonly string[], id: string): string[] | null {
  if (tray.includes(id)) return tray.filter((other) => other !== id)
  return tray.length >= comparedAtMost ? null : [...tray, id]
}
