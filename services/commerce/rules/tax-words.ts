import { catalogue } from '../../kernel/catalogue.ts'
import { localeOf, type Language } from '../../kernel/language.ts'
import de from '../words/de.json' with { type: 'json' }
import en from '../words/en.json' with { type: 'json' }
import { taxLabel, type TaxRule } from './tax.ts'

const say = catalogue({ en, de })

/** The tax of an order as its page says it. The invoice has its own words: they are the paper's, and English. */
export function taxInWords(rule: TaxRule | null, language: Language = 'en'): { label: string | null; note: string | null } {
  if (!rule) return { label: null, note: null }
  const t = say(language)
  const { treatment, basisPoints, note } = rule
  const rate = (basisPoints / 100).toLocaleString(localeOf[language])
  const label = language === 'en' ? taxLabel(basisPoints) : t('tax.rate', { rate })
  const told = treatment === 'domestic' || treatment === 'destination' ? null : t(`tax.${treatment}`)
  return { label: basisPoints > 0 ? label : null, note: language === 'en' ? note : told }
}
