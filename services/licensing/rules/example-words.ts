import { catalogue } from '../../kernel/catalogue.ts'
import { dayInWords } from '../../kernel/days.ts'
import { formatNumber, type Language } from '../../kernel/language.ts'
import { namesIn } from '../../rights/rules/scope-words.ts'
import de from '../words/de/uses.json' with { type: 'json' }
import en from '../words/en/uses.json' with { type: 'json' }
import type { EverydayUse } from './use-examples.ts'

const say = catalogue({ en, de })

/** One everyday use as people would say it. What has no phrase of its own goes by its name in the vocabulary. */
export function useInWords({ medium, place, until, exclusive, copies, pixels }: EverydayUse, language: Language = 'en'): string {
  const t = say(language)
  const names = namesIn(language)
  const use = medium in en.use ? t(`use.${medium as keyof typeof en.use}`) : names.medium(medium)
  const where = place in en.in ? t(`in.${place as keyof typeof en.in}`) : t('sentence.elsewhere', { place: names.place(place) })
  const said = { use, place: where, until: until === null ? 'none' : dayInWords(until, language) }
  if (copies !== null) return t('sentence.copies', { ...said, count: formatNumber(copies, language) })
  if (pixels !== null) return t('sentence.full-size', said)
  return t(exclusive ? 'sentence.alone' : 'sentence.plain', said)
}
