import { industryNames } from '../../rights/rules/vocabulary/industry-names.ts'
import { industries } from '../../rights/rules/vocabulary/industries.ts'
import { mediaNames } from '../../rights/rules/vocabulary/media-names.ts'
import { media } from '../../rights/rules/vocabulary/media.ts'
import { territories } from '../../rights/rules/vocabulary/territories.ts'
import { territoryNames } from '../../rights/rules/vocabulary/territory-names.ts'
import type { Vocabulary } from '../../rights/rules/vocabulary/vocabulary.ts'

/** How alike two writings must be to count as one: case, accents and the kind of gap do not matter. */
const plain = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[\s_-]+/g, ' ')
    .trim()

export interface Lexicon {
  /** What one word of it is called in a sentence: medium, territory, industry. */
  name: string
  /** The code behind a code or an English name. */
  codeOf(word: string): string | undefined
  /** The word that was most likely meant, as one would write it; undefined where nothing comes near. */
  nearestTo(word: string): string | undefined
}

function lexicon(words: Vocabulary, names: Readonly<Record<string, string>>): Lexicon {
  const codes = [
    words.all,
    ...words.exceptions,
    ...words.branches.map(({ code }) => code),
    ...words.groups,
    ...words.leaves.map(({ code }) => code),
  ]
  const known = new Map<string, string>()
  // Codes first: where a name reads like another's code, the code is meant.
  for (const code of codes) known.set(plain(code), code)
  for (const code of codes) {
    const name = plain(names[code] ?? code)
    if (!known.has(name)) known.set(name, code)
  }
  const told = (code: string) => (names[code] && names[code] !== code ? `${code} (${names[code]})` : code)
  return {
    name: words.name,
    codeOf: (word) => known.get(plain(word)),
    nearestTo(word) {
      const asked = plain(word)
      const far = Math.max(2, Math.floor(asked.length / 3))
      let best: { code: string; steps: number } | undefined
      for (const [writing, code] of known) {
        if (Math.abs(writing.length - asked.length) > far) continue
        const steps = stepsBetween(asked, writing, best ? best.steps - 1 : far)
        if (steps !== undefined && (!best || steps < best.steps)) best = { code, steps }
      }
      return best && told(best.code)
    },
  }
}

/** Letters to put in, take out, change or swap until one is the other; undefined where that is more than `most`. */
export function stepsBetween(a: string, b: string, most: number): number | undefined {
  let before: number[] = []
  let last = Array.from({ length: b.length + 1 }, (_, i) => i)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1
      let steps = Math.min((last[j] as number) + 1, (row[j - 1] as number) + 1, (last[j - 1] as number) + same)
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) steps = Math.min(steps, (before[j - 2] as number) + 1)
      row.push(steps)
    }
    if (Math.min(...row) > most) return undefined
    before = last
    last = row
  }
  const steps = last[b.length] as number
  return steps <= most ? steps : undefined
}

export const lexicons = {
  media: lexicon(media, mediaNames),
  territory: lexicon(territories, territoryNames),
  industry: lexicon(industries, industryNames),
}
