import type { ScopeTerms } from '../../rights/rules/scope.ts'
import type { LicenceModel } from './models.ts'
import { sizeKinds } from './sizes.ts'

/** A wish as the store's page of a picture reads it from its address: its model, its use, and the licence that it widens. */
export const wishSearch = (model: LicenceModel, terms: ScopeTerms, widens: string | null = null): string =>
  `?${useOf(model, terms)}${widens ? `&widen=${widens}` : ''}`

/** A royalty-free licence needs no scope. */
function useOf(model: LicenceModel, terms: ScopeTerms): URLSearchParams {
  const search = new URLSearchParams({ model })
  if (model !== 'RIGHTS_MANAGED') return search
  for (const code of terms.media) search.append('media', code)
  for (const code of terms.territory.include) search.append('territory', code)
  for (const code of terms.territory.except ?? []) search.append('except', code)
  search.set('from', terms.from)
  if (terms.until) search.set('until', terms.until)
  for (const kind of sizeKinds) if (terms.limits?.[kind]) search.set(kind, String(terms.limits[kind]))
  if (terms.exclusive) search.set('exclusive', terms.industry === 'ALL' ? 'ALL' : terms.industry.join(','))
  return search
}
