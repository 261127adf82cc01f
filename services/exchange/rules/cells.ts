import { isDay } from '../../kernel/period.ts'
import { limitKinds, type Limits, type ScopeTerms } from '../../rights/rules/scope.ts'
import { territories } from '../../rights/rules/vocabulary/territories.ts'
import { lexicons, stepsBetween, type Lexicon } from './lexicon.ts'

/** What is wrong with one cell, and what to do about it. */
export interface Complaint {
  column: string
  value: string
  message: string
}

const formula = /^\s*[=+\-@\uFF0B\uFF0D\uFF1D\uFF20]/
/** What spreadsheets would run is kept behind an apostrophe; so is what already has one, or reading it back would take it off. */
export const guarded = (text: string): string => (/^'+/.test(text) && formula.test(text.replace(/^'+/, '')) ? `'${text}` : text)
const unguarded = (text: string): string => (text.startsWith("'") && formula.test(text.replace(/^'+/, '')) ? text.slice(1) : text)

const lost = /\uFFFD|\p{Cs}/u
const control = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f]/
const askForDay = 'Write the day as year-month-day, e.g. 2026-12-31.'

/** Reads the cells of one row, one after another, and keeps every complaint: a row is told all that is wrong with it at once. */
export class Cells {
  readonly complaints: Complaint[] = []

  constructor(private readonly cells: ReadonlyMap<string, string>) {
    for (const [column, value] of cells) {
      if (lost.test(value))
        this.say(
          column,
          'Letters of this cell are not UTF-8. Save the file as “CSV UTF-8” and upload it again; as it is, names would be garbled.',
        )
      else if (value.includes('\0')) this.say(column, 'The cell holds a NUL byte, which no text has. Export the file anew as “CSV UTF-8”.')
      else if (control.test(value)) this.say(column, 'The cell holds a control character. Delete it and type the value again.')
    }
  }

  /** Undefined so that a reader can hand it on: what was complained about has no value. */
  say(column: string, message: string): undefined {
    // One complaint a cell: bytes that are wrong make words that are wrong.
    if (!this.complaints.some((one) => one.column === column))
      this.complaints.push({ column, value: (this.cells.get(column) ?? '').slice(0, 200), message })
    return undefined
  }

  raw(column: string): string {
    return (this.cells.get(column) ?? '').trim()
  }

  text(column: string, most: number, required = true): string | undefined {
    const value = this.raw(column)
    if (value === '') return required ? this.say(column, 'This cell is needed in every row. Fill it in.') : ''
    if (formula.test(value))
      return this.say(
        column,
        "This looks like a formula, which a spreadsheet would run. Put an apostrophe (’ on the keyboard: ') before it if it is meant as text.",
      )
    const text = unguarded(value)
    return text.length > most ? this.say(column, `At most ${most} characters fit here; these are ${text.length}. Shorten it.`) : text
  }

  oneOf<T extends string>(column: string, choices: readonly T[]): T | undefined {
    const value = this.raw(column)
    if (value === '') return this.say(column, `This cell is needed in every row: ${choices.join(', ')}.`)
    const wanted = value.toUpperCase().replace(/[\s-]+/g, '_')
    const found = choices.find((choice) => choice === wanted)
    if (found) return found
    const near = choices.find((choice) => stepsBetween(wanted, choice, 3) !== undefined)
    return this.say(column, `There is no “${value}” here.${near ? ` Did you mean ${near}?` : ''} It is one of ${choices.join(', ')}.`)
  }

  yes(column: string, required = false): boolean | undefined {
    const value = this.raw(column).toLowerCase()
    if (value === '' && required) return this.say(column, 'Say yes or no in every row.')
    if (['', 'no', 'n', 'false', '0'].includes(value)) return false
    return ['yes', 'y', 'true', '1', 'x'].includes(value) ? true : this.say(column, 'Say yes or no.')
  }

  /** Codes or names with | between them; an empty cell is an empty list. */
  codes(column: string, words: Lexicon, text = this.raw(column)): string[] | undefined {
    const found: string[] = []
    for (const word of text.split('|').map((part) => part.trim())) {
      if (word === '') {
        if (text.trim() !== '') return this.say(column, 'There is nothing between two |. Take one of them out.')
        continue
      }
      const code = words.codeOf(word)
      if (!code) {
        const near = words.nearestTo(word)
        const comma = word.includes(',') ? ' Several go with | between them, not with commas.' : ''
        return this.say(column, `There is no ${words.name} “${word.slice(0, 60)}”.${near ? ` Did you mean ${near}?` : ''}${comma}`)
      }
      if (!found.includes(code)) found.push(code)
    }
    return found
  }

  places(column: string): ScopeTerms['territory'] | undefined {
    const parts = this.raw(column).split(/\bexcept\b/i)
    if (parts.length > 2) return this.say(column, '“except” may stand here once. List all that is taken out behind it, with | between.')
    const include = this.codes(column, lexicons.territory, parts[0])
    const except = parts[1] === undefined ? [] : this.codes(column, lexicons.territory, parts[1])
    if (!include || !except) return undefined
    if (parts.length === 2 && (include.length === 0 || except.length === 0))
      return this.say(column, 'Write places before and behind “except”, e.g. WORLD except JP.')
    if (include.length > 0 && territories.resolve(include).difference(territories.resolve(except)).isEmpty)
      return this.say(column, 'Nothing is left of the territory: what is taken out covers all of it.')
    return except.length > 0 ? { include, except } : { include }
  }

  day(column: string, required: boolean): string | null | undefined {
    const value = this.raw(column)
    if (value === '') return required ? this.say(column, `This cell is needed in every row. ${askForDay}`) : null
    if (isDay(value)) return value
    // What other programs write for "without end".
    if (!required && value.startsWith('9999-')) return this.say(column, 'Leave the cell empty where there is no end.')
    const german = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/.exec(value)
    if (german) {
      const [, day = '', month = '', year = ''] = german
      const meant = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
      if (isDay(meant)) return this.say(column, `Write the day as ${meant}.`)
    }
    return this.say(column, /^\d{4}-\d{2}-\d{2}$/.test(value) ? `There is no such day in the calendar. ${askForDay}` : askForDay)
  }

  zone(column: string, usual: string): string | undefined {
    const value = this.raw(column)
    if (value === '') return usual
    return isZone(value)
      ? value
      : this.say(column, 'There is no such time zone. Use a name such as Europe/Berlin or UTC, or leave the cell empty.')
  }

  limits(column: string): Limits | undefined {
    const limits: Limits = {}
    for (const part of this.raw(column)
      .split('|')
      .map((one) => one.trim())) {
      if (part === '') continue
      const [name = '', number = ''] = part.split('=').map((one) => one.trim())
      const kind = limitKinds.find((known) => known.toLowerCase() === name.toLowerCase())
      if (!kind) return this.say(column, `There is no limit “${name.slice(0, 60)}”. Known are ${limitKinds.join(', ')}.`)
      if (!/^\d{1,13}$/.test(number) || Number(number) < 1 || Number(number) > 1e12)
        return this.say(column, 'Write each limit as name=number, e.g. printRun=5000.')
      limits[kind] = Number(number)
    }
    return limits
  }

  /** The scope of a row. `whole`: an empty cell of media or territory stands for everything. */
  scope(usualZone: string, exclusive: boolean, whole = false): ScopeTerms | undefined {
    const media = this.codes('media', lexicons.media)
    const territory = this.places('territory')
    const industry = this.codes('industry', lexicons.industry)
    const from = this.day('from', true)
    const until = this.day('until', false)
    const zone = this.zone('zone', usualZone)
    if (media?.length === 0 && !whole) this.say('media', 'This cell is needed in every row. Name at least one medium, or ALL.')
    if (territory?.include.length === 0 && !whole)
      this.say('territory', 'This cell is needed in every row. Name at least one place, or WORLD.')
    if (from && until && until < from) this.say('until', `The last day is before the first (${from}). Change one of the two.`)
    if (this.complaints.length > 0 || !media || !territory || !industry || !from || until === undefined || !zone) return undefined
    return {
      media: media.length > 0 ? media : ['ALL'],
      territory: territory.include.length > 0 ? territory : { include: ['WORLD'] },
      industry: industry.length === 0 || industry.includes('ALL') ? 'ALL' : industry,
      from,
      until,
      zone,
      exclusive,
    }
  }
}

const zones = new Map<string, boolean>()
/** Whether there is a time zone of this name. */
export function isZone(name: string): boolean {
  const known = zones.get(name)
  if (known !== undefined) return known
  let real = false
  try {
    real = name.length <= 60 && Boolean(new Intl.DateTimeFormat('en', { timeZone: name }))
  } catch {
    real = false
  }
  if (zones.size > 700) zones.clear()
  zones.set(name, real)
  return real
}
