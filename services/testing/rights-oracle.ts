/** The law of rights, said once more in the slowest and plainest way, one point at a time: what the engine is held against. */
import type { Box } from '#services/rights/rules/box.ts'
import type { Reason, Use } from '#services/rights/rules/decide.ts'
import type { AssetRights, Release } from '#services/rights/rules/known.ts'
import { LeafSet } from '#services/rights/rules/leaf-set.ts'
import { industries } from '#services/rights/rules/vocabulary/industries.ts'
import { media } from '#services/rights/rules/vocabulary/media.ts'
import { days, instant, mediaLeaves, places, trades } from './small-world.ts'

export interface Point {
  medium: number
  place: number
  trade: number
  day: number
}

const leavesOf = (words: typeof media, code: string): number[] =>
  words.leaves.filter((leaf) => leaf.code === code || leaf.parent === code).map((leaf) => leaf.no)
const sensitive = [
  'alcohol',
  'tobacco',
  'dating',
  'consumer-credit',
  'weapons',
  'gambling',
  'adult',
  'pharmaceuticals',
  'politics',
  'religion',
]
const sensitiveTrades = sensitive.flatMap((code) => leavesOf(industries, code))
const aiLeaves = leavesOf(media, 'ai')
const editorialLeaves = [...leavesOf(media, 'editorial'), ...leavesOf(media, 'documentary')]
const withoutConsentLeaves = [...editorialLeaves, ...leavesOf(media, 'internal'), ...leavesOf(media, 'personal')]

/**
 * One of each kind of leaf that is in no drawn set but `[0,)`: a medium that is editorial, internal, with AI, or comes
 * later; a place that comes later; an industry that is sensitive or not. What holds for them holds for all the others.
 */
export const allMedia = [...mediaLeaves, 34, 58, 63, 90]
export const allPlaces = [...places, 9]
export const allTrades = [...trades, 6, 9]
export const points: Point[] = allMedia.flatMap((medium) =>
  allPlaces.flatMap((place) => allTrades.flatMap((trade) => days.map((day) => ({ medium, place, trade, day })))),
)
export const inside = ({ media, territory, industry, period }: Box, p: Point): boolean =>
  media.has(p.medium) &&
  territory.has(p.place) &&
  industry.has(p.trade) &&
  period.from <= instant(p.day) &&
  (period.to === null || instant(p.day) < period.to)
export const pointsOf = (box: Box): Point[] => points.filter((point) => inside(box, point))
/** The points of `among` that lie in one of the boxes. */
export const pointsIn = (boxes: readonly Box[], among: readonly Point[] = points): Point[] =>
  among.filter((point) => boxes.some((box) => inside(box, point)))

type Dated = { recordedAt: Date; supersededAt: Date | null }
const known = <T extends Dated>(rows: readonly T[], at: Date): T[] =>
  rows.filter((row) => row.recordedAt <= at && !(row.supersededAt && row.supersededAt <= at))
const here = <T extends { box: Box }>(rows: readonly T[], p: Point): T[] => rows.filter((row) => inside(row.box, p))

/** Who consented, has consented to this: inside the paper, nothing sensitive and no AI unless it says so. */
const consentsTo = (row: Release, p: Point): boolean =>
  inside(row.box, p) &&
  (!sensitiveTrades.includes(p.trade) || (!row.minor && row.sensitive.has(p.trade))) &&
  (!aiLeaves.includes(p.medium) || row.aiUses)

/** Held, consented to and not barred: what does not depend on who has bought what. */
export function permits(all: AssetRights, by: Use['by'], knownAt: Date): (p: Point) => boolean {
  const usable = known(all.acquisitions, knownAt).filter((row) => row.subLicensable || by === 'house')
  const bans = known(all.restrictions, knownAt)
  const releases = known(all.releases, knownAt)
  return (p) => {
    if (here(usable, p).length === 0 || here(bans, p).length > 0) return false
    if (all.asset.editorialOnly && !editorialLeaves.includes(p.medium)) return false
    for (const kind of ['MODEL', 'PROPERTY'] as const) {
      const shows = kind === 'MODEL' ? all.asset.showsPeople : all.asset.showsProperty
      const rows = releases.filter((row) => row.kind === kind)
      if (here(rows, p).some((row) => row.status === 'WITHDRAWN')) return false
      if (withoutConsentLeaves.includes(p.medium)) continue
      if (here(rows, p).some((row) => row.status === 'NONE')) return false
      const consents = rows.filter((row) => row.status === 'LIMITED' || row.status === 'UNLIMITED')
      if (consents.some((row) => !consentsTo(row, p))) return false
      const settled = consents.length > 0 || here(rows, p).some((row) => row.status === 'NOT_APPLICABLE')
      if (shows !== false && !settled) return false
    }
    return true
  }
}

/** Whether somebody's claim stands in the way. */
export function taken(all: AssetRights, exclusive: boolean, knownAt: Date, ownCounts: boolean): (p: Point) => boolean {
  const own = known(all.licences, knownAt).map((licence) => licence.no)
  const claims = known(all.claims, knownAt).filter(
    (claim) => (claim.exclusive || exclusive) && (ownCounts || !own.includes(claim.licenceNo)),
  )
  return (p) => here(claims, p).length > 0
}

/** The points of a use that are refused; `box` is the whole of it. */
export function refusedPoints(all: AssetRights, use: Omit<Use, 'box'>, box: Box, knownAt: Date): Point[] {
  const isPermitted = permits(all, use.by, knownAt)
  const isTaken = taken(all, use.exclusive, knownAt, !coversSlowly(all, use, box, knownAt))
  return pointsOf(box).filter((point) => !isPermitted(point) || isTaken(point))
}

export function coversSlowly(all: AssetRights, use: Omit<Use, 'box'>, box: Box, knownAt: Date): boolean {
  const fit = known(all.licences, knownAt).filter(
    (row) => (row.exclusive || !use.exclusive) && (use.limits?.printRun ?? 0) <= (row.limits.printRun ?? Infinity),
  )
  return pointsOf(box).every((point) => here(fit, point).length > 0)
}

/** Take the cause away: what the house would have to change for this reason to fall. */
export function cured(all: AssetRights, { cause, id, parts, of }: Reason): AssetRights {
  const anyone = { id: 'cure', recordedAt: instant(-30), supersededAt: null }
  switch (cause) {
    case 'not-held':
      return {
        ...all,
        acquisitions: [
          ...all.acquisitions,
          ...parts.map((box) => ({ ...anyone, contract: 'new', licensor: 'L', subLicensable: true, exclusive: false, box })),
        ],
      }
    case 'not-sub-licensable':
      return { ...all, acquisitions: all.acquisitions.map((row) => (row.id === id ? { ...row, subLicensable: true } : row)) }
    case 'restriction':
      return { ...all, restrictions: all.restrictions.filter((row) => row.id !== id) }
    case 'editorial-only':
      return { ...all, asset: { ...all.asset, editorialOnly: false } }
    case 'release-limited':
      return amended(all, id, { box: everyday })
    case 'release-refused':
    case 'release-withdrawn':
      return amended(all, id, { status: 'NOT_APPLICABLE' })
    case 'release-missing':
    case 'not-answered':
      return {
        ...all,
        releases: [
          ...all.releases,
          ...parts.map((box) => ({
            ...anyone,
            reference: 'new',
            kind: of as 'MODEL',
            status: 'NOT_APPLICABLE' as const,
            minor: false,
            guardian: null,
            aiUses: false,
            sensitive: LeafSet.none,
            box,
          })),
        ],
      }
    case 'release-sensitive':
      return amended(all, id, { minor: false, sensitive: LeafSet.all })
    case 'release-ai':
      return amended(all, id, { aiUses: true })
    case 'taken':
      return { ...all, claims: all.claims.filter((row) => row.id !== id) }
  }
}

const everyday: Box = { media: LeafSet.all, territory: LeafSet.all, industry: LeafSet.all, period: { from: instant(-99), to: null } }
const amended = (all: AssetRights, id: string | null, by: Partial<Release>): AssetRights => ({
  ...all,
  releases: all.releases.map((row) => (row.id === id ? { ...row, ...by } : row)),
})
