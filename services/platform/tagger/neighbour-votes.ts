import { plainWord } from './plain.ts'
import type { Neighbour, SuggestedTerm } from './tagger.ts'

/** One picture alone must be all but the same one; of several, a third must agree. */
const alone = 0.85
const leastShare = 0.34
/** So many voters make a share believed in full. */
const enough = 4

/**
 * What near pictures are described by: each votes with its nearness. The share of the votes says how sure, a handful of
 * voters less than many. The order of the neighbours does not matter, and one more voter for a term never makes it less sure.
 */
export function neighbourVotes(near: readonly Neighbour[]): SuggestedTerm[] {
  const heard = near.filter(({ weight, terms }) => weight > 0 && terms.length > 0)
  const all = heard.reduce((sum, { weight }) => sum + weight, 0)
  const votes = new Map<string, { names: string[]; weight: number; strongest: number; voters: number; alike: number }>()
  for (const { weight, terms, from } of heard) {
    const once = new Map(terms.map((term) => [plainWord(term), term]))
    for (const [plain, term] of once) {
      if (plain === '') continue
      const vote = votes.get(plain) ?? { names: [], weight: 0, strongest: 0, voters: 0, alike: 0 }
      votes.set(plain, {
        names: [...vote.names, term],
        weight: vote.weight + weight,
        strongest: Math.max(vote.strongest, weight),
        voters: vote.voters + 1,
        alike: vote.alike + (from === 'NEIGHBOURS' ? 1 : 0),
      })
    }
  }
  return [...votes.values()].flatMap(({ names, weight, strongest, voters, alike }) => {
    const share = weight / all
    if (voters === 1 ? strongest < alone : share < leastShare) return []
    const confidence = Math.min(0.9, share * Math.min(1, (voters + 1) / (enough + 1)) * 0.9)
    return [{ term: commonest(names), confidence, from: alike * 2 >= voters ? ('NEIGHBOURS' as const) : ('SHOOT' as const), voters }]
  })
}

/** As most of them write it; of equals, the first by its letters. */
function commonest(names: readonly string[]): string {
  const times = new Map<string, number>()
  for (const name of names) times.set(name, (times.get(name) ?? 0) + 1)
  return [...times].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1))[0]?.[0] ?? ''
}
