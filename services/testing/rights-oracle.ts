/** The law of rights, said once more in the slowest and plainest way, one point at a time: what the engine is held against. */
import type { Box } from '#services/rights/rules/box.ts'
import type { Reason, Use } from '#services/rights/rules/decide.ts'
import type { AssetRights } from '#services/rights/rules/known.ts'
import { LeafSet } from '#services/rights/rules/leaf-set.ts'
import { consentMedia, nonEditorialMedia } from '#services/rights/rules/vocabulary/media.ts'
import { days, instant, mediaLeaves, places, trades } from './small-world.ts'

export interface Point {
  medium: number
  place: number
  trade: number
  day: number
}
/**
 * One of each kind of leaf that is in no drawn set but `[0,)`: an editorial and an internal medium, and media, places and
 * industries that come later. What holds for them holds for all the others.
 */
export const allMedia = [...mediaLeaves, 34, 58, 90]
export const allPlaces = [...places, 9]
export const allTrades = [...trades, 9]
export const points: Point[] = allMedia.flatMap((medium) =>
  allPlaces.flatMap((place) => allTrades.flatMap((trade) => days.map((day) => ({ medium, place, trade, day })))),
)
export const inside = ({ media, territory, industry, period }: Box, p: Point) =>
  media.has(p.medium) &&
  territory.has(p.place) &&
  industry.has(p.trade) &&
  period.from <= instant(p.day) &&
  (period.to === null || instant(p.day) < period.to)
export const pointsOf = (box: Box) => points.filter((point) => inside(box, point))

const knownTo =
  (knownAt: Date) =>
  <T extends { recordedAt: Date; supersededAt: Date | null }>(rows: readonly T[]) =>
    rows.filter((r) => r.recordedAt <= knownAt && !(r.supersededAt && r.supersededAt <= knownAt))
const at =
  (p: Point) =>
  <T extends { box: Box }>(rows: readonly T[]) =>
    rows.filter((r) => inside(r.box, p))

/** Held, consented to and not barred: what does not depend on who has bought what. */
export function permitsAt(all: AssetRights, by: Use['by'], knownAt: Date, p: Point): boolean {
  const [known, here] = [knownTo(knownAt), at(p)]
  if (!here(known(all.acquisitions)).some((a) => a.subLicensable || by === 'house')) return false
  if (here(known(all.restrictions)).length > 0) return false
  if (all.asset.editorialOnly && nonEditorialMedia.has(p.medium)) return false
  for (const [kind, shows] of [
    ['MODEL', all.asset.showsPeople],
    ['PROPERTY', all.asset.showsProperty],
  ] as const) {
    const rows = known(all.releases).filter((r) => r.kind === kind)
    if (here(rows).some((r) => r.status === 'WITHDRAWN')) return false
    if (!consentMedia.has(p.medium)) continue
    if (here(rows).some((r) => r.status === 'NONE')) return false
    const consents = rows.filter((r) => r.status === 'LIMITED' || r.status === 'UNLIMITED')
    if (consents.some((r) => !inside(r.box, p))) return false
    const settled = consents.length > 0 || here(rows).some((r) => r.status === 'NOT_APPLICABLE')
    if (shows !== false && !settled) return false
  }
  return true
}

/** Whether somebody's claim stands in the way. */
export function takenAt(all: AssetRights, use: Pick<Use, 'exclusive'>, knownAt: Date, p: Point, ownCounts: boolean): boolean {
  const [known, here] = [knownTo(knownAt), at(p)]
  const own = known(all.licences).map((licence) => licence.no)
  return here(known(all.claims)).some((claim) => (claim.exclusive || use.exclusive) && (ownCounts || !own.includes(claim.licenceNo)))
}
export const refusesAt = (all: AssetRights, use: Use, knownAt: Date, p: Point, ownCounts: boolean): boolean =>
  !permitsAt(all, use.by, knownAt, p) || takenAt(all, use, knownAt, p, ownCounts)

export function coveredBySlowly(all: AssetRights, use: Use, knownAt: Date): boolean {
  const fit = all.licences.filter(
    (l) =>
      l.recordedAt <= knownAt &&
      !(l.supersededAt && l.supersededAt <= knownAt) &&
      (l.exclusive || !use.exclusive) &&
      (use.limits?.printRun ?? 0) <= (l.limits.printRun ?? Infinity),
  )
  return pointsOf(use.box as Box).every((point) => fit.some((l) => inside(l.box, point)))
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
      return {
        ...all,
        releases: all.releases.map((row) =>
          row.id === id
            ? {
                ...row,
                box: { media: LeafSet.all, territory: LeafSet.all, industry: LeafSet.all, period: { from: instant(-99), to: null } },
              }
            : row,
        ),
      }
    case 'release-refused':
    case 'release-withdrawn':
      return { ...all, releases: all.releases.map((row) => (row.id === id ? { ...row, status: 'NOT_APPLICABLE' as const } : row)) }
    case 'release-missing':
    case 'not-answered':
      return {
        ...all,
        releases: [
          ...all.releases,
          ...parts.map((box) => ({ ...anyone, reference: 'new', kind: of as 'MODEL', status: 'NOT_APPLICABLE' as const, box })),
        ],
      }
    case 'taken':
      return { ...all, claims: all.claims.filter((row) => row.id !== id) }
  }
}
