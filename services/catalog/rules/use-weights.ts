/** What people did with what they had found. */
export const useKinds = ['opened', 'carted', 'licensed'] as const
export type UseKind = (typeof useKinds)[number]

/** A licence says more than a look. */
export const useWeights: Record<UseKind, number> = { opened: 1, carted: 4, licensed: 10 }
/** After so many days a use counts half. */
export const halfLifeDays = 30
/** Older ones are forgotten. */
export const rememberedDays = 180
/** One look is chance; so much must have come together before anything moves. */
export const leastScore = 3
/** So many of a search's results may be moved up; the rest stay as they are. */
export const mostFavoured = 12

/** The words of a search as uses are counted by: small letters, single spaces, the order as typed. Null where nothing is left to count by. */
export function normalisedQuery(text: string): string | null {
  const plain = text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\p{Cc}\p{Cf}\p{Cs}]/gu, ' ')
    .replace(/\s+/gu, ' ')
    .trim()
    .slice(0, 200)
    .trim()
  return plain === '' ? null : plain
}
