import { catalogue } from '../../kernel/catalogue.ts'
import { dayInWords } from '../../kernel/days.ts'
import { localeOf, type Language } from '../../kernel/language.ts'
import { dayOf, startOfDay } from '../../kernel/period.ts'
import de from '../words/de.json' with { type: 'json' }
import en from '../words/en.json' with { type: 'json' }

const say = catalogue({ en, de })

/** The instant at which a licence begins, as people write it: whole days without a time, and always with the zone. */
export function beginInWords(from: Date, zone: string, language: Language = 'en'): string {
  const day = dayOf(from, zone)
  if (startOfDay(day, zone).getTime() === from.getTime()) return `${dayInWords(day, language)} (${zone})`
  const time = new Intl.DateTimeFormat(localeOf[language], { timeStyle: 'short', timeZone: zone }).format(from)
  return `${dayInWords(day, language)}, ${time} (${zone})`
}

/** The end of a half-open span: midnight is the end of the day before. */
export function endInWords(until: Date | null, zone: string, language: Language = 'en'): string {
  const t = say(language)
  if (until === null) return t('ends.open')
  const day = dayOf(until, zone)
  if (startOfDay(day, zone).getTime() !== until.getTime()) return beginInWords(until, zone, language)
  return t('ends.day', { day: dayInWords(dayOf(new Date(until.getTime() - 1), zone), language), zone })
}
