import { Refusal } from '../kernel/errors.ts'
import { addDays, addMonths, dayOf, type Day } from '../kernel/period.ts'
import type { Page } from '../kernel/page.ts'
import type { Ctx } from '../platform/context.ts'
import { claimNames } from './claim-names.ts'
import { gridView, type GridAsked, type GridView } from './grid-views.ts'
import { loadRights } from './loading.ts'
import { may, mustMay } from './policy.ts'
import { everything, type Box } from './rules/box.ts'
import { consentInWords } from './rules/consent-words.ts'
import { decide } from './rules/decide.ts'
import type { Acquisition, AssetRights, Claim, Release, Restriction } from './rules/known.ts'
import { gridIndustry } from './rules/grid.ts'
import { boxInWords, reasonInWords } from './rules/reason-words.ts'
import { boxOf } from './rules/scope.ts'
import { windowAround, type Zoom } from './rules/timeline.ts'
import type { Verdict } from './rules/verdict.ts'
import { drawnClaims, timelineView, type TimelineView } from './timeline-views.ts'

/** What every row of the desk says alike. */
interface Row {
  id: string
  scope: string
  from: Date | null
  to: Date | null
  recordedAt: Date
}
export type HeldRow = Row & Pick<Acquisition, 'contract' | 'licensor' | 'subLicensable' | 'exclusive'>
/** `covers`: what the paper says of a child, of AI and of sensitive subjects. */
export type ConsentRow = Row & Pick<Release, 'kind' | 'status' | 'reference'> & { covers: string[] }
export type BarredRow = Row & Pick<Restriction, 'kind' | 'reason' | 'reference'>
export type TakenRow = Row &
  Pick<Claim, 'state' | 'exclusive'> & { twin: boolean; name: string; licenceId: string | null; holder: string | null }

export interface AssetRightsPage {
  asset: {
    id: string
    title: string
    altText: string
    state: string
    audience: string
    showsPeople: boolean | null
    showsProperty: boolean | null
    editorialOnly: boolean
    version: {
      id: string
      processing: 'WAITING' | 'READY' | 'REJECTED'
      width: number | null
      height: number | null
      colour: string | null
    } | null
  }
  zone: string
  today: Day
  verdict: Verdict
  grid: GridView
  timeline: TimelineView
  held: HeldRow[]
  consents: ConsentRow[]
  barred: BarredRow[]
  taken: Page<TakenRow> & { total: number; exclusive: number }
  mayRecord: boolean
  /** Whether the store sells it, so that a scope of the grid can be quoted there. */
  sold: boolean
}

export interface AssetRightsAsked {
  grid: GridAsked
  zoom: Zoom
  /** The claim after which the list goes on. */
  after: string | null
}
const pageSize = 20

/** Everything about the rights of one asset, as the rights desk shows it. The rights are read once, in one statement. */
export async function assetRightsPage(
  ctx: Ctx<'db' | 'clock' | 'actor'>,
  assetId: string,
  asked: AssetRightsAsked,
): Promise<AssetRightsPage> {
  mustMay(ctx.actor, 'see-rights')
  const houseId = ctx.actor.houseId
  const [found, house, loaded] = await Promise.all([
    ctx.db.asset.findFirst({
      where: { id: assetId, houseId },
      select: {
        id: true,
        title: true,
        altText: true,
        state: true,
        audience: true,
        showsPeople: true,
        showsProperty: true,
        editorialOnly: true,
        sellsRightsManaged: true,
        currentVersion: { select: { id: true, processing: true, width: true, height: true, dominantColour: true } },
      },
    }),
    ctx.db.organisation.findUniqueOrThrow({ where: { id: houseId }, select: { timeZone: true } }),
    loadRights(ctx, { assetIds: [assetId] }),
  ])
  const rights = loaded.get(assetId)
  if (!found || !rights) throw new Refusal('not-found', `no asset ${assetId}`)
  const zone = house.timeZone
  const now = ctx.clock.now()
  const { currentVersion: version, sellsRightsManaged, ...asset } = found

  const claims = [...rights.claims].sort((a, b) => Number(BigInt(b.id) - BigInt(a.id)))
  const after = asked.after && /^\d{1,18}$/.test(asked.after) ? BigInt(asked.after) : null
  const rest = after === null ? claims : claims.filter(({ id }) => BigInt(id) < after)
  const shown = rest.slice(0, pageSize)
  const drawn = drawnClaims(rights.claims)
  const [names, { verdict, ...grid }] = await Promise.all([
    claimNames(
      ctx,
      [...shown, ...drawn].map(({ licenceNo }) => licenceNo),
    ),
    gridView(ctx, rights, asked.grid, zone),
  ])
  return {
    asset: {
      ...asset,
      version: version && {
        id: version.id,
        processing: version.processing,
        width: version.width,
        height: version.height,
        colour: version.dominantColour,
      },
    },
    zone,
    today: dayOf(now, zone),
    verdict,
    grid,
    timeline: timelineView(rights, windowAround(now, zone, asked.zoom), now, zone, names),
    ...rowsOf(rights, zone),
    taken: {
      items: shown.map((claim) => {
        const known = names.get(claim.licenceNo)
        return {
          ...rowOf(claim, zone),
          state: claim.state,
          exclusive: claim.exclusive,
          twin: claim.twin ?? false,
          name: known?.name ?? `Claim ${claim.id}`,
          licenceId: known?.licenceId ?? null,
          holder: known?.holder ?? null,
        }
      }),
      next: rest.length > pageSize ? (shown.at(-1)?.id ?? null) : null,
      total: claims.length,
      exclusive: claims.filter(({ exclusive }) => exclusive).length,
    },
    mayRecord: may(ctx.actor, 'record-rights'),
    sold: asset.state === 'PUBLISHED' && asset.audience === 'STORE' && sellsRightsManaged,
  }
}

const rowOf = ({ id, box, recordedAt }: { id: string; box: Box; recordedAt: Date }, zone: string): Row => ({
  id,
  scope: boxInWords(box, zone),
  from: box.period.from > everything.period.from ? box.period.from : null,
  to: box.period.to,
  recordedAt,
})

function rowsOf(rights: AssetRights, zone: string): Pick<AssetRightsPage, 'held' | 'consents' | 'barred'> {
  return {
    held: rights.acquisitions.map((one) => ({
      ...rowOf(one, zone),
      contract: one.contract,
      licensor: one.licensor,
      subLicensable: one.subLicensable,
      exclusive: one.exclusive,
    })),
    consents: rights.releases.map((one) => ({
      ...rowOf(one, zone),
      kind: one.kind,
      status: one.status,
      reference: one.reference,
      covers: consentInWords(one),
    })),
    barred: rights.restrictions.map((one) => ({ ...rowOf(one, zone), kind: one.kind, reason: one.reason, reference: one.reference })),
  }
}

export interface AssetRightsSummary {
  contracts: string[]
  bans: number
  consents: number
  licences: { live: number; exclusive: number }
  /** Whether anything stands against selling an advertisement anywhere for a year from today, and what. */
  sellable: boolean
  why: string[]
}

/** The rights of an asset in a few lines, for the library's page. */
export async function assetRightsSummary(ctx: Ctx<'db' | 'clock' | 'actor'>, assetId: string): Promise<AssetRightsSummary> {
  mustMay(ctx.actor, 'see-rights')
  const rights = (await loadRights(ctx, { assetIds: [assetId] })).get(assetId)
  if (!rights) throw new Refusal('not-found', `no asset ${assetId}`)
  const why = againstSelling(rights, ctx.clock.now())
  return {
    contracts: rights.acquisitions.map(({ contract }) => contract),
    bans: rights.restrictions.length + (rights.asset.editorialOnly ? 1 : 0),
    consents: rights.releases.length,
    licences: {
      live: new Set(rights.claims.map(({ licenceNo }) => licenceNo)).size,
      exclusive: new Set(rights.claims.filter(({ exclusive }) => exclusive).map(({ licenceNo }) => licenceNo)).size,
    },
    sellable: why.length === 0,
    why,
  }
}

function againstSelling(rights: AssetRights, now: Date): string[] {
  const from = dayOf(now, 'UTC')
  const stated = boxOf({
    media: ['advertising', 'social', 'out-of-home'],
    territory: { include: ['WORLD'] },
    industry: 'ALL',
    from,
    until: addDays(addMonths(from, 12), -1),
    zone: 'UTC',
    exclusive: false,
  })
  const box = { ...stated, industry: gridIndustry(rights, now) }
  const { reasons } = decide(rights, { box, exclusive: false, by: 'holder' }, { at: now, knownAt: now })
  return reasons.map((reason) => reasonInWords(reason, box, { zone: 'UTC', contracts: true }))
}
