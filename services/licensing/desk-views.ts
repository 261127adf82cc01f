import { Refusal } from '../kernel/errors.ts'
import { decodeCursor, encodeCursor, pageOf, type Page } from '../kernel/page.ts'
import type { Ctx } from '../platform/context.ts'
import { describeScope, mediumName, placeName, summariseScope } from '../rights/rules/scope-words.ts'
import { withheldInWords, withinConsents } from '../rights/rules/within-consents.ts'
import { boxOf, type ScopeTerms } from '../rights/rules/scope.ts'
import { decide } from '../rights/rules/decide.ts'
import { reasonInWords } from '../rights/rules/reason-words.ts'
import { loadRights } from '../rights/loading.ts'
import { mayDecideRights, maySeeAllLicences } from './policy.ts'
import type { ScopeWords } from './rules/licence-document.ts'
import type { LicenceShelf } from './rules/shelves.ts'
import type { RequestState } from './rules/request-states.ts'
import { before, licenceItems, licenceRowFields, onShelf, readLicence, type LicenceItem, type LicencePage } from './views.ts'

type ViewCtx = Ctx<'db' | 'clock' | 'actor' | 'language'>
const pageSize = 40

export type DeskLicence = LicenceItem & { holder: string }

/** Every licence of the house for the rights desk: by shelf, by words in its number, its holder's name or its asset's title. */
export async function rightsLicences(
  ctx: ViewCtx,
  { shelf = 'all', q = '', after }: { shelf?: LicenceShelf; q?: string; after?: string | null },
): Promise<Page<DeskLicence>> {
  if (!maySeeAllLicences(ctx.actor)) throw new Refusal('forbidden', 'licences of the house')
  const { houseId } = ctx.actor
  const words = q.trim()
  const cursor = decodeCursor(after)
  const found = words ? await idsBehind(ctx, words) : null
  const rows = await ctx.db.licence.findMany({
    where: {
      AND: [
        { houseId, NOT: { state: 'ENDED', endedBy: 'RELEASED' } },
        onShelf(shelf, ctx.clock.now()),
        found
          ? { OR: [{ number: { contains: words.toUpperCase() } }, { holderOrgId: { in: found.orgs } }, { assetId: { in: found.assets } }] }
          : {},
        cursor ? before(cursor) : {},
      ],
    },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: pageSize + 1,
    select: licenceRowFields,
  })
  const page = pageOf(rows, pageSize, (row) => encodeCursor(row.createdAt, row.id))
  const holders = await namesOf(
    ctx,
    page.items.map((row) => row.holderOrgId),
  )
  const items = await licenceItems(ctx, page.items)
  return {
    items: items.map((item, index) => ({ ...item, holder: holders.get(page.items[index]?.holderOrgId ?? '') ?? '' })),
    next: page.next,
  }
}

async function idsBehind(ctx: ViewCtx, words: string): Promise<{ orgs: string[]; assets: string[] }> {
  const { houseId } = ctx.actor
  const like = { contains: words, mode: 'insensitive' } as const
  const orgs = await ctx.db.organisation.findMany({ where: { houseId, name: like }, select: { id: true }, take: 200 })
  const assets = await ctx.db.asset.findMany({ where: { houseId, title: like }, select: { id: true }, take: 500 })
  return { orgs: orgs.map(({ id }) => id), assets: assets.map(({ id }) => id) }
}

async function namesOf(ctx: Ctx<'db'>, ids: readonly string[]): Promise<Map<string, string>> {
  const orgs = await ctx.db.organisation.findMany({ where: { id: { in: [...new Set(ids)] } }, select: { id: true, name: true } })
  return new Map(orgs.map(({ id, name }) => [id, name]))
}

/** One licence, as the rights desk sees it. */
export async function rightsLicencePage(ctx: ViewCtx, licenceId: string): Promise<LicencePage & { mayDecide: boolean }> {
  if (!maySeeAllLicences(ctx.actor)) throw new Refusal('forbidden', 'licences of the house')
  const page = await readLicence(ctx, { id: licenceId, houseId: ctx.actor.houseId }, { withNames: true })
  return { ...page, mayDecide: mayDecideRights(ctx.actor) }
}

export interface RequestItem {
  id: string
  state: RequestState
  org: string
  asset: { id: string; title: string; altText: string }
  purpose: string
  summary: string
  createdAt: Date
  decidedAt: Date | null
}

async function requestItems(
  ctx: ViewCtx,
  scope: { orgId?: string },
  { state, after }: { state?: RequestState; after?: string | null },
): Promise<Page<RequestItem>> {
  const cursor = decodeCursor(after)
  const rows = await ctx.db.grantRequest.findMany({
    where: {
      houseId: ctx.actor.houseId,
      ...scope,
      ...(state ? { state } : {}),
      ...(cursor ? { OR: [{ createdAt: { lt: cursor.at } }, { createdAt: cursor.at, id: { lt: cursor.id } }] } : {}),
    },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: pageSize + 1,
  })
  const page = pageOf(rows, pageSize, (row) => encodeCursor(row.createdAt, row.id))
  const orgs = await namesOf(
    ctx,
    page.items.map((row) => row.orgId),
  )
  const assets = await ctx.db.asset.findMany({
    where: { id: { in: page.items.map((row) => row.assetId) } },
    select: { id: true, title: true, altText: true },
  })
  const assetOf = new Map(assets.map((asset) => [asset.id, asset]))
  return {
    next: page.next,
    items: page.items.map((row) => ({
      id: row.id,
      state: row.state,
      org: orgs.get(row.orgId) ?? '',
      asset: assetOf.get(row.assetId) ?? { id: row.assetId, title: 'Asset', altText: '' },
      purpose: row.purpose,
      summary: summariseScope(row.terms as unknown as ScopeTerms),
      createdAt: row.createdAt,
      decidedAt: row.decidedAt,
    })),
  }
}

/** Requests of the house for the rights desk, newest first. */
export async function requestsDesk(
  ctx: ViewCtx,
  filter: { state?: RequestState; after?: string | null },
): Promise<Page<RequestItem> & { waiting: number }> {
  if (!maySeeAllLicences(ctx.actor)) throw new Refusal('forbidden', 'requests of the house')
  return {
    ...(await requestItems(ctx, {}, filter)),
    waiting: await ctx.db.grantRequest.count({ where: { houseId: ctx.actor.houseId, state: 'WAITING' } }),
  }
}

export interface RequestPage extends Omit<RequestItem, 'summary'> {
  orgId: string
  askedBy: string
  decidedBy: string | null
  reason: string | null
  scope: ScopeWords[]
  licence: { id: string; number: string } | null
}

async function readRequest(ctx: ViewCtx, requestId: string): Promise<RequestPage & { terms: ScopeTerms }> {
  const row = await ctx.db.grantRequest.findFirst({ where: { id: requestId, houseId: ctx.actor.houseId } })
  if (!row) throw new Refusal('not-found', `no request ${requestId}`)
  const orgs = await namesOf(ctx, [row.orgId])
  const asset = await ctx.db.asset.findUniqueOrThrow({ where: { id: row.assetId }, select: { id: true, title: true, altText: true } })
  const people = await ctx.db.user.findMany({
    where: { id: { in: [row.askedById, ...(row.decidedById ? [row.decidedById] : [])] } },
    select: { id: true, name: true },
  })
  const nameOf = (id: string | null): string | null => people.find((person) => person.id === id)?.name ?? null
  const terms = row.terms as unknown as ScopeTerms
  return {
    id: row.id,
    state: row.state,
    orgId: row.orgId,
    org: orgs.get(row.orgId) ?? '',
    asset,
    purpose: row.purpose,
    createdAt: row.createdAt,
    decidedAt: row.decidedAt,
    reason: row.reason,
    askedBy: nameOf(row.askedById) ?? 'Somebody who has left',
    decidedBy: nameOf(row.decidedById),
    terms,
    scope: describeScope(terms).map(({ label, words, codes }) => ({ label, words, codes: codes.join(' ') })),
    licence: await ctx.db.licence.findUnique({ where: { requestId }, select: { id: true, number: true } }),
  }
}

/** The parts of a wish that the desk may leave out, each with its name. */
export interface Wish {
  media: { code: string; label: string }[]
  places: { code: string; label: string }[]
  from: string
  until: string | null
  exclusive: boolean
}
const wishOf = (terms: ScopeTerms): Wish => ({
  media: terms.media.map((code) => ({ code, label: mediumName(code) })),
  places: terms.territory.include.map((code) => ({ code, label: placeName(code) })),
  from: terms.from,
  until: terms.until,
  exclusive: terms.exclusive,
})

/** One request for the rights desk, with what the rights engine says of it now. */
export async function requestDeskPage(
  ctx: ViewCtx,
  requestId: string,
): Promise<RequestPage & { against: string[]; withheld: string | null; wish: Wish; mayDecide: boolean }> {
  if (!maySeeAllLicences(ctx.actor)) throw new Refusal('forbidden', 'requests of the house')
  const { terms, ...page } = await readRequest(ctx, requestId)
  const [rights] = (await loadRights(ctx, { assetIds: [page.asset.id] })).values()
  const now = ctx.clock.now()
  // As it would be granted: what nobody asked for by name and nobody consented to is left out.
  const granted = rights && withinConsents(rights, terms, { knownAt: now })
  const box = boxOf(granted?.terms ?? terms)
  const use = {
    box,
    exclusive: terms.exclusive,
    by: page.orgId === ctx.actor.houseId ? ('house' as const) : ('holder' as const),
  }
  const reasons = rights ? decide(rights, use, { at: now, knownAt: now }).reasons : []
  return {
    ...page,
    mayDecide: mayDecideRights(ctx.actor),
    against: reasons.map((reason) => reasonInWords(reason, box, { zone: terms.zone, contracts: true })),
    withheld: granted ? withheldInWords(granted.withheld) : null,
    wish: wishOf(terms),
  }
}
