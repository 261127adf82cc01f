import { useEffect, useRef, useState } from 'react'
import { useWords } from '#app/words/use-words.ts'

/** Any colour, as a field that works by itself; where scripts run, the browser's own picker writes into it. */
export function TintField({ tint }: { tint: string }) {
  const t = useWords('search')
  const field = useRef<HTMLInputElement>(null)
  const [awake, setAwake] = useState(false)
  useEffect(() => setAwake(true), [])
  return (
    <div className="facet-field small tint-field">
      <label>
        <span>{t('any-colour')}</span>
        <input
          key={tint}
          ref={field}
          className="input"
          name="colour"
          defaultValue={tint}
          placeholder="#4a6b8a"
          pattern="#[0-9a-fA-F]{6}"
          maxLength={7}
          title={t('any-colour-hint')}
          autoComplete="off"
          spellCheck={false}
        />
      </label>
      {/* It has its place from the start: a field that came later would push down what somebody comes back to. */}
      <input
        type="color"
        aria-label={t('pick-colour')}
        key={`picker${tint}`}
        defaultValue={tint || '#4a6b8a'}
        disabled={!awake}
        // The form hears of it once the picker is closed, with the colour already in the field.
        onInput={({ currentTarget }) => {
          if (field.current) field.current.value = currentTarget.value
        }}
      />
    </div>
  )
}
