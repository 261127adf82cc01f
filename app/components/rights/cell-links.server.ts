import { searchOf } from '#app/components/catalog/use-questions.server.ts'
import type { AssetRightsPage } from '#services/rights/asset-views.ts'
import type { ScopeTerms } from '#services/rights/rules/scope.ts'
import { summariseScope } from '#services/rights/rules/scope-words.ts'
import type { LinkedCell } from './cell-panel.tsx'

/** The opened cell with the ways on: what can be had is quoted in the store, or asked for as a use. */
export function linkedCell({ asset, sold, grid: { cell } }: Pick<AssetRightsPage, 'asset' | 'sold' | 'grid'>): LinkedCell | null {
  if (!cell) return null
  const { media, territory, label, openness, reasons, more, terms, nearest } = cell
  const linked = (axis: LinkedCell['scopes'][number]['axis'], scope: ScopeTerms) => ({
    axis,
    words: summariseScope(scope),
    quote: sold ? `/assets/${asset.id}${searchOf(scope)}` : null,
    ask: askAddress(asset.id, scope),
  })
  const scopes = terms ? [linked(null, terms)] : nearest.map((one) => linked(one.axis, one.terms))
  return { media, territory, label, openness, reasons, more, scopes }
}

/** "May I use it?" with its four questions answered. */
function askAddress(assetId: string, { media, territory, from, until, exclusive }: ScopeTerms): string {
  const search = new URLSearchParams({ asset: assetId, from, ...(until && { until }), ...(exclusive && { exclusive: 'on' }) })
  for (const code of media) search.append('media', code)
  for (const code of territory.include) search.append('territory', code)
  for (const code of territory.except ?? []) search.append('except', code)
  return `/clearance?${search}`
}
