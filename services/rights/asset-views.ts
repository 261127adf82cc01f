import { Refusal } from '../kernel/errors.ts'
import { addDays, addMonths, dayOf, isDay, type Day } from '../kernel/period.ts'
import type { Ctx } from '../platform/context.ts'
import { loadRights } from './loading.ts'
import { may, mustMay } from './policy.ts'
import type { Box } from './rules/box.ts'
import { decide } from './rules/decide.ts'
import { cellOf, gridOf, type Cell, type Grid } from './rules/grid.ts'
import type { AssetRights, Claim, ReleaseKind, ReleaseStatus, RestrictionKind } from './rules/known.ts'
import { boxInWords, reasonInWords } from './rules/reason-words.ts'
import { boxOf } from './rules/scope.ts'
import { barOf, ticksOf, windowAround, type Bar, type Tick } from './rules/timeline.ts'

/** One row of the desk: what it says in words, and where it stands in time. */
interface Row {
  id: string
  title: string
  scope: string
  bar: Bar | null
  from: Date | null
  to: Date | null
}
export interface AssetRightsPage {
  asset: {
    id: string
    title: string
    state: string
    audience: string
    showsPeople: boolean | null
    showsProperty: boolean | null
    editorialOnly: boolean
    versionId: string | null
  }
  zone: string
  today: Day
  held: (Row & { licensor: string; subLicensable: boolean; exclusive: boolean })[]
  consents: (Row & { kind: ReleaseKind; status: ReleaseStatus })[]
  barred: (Row & { kind: RestrictionKind; reason: string })[]
  taken: (Row & { state: Claim['state']; exclusive: boolean; licenceId: string | null; holder: string | null })[]
  ticks: Tick[]
  now: number
  span: { from: Day; months: number }
  grid: Grid
  cell: Cell | null
  mayRecord: boolean
}

export const gridMonths = [1, 3, 12, 24, 36] as const
const aLot = 100

/** Everything about the rights of one asset, as the rights desk shows it. */
export async function assetRightsPage(
  ctx: Ctx<'db' | 'clock' | 'actor'>,
  assetId: string,
  asked: { from?: string | null; months?: number; media?: string | null; territory?: string | null },
): Promise<AssetRightsPage> {
  mustMay(ctx.actor, 'see-rights')
  const houseId = ctx.actor.houseId
  const [asset, house, loaded] = await Promise.all([
    ctx.db.asset.findFirst({
      where: { id: assetId, houseId },
      select: {
        id: true,
        title: true,
        state: true,
        audience: true,
        showsPeople: true,
        showsProperty: true,
        editorialOnly: true,
        currentVersionId: true,
      },
    }),
    ctx.db.organisation.findUniqueOrThrow({ where: { id: houseId }, select: { timeZone: true } }),
    loadRights(ctx, { assetIds: [assetId] }),
  ])
  const rights = loaded.get(assetId)
  if (!asset || !rights) throw new Refusal('not-found', `no asset ${assetId}`)
  const licences = new Map(
    (
      await ctx.db.licence.findMany({
        where: { houseId, no: { in: rights.claims.slice(0, aLot).map(({ licenceNo }) => licenceNo) } },
        select: { no: true, id: true, number: true, holderOrgId: true },
      })
    ).map((licence) => [licence.no, licence]),
  )
  const holders = new Map(
    (
      await ctx.db.organisation.findMany({
        where: { houseId, id: { in: [...licences.values()].map(({ holderOrgId }) => holderOrgId) } },
        select: { id: true, name: true },
      })
    ).map(({ id, name }) => [id, name]),
  )

  const zone = house.timeZone
  const now = ctx.clock.now()
  const window = windowAround(now, zone)
  const months = gridMonths.find((n) => n === asked.months) ?? 12
  const span = { from: asked.from && isDay(asked.from) ? asked.from : dayOf(now, zone), months, zone }
  const when = { at: now, knownAt: now }
  const row = (id: string, title: string, box: Box): Row => ({
    id,
    title,
    scope: boxInWords(box, zone),
    bar: barOf(box.period, window.span) ?? null,
    from: box.period.from.getTime() > -8e15 ? box.period.from : null,
    to: box.period.to,
  })
  return {
    asset: { ...asset, versionId: asset.currentVersionId },
    zone,
    today: dayOf(now, zone),
    held: rights.acquisitions.map((one) => ({
      ...row(one.id, one.contract, one.box),
      licensor: one.licensor,
      subLicensable: one.subLicensable,
      exclusive: one.exclusive,
    })),
    consents: rights.releases.map((one) => ({ ...row(one.id, one.reference, one.box), kind: one.kind, status: one.status })),
    barred: rights.restrictions.map((one) => ({
      ...row(one.id, one.reference ?? one.reason, one.box),
      kind: one.kind,
      reason: one.reason,
    })),
    taken: rights.claims.slice(0, aLot).map((claim) => {
      const licence = licences.get(claim.licenceNo)
      return {
        ...row(claim.id, licence?.number ?? `Claim ${claim.id}`, claim.box),
        state: claim.state,
        exclusive: claim.exclusive,
        licenceId: licence?.id ?? null,
        holder: (licence && holders.get(licence.holderOrgId)) ?? null,
      }
    }),
    ticks: ticksOf(window.from, zone, window.span),
    now: barOf({ from: now, to: null }, window.span)?.left ?? 0,
    span: { from: span.from, months },
    grid: gridOf(rights, span, when),
    cell: asked.media && asked.territory ? (cellOf(rights, span, when, asked.media, asked.territory) ?? null) : null,
    mayRecord: may(ctx.actor, 'record-rights'),
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
  const box = boxOf({
    media: ['advertising', 'social', 'out-of-home'],
    territory: { include: ['WORLD'] },
    industry: 'ALL',
    from,
    until: addDays(addMonths(from, 12), -1),
    zone: 'UTC',
    exclusive: false,
  })
  const { reasons } = decide(rights, { box, exclusive: false, by: 'holder' }, { at: now, knownAt: now })
  return reasons.map((reason) => reasonInWords(reason, box, { zone: 'UTC', contracts: true }))
}
