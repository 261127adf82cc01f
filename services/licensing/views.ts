import { isPerson, type Actor } from '../kernel/actor.ts'
import { Refusal } from '../kernel/errors.ts'
import { decodeCursor, encodeCursor, pageOf, type Page } from '../kernel/page.ts'
import type { Ctx } from '../platform/context.ts'
import type { Prisma } from '../platform/db.ts'
import { describeScope, summariseScope } from '../rights/rules/scope-words.ts'
import type { ScopeTerms } from '../rights/rules/scope.ts'
import { reasonToRead } from './rules/house-reasons.ts'
import { daysLeft, endingSpan, isInForce, standingOf, type Standing } from './rules/in-force.ts'
import type { LicenceEnd, LicenceState } from './rules/licence-states.ts'
import { readDocument, type LicenceDocument, type ScopeWords } from './rules/licence-document.ts'
import { modelName, type LicenceModel } from './rules/models.ts'
import type { LicenceShelf } from './rules/shelves.ts'

type ViewCtx = Ctx<'db' | 'clock' | 'actor' | 'language'>
const pageSize = 30

/** What the clock makes of a shelf: a row that ended unswept is on the shelf of the ended ones. */
export function onShelf(shelf: LicenceShelf, now: Date): Prisma.LicenceWhereInput {
  const running = { OR: [{ endsAt: null }, { endsAt: { gt: now } }] }
  switch (shelf) {
    case 'all':
      return {}
    case 'in-force':
      return { state: 'ACTIVE', startsAt: { lte: now }, ...running }
    case 'ending':
      return { state: 'ACTIVE', endsAt: { gt: now, lte: new Date(now.getTime() + endingSpan) } }
    case 'suspended':
      return { state: 'SUSPENDED', ...running }
    case 'comps':
      return { model: 'COMP' }
    case 'ended':
      return { OR: [{ state: 'ENDED' }, { state: { in: ['ACTIVE', 'SUSPENDED'] }, endsAt: { lte: now } }] }
  }
}

export const licenceRowFields = {
  id: true,
  number: true,
  model: true,
  state: true,
  endedBy: true,
  endReason: true,
  assetId: true,
  holderOrgId: true,
  licenseeName: true,
  terms: true,
  exclusive: true,
  startsAt: true,
  endsAt: true,
  createdAt: true,
} as const

interface LicenceRow {
  id: string
  number: string
  model: LicenceModel
  state: LicenceState
  endedBy: LicenceEnd | null
  endReason: string | null
  assetId: string
  holderOrgId: string
  licenseeName: string | null
  terms: unknown
  exclusive: boolean
  startsAt: Date
  endsAt: Date | null
  createdAt: Date
}
export interface LicenceItem {
  id: string
  number: string
  /** A layout file: marked, lent, no licence to publish. */
  comp: boolean
  modelName: string
  standing: Standing
  asset: { id: string; title: string; altText: string; dominantColour: string | null }
  summary: string
  licenseeName: string | null
  exclusive: boolean
  startsAt: Date
  endsAt: Date | null
  /** The zone in which its days are counted. */
  zone: string
  daysLeft: number | null
}

const unknownAsset = { title: 'Asset', altText: '', dominantColour: null }

/** Rows as a list shows them, with their assets in one further query. */
export async function licenceItems(ctx: Ctx<'db' | 'clock' | 'language'>, rows: readonly LicenceRow[]): Promise<LicenceItem[]> {
  const now = ctx.clock.now()
  const assets = await ctx.db.asset.findMany({
    where: { id: { in: [...new Set(rows.map((row) => row.assetId))] } },
    select: { id: true, title: true, altText: true, publishedVersion: { select: { dominantColour: true } } },
  })
  const assetOf = new Map(
    assets.map(({ publishedVersion, ...asset }) => [asset.id, { ...asset, dominantColour: publishedVersion?.dominantColour ?? null }]),
  )
  return rows.map((row) => ({
    id: row.id,
    number: row.number,
    comp: row.model === 'COMP',
    modelName: modelName(row.model, ctx.language),
    standing: standingOf(row, now),
    asset: assetOf.get(row.assetId) ?? { id: row.assetId, ...unknownAsset },
    summary: summariseScope(row.terms as ScopeTerms, ctx.language),
    zone: (row.terms as ScopeTerms).zone,
    licenseeName: row.licenseeName,
    exclusive: row.exclusive,
    startsAt: row.startsAt,
    endsAt: row.endsAt,
    daysLeft: daysLeft(row.endsAt, now, (row.terms as ScopeTerms).zone),
  }))
}

const orgOf = (actor: Actor): string => {
  if (!isPerson(actor)) throw new Refusal('signed-out', 'licences')
  return actor.orgId
}

/** The licences of the actor's company, newest first; layout files have a shelf of their own. What was reserved and never issued is no licence to anybody. */
export async function myLicences(
  ctx: ViewCtx,
  { shelf = 'all', after }: { shelf?: LicenceShelf; after?: string | null },
): Promise<Page<LicenceItem> & { total: number }> {
  const own = { houseId: ctx.actor.houseId, holderOrgId: orgOf(ctx.actor), issuedAt: { not: null } } satisfies Prisma.LicenceWhereInput
  const cursor = decodeCursor(after)
  const rows = await ctx.db.licence.findMany({
    where: {
      AND: [own, onShelf(shelf, ctx.clock.now()), shelf === 'comps' ? {} : { model: { not: 'COMP' } }, cursor ? before(cursor) : {}],
    },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: pageSize + 1,
    select: licenceRowFields,
  })
  const page = pageOf(rows, pageSize, (row) => encodeCursor(row.createdAt, row.id))
  return { items: await licenceItems(ctx, page.items), next: page.next, total: await ctx.db.licence.count({ where: own }) }
}

export const before = ({ at, id }: { at: Date; id: string }): Prisma.LicenceWhereInput => ({
  OR: [{ createdAt: { lt: at } }, { createdAt: at, id: { lt: id } }],
})

export interface HistoryEvent {
  key: string
  type: string
  at: Date
  actor: string
  reason: string | null
}
/** What its document says of parties, file and terms. */
export interface LicencePaper {
  licensor: string
  fileName: string
  mediaType: string
  fileSha256: string
  width: number | null
  height: number | null
  terms: { templateId: string; title: string; version: number } | null
}
const paperOf = ({ licensor, asset, terms }: LicenceDocument): LicencePaper => ({
  licensor: licensor.name,
  fileName: asset.fileName,
  mediaType: asset.mediaType,
  fileSha256: asset.sha256,
  width: asset.width,
  height: asset.height,
  terms: terms ? { templateId: terms.templateId, title: terms.title, version: terms.version } : null,
})

export interface LicencePage extends LicenceItem {
  state: LicenceState
  /** It ended with its refund, which the bank sent back: the money is with the house again. */
  refundReturned: boolean
  endReason: string | null
  endedAt: Date | null
  issuedAt: Date | null
  holder: { id: string; name: string }
  scope: ScopeWords[]
  /** The zone in which its days are counted. */
  zone: string
  paper: LicencePaper | null
  documentSha256: string | null
  keyId: string | null
  order: { id: string; number: string } | null
  invoice: { id: string; number: string } | null
  requestId: string | null
  kitGrantId: string | null
  /** The licence that it widened, and whether that one is in force (again), or will be from its first day on. */
  narrower: { id: string; number: string; inForce: boolean; upcoming: boolean } | null
  history: HistoryEvent[]
}

/** Everything about one licence of the actor's company. */
export const licencePage = (ctx: ViewCtx, licenceId: string): Promise<LicencePage> =>
  readLicence(ctx, { id: licenceId, houseId: ctx.actor.houseId, holderOrgId: orgOf(ctx.actor), issuedAt: { not: null } })

/** The same for any reader whom the caller has let in; the history names the house's own people only to its own people. */
export async function readLicence(ctx: ViewCtx, where: Prisma.LicenceWhereInput, { withNames = false } = {}): Promise<LicencePage> {
  const row = await ctx.db.licence.findFirst({
    where,
    select: {
      ...licenceRowFields,
      endedAt: true,
      issuedAt: true,
      document: true,
      documentSha256: true,
      keyId: true,
      orderLineId: true,
      requestId: true,
      kitGrantId: true,
      upgradesId: true,
    },
  })
  if (!row) throw new Refusal('not-found', 'no such licence')
  const [item] = await licenceItems(ctx, [row])
  if (!item) throw new Error('one row, no item')
  const holder = await ctx.db.organisation.findUniqueOrThrow({ where: { id: row.holderOrgId }, select: { id: true, name: true } })
  const line = row.orderLineId
    ? await ctx.db.orderLine.findUnique({
        where: { id: row.orderLineId },
        select: { state: true, order: { select: { id: true, number: true, invoice: { select: { id: true, number: true } } } } },
      })
    : null
  const narrower = row.upgradesId
    ? await ctx.db.licence.findFirst({
        where: { id: row.upgradesId, houseId: ctx.actor.houseId },
        select: { id: true, number: true, state: true, startsAt: true, endsAt: true },
      })
    : null
  const facts = await ctx.db.auditFact.findMany({
    where: { houseId: ctx.actor.houseId, subjectKind: 'licence', subjectId: row.id },
    // The chain's order: two facts of one millisecond came in some order too.
    orderBy: { link: { seq: 'asc' } },
    select: { id: true, type: true, at: true, actorName: true, actorKind: true, body: true },
  })
  const document = row.document ? readDocument(row.document) : null
  const terms = row.terms as unknown as ScopeTerms
  return {
    ...item,
    state: row.state,
    refundReturned: row.state === 'ENDED' && row.endedBy === 'REFUNDED' && line !== null && line.state !== 'REFUNDED',
    endReason: reasonToRead(row.endReason, ctx.language),
    endedAt: row.endedAt,
    issuedAt: row.issuedAt,
    holder,
    // The document's own words are its language's; in another one the scope is told again, from the same terms.
    scope:
      (ctx.language === 'en' ? document?.scope.words : undefined) ??
      describeScope(terms, ctx.language).map(({ label, words, codes }) => ({ label, words, codes: codes.join(' ') })),
    zone: terms.zone,
    paper: document && paperOf(document),
    documentSha256: row.documentSha256,
    keyId: row.keyId,
    order: line ? { id: line.order.id, number: line.order.number } : null,
    invoice: line?.order.invoice ?? null,
    requestId: row.requestId,
    kitGrantId: row.kitGrantId,
    narrower: narrower && {
      id: narrower.id,
      number: narrower.number,
      inForce: isInForce(narrower, ctx.clock.now()),
      upcoming: standingOf(narrower, ctx.clock.now()) === 'upcoming',
    },
    history: facts.map((fact) => ({
      key: fact.id,
      type: fact.type,
      at: fact.at,
      actor: withNames && fact.actorKind === 'person' ? fact.actorName : '',
      reason: reasonIn(fact.body),
    })),
  }
}

const reasonIn = (body: string): string | null => {
  const { data } = JSON.parse(body) as { data?: { reason?: unknown } }
  return typeof data?.reason === 'string' ? data.reason : null
}
