import { useFetcher, useRouteLoaderData } from '@remix-run/react'
import { comparedAtMost, toggled } from '#services/catalog/rules/compare.ts'
import type { Tile } from '#services/catalog/tiles.ts'

/** The form in the shell by which every button of the page fills and empties the tray: buttons name it by `form`. */
export const trayForm = 'compare-tray'
export const trayFetcher = 'compare-tray'

export interface Tray {
  ids: readonly string[]
  pictures: readonly Tile[]
  full: boolean
}
const empty: readonly never[] = []

/** What lies in the tray, with the change that is under way already made. */
export function useTray(): Tray {
  const shell = useRouteLoaderData('root') as { tray?: readonly Tile[] } | undefined
  const change = useFetcher({ key: trayFetcher }).formData
  const pictures = shell?.tray ?? empty
  const known = pictures.map(({ id }) => id)
  const one = change?.get('asset')
  const ids = change?.has('clear') ? [] : typeof one === 'string' ? (toggled(known, one) ?? known) : known
  return { ids, pictures, full: ids.length >= comparedAtMost }
}
