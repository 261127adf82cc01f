import { sureOf, type ReadText } from './read-text.ts'

export interface TextSuggestion {
  field: 'title' | 'description' | 'altText' | 'extendedDescription'
  value: string
  confidence: number
}
export interface Described {
  title: string
  description: string
  altText: string
  extendedDescription: string
}

/** Names that a camera or a scanner gives: a better title is welcome. */
const isMachineTitle = (title: string): boolean =>
  /^(img|dsc[fn]?|p|pxl|mvi|gopr|scan|image|screenshot|photo|untitled|unbenannt)?[\s_-]*\d[\d\s_-]*$/i.test(title.trim())
const inOneLine = (text: string): string => text.replace(/\s+/g, ' ').trim()
const cut = (text: string, most: number): string =>
  text.length <= most ? text : `${text.slice(0, text.lastIndexOf(' ', most - 1) > most / 2 ? text.lastIndexOf(' ', most - 1) : most - 1)}…`
/** Longer text is told in full elsewhere: who listens to a picture wants a sentence. */
const shortText = 125

/** What the text in a picture gives a record that does not say it yet. Nothing is replaced that a person wrote, but for names of machines. */
export function textSuggestions({ lines, text }: ReadText, record: Described): TextSuggestion[] {
  const said = inOneLine(text)
  const sure = sureOf(lines)
  // A word or two on a wall is not what a picture is about.
  if (said.length < 8 || sure < 0.7) return []
  const tells = (field: string) => inOneLine(field).toLowerCase().includes(said.slice(0, 60).toLowerCase())
  const confidence = Math.min(0.8, sure * 0.7)
  const first = lines.map((line) => inOneLine(line.map(({ text: word }) => word).join(' '))).find((line) => line.length >= 6)
  const found: TextSuggestion[] = []
  if (isMachineTitle(record.title) && first) found.push({ field: 'title', value: cut(first, 120), confidence: confidence * 0.8 })
  if (record.altText === '')
    found.push({ field: 'altText', value: `Text in the picture: “${cut(said, shortText)}”`, confidence: confidence * 0.9 })
  if (said.length <= 400 && !tells(record.description))
    found.push({ field: 'description', value: `Text in the picture: “${said}”`, confidence: confidence * 0.85 })
  if (said.length > shortText && record.extendedDescription === '')
    found.push({ field: 'extendedDescription', value: `The text in the picture reads:\n${text.slice(0, 4_900)}`, confidence })
  return found
}

/** A field with a suggestion taken in: keywords and descriptions are added to, what is empty or named by a machine is filled. */
export function withText(field: TextSuggestion['field'], before: string, value: string): string {
  return field === 'description' && before.trim() !== '' ? `${before.trimEnd()}\n${value}` : value
}
