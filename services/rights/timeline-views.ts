import type { ClaimName } from './claim-names.ts'
import type { Box } from './rules/box.ts'
import type { AssetRights, Claim, ReleaseStatus, RestrictionKind } from './rules/known.ts'
import { boxInWords } from './rules/reason-words.ts'
import { barOf, ticksOf, tracksOf, type Bar, type Tick, type TimeWindow, type Zoom } from './rules/timeline.ts'

export type LaneTone = 'held' | 'consent' | 'barred' | 'taken' | 'exclusive'
/** One span drawn: where, on which track, and everything that it stands for in words. */
export interface LaneBar extends Bar {
  id: string
  track: number
  tone: LaneTone
  name: string
  scope: string
  /** Of a ban: what kind. */
  ban: RestrictionKind | null
}
export interface TimelineView {
  years: Zoom
  ticks: Tick[]
  /** Where now is, in hundredths. */
  now: number
  lanes: { key: 'held' | 'consents' | 'barred' | 'taken'; bars: LaneBar[]; tracks: number; outside: number }[]
}

/** A best-seller's plain licences are counted, not drawn: what bars others is drawn first. */
const mostBars = 60
const refused: readonly ReleaseStatus[] = ['NONE', 'WITHDRAWN']

/** Which claims the timeline draws: exclusive ones first, then the latest. */
export const drawnClaims = (claims: readonly Claim[]): Claim[] =>
  [...claims].sort((a, b) => Number(b.exclusive) - Number(a.exclusive) || Number(BigInt(b.id) - BigInt(a.id))).slice(0, mostBars)

/** What is held, consented to, barred and taken, over the same months. */
export function timelineView(
  rights: AssetRights,
  window: TimeWindow,
  now: Date,
  zone: string,
  names: ReadonlyMap<bigint, ClaimName>,
): TimelineView {
  const lane = (
    key: TimelineView['lanes'][number]['key'],
    rows: { id: string; box: Box; tone: LaneTone; name: string; ban?: RestrictionKind }[],
    all: number,
  ) => {
    const inside = rows.flatMap((row) => {
      const bar = barOf(row.box.period, window.span)
      return bar ? [{ id: row.id, tone: row.tone, name: row.name, scope: boxInWords(row.box, zone), ban: row.ban ?? null, ...bar }] : []
    })
    const tracks = tracksOf(inside)
    const bars = inside.map((bar, index) => ({ ...bar, track: tracks[index] ?? 0 })).sort((a, b) => a.left - b.left || a.track - b.track)
    return { key, bars, tracks: Math.max(0, ...tracks.map((track) => track + 1)), outside: all - inside.length }
  }
  const claims = drawnClaims(rights.claims)
  return {
    years: window.years,
    ticks: ticksOf(window, zone),
    now: barOf({ from: now, to: null }, window.span)?.left ?? 0,
    lanes: [
      lane(
        'held',
        rights.acquisitions.map(({ id, box, contract, licensor, exclusive }) => ({
          id,
          box,
          tone: 'held',
          name: `${contract}, from ${licensor}${exclusive ? ', exclusive' : ''}`,
        })),
        rights.acquisitions.length,
      ),
      lane(
        'consents',
        rights.releases.map(({ id, box, reference, status }) => ({
          id,
          box,
          tone: refused.includes(status) ? 'barred' : 'consent',
          name: reference,
        })),
        rights.releases.length,
      ),
      lane(
        'barred',
        rights.restrictions.map(({ id, box, kind, reference, reason }) => ({
          id,
          box,
          tone: 'barred',
          name: reference ?? reason,
          ban: kind,
        })),
        rights.restrictions.length,
      ),
      lane(
        'taken',
        claims.map(({ id, box, exclusive, licenceNo, twin }) => {
          const known = names.get(licenceNo)
          const whose = [known?.name ?? 'A claim', known?.holder, exclusive && 'exclusive', twin && 'on a twin'].filter(Boolean)
          return { id, box, tone: exclusive ? ('exclusive' as const) : ('taken' as const), name: whose.join(', ') }
        }),
        rights.claims.length,
      ),
    ],
  }
}
