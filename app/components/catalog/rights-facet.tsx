import { useLanguage } from '#app/words/use-language.ts'
import { useWords } from '#app/words/use-words.ts'
import { formatNumber } from '#services/kernel/language.ts'
import type { SearchPage } from '#services/catalog/search.ts'

export interface RightsChoices {
  media: { value: string; label: string }[]
  territories: { value: string; label: string }[]
}

/** "May be used in … in … until …": what the rights engine says, asked as a filter. Left open means advertising, worldwide, a year. */
export function RightsFacet({ answer, choices }: { answer: SearchPage['rights']; choices: RightsChoices }) {
  const t = useWords('search')
  const language = useLanguage()
  return (
    <fieldset className="facet" data-facet="rights">
      <legend>{t('may-be-used')}</legend>
      <label className="facet-field small">
        <span>{t('used-for')}</span>
        <select
          name="medium"
          aria-label={t('used-for-label')}
          className="input"
          defaultValue={answer?.medium ?? ''}
          key={`m${answer?.medium}`}
        >
          <option value="">{t(answer ? 'advertising-unsaid' : 'any-use')}</option>
          {choices.media.map(({ value, label }) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </select>
      </label>
      <label className="facet-field small">
        <span>{t('used-in')}</span>
        <select
          name="territory"
          aria-label={t('used-in-label')}
          className="input"
          defaultValue={answer?.territory ?? ''}
          key={`t${answer?.territory}`}
        >
          <option value="">{t(answer ? 'worldwide-unsaid' : 'any-place')}</option>
          {choices.territories.map(({ value, label }) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </select>
      </label>
      <label className="facet-field small">
        <span>{t('used-until')}</span>
        <input
          type="date"
          name="until"
          aria-label={t('used-until-label')}
          className="input"
          defaultValue={answer?.words.until ?? ''}
          key={`u${answer?.words.until}`}
        />
      </label>
      <label className="facet-value">
        <input type="checkbox" name="exclusive" value="yes" defaultChecked={answer?.exclusive ?? false} key={String(answer?.exclusive)} />
        <span>{t('exclusive-possible')}</span>
        <span className="muted numeric">{answer && formatNumber(answer.alone, language)}</span>
      </label>
      {answer && <p className="muted small">{t('usable', { usable: answer.usable, alone: answer.alone })}</p>}
    </fieldset>
  )
}
