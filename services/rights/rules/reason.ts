import type { Period } from '../../kernel/period.ts'
import type { Box } from './box.ts'
import type { ReleaseKind, RestrictionKind } from './known.ts'
import type { Limits } from './scope.ts'

/** What somebody wants to do. Without a span the question is about the instant `at`. */
export interface Use {
  box: Omit<Box, 'period'> & { period?: Period }
  exclusive: boolean
  /** Our own people may use what we may not pass on. */
  by: 'holder' | 'house'
  limits?: Limits
}

export type Cause =
  | 'not-held'
  | 'not-sub-licensable'
  | 'restriction'
  | 'editorial-only'
  | 'release-limited'
  | 'release-sensitive'
  | 'release-ai'
  | 'release-refused'
  | 'release-withdrawn'
  | 'release-missing'
  | 'not-answered'
  | 'taken'

/** Why not: which row says so, by which contract, and which part of the use it hits. */
export interface Reason {
  cause: Cause
  /** The row; null where something is missing. */
  id: string | null
  /** The contract, reference or reason as the house wrote it; for its own people only. */
  contract: string | null
  of?: RestrictionKind | ReleaseKind
  /** Of a claim in the way: whether it is exclusive, and whether it is the asker's own. */
  exclusive?: boolean
  own?: boolean
  /** It lies on a near-identical picture. */
  twin?: boolean
  /** Of a consent: whether it is a child's. */
  minor?: boolean
  parts: readonly Box[]
}
