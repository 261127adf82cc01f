/** The first and last byte of a part, both included. */
export interface Part {
  start: number
  end: number
}

export type RangeAnswer = 'whole' | 'unsatisfiable' | Part

/**
 * What a `Range` header asks of a file of `size` bytes (RFC 9110, section 14). One range is answered; a list of ranges and
 * foreign units are ignored, which the standard allows; what is malformed or beyond the end is unsatisfiable.
 */
export function byteRange(header: string | null, size: number): RangeAnswer {
  if (header === null || !/^bytes\s*=/i.test(header)) return 'whole'
  const ranges = header.slice(header.indexOf('=') + 1)
  if (ranges.includes(',')) return 'whole'
  const asked = /^\s*(\d*)-(\d*)\s*$/.exec(ranges)
  if (!asked || (!asked[1] && !asked[2])) return 'unsatisfiable'
  if (!asked[1]) {
    const last = Math.min(Number(asked[2]), size)
    return last === 0 ? 'unsatisfiable' : { start: size - last, end: size - 1 }
  }
  const start = Number(asked[1])
  const end = asked[2] ? Math.min(Number(asked[2]), size - 1) : size - 1
  return start > end ? 'unsatisfiable' : { start, end }
}

/** Whether `If-Range` still holds: only a strong tag does, equal to the letter; a date never, for we send none. */
export const rangeStillHolds = (ifRange: string | null, etag: string): boolean => ifRange === null || ifRange.trim() === etag

/** Whether `If-None-Match` names the file that would be sent (weak comparison). */
export const alreadyThere = (ifNoneMatch: string | null, etag: string): boolean =>
  ifNoneMatch !== null &&
  (ifNoneMatch.trim() === '*' || (ifNoneMatch.match(/(?:W\/)?"[^"]*"/g) ?? []).some((tag) => tag.replace(/^W\//, '') === etag))
