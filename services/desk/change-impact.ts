import type { Ctx } from '../platform/context.ts'
import { loadRights } from '../rights/loading.ts'
import { barredBy } from '../rights/rules/barred.ts'
import { everything, remainder } from '../rights/rules/box.ts'
import { decideKnown } from '../rights/rules/decide.ts'
import { notHeld } from '../rights/rules/held.ts'
import { changed, impactOf, type ClaimImpact, type Impact } from '../rights/rules/impact.ts'
import type { AssetRights, When } from '../rights/rules/known.ts'
import { boxOf } from '../rights/rules/scope.ts'
import {
  deliveriesOf,
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
import { heldLine, licenceLine, requestLine, saleLine, type Loss } from './rules/change-lines.ts'
import { mustStop, rewritten, type UpstreamChange } from './rules/change.ts'
import { suggestFor } from './rules/change-decisions.ts'
import { summarise, type ChangeSummary, type Line } from './rules/change-summary.ts'

export interface Preview {
  /** Assets of which a row is written or ended: without one there is nothing to apply. */
  changing: number
  summary: ChangeSummary
  lines: Line[]
}

interface Turned {
  impact: Impact
  changing: boolean
  /** Nothing can be sold or granted of it any more, now or later. */
  dead: boolean
  touched: boolean
  before: AssetRights
  after: AssetRights
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
  for (let from = 0; from < assets.length; from += 1_000) {
    const rights = await loadRights(ctx, { assetNos: assets.slice(from, from + 1_000).map(({ no }) => no), claims: 'live' })
    for (const [id, known] of rights) {
      const one = turn(known, change, when)
      turned.set(id, one)
      gather(losses, one.impact.claims)
    }
  }
  return linesOf(ctx, change, when, turned, losses)
}

function turn(known: AssetRights, change: UpstreamChange, when: When): Turned {
  const rewriting = rewritten(known, change, when.at).change
  const impact = impactOf(known, rewriting, when)
  const after = changed(known, rewriting)
  const touched = impact.noLongerSellable.length > 0 || impact.claims.some(({ lost }) => lost.length > 0)
  const { ends, restrictions = [] } = rewriting
  return {
    impact,
    changing: ends.length + restrictions.length > 0,
    before: known,
    after,
    touched,
    dead: touched && nothingLeft(after, when.at),
  }
}

/** Whether everything is refused from an instant on: not held, or barred. */
function nothingLeft(after: AssetRights, at: Date): boolean {
  const ahead = { ...everything, period: { from: at, to: null } }
  const held = remainder(
    [ahead],
    notHeld(after, 'holder', ahead).flatMap((reason) => [...reason.parts]),
  )
  if (held.length === 0) return true
  const barred = barredBy(after, ahead)
  return (
    barred.length > 0 &&
    remainder(
      held,
      barred.flatMap((reason) => [...reason.parts]),
    ).length === 0
  )
}

/** A licence's claims together: a scope that needed several contracts is several claims. Twins lose nothing here. */
function gather(losses: Map<bigint, Loss>, claims: readonly ClaimImpact[]): void {
  const touched = new Set(claims.flatMap(({ lost, licenceNo }) => (lost.length > 0 ? [licenceNo] : [])))
  for (const claim of claims) {
    if (claim.twin || !touched.has(claim.licenceNo)) continue
    const loss = losses.get(claim.licenceNo) ?? { boxes: [], keptNothing: true, causes: new Set(), state: claim.state }
    loss.boxes.push(...claim.lost)
    loss.keptNothing &&= claim.kept.length === 0
    for (const { cause } of claim.reasons) loss.causes.add(cause)
    losses.set(claim.licenceNo, loss)
  }
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
  const house = await ctx.db.organisation.findUniqueOrThrow({ where: { id: ctx.actor.houseId }, select: { timeZone: true } })
  const licences = await inChunks(nos, (chunk) => licencesOf(ctx, chunk))
  const ours = new Set(licences.map(({ no }) => no))
  const sales = await inChunks(
    nos.filter((no) => !ours.has(no)),
    (chunk) => importedSalesOf(ctx, chunk),
  )
  const deliveries = new Map(
    await inChunks(
      licences.map(({ id }) => id),
      async (chunk) => [...(await deliveriesOf(ctx, chunk))],
    ),
  )
  const shown = await inChunks([...turned.keys()], (chunk) => shownAssetsOf(ctx, chunk))
  const placements = await inChunks(touchedIds, (chunk) => placementsOf(ctx, now, chunk))
  const requests = await inChunks(touchedIds, (chunk) => waitingRequestsOf(ctx, chunk))
  const people = await holdersOf(ctx, [
    ...new Set([...licences, ...requests.map(({ orgId }) => ({ holderOrgId: orgId }))].map((one) => one.holderOrgId)),
  ])

  const assetOf = new Map(shown.map((asset) => [asset.id, asset] as const))
  const titleOf = (id: string): string => assetOf.get(id)?.title ?? ''
  const stops = mustStop(change)
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
      .map(({ row, loss }) =>
        licenceLine(change, row, loss, { title: titleOf(row.assetId), deliveries: deliveries.get(row.id) ?? null, now }),
      ),
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

const noHolder = { holderOrgId: null, currency: null, paidMinor: null, decision: null }
const startOf = (loss: Loss): number => loss.boxes.reduce((first, { period }) => Math.min(first, period.from.getTime()), Infinity)

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
      freed: all.filter(({ impact }) => impact.nowSellable.length > 0).length,
    },
    carts: shown.reduce((sum, { id, carts }) => sum + (touched.has(id) ? Number(carts) : 0), 0),
    renditions: shown.reduce((sum, { id, renditions }) => sum + (touched.has(id) ? Number(renditions) : 0), 0),
    deliveries: {
      count: served.reduce((sum, one) => sum + one.count, 0),
      people: served.reduce((sum, one) => sum + one.people, 0),
      last: served.reduce<string | null>((last, one) => (last === null || one.last > last ? one.last : last), null),
    },
  }
}
