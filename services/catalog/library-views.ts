import { lacksByAsset } from '../assets/lacks.ts'
import { may, mayOpenBytes } from '../assets/policy.ts'
import type { AssetState } from '../assets/rules/asset-states.ts'
import type { AssetKind, Audience } from '../assets/rules/asset-words.ts'
import { sealedTitle } from '../assets/rules/sealing.ts'
import { isPerson } from '../kernel/actor.ts'
import { selectionOf } from '../assets/selections.ts'
import { Refusal } from '../kernel/errors.ts'
import type { Ctx } from '../platform/context.ts'
import { mayShareViews, type Density, type Layout } from './library-desk.ts'
import { countLibrary, searchLibrary, type LibraryFound } from './library-search.ts'
import { usualColumns, type LibraryColumn } from './rules/library-columns.ts'
import { libraryField, panelFacets } from './rules/library-fields.ts'
import { readLibraryWish, type LibraryWish } from './rules/library-wish.ts'

type Viewing = Ctx<'db' | 'clock' | 'actor'>

/** An asset as a tile or a row of the library. */
export interface LibraryCard {
  id: string
  title: string
  altText: string
  state: AssetState
  kind: AssetKind
  audience: Audience
  changedAt: Date
  createdAt: Date
  creator: string
  keywords: string[]
  by: string | null
  rights: 'valid' | 'ending' | 'expired' | 'none'
  endsAt: Date | null
  legalHold: boolean
  licences: string[]
  /** What it still lacks to be published, where it is on its way there and a page asks. */
  lacks?: string[] | undefined
  hasNewer: boolean
  onTray: boolean
  version: {
    id: string
    number: number
    processing: 'WAITING' | 'READY' | 'REJECTED'
    rejectedReason: string | null
    mediaType: string
    byteSize: number
    width: number | null
    height: number | null
    durationMs: number | null
    colour: string | null
  } | null
}

/** A card of what an embargo keeps from its reader: in a tray or a selection it has its place, and says nothing of the picture. */
const unseen = <C extends Pick<LibraryCard, 'title' | 'altText' | 'keywords' | 'creator' | 'version'>>(card: C): C => ({
  ...card,
  title: sealedTitle,
  altText: 'Sealed until its embargo ends',
  keywords: [],
  creator: '',
  version: card.version && { ...card.version, colour: null },
})

/** Some assets in the order of their ids, as the library shows them. One statement. */
export async function libraryCards(ctx: Viewing, ids: readonly string[]): Promise<LibraryCard[]> {
  if (ids.length === 0) return []
  const userId = isPerson(ctx.actor) ? ctx.actor.userId : ''
  const rows = await ctx.db.$queryRaw<
    {
      card: Omit<LibraryCard, 'changedAt' | 'createdAt' | 'endsAt'> & { changedAt: string; createdAt: string; endsAt: string | null }
      embargo_ends_at: Date | null
      embargo_for: string[] | null
    }[]
  >`
    SELECT json_build_object('id', a.id, 'title', a.title, 'altText', a.alt_text, 'state', a.state, 'kind', a.kind, 'audience', a.audience, 'changedAt', a.changed_at, 'createdAt', a.created_at,
      'creator', a.creator, 'keywords', a.keywords[1:8], 'by', u.name, 'legalHold', a.legal_hold,
      'rights', CASE WHEN e.words @@ '''f/rights:valid'''::tsquery THEN 'valid' WHEN e.words @@ '''f/rights:ending'''::tsquery THEN 'ending' WHEN e.words @@ '''f/rights:expired'''::tsquery THEN 'expired' ELSE 'none' END,
      'endsAt', nullif(e.ends_at, 'infinity'),
      'licences', array_remove(ARRAY[CASE WHEN a.sells_royalty_free THEN 'RF' END, CASE WHEN a.sells_rights_managed THEN 'RM' END, CASE WHEN a.editorial_only THEN 'Editorial' END], NULL),
      'hasNewer', a.published_version_id IS NOT NULL AND a.published_version_id IS DISTINCT FROM a.current_version_id,
      'onTray', EXISTS (SELECT FROM library_tray_items t WHERE t.user_id = ${userId} AND t.asset_id = a.id),
      'version', CASE WHEN v.id IS NOT NULL THEN json_build_object('id', v.id, 'number', v.number, 'processing', v.processing, 'rejectedReason', v.rejected_reason, 'mediaType', v.media_type,
        'byteSize', v.byte_size, 'width', v.width, 'height', v.height, 'durationMs', v.duration_ms, 'colour', v.dominant_colour) END) AS card, a.embargo_ends_at, a.embargo_for
    FROM unnest(${[...ids]}::text[]) WITH ORDINALITY AS i (id, nth) JOIN assets a ON a.id = i.id AND a.house_id = ${ctx.actor.houseId}
    LEFT JOIN asset_versions v ON v.id = a.current_version_id LEFT JOIN users u ON u.id = a.created_by_id LEFT JOIN library_entries e ON e.asset_no = a.no
    ORDER BY i.nth`
  return rows.map(({ card, embargo_ends_at: embargoEndsAt, embargo_for: embargoFor }) => ({
    ...(mayOpenBytes(ctx.actor, { embargoEndsAt, embargoFor: embargoFor ?? [] }) ? card : unseen(card)),
    changedAt: new Date(card.changedAt),
    createdAt: new Date(card.createdAt),
    endsAt: card.endsAt ? new Date(card.endsAt) : null,
  }))
}

/** What is on its way to the world, with what it still lacks. */
async function withLacks(ctx: Viewing, cards: readonly LibraryCard[]): Promise<LibraryCard[]> {
  const under = cards.filter(({ state }) => state === 'DRAFT' || state === 'IN_REVIEW' || state === 'APPROVED' || state === 'WITHDRAWN')
  const lacks = await lacksByAsset(
    ctx,
    under.map(({ id }) => id),
  )
  return cards.map((card) => ({ ...card, lacks: (lacks.get(card.id) ?? []).map(({ label }) => label) }))
}

export interface FacetChoice {
  /** As the address says it, after the facet's name. */
  value: string
  label: string
  count: number
  on: boolean
}
export interface Facet {
  name: string
  label: string
  choices: FacetChoice[]
}

/** Most values that an open facet shows; the rest is asked for by words. */
const shown = 12

/** The counts as facets with names that people know. */
async function facetsOf(ctx: Viewing, wish: LibraryWish, counts: LibraryFound['counts']): Promise<Facet[]> {
  const { houseId } = ctx.actor
  const by = new Map<string, { value: string; count: number }[]>()
  for (const [key, count] of Object.entries(counts)) {
    const colon = key.indexOf(':')
    const list = by.get(key.slice(0, colon)) ?? []
    list.push({ value: key.slice(colon + 1), count })
    by.set(key.slice(0, colon), list)
  }
  const open = (facet: 'in' | 'by' | 'term' | 'creator' | 'uploaded') => {
    const wanted = wish.facets[facet] ?? []
    const known = by.get(facet) ?? []
    const missing = wanted.filter((value) => !known.some((one) => one.value === value)).map((value) => ({ value, count: 0 }))
    const sorted = [...known].sort(
      facet === 'uploaded' ? (a, b) => (a.value < b.value ? 1 : -1) : (a, b) => b.count - a.count || (a.value < b.value ? -1 : 1),
    )
    return [...sorted.filter(({ value }, i) => i < shown || wanted.includes(value)), ...missing]
  }
  const lists = { in: open('in'), by: open('by'), term: open('term') }
  const ids = Object.values(lists).flatMap((list) => list.map(({ value }) => value))
  const names = ids.length
    ? await ctx.db.$queryRaw<{ id: string; name: string }[]>`
        SELECT id, title AS name FROM collections WHERE house_id = ${houseId} AND id = ANY(${ids}::text[]) AND archived_at IS NULL
        UNION ALL SELECT u.id, u.name FROM users u WHERE u.id = ANY(${ids}::text[]) AND EXISTS (SELECT FROM members m WHERE m.user_id = u.id AND m.house_id = ${houseId})
        UNION ALL SELECT id, label FROM vocabulary_terms WHERE house_id = ${houseId} AND id = ANY(${ids}::text[])`
    : []
  const nameOf = new Map(names.map(({ id, name }) => [id, name]))
  const labelled = (facet: keyof typeof lists) =>
    lists[facet].flatMap(({ value, count }) => (nameOf.has(value) ? [{ value, count, label: nameOf.get(value) as string }] : []))
  const facets: { name: string; label: string; choices: Omit<FacetChoice, 'on'>[] }[] = []
  for (const name of panelFacets) {
    const field = libraryField(name)
    if (name === 'in' || name === 'by' || name === 'term') facets.push({ name, label: field?.label ?? name, choices: labelled(name) })
    else if (name === 'creator' || name === 'uploaded')
      facets.push({ name, label: field?.label ?? name, choices: open(name).map((one) => ({ ...one, label: one.value })) })
    else if (field?.type === 'choice')
      facets.push({
        name,
        label: field.label,
        choices: field.choices.flatMap(({ key, label }) => {
          const value = key.slice(key.indexOf(':') + 1)
          const count = counts[`${name}:${value}`] ?? 0
          return count > 0 || wish.facets[name]?.includes(value) ? [{ value, label, count }] : []
        }),
      })
  }
  return facets
    .map(({ choices, ...facet }) => ({
      ...facet,
      choices: choices.map((one) => ({ ...one, on: wish.facets[facet.name as 'state']?.includes(one.value) ?? false })),
    }))
    .filter(({ choices }) => choices.length > 0)
}

export interface SavedLibraryView {
  id: string
  name: string
  search: string
  shared: boolean
  mine: boolean
  owner: string
  isDefault: boolean
  /** Null: its question cannot be read any more. */
  count: number | null
}
export interface LibraryDeskView {
  layout: Layout
  density: Density
  columns: LibraryColumn[]
  defaultViewId: string | null
  recent: string[]
  views: Omit<SavedLibraryView, 'count'>[]
  tray: number
}

/** The person's own way with the library. One statement. */
export async function libraryDesk(ctx: Viewing): Promise<LibraryDeskView> {
  const { actor } = ctx
  if (!isPerson(actor) || !may(actor, 'see')) throw new Refusal('forbidden', 'library')
  const { houseId, userId } = actor
  const [row] = await ctx.db.$queryRaw<{ desk: LibraryDeskView | null }[]>`
    SELECT json_build_object('layout', coalesce(d.layout, 'grid'), 'density', coalesce(d.density, 'medium'), 'columns', coalesce(d.columns, '{}'), 'defaultViewId', d.default_view_id, 'recent', coalesce(d.recent, '{}'),
      'tray', (SELECT count(*) FROM library_tray_items t WHERE t.user_id = ${userId} AND t.house_id = ${houseId}),
      'views', coalesce((SELECT json_agg(json_build_object('id', v.id, 'name', v.name, 'search', v.search, 'shared', v.shared, 'mine', v.user_id = ${userId}, 'owner', u.name, 'isDefault', coalesce(v.id = d.default_view_id, false)) ORDER BY v.shared, v.name)
        FROM (SELECT * FROM library_views v WHERE v.house_id = ${houseId} AND (v.user_id = ${userId} OR v.shared) ORDER BY v.name LIMIT 100) v JOIN users u ON u.id = v.user_id), '[]')) AS desk
    FROM (SELECT 1) one LEFT JOIN library_desks d ON d.house_id = ${houseId} AND d.user_id = ${userId}`
  const desk = row?.desk as LibraryDeskView
  return { ...desk, columns: desk.columns.length > 0 ? desk.columns : [...usualColumns] }
}

export interface LibraryPage {
  found: Omit<LibraryFound, 'ids' | 'counts'>
  cards: LibraryCard[]
  facets: Facet[]
  /** All that is not put away, and each state: what the tabs say. */
  states: Record<string, number>
  desk: LibraryDeskView
  views: SavedLibraryView[]
  mayUpload: boolean
  mayEdit: boolean
  mayShare: boolean
}

/** The staff's library: a page of what was asked for, what it can be narrowed by, kept searches with their live counts. */
export async function libraryPage(ctx: Viewing, wish: LibraryWish): Promise<LibraryPage> {
  const { actor } = ctx
  const [{ ids, counts, ...found }, desk] = await Promise.all([searchLibrary(ctx, wish), libraryDesk(ctx)])
  const tabs = desk.views.slice(0, 12)
  const [cards, facets, live] = await Promise.all([
    libraryCards(ctx, ids).then((found) => withLacks(ctx, found)),
    facetsOf(ctx, wish, counts),
    countLibrary(
      ctx,
      tabs.map(({ search }) => readLibraryWish(new URLSearchParams(search))),
    ),
  ])
  return {
    found,
    cards,
    facets,
    states: Object.fromEntries(Object.entries(counts).flatMap(([key, n]) => (key.startsWith('state:') ? [[key.slice(6), n]] : []))),
    desk,
    views: tabs.map((view, i) => ({ ...view, count: live[i] ?? null })),
    mayUpload: may(actor, 'upload'),
    mayEdit: may(actor, 'publish'),
    mayShare: mayShareViews(ctx),
  }
}

/** What lies on the tray, in its order; the first of them with their pictures. */
export async function trayPage(ctx: Viewing, most = 100): Promise<{ cards: LibraryCard[]; total: number }> {
  const { actor } = ctx
  if (!isPerson(actor) || !may(actor, 'see')) throw new Refusal('forbidden', 'tray')
  const { houseId, userId } = actor
  const rows = await ctx.db.libraryTrayItem.findMany({
    where: { houseId, userId },
    orderBy: { position: 'asc' },
    select: { assetId: true },
  })
  return {
    cards: await libraryCards(
      ctx,
      rows.slice(0, most).map(({ assetId }) => assetId),
    ),
    total: rows.length,
  }
}

/** The first of a selection with their pictures, and the places that it can be put into. */
export async function selectionPage(ctx: Viewing, selectionId: string) {
  const { houseId } = ctx.actor
  await selectionOf(ctx, selectionId)
  const first = await ctx.db.librarySelectionPart.findUnique({
    where: { selectionId_part: { selectionId, part: 0 } },
    select: { assetIds: true },
  })
  const [cards, collections, kits] = await Promise.all([
    libraryCards(ctx, first?.assetIds.slice(0, 24) ?? []),
    ctx.db.collection.findMany({
      where: { houseId, archivedAt: null },
      select: { id: true, title: true },
      orderBy: { title: 'asc' },
      take: 500,
    }),
    ctx.db.brandKit.findMany({
      where: { houseId, archivedAt: null },
      select: { id: true, title: true },
      orderBy: { title: 'asc' },
      take: 500,
    }),
  ])
  return { cards, collections, kits, canBulkEdit: may(ctx.actor, 'publish') }
}
