const word = /[\p{L}\p{N}]+/gu

/**
 * A value as the words of a search that finds what holds it, whatever signs it has: `-draft` leaves nothing out, and marks inside it end nothing.
 * Words between spaces stand in a row; those that signs hold together (`example.com`, `R&D`, `-4`) are looked for each by itself, because the
 * index takes some of these for one word. Null where it has no word that could be looked for.
 */
export function phraseOf(value: string): string | null {
  const rows: string[][] = [[]]
  for (const part of value.normalize('NFKC').split(/\s+/u)) {
    const words = part.match(word) ?? []
    if (words.length === 1 && !/^[-+]/.test(part)) rows.at(-1)?.push(...words)
    else rows.push(...words.map((one) => [one]), [])
  }
  const phrases = rows.filter((row) => row.length > 0).map((row) => `"${row.join(' ')}"`)
  return phrases.length > 0 ? phrases.join(' ') : null
}
