import type { SearchPage } from '#services/catalog/search.ts'

export interface RightsChoices {
  media: { value: string; label: string }[]
  territories: { value: string; label: string }[]
}

/** "May be used in … in … until …": what the rights engine says, asked as a filter. Left open means advertising, worldwide, a year. */
export function RightsFacet({ answer, choices }: { answer: SearchPage['rights']; choices: RightsChoices }) {
  const numbers = answer && { usable: answer.usable.toLocaleString('en-GB'), alone: answer.alone.toLocaleString('en-GB') }
  return (
    <fieldset className="facet" data-facet="rights">
      <legend>May be used</legend>
      <label className="facet-field small">
        <span>for</span>
        <select name="medium" aria-label="May be used for" className="input" defaultValue={answer?.medium ?? ''} key={`m${answer?.medium}`}>
          <option value="">{answer ? 'Advertising (not said)' : 'Any use'}</option>
          {choices.media.map(({ value, label }) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </select>
      </label>
      <label className="facet-field small">
        <span>in</span>
        <select
          name="territory"
          aria-label="May be used in"
          className="input"
          defaultValue={answer?.territory ?? ''}
          key={`t${answer?.territory}`}
        >
          <option value="">{answer ? 'Worldwide (not said)' : 'Any place'}</option>
          {choices.territories.map(({ value, label }) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </select>
      </label>
      <label className="facet-field small">
        <span>until</span>
        <input
          type="date"
          name="until"
          aria-label="May be used until"
          className="input"
          defaultValue={answer?.words.until ?? ''}
          key={`u${answer?.words.until}`}
        />
      </label>
      <label className="facet-value">
        <input type="checkbox" name="exclusive" value="yes" defaultChecked={answer?.exclusive ?? false} key={String(answer?.exclusive)} />
        <span>Exclusively still possible</span>
        <span className="muted numeric">{numbers?.alone}</span>
      </label>
      {numbers && (
        <p className="muted small">
          {numbers.usable} can be used so, {numbers.alone} of them exclusively. The terms of a picture are binding when you ask for its
          price.
        </p>
      )}
    </fieldset>
  )
}
