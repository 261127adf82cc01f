import type { Ctx } from '../platform/context.ts'
import { loadRights } from '../rights/loading.ts'
import { remainder } from '../rights/rules/box.ts'
import { decideKnown } from '../rights/rules/decide.ts'
import type { AssetRights, When } from '../rights/rules/known.ts'
import { boxOf } from '../rights/rules/scope.ts'
import {
  deliveriesOf,
  eachChunk,
  holdersOf,
  importedSalesOf,
  inChunks,
  licencesOf,
  placementsOf,
  shownAssetsOf,
  waitingRequestsOf,
  type AssetRow,
  type RequestRow,
} from './change-downstream.ts'
import type { ChangedAsset } from './change-ground.ts'
import { turner, type Turned } from './rules/change-groups.ts'
import { bothLosses, heldLine, licenceLines, requestLine, saleLine, startOf, type Loss } from './rules/change-lines.ts'
import { mustStop, type UpstreamChange } from './rules/change.ts'
import { suggestFor } from './rules/change-decisions.ts'
import type { Deliveries } from './rules/change-item.ts'
import { summarise, type ChangeSummary, type Line } from './rules/change-summary.ts'

export interface Preview {
  /** Assets of which a row is written or ended: without one there is nothing to apply. */
  changing: number
  summary: ChangeSummary
  lines: Line[]
}

/**
 * Everything downstream of a change: a thousand assets a query, and the pure engine over each. Nothing is written. The same
 * rows and the same instant give the same preview.
 */
export async function previewOf(
  ctx: Ctx<'db' | 'clock' | 'actor'>,
  change: UpstreamChange,
  assets: readonly ChangedAsset[],
): Promise<Preview> {
  const now = ctx.clock.now()
  const when = { at: now, knownAt: now }
  const turned = new Map<string, Turned>()
  const losses = new Map<bigint, Loss>()
  const turn = turner(change, when)
  const load = async (chunk: readonly ChangedAsset[]) => [
    ...(await loadRights(ctx, { assetNos: chunk.map(({ no }) => no), claims: 'live' })),
  ]
  await eachChunk(assets, load, (rights) => {
    for (const [id, known] of rights) {
      const one = turn(known)
      turned.set(id, one)
      // A licence's claims together: a scope that needed several contracts is several claims.
      for (const { licenceNo, loss } of one.losses) {
        const other = losses.get(licenceNo)
        losses.set(licenceNo, other ? bothLosses(other, loss) : loss)
      }
    }
  })
  return linesOf(ctx, change, when, turned, losses)
}

async function linesOf(
  ctx: Ctx<'db' | 'clock' | 'actor'>,
  change: UpstreamChange,
  { at: now }: When,
  turned: ReadonlyMap<string, Turned>,
  losses: ReadonlyMap<bigint, Loss>,
): Promise<Preview> {
  const nos = [...losses.keys()]
  const touchedIds = [...turned].flatMap(([id, { touched }]) => (touched ? [id] : []))
  const [house, { licences, sales, deliveries }, { shown, placements, requests }] = await Promise.all([
    ctx.db.organisation.findUniqueOrThrow({ where: { id: ctx.actor.houseId }, select: { timeZone: true } }),
    soldOf(ctx, nos),
    shownOf(ctx, now, [...turned.keys()], touchedIds),
  ])
  const people = await holdersOf(ctx, [
    ...new Set([...licences, ...requests.map(({ orgId }) => ({ holderOrgId: orgId }))].map((one) => one.holderOrgId)),
  ])

  const assetOf = new Map(shown.map((asset) => [asset.id, asset] as const))
  const titleOf = (id: string): string => assetOf.get(id)?.title ?? ''
  const stops = mustStop(change)
  const licenceLine = licenceLines(change, now)
  const lossOf = (no: bigint): Loss => losses.get(no) as Loss
  const inOrder = licences
    .map((row) => {
      const loss = lossOf(row.no)
      return { row, loss, start: startOf(loss) }
    })
    .sort((a, b) => a.start - b.start || (a.row.no < b.row.no ? -1 : 1))
  const isHeld = ({ loss }: { loss: Loss }) => loss.state === 'HELD' || loss.state === 'PENDING_PAYMENT'
  const kitLosses = new Set(licences.flatMap(({ kitId, assetId }) => (kitId ? [`${kitId}:${assetId}`] : [])))
  const lines: Line[] = [
    ...inOrder
      .filter((one) => !isHeld(one))
      .map(({ row, loss }) => licenceLine(row, loss, titleOf(row.assetId), deliveries.get(row.id) ?? null)),
    ...sales.map((row) => saleLine(row, lossOf(row.no), { title: titleOf(row.assetId), stops })),
    ...inOrder.filter(isHeld).map(({ row, loss }) => heldLine(row, loss, titleOf(row.assetId))),
    // A kit matters where what it gave is lost, or nothing may be given any more; a collection only in the second case.
    ...placements.flatMap((place): Line[] => {
      const dead = turned.get(place.assetId)?.dead ?? false
      const key = `${place.id}:${place.assetId}`
      if (!dead && !kitLosses.has(key)) return []
      const facts = {
        whole: dead,
        boxes: [],
        from: null,
        dead,
        ...(place.kind === 'KIT' ? { kitId: place.id, holders: Number(place.holders) } : {}),
      }
      return [
        {
          kind: place.kind,
          subjectId: key,
          assetId: place.assetId,
          title: `${place.title} · ${titleOf(place.assetId)}`,
          facts,
          suggestion: suggestFor(place.kind, { dead, stops }),
          ...noHolder,
        },
      ]
    }),
    ...shown.flatMap((asset): Line[] => {
      const { dead = false } = turned.get(asset.id) ?? {}
      if (!dead || asset.state !== 'PUBLISHED') return []
      return [
        {
          kind: 'ASSET',
          subjectId: asset.id,
          assetId: asset.id,
          title: asset.title,
          facts: { whole: true, boxes: [], from: null, dead },
          suggestion: suggestFor('ASSET', { dead, stops }),
          ...noHolder,
        },
      ]
    }),
    ...requests.flatMap((request) => {
      const parts = refusedNow(turned.get(request.assetId), request)
      return parts.length > 0 ? [requestLine(request, parts, titleOf(request.assetId))] : []
    }),
  ]
  const changing = [...turned.values()].filter((one) => one.changing).length
  return { changing, lines, summary: summarise(lines, { ...besideOf(turned, shown, deliveries), people, zone: house.timeZone }) }
}

/** What was sold, here and in other shops, and what was handed out for it. */
async function soldOf(ctx: Ctx<'db' | 'actor'>, nos: readonly bigint[]) {
  const deliveries = new Map<string, Deliveries>()
  const licences = await inChunks(nos, async (chunk) => {
    const rows = await licencesOf(ctx, chunk)
    const ids = rows.map(({ id }) => id)
    for (const [id, served] of await deliveriesOf(ctx, ids)) deliveries.set(id, served)
    return rows
  })
  const ours = new Set(licences.map(({ no }) => no))
  const elsewhere = nos.filter((no) => !ours.has(no))
  return { licences, deliveries, sales: await inChunks(elsewhere, (chunk) => importedSalesOf(ctx, chunk)) }
}

/** The pictures themselves, where they are shown, and who waits for them. */
async function shownOf(ctx: Ctx<'db' | 'actor'>, now: Date, ids: readonly string[], touched: readonly string[]) {
  const shown = await inChunks(ids, (chunk) => shownAssetsOf(ctx, chunk))
  const placements = await inChunks(touched, (chunk) => placementsOf(ctx, now, chunk))
  return { shown, placements, requests: await inChunks(touched, (chunk) => waitingRequestsOf(ctx, chunk)) }
}

const noHolder = { holderOrgId: null, currency: null, paidMinor: null, decision: null }

/** The parts of a waiting wish that could be granted and cannot any more. */
function refusedNow(turned: Turned | undefined, request: RequestRow) {
  if (!turned) return []
  const box = boxOf(request.terms)
  const by = request.orgKind === 'OWNER' ? 'house' : 'holder'
  const partsOf = (rights: AssetRights) => {
    const { reasons } = decideKnown({ ...rights, claims: [] }, { box, exclusive: false, by }, box)
    return reasons.flatMap((reason) => [...reason.parts])
  }
  return remainder(partsOf(turned.after), partsOf(turned.before))
}

function besideOf(
  turned: ReadonlyMap<string, Turned>,
  shown: readonly AssetRow[],
  deliveries: ReadonlyMap<string, { count: number; people: number; last: string }>,
) {
  const all = [...turned.values()]
  const touched = new Set([...turned].flatMap(([id, one]) => (one.touched ? [id] : [])))
  const isDead = (id: string) => turned.get(id)?.dead ?? false
  const published = shown.filter(({ state }) => state === 'PUBLISHED')
  const served = [...deliveries.values()]
  return {
    assets: {
      total: turned.size,
      touched: touched.size,
      dead: all.filter(({ dead }) => dead).length,
      published: published.length,
      deadPublished: published.filter(({ id }) => isDead(id)).length,
      freed: all.filter(({ freed }) => freed).length,
    },
    carts: shown.reduce((sum, { id, carts }) => sum + (touched.has(id) ? carts : 0), 0),
    renditions: shown.reduce((sum, { id, renditions }) => sum + (touched.has(id) ? renditions : 0), 0),
    deliveries: {
      count: served.reduce((sum, one) => sum + one.count, 0),
      people: served.reduce((sum, one) => sum + one.people, 0),
      last: served.reduce<string | null>((last, one) => (last === null || one.last > last ? one.last : last), null),
    },
  }
}
