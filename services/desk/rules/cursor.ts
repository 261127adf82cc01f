/** Where a page of lines ended: its place in the order, the instant, the key. */
export interface LineCursor {
  rank: number
  due: number
  item: string
}

/** Keys hold references, which hold anything: hence JSON. */
export const encodeLine = ({ rank, due, item }: LineCursor): string => Buffer.from(JSON.stringify([rank, due, item])).toString('base64url')

/** The years 1000 to 9999: what Postgres and an address can both say. */
const [earliest, latest] = [-30_610_224_000_000, 253_402_300_800_000] as const

/** Undefined for a cursor that we did not make: the list starts at its beginning. */
export function decodeLine(text: string | null | undefined): LineCursor | undefined {
  if (!text || text.length > 2_000) return undefined
  try {
    const [rank, due, item] = JSON.parse(Buffer.from(text, 'base64url').toString()) as unknown[]
    const sound =
      typeof rank === 'number' &&
      typeof due === 'number' &&
      due >= earliest &&
      due < latest &&
      Math.abs(rank) < 2e9 &&
      typeof item === 'string' &&
      !item.includes('\0')
    return sound ? { rank: Math.trunc(rank), due: Math.trunc(due), item } : undefined
  } catch {
    return undefined
  }
}
