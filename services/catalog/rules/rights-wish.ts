import { addDays, addMonths, endOfDay, isDay, startOfDay, type Day } from '../../kernel/period.ts'
import type { Box } from '../../rights/rules/box.ts'
import type { Language } from '../../kernel/language.ts'
import { dayInWords, namesIn } from '../../rights/rules/scope-words.ts'
import { LeafSet } from '../../rights/rules/leaf-set.ts'
import { media } from '../../rights/rules/vocabulary/media.ts'
import { territories } from '../../rights/rules/vocabulary/territories.ts'

/** "May be used in this medium, in this territory, until this day", as an address says it. Empty: not asked. */
export interface RightsWish {
  medium: string
  territory: string
  until: string
  exclusive: boolean
}
/** The same, resolved: one question that the rights engine answers for every profile of rights. */
export interface RightsCell {
  key: string
  box: Box
  exclusive: boolean
}

export const noRights: RightsWish = { medium: '', territory: '', until: '', exclusive: false }
/** Nobody plans further, and every day more is another bitmap. */
const furthest = 120

/** What an address asks about rights; unknown codes and days that are none are left out. */
export function readRights(search: URLSearchParams): RightsWish {
  const code = (name: string, known: (code: string) => LeafSet | undefined) => {
    const value = search.get(name) ?? ''
    return value !== '' && known(value) ? value : ''
  }
  const until = search.get('until') ?? ''
  return {
    medium: code('medium', media.setOf),
    territory: code('territory', territories.setOf),
    until: isDay(until) ? until : '',
    exclusive: search.get('exclusive') === 'yes',
  }
}

/** A day alone asks nothing. */
export const asksForRights = (wish: RightsWish): boolean => wish.medium !== '' || wish.territory !== '' || wish.exclusive

/** What is meant where something is left open: advertising, the whole world, a year. */
export function settled(wish: RightsWish, today: Day): { medium: string; territory: string; until: Day } {
  const year = addMonths(today, 12)
  const last = addMonths(today, furthest)
  const until = wish.until > today && wish.until <= last ? wish.until : year
  return { medium: wish.medium || 'advertising', territory: wish.territory || 'WORLD', until }
}

/** From tomorrow, so that what is held since today counts, to the end of the last day. */
export function cellOf(wish: RightsWish, exclusive: boolean, today: Day, zone: string): RightsCell {
  const { medium, territory, until } = settled(wish, today)
  return {
    key: `q/${today}/${medium}/${territory}/${until}/${exclusive ? 'alone' : 'shared'}`,
    exclusive,
    box: {
      media: media.resolve([medium]),
      territory: territories.resolve([territory]),
      industry: LeafSet.all,
      period: { from: startOfDay(addDays(today, 1), zone), to: endOfDay(until, zone) },
    },
  }
}

/** The medium and the territory of a wish as people read them. */
export function rightsWords(
  wish: RightsWish,
  today: Day,
  language: Language = 'en',
): { medium: string; territory: string; until: Day; untilInWords: string } {
  const { medium, territory, until } = settled(wish, today)
  const names = namesIn(language)
  return { medium: names.medium(medium), territory: names.place(territory), until, untilInWords: dayInWords(until, language) }
}
