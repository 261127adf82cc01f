import { Unreadable } from './edit.ts'

/** Just enough of PDF's syntax to find where values begin and end. Text is Latin-1: a character is a byte. */

const space = /[\0\t\n\f\r ]/
const delimiter = /[\0\t\n\f\r ()<>[\]{}/%]/

export function skipSpace(text: string, at: number): number {
  while (at < text.length) {
    if (space.test(text[at] as string)) at++
    else if (text[at] === '%') while (at < text.length && text[at] !== '\n' && text[at] !== '\r') at++
    else break
  }
  return at
}

function endOfWord(text: string, at: number): number {
  while (at < text.length && !delimiter.test(text[at] as string)) at++
  return at
}

function endOfString(text: string, at: number): number {
  for (let depth = 0; at < text.length; at++) {
    if (text[at] === '\\') at++
    else if (text[at] === '(') depth++
    else if (text[at] === ')' && --depth === 0) return at + 1
  }
  throw new Unreadable('string without end')
}

function endOfArray(text: string, at: number): number {
  for (at = skipSpace(text, at + 1); text[at] !== ']'; at = skipSpace(text, at)) at = endOfValue(text, at)
  return at + 1
}

/** Where the value that begins at `at` ends; `12 0 R` is one value. */
function endOfValue(text: string, at: number): number {
  if (at >= text.length) throw new Unreadable('value cut short')
  if (text.startsWith('<<', at)) return dictionaryAt(text, at).end
  const first = text[at]
  if (first === '[') return endOfArray(text, at)
  if (first === '(') return endOfString(text, at)
  if (first === '/') return endOfWord(text, at + 1)
  if (first === '<') {
    const end = text.indexOf('>', at)
    if (end === -1) throw new Unreadable('string without end')
    return end + 1
  }
  const reference = /^\d+\s+\d+\s+R(?![^\s()<>[\]{}/%])/.exec(text.slice(at, at + 40))
  const end = reference ? at + reference[0].length : endOfWord(text, at)
  if (end === at) throw new Unreadable('no value')
  return end
}

export interface Dictionary {
  /** Keys without their slash, values as they stand. */
  entries: Map<string, string>
  end: number
}

/** The dictionary that begins at `at` (after white space). */
export function dictionaryAt(text: string, at: number): Dictionary {
  at = skipSpace(text, at)
  if (!text.startsWith('<<', at)) throw new Unreadable('no dictionary')
  const entries = new Map<string, string>()
  for (at = skipSpace(text, at + 2); !text.startsWith('>>', at); at = skipSpace(text, at)) {
    if (text[at] !== '/') throw new Unreadable('no key')
    const keyEnd = endOfWord(text, at + 1)
    const start = skipSpace(text, keyEnd)
    const end = endOfValue(text, start)
    entries.set(text.slice(at + 1, keyEnd), text.slice(start, end))
    at = end
  }
  return { entries, end: at + 2 }
}

export const writeDictionary = (entries: ReadonlyMap<string, string>): string =>
  `<<${[...entries].map(([key, value]) => `/${key} ${value}`).join('\n')}>>`

export function numberIn(entries: ReadonlyMap<string, string>, key: string): number | undefined {
  const text = entries.get(key)
  return text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : undefined
}

export const numbersIn = (entries: ReadonlyMap<string, string>, key: string): number[] | undefined =>
  entries.get(key)?.match(/\d+/g)?.map(Number)

export function referenceIn(entries: ReadonlyMap<string, string>, key: string): { number: number; generation: number } | undefined {
  const found = /^(\d{1,10})\s+(\d{1,5})\s+R$/.exec(entries.get(key) ?? '')
  return found ? { number: Number(found[1]), generation: Number(found[2]) } : undefined
}
