import type { SearchPage } from '#services/catalog/search.ts'
import { facetValues, type Facet, type Filters, type FixedFacet } from '#services/catalog/rules/facets.ts'
import { Button, IconButton } from '../ui/button.tsx'
import { facetLegends, facetOrder, facetWord } from './facet-words.ts'
import { RightsFacet, type RightsChoices } from './rights-facet.tsx'

interface Choice {
  value: string
  label: string
  count: number
}

/** What can be chosen of a facet: what has results, and what is chosen, so that it can be taken away. */
function choicesOf(facet: Facet, found: SearchPage, chosen: readonly string[]): Choice[] {
  if (facet === 'collection') return found.collections.map(({ slug, title, count }) => ({ value: slug, label: title, count }))
  const counts = found.counts[facet]
  const values =
    facet === 'creator'
      ? [...new Set([...chosen, ...Object.keys(counts)])]
      : facetValues[facet as FixedFacet].filter((value) => counts[value] || chosen.includes(value))
  return values.map((value) => ({ value, label: facetWord(facet, value), count: counts[value] ?? 0 }))
}

function FacetChoices({
  facet,
  chosen,
  choices,
  total,
}: {
  facet: Facet
  chosen: readonly string[]
  choices: readonly Choice[]
  total: number
}) {
  // Values that everything found has narrow nothing.
  if (chosen.length === 0 && choices.every(({ count }) => count === total)) return null
  return (
    <fieldset className="facet" data-facet={facet}>
      <legend>{facetLegends[facet]}</legend>
      {choices.map(({ value, label, count }) => (
        <label key={value} className="facet-value">
          <input type="checkbox" name={facet} value={value} defaultChecked={chosen.includes(value)} key={String(chosen.includes(value))} />
          {facet === 'colour' && <span className="swatch" data-colour={value} aria-hidden="true" />}
          <span>{label}</span>
          <span className="muted numeric">{count.toLocaleString('en-GB')}</span>
        </label>
      ))}
    </fieldset>
  )
}

/** What the results can be narrowed by. Beside the grid where there is room; else a sheet, opened by the browser itself. */
export function FacetPanel({ found, filters, rights }: { found: SearchPage; filters: Filters; rights: RightsChoices }) {
  return (
    <aside className="facets" id="facets" aria-label="Filters" {...{ popover: 'auto' }}>
      <div className="facets-head">
        <h2>Filters</h2>
        <IconButton icon="close" label="Close the filters" {...{ popovertarget: 'facets', popovertargetaction: 'hide' }} />
      </div>
      <RightsFacet answer={found.rights} choices={rights} />
      {facetOrder.map((facet) => (
        <FacetChoices
          key={facet}
          facet={facet}
          chosen={filters[facet]}
          choices={choicesOf(facet, found, filters[facet])}
          total={found.total}
        />
      ))}
      <noscript>
        <Button type="submit">Apply filters</Button>
      </noscript>
    </aside>
  )
}
