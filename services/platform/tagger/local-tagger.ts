import { neighbourVotes } from './neighbour-votes.ts'
import { plainWord } from './plain.ts'
import { mostSuggested, type SuggestedTerm, type Tagger, type TaggerAsk } from './tagger.ts'
import { wordMatches } from './word-matches.ts'

/** Less sure than this is noise. */
const leastSure = 0.2

/** Of two reasons for one term the surer speaks, and is a little surer for the other: they do not know of each other. */
function together(found: readonly SuggestedTerm[]): SuggestedTerm[] {
  const byTerm = new Map<string, SuggestedTerm>()
  for (const one of found) {
    const plain = plainWord(one.term)
    const before = byTerm.get(plain)
    if (!before) byTerm.set(plain, one)
    else {
      const surer = before.confidence >= one.confidence ? before : one
      const other = surer === before ? one : before
      byTerm.set(plain, { ...surer, confidence: Math.min(0.95, surer.confidence + (1 - surer.confidence) * other.confidence * 0.5) })
    }
  }
  return [...byTerm.values()]
}

/** What the house's own words and its own pictures suggest. Pure: no model, no network, nothing that is not in the library. */
export function suggestLocally({ words, known, near, never }: Omit<TaggerAsk, 'path' | 'mediaType'>): SuggestedTerm[] {
  const barred = new Set(never.map(plainWord))
  return together([...wordMatches({ words, known }), ...neighbourVotes(near)])
    .filter(({ term, confidence }) => confidence >= leastSure && !barred.has(plainWord(term)))
    .sort((a, b) => b.confidence - a.confidence || (plainWord(a.term) < plainWord(b.term) ? -1 : 1))
    .slice(0, mostSuggested)
}

/** The tagger that every installation has. Another one plugs into the same port; see docs/decisions/098-suggestions.md. */
export const localTagger = (): Tagger => ({ name: 'local', looks: false, suggest: async (ask) => suggestLocally(ask) })
