/** How many slips of the finger lie between two words: a letter too many, missing, wrong, or two in the wrong order. */
export function slips(a: string, b: string): number {
  let before: number[] = []
  let last = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1]
      let least = Math.min((last[j] as number) + 1, (row[j - 1] as number) + 1, (last[j - 1] as number) + (same ? 0 : 1))
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) least = Math.min(least, (before[j - 2] as number) + 1)
      row.push(least)
    }
    before = last
    last = row
  }
  return last[b.length] as number
}

/** Of words of the house, those that a mistyped one most likely stands for: the fewest slips, the same beginning, the most frequent; two at most. */
export function likeliest(wrong: string, words: readonly { word: string; times: number }[]): string[] {
  const most = wrong.length < 6 ? 1 : 2
  const near = words
    .map(({ word, times }) => ({ word, times, far: slips(wrong, word), begins: word[0] === wrong[0] ? 0 : 1 }))
    .filter(({ far }) => far > 0 && far <= most)
    .sort((a, b) => a.far - b.far || a.begins - b.begins || b.times - a.times || (a.word < b.word ? -1 : 1))
  return near
    .filter(({ far, begins }) => far === near[0]?.far && begins === near[0]?.begins)
    .slice(0, 2)
    .map(({ word }) => word)
}
