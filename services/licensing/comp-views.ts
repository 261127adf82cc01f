import type { Person } from '../kernel/actor.ts'
import { Refusal } from '../kernel/errors.ts'
import type { Ctx } from '../platform/context.ts'
import { tilesById, type Tile } from '../catalog/tiles.ts'
import { compDaysOf, isRenewable } from './rules/comp-terms.ts'
import { isInForce } from './rules/in-force.ts'
import { currentTerms } from './terms-templates.ts'

export interface CompPage {
  tile: Tile
  days: number
  zone: string
  terms: { id: string; title: string; version: number } | null
  /** The one that runs for the reader's company. */
  running: { id: string; number: string; endsAt: Date; renewable: boolean } | null
}

/** What a layout file of a picture is, and the reader's own where one runs. */
export async function compPage(ctx: Ctx<'db' | 'clock'> & { actor: Person }, assetId: string): Promise<CompPage> {
  const { houseId, orgId } = ctx.actor
  const [[tile], house, terms, row] = await Promise.all([
    tilesById(ctx, [assetId]),
    ctx.db.organisation.findUniqueOrThrow({ where: { id: houseId }, select: { timeZone: true, settings: true } }),
    currentTerms(ctx, 'COMP'),
    ctx.db.licence.findFirst({
      where: { houseId, holderOrgId: orgId, assetId, model: 'COMP', state: 'ACTIVE' },
      select: { id: true, number: true, state: true, startsAt: true, endsAt: true },
    }),
  ])
  if (!tile) throw new Refusal('not-found', `no asset ${assetId} in the store`)
  const now = ctx.clock.now()
  const running =
    row?.endsAt && isInForce(row, now) ? { id: row.id, number: row.number, endsAt: row.endsAt, renewable: isRenewable(row, now) } : null
  return {
    tile,
    days: compDaysOf(house.settings),
    zone: house.timeZone,
    terms: terms && { id: terms.id, title: terms.title, version: terms.version },
    running,
  }
}
