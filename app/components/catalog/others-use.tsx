import { useTranslations } from 'use-intl'
import type { SharedUse } from '#services/licensing/rules/shared-uses.ts'
import { useLanguage } from '#app/words/use-language.ts'
import { formatNumber } from '#services/kernel/language.ts'

/** What others license the picture for: never who, never few. */
export function OthersUse({ others }: { others: readonly (SharedUse & { name: string })[] }) {
  const t = useTranslations('licence')
  const language = useLanguage()
  if (others.length === 0) return null
  return (
    <section className="others-use" aria-labelledby="others-title">
      <h2 id="others-title">{t('others.title')}</h2>
      <ul className="plain-list">
        {others.map(({ code, name, atLeast }) => (
          <li key={code}>{t('others.line', { name, count: formatNumber(atLeast, language) })}</li>
        ))}
      </ul>
      <p className="muted small">{t('others.note')}</p>
    </section>
  )
}
