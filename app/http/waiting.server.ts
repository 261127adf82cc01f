import { wordsOf } from '#app/words/words.ts'
import type { Language } from '#services/kernel/language.ts'

/** How long to wait, as people say it. */
export function waitWords(seconds: number, language: Language = 'en'): string {
  const t = wordsOf(language, 'access')
  if (seconds < 90) return seconds <= 5 ? t('wait.moment') : t('wait.seconds', { count: Math.ceil(seconds / 10) * 10 })
  const minutes = Math.ceil(seconds / 60)
  return minutes < 60 ? t('wait.minutes', { count: minutes }) : t('wait.hours', { count: Math.ceil(minutes / 60) })
}

/** The sentence for a door that was used too often; `detail` is the outcome's. */
export function tooManySaying(detail: unknown, language: Language = 'en'): string {
  const { retryAfterSeconds = 60 } = (detail ?? {}) as { retryAfterSeconds?: number }
  return wordsOf(language, 'access')('too-many', { wait: waitWords(retryAfterSeconds, language) })
}
