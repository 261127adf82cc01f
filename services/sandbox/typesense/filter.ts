import { AnswerError } from './answer-error.ts'
import { listOf, valueOf, wordsOf, type Collection, type Stored } from './collection.ts'

export type Keeps = (document: Stored) => boolean

const same = (a: readonly string[], b: readonly string[]): boolean => a.length === b.length && a.every((word, i) => word === b[i])
const holds = (words: readonly string[], part: readonly string[]): boolean =>
  words.some((_, i) => part.every((word, j) => words[i + j] === word))

/** Values of `[a,b]` or of a single one; backticks keep commas and brackets inside. */
function values(text: string): string[] {
  const inner = text.startsWith('[') && text.endsWith(']') ? text.slice(1, -1) : null
  if (inner === null) return [text]
  return inner.match(/`[^`]*`|[^,]+/g) ?? []
}
const bare = (value: string): string => value.trim().replace(/^`([^`]*)`$/, '$1')

function comparison(collection: Collection, name: string, written: string): Keeps {
  const field = name === 'id' ? { type: 'string' } : collection.field(name)
  if (!field) throw new AnswerError(400, `Could not find a filter field named \`${name}\` in the schema.`)
  const [, operator = '', rest = ''] = /^(!=|:=|=|>=|<=|>|<|!)?\s*([\s\S]*)$/.exec(written) ?? []
  const asked = values(rest.trim()).map(bare)
  if (rest.trim() === '') throw new AnswerError(400, `Error with filter field \`${name}\`: Filter value cannot be empty.`)
  const not = operator.startsWith('!')
  const none = (keeps: Keeps): Keeps => (not ? (document) => !keeps(document) : keeps)
  if (name === 'id') {
    const ids = new Set(asked)
    return none((document) => ids.has(document.id))
  }
  if (/^(int|float)/.test(field.type)) {
    const tests = asked.map((value): ((n: number) => boolean) => {
      const range = /^(-?[\d.]+?)\.\.(-?[\d.]+)$/.exec(value)
      if (range) return (n) => n >= Number(range[1]) && n <= Number(range[2])
      const [, sign = operator, figure = ''] = /^(>=|<=|>|<)?\s*(.*)$/.exec(value) ?? []
      const wanted = Number(figure)
      if (figure === '' || Number.isNaN(wanted)) throw new AnswerError(400, `Error with filter field \`${name}\`: Not an ${field.type}.`)
      return sign === '>'
        ? (n) => n > wanted
        : sign === '<'
          ? (n) => n < wanted
          : sign === '>='
            ? (n) => n >= wanted
            : sign === '<='
              ? (n) => n <= wanted
              : (n) => n === wanted
    })
    return none((document) => listOf(valueOf(document, name)).some((n) => tests.some((test) => test(n as number))))
  }
  if (field.type.startsWith('bool'))
    return none((document) => listOf(valueOf(document, name)).some((value) => asked.includes(String(value))))
  const exact = operator === '=' || operator === '!=' || operator === ':='
  const separators = collection.schema.token_separators
  const wanted = asked.map((value) => wordsOf(value, separators))
  const ids = new Set<string>()
  // Looked up by the first word of each value: a list of hundreds must not be walked for every document.
  for (const words of wanted)
    for (const id of collection.vocabulary(name).get(words[0] ?? '') ?? [])
      if (collection.texts(name, id).some((text) => (exact ? same(text, words) : holds(text, words)))) ids.add(id)
  return none((document) => ids.has(document.id))
}

/** `a:=x && (b:[1..2] || c:!=[y,z])`, as the real server reads it as far as we use it. */
export function parseFilter(collection: Collection, text: string): Keeps {
  let at = 0
  const blank = () => {
    while (/\s/.test(text[at] ?? '')) at++
  }
  const starts = (sign: string) => {
    blank()
    if (!text.startsWith(sign, at)) return false
    at += sign.length
    return true
  }
  const either = (): Keeps => {
    const parts = [every()]
    while (starts('||')) parts.push(every())
    return parts.length === 1 ? (parts[0] as Keeps) : (document) => parts.some((part) => part(document))
  }
  const every = (): Keeps => {
    const parts = [one()]
    while (starts('&&')) parts.push(one())
    return parts.length === 1 ? (parts[0] as Keeps) : (document) => parts.every((part) => part(document))
  }
  const one = (): Keeps => {
    if (starts('(')) {
      const inner = either()
      if (!starts(')')) throw new AnswerError(400, 'Could not parse the filter query: unbalanced parentheses.')
      return inner
    }
    blank()
    const name = /^[\w.]+/.exec(text.slice(at))?.[0]
    if (!name) throw new AnswerError(400, 'Could not parse the filter query.')
    at += name.length
    if (!starts(':')) throw new AnswerError(400, 'Could not parse the filter query.')
    const from = at
    let bracket = 0
    let tick = false
    for (; at < text.length; at++) {
      const sign = text[at] as string
      if (sign === '`') tick = !tick
      if (tick) continue
      if (sign === '[') bracket++
      if (sign === ']') bracket--
      if (bracket === 0 && (sign === ')' || text.startsWith('&&', at) || text.startsWith('||', at))) break
    }
    if (tick || bracket !== 0) throw new AnswerError(400, 'Could not parse the filter query.')
    return comparison(collection, name, text.slice(from, at).trim())
  }
  if (text.trim() === '') return () => true
  const keeps = either()
  blank()
  if (at < text.length) throw new AnswerError(400, 'Could not parse the filter query.')
  return keeps
}
