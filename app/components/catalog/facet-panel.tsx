import { useLanguage } from '#app/words/use-language.ts'
import { useWords } from '#app/words/use-words.ts'
import { facetValues, type Facet, type Filters, type FixedFacet } from '#services/catalog/rules/facets.ts'
import type { SearchPage } from '#services/catalog/search.ts'
import { formatNumber } from '#services/kernel/language.ts'
import { Button, IconButton } from '../ui/button.tsx'
import { facetOrder, useValueWord } from './facet-words.ts'
import { RightsFacet, type RightsChoices } from './rights-facet.tsx'
import { TintField } from './tint-field.tsx'

/** What can be chosen of a facet: what has results, and what is chosen, so that it can be taken away. */
function valuesOf(facet: Facet, found: SearchPage, chosen: readonly string[]): string[] {
  if (facet === 'collection') return found.collections.map(({ slug }) => slug)
  const counts = found.counts[facet]
  return facet === 'creator'
    ? [...new Set([...chosen, ...Object.keys(counts)])]
    : facetValues[facet as FixedFacet].filter((value) => counts[value] || chosen.includes(value))
}

/** What the results can be narrowed by. Beside the grid where there is room; else a sheet, opened by the browser itself. */
export function FacetPanel({ found, filters, rights }: { found: SearchPage; filters: Filters; rights: RightsChoices }) {
  const t = useWords('search')
  const language = useLanguage()
  const word = useValueWord(found)
  const countOf = (facet: Facet, value: string): number =>
    facet === 'collection' ? (found.collections.find(({ slug }) => slug === value)?.count ?? 0) : (found.counts[facet][value] ?? 0)
  // One pass without a component a value: there are some sixty, on every page of results.
  const facet = (name: Facet) => {
    const chosen = filters[name]
    const values = valuesOf(name, found, chosen)
    // Values that everything found has narrow nothing.
    const idle = chosen.length === 0 && values.every((value) => countOf(name, value) === found.total)
    if (idle && name !== 'colour') return null
    return (
      <fieldset className="facet" data-facet={name} key={name}>
        <legend>{t(`facet.${name}`)}</legend>
        {values.map((value) => {
          const ticked = chosen.includes(value)
          return (
            <label key={`${value}${ticked}`} className="facet-value">
              <input type="checkbox" name={name} value={value} defaultChecked={ticked} />
              {name === 'colour' && <span className="swatch" data-colour={value} aria-hidden="true" />}
              <span>{word(name, value)}</span>
              <span className="muted numeric">{formatNumber(countOf(name, value), language)}</span>
            </label>
          )
        })}
        {name === 'colour' && <TintField tint={found.tint} />}
      </fieldset>
    )
  }
  return (
    <aside className="facets" id="facets" aria-label={t('filters')} {...{ popover: 'auto' }}>
      <div className="facets-head">
        <h2>{t('filters')}</h2>
        <IconButton icon="close" label={t('close-filters')} {...{ popovertarget: 'facets', popovertargetaction: 'hide' }} />
      </div>
      <RightsFacet answer={found.rights} choices={rights} />
      {facetOrder.map(facet)}
      <noscript>
        <Button type="submit">{t('apply-filters')}</Button>
      </noscript>
    </aside>
  )
}
