import type { Vocabulary } from '../../rights/rules/vocabulary/vocabulary.ts'

/** A branch of uses, and how many companies it is common to at least, in steps of five. */
export interface SharedUse {
  code: string
  atLeast: number
}

/** Fewer companies than this could guess at each other. */
export const fewest = 5

/**
 * The branches that at least five companies have licensed, most common first. Counts are rounded down to fives: one more
 * sale seldom changes what is shown, so nobody can watch for a competitor's.
 */
export function sharedUses(licences: readonly { holder: string; media: readonly string[] }[], words: Vocabulary): SharedUse[] {
  if (new Set(licences.map(({ holder }) => holder)).size < fewest) return []
  return words
    .childrenOf(words.all)
    .map((code) => {
      const branch = words.resolve([code])
      const holders = new Set(
        licences.flatMap(({ holder, media }) =>
          media.some((one) => one !== words.all && words.setOf(one)?.overlaps(branch)) ? holder : [],
        ),
      )
      return { code, atLeast: Math.floor(holders.size / fewest) * fewest }
    })
    .filter(({ atLeast }) => atLeast > 0)
    .sort((a, b) => b.atLeast - a.atLeast)
    .slice(0, 4)
}
