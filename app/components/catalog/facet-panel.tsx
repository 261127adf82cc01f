import type { SearchPage } from '#services/catalog/search.ts'
import { facetValues, type Facet, type Filters } from '#services/catalog/rules/facets.ts'
import { kindWords } from '#services/assets/rules/asset-words.ts'
import { Button, IconButton } from '../ui/button.tsx'

const colourNames: Record<string, string> = { monochrome: 'Black and white' }
const words: Record<Facet, (value: string) => string> = {
  kind: (value) => kindWords[value as keyof typeof kindWords] ?? value,
  orientation: (value) => ({ LANDSCAPE: 'Landscape', PORTRAIT: 'Portrait', SQUARE: 'Square' })[value] ?? value,
  colour: (value) => colourNames[value] ?? `${value.charAt(0).toUpperCase()}${value.slice(1)}`,
  licence: (value) =>
    ({ 'royalty-free': 'Royalty-free', 'rights-managed': 'Rights-managed', editorial: 'Editorial use only' })[value] ?? value,
}
const legends: Record<Facet, string> = { licence: 'Licence', kind: 'Kind', orientation: 'Orientation', colour: 'Colour' }
const order: readonly Facet[] = ['licence', 'kind', 'orientation', 'colour']

/** A value as people read it. */
export const facetWord = (facet: Facet, value: string): string => words[facet](value)

function FacetChoices({ facet, chosen, counts }: { facet: Facet; chosen: readonly string[]; counts: Record<string, number> }) {
  // A value that nothing has is no choice, unless it is chosen: then it must be possible to take it away.
  const values = facetValues[facet].filter((value) => counts[value] || chosen.includes(value))
  if (values.length === 0) return null
  return (
    <fieldset className="facet" data-facet={facet}>
      <legend>{legends[facet]}</legend>
      {values.map((value) => (
        <label key={value} className="facet-value">
          <input type="checkbox" name={facet} value={value} defaultChecked={chosen.includes(value)} key={String(chosen.includes(value))} />
          {facet === 'colour' && <span className="swatch" data-colour={value} aria-hidden="true" />}
          <span>{facetWord(facet, value)}</span>
          <span className="muted numeric">{counts[value] ?? 0}</span>
        </label>
      ))}
    </fieldset>
  )
}

/** What the results can be narrowed by. Beside the grid where there is room; else a sheet, opened by the browser itself. */
export function FacetPanel({ counts, filters }: { counts: SearchPage['counts']; filters: Filters }) {
  return (
    <aside className="facets" id="facets" aria-label="Filters" {...{ popover: 'auto' }}>
      <div className="facets-head">
        <h2>Filters</h2>
        <IconButton icon="close" label="Close the filters" {...{ popovertarget: 'facets', popovertargetaction: 'hide' }} />
      </div>
      {order.map((facet) => (
        <FacetChoices key={facet} facet={facet} chosen={filters[facet]} counts={counts[facet]} />
      ))}
      <noscript>
        <Button type="submit">Apply filters</Button>
      </noscript>
    </aside>
  )
}
