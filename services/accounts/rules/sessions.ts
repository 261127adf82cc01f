import { catalogue } from '../../kernel/catalogue.ts'
import type { Language } from '../../kernel/language.ts'
import de from '../words/de.json' with { type: 'json' }
import en from '../words/en.json' with { type: 'json' }

const say = catalogue({ en, de })

/** How long a sign-in lasts: `idle` days after its last use, and never longer than `absolute` days, however busy. */
export const sessionDays = { idle: 30, absolute: 180 } as const

const day = 86_400_000

/** A session is over at its absolute end even where it is used every day: a stolen one does not live for ever. */
export const outlived = (createdAt: Date, now: Date): boolean => now.getTime() - createdAt.getTime() >= sessionDays.absolute * day

/** "Last seen" is for people, to the nearest minutes: written at most every five, so that reading a page does not write. */
export const seenLongAgo = (lastSeenAt: Date, now: Date): boolean => now.getTime() - lastSeenAt.getTime() >= 5 * 60_000

const systems: [RegExp, string][] = [
  [/iPhone/, 'iPhone'],
  [/iPad/, 'iPad'],
  [/Android/, 'Android'],
  [/CrOS/, 'ChromeOS'],
  [/Mac OS X|Macintosh/, 'macOS'],
  [/Windows/, 'Windows'],
  [/Linux/, 'Linux'],
]
const browsers: [RegExp, string][] = [
  [/Edg(e|A|iOS)?\//, 'Edge'],
  [/OPR\/|Opera/, 'Opera'],
  [/SamsungBrowser/, 'Samsung Internet'],
  [/Firefox\/|FxiOS/, 'Firefox'],
  [/HeadlessChrome|Chrome\/|CriOS|Chromium/, 'Chrome'],
  [/Safari\//, 'Safari'],
]

/** A user agent in the words that a person would use: "Firefox on Windows". The order matters: Edge also says Chrome, Chrome also says Safari. */
export function deviceWords(userAgent: string | null, language: Language = 'en'): string {
  const text = userAgent ?? ''
  const browser = browsers.find(([pattern]) => pattern.test(text))?.[1]
  const system = systems.find(([pattern]) => pattern.test(text))?.[1]
  const t = say(language)
  if (browser && system) return t('device.both', { browser, system })
  return browser ?? system ?? t('device.unknown')
}
