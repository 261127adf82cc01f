import { createContext, useContext, type ReactNode } from 'react'
import { useTimeZone } from 'use-intl'
import { dayInShort } from '#services/kernel/days.ts'
import type { Language } from '#services/kernel/language.ts'
import { useLanguage } from '#app/words/use-language.ts'

const clocks = new Map<string, Intl.DateTimeFormat>()

/** Figures only: server and browser carry different editions of the locale data, and only figures are the same in all. */
function figuresOf(at: Date, zone: string): Record<string, string> {
  const known =
    clocks.get(zone) ??
    new Intl.DateTimeFormat('en-GB', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    })
  clocks.set(zone, known)
  return Object.fromEntries(known.formatToParts(at).map(({ type, value }) => [type, value]))
}

/** `21 Nov 2026`, `21 Nov 2026, 09:05`, `21 Nov 2026, 09:05:07`; in German `21. Nov. 2026`. */
function write(at: Date, to: 'day' | 'minute' | 'second', zone: string, language: Language): string {
  const { year, month, day, hour, minute, second } = figuresOf(at, zone)
  const date = dayInShort(Number(year), Number(month), Number(day), language)
  return to === 'day' ? date : `${date}, ${hour}:${minute}${to === 'second' ? `:${second}` : ''}`
}

const Zone = createContext('UTC')

/** Every instant inside that names no zone is told in the house's: on a page of its people, whose clocks show that. */
export const HouseTime = ({ children }: { children: ReactNode }) => <Zone.Provider value={useTimeZone() ?? 'UTC'}>{children}</Zone.Provider>

/**
 * An instant for people. The zone is named (in the props, or around it by `HouseTime`; UTC unless told), so that server and browser
 * write the same words. An end that lies at midnight is the day before for people: give `endOfSpan`.
 */
export function When({
  at,
  to = 'minute',
  zone: named,
  endOfSpan,
}: {
  at: Date | string
  to?: 'day' | 'minute' | 'second'
  zone?: string
  endOfSpan?: boolean
}) {
  const language = useLanguage()
  const around = useContext(Zone)
  const zone = named ?? around
  const instant = new Date(at)
  const shown = endOfSpan ? new Date(instant.getTime() - 1) : instant
  return (
    <time dateTime={instant.toISOString()} className="nowrap">
      {write(shown, to, zone, language)}
      {to !== 'day' && zone === 'UTC' ? ' UTC' : ''}
    </time>
  )
}
