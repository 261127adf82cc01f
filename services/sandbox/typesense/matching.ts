import { slips } from '#services/catalog/rules/slips.ts'
import { wordsOf, type Collection } from './collection.ts'

export interface Asked {
  words: string[]
  phrases: string[][]
  never: string[]
  neverPhrases: string[][]
}
export interface Matching {
  fields: { name: string; weight: number; prefix: boolean; typos: number }[]
  least1: number
  least2: number
  /** Below so many found, words with slips are looked for too. */
  typosBelow: number
  /** Below so many found, words are left out from the end. */
  dropsBelow: number
  synonyms: readonly { root: string; synonyms: string[] }[]
}

/** Words, `"phrases"` and `-exclusions` of a query. */
export function readQuery(q: string, separators: readonly string[] = []): Asked {
  const asked: Asked = { words: [], phrases: [], never: [], neverPhrases: [] }
  for (const [, minus, phrase, plain = ''] of q.matchAll(/(-?)"([^"]*)"?|(\S+)/gu)) {
    if (phrase !== undefined) asked[minus ? 'neverPhrases' : 'phrases'].push(wordsOf(phrase, separators))
    else if (plain.startsWith('-') && plain.length > 1) asked.never.push(...wordsOf(plain, separators))
    else asked.words.push(...wordsOf(plain, separators))
  }
  return asked
}

const hasPhrase = (collection: Collection, fields: readonly string[], id: string, phrase: readonly string[]): boolean =>
  fields.some((field) => collection.texts(field, id).some((text) => text.some((_, i) => phrase.every((word, j) => text[i + j] === word))))

/** How good a document is for one word: the heaviest field, less what the word had to be bent. */
type Scores = Map<string, number>
const keepBest = (scores: Scores, id: string, score: number): void => {
  if ((scores.get(id) ?? 0) < score) scores.set(id, score)
}

function scoresOf(collection: Collection, word: string, last: boolean, { fields, least1, least2 }: Matching, bent: boolean): Scores {
  const scores: Scores = new Map()
  const most = word.length >= least2 ? 2 : word.length >= least1 ? 1 : 0
  let nearest = 3
  const far: [number, string, number][] = []
  for (const { name, weight, prefix, typos } of fields) {
    const vocabulary = collection.vocabulary(name)
    for (const id of vocabulary.get(word) ?? []) keepBest(scores, id, weight * 100)
    if (prefix && last)
      for (const [other, ids] of vocabulary)
        if (other.startsWith(word)) for (const id of ids) keepBest(scores, id, weight * 100 - (other === word ? 0 : 10))
    if (!bent || Math.min(most, typos) === 0) continue
    for (const [other, ids] of vocabulary) {
      if (Math.abs(other.length - word.length) > 2 && !(prefix && last)) continue
      const begun = prefix && last ? [word.length - 1, word.length, word.length + 1].map((end) => slips(word, other.slice(0, end))) : []
      const distance = other === word ? 0 : Math.min(slips(word, other), ...begun)
      if (distance === 0 || distance > Math.min(most, typos)) continue
      nearest = Math.min(nearest, distance)
      for (const id of ids) far.push([distance, id, weight * 100 - distance * 20])
    }
  }
  // With the fewest slips that find anything.
  for (const [distance, id, score] of far) if (distance === nearest) keepBest(scores, id, score)
  return scores
}

/** Documents that have every word and phrase and none of what is excluded, with how well they match. Null: everything, as `*` asks. */
export function match(
  collection: Collection,
  asked: Asked,
  matching: Matching,
  keeps: (id: string) => boolean,
): Map<string, number> | null {
  const names = matching.fields.map(({ name }) => name)
  const excluded = (id: string): boolean =>
    asked.never.some((word) => names.some((name) => collection.vocabulary(name).get(word)?.has(id))) ||
    asked.neverPhrases.some((phrase) => hasPhrase(collection, names, id, phrase))
  const all = asked.words.length === 0 && asked.phrases.length === 0
  if (all && asked.never.length === 0 && asked.neverPhrases.length === 0) return null
  const attempt = (bent: boolean): Map<string, number> => {
    const found = new Map<string, number>()
    const sets = asked.words.map((word, i) => {
      const scores = scoresOf(collection, word, i === asked.words.length - 1, matching, bent)
      for (const { root, synonyms } of matching.synonyms)
        if (root ? root === word : synonyms.includes(word))
          for (const other of synonyms)
            if (other !== word)
              for (const [id, score] of scoresOf(
                collection,
                other,
                false,
                { ...matching, fields: matching.fields.map((field) => ({ ...field, prefix: false })) },
                false,
              ))
                keepBest(scores, id, score - 30)
      return scores
    })
    const [least] = [...sets].sort((a, b) => a.size - b.size)
    for (const id of least?.keys() ?? collection.documents.keys()) {
      if (!sets.every((scores) => scores.has(id)) || !keeps(id) || excluded(id)) continue
      if (!asked.phrases.every((phrase) => hasPhrase(collection, names, id, phrase))) continue
      found.set(
        id,
        sets.reduce((sum, scores) => sum + (scores.get(id) ?? 0), 0),
      )
    }
    return found
  }
  let found = attempt(false)
  if (found.size < matching.typosBelow && matching.fields.some(({ typos }) => typos > 0)) found = attempt(true)
  if (found.size >= matching.dropsBelow || asked.words.length < 2) return found
  const without = match(collection, { ...asked, words: asked.words.slice(0, -1) }, matching, keeps)
  return new Map([...(without ?? []), ...found])
}
