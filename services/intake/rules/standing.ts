/** How a link stands: what its page says instead of its form. */
export type LinkStanding = 'OPEN' | 'REVOKED' | 'ENDED' | 'FULL'

export interface Limits {
  mostFiles: number | null
  /** In bytes. */
  mostBytes: number | null
}
/** What came and what is on its way: a place that somebody is sending to is taken. */
export interface Used {
  files: number
  bytes: number
}

/** Whether so many bytes more, as one file, fit. Nothing is counted by halves: what does not fit whole does not begin. */
export const hasRoom = ({ mostFiles, mostBytes }: Limits, used: Used, size: number): boolean =>
  (mostFiles === null || used.files + 1 <= mostFiles) && (mostBytes === null || used.bytes + size <= mostBytes)

/** The first reason why nothing more may be sent; a revoked link is revoked whatever its end says. */
export function standingOf(link: Limits & { revokedAt: Date | null; endsAt: Date | null }, used: Used, now: Date): LinkStanding {
  if (link.revokedAt) return 'REVOKED'
  if (link.endsAt && link.endsAt <= now) return 'ENDED'
  return hasRoom(link, used, 1) ? 'OPEN' : 'FULL'
}

/** For the desk. */
export const standingWords: Record<LinkStanding, string> = { OPEN: 'Open', REVOKED: 'Revoked', ENDED: 'Ended', FULL: 'Full' }
