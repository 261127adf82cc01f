import { hasStaffRole } from '../kernel/actor.ts'
import { Refusal } from '../kernel/errors.ts'
import type { Ctx } from '../platform/context.ts'
import { inStore, tileOf, tileSelect } from './tiles.ts'

type Reading = Ctx<'db' | 'actor'>

const assertCurator = ({ actor }: Reading) => {
  if (!hasStaffRole(actor, 'LIBRARIAN')) throw new Refusal('forbidden', 'curate collections')
}

/** The curator's desk: every collection with its size. */
export async function curatorPage(ctx: Reading) {
  assertCurator(ctx)
  const rows = await ctx.db.collection.findMany({
    where: { houseId: ctx.actor.houseId, archivedAt: null },
    orderBy: [{ position: 'asc' }, { id: 'asc' }],
    take: 200,
    select: { id: true, slug: true, title: true, featured: true, _count: { select: { items: true } } },
  })
  return { collections: rows.map(({ _count, ...row }) => ({ ...row, count: _count.items })) }
}

/** One collection as its curator sees it, with what could be added: published pictures whose title holds `text`. */
export async function curatedCollection(ctx: Reading, collectionId: string, text: string) {
  assertCurator(ctx)
  const [row, candidates] = await Promise.all([
    ctx.db.collection.findFirst({
      where: { id: collectionId, houseId: ctx.actor.houseId, archivedAt: null },
      select: {
        id: true,
        slug: true,
        title: true,
        description: true,
        featured: true,
        items: { orderBy: [{ position: 'asc' }, { assetId: 'asc' }], select: { asset: { select: { ...tileSelect, state: true } } } },
      },
    }),
    ctx.db.asset.findMany({
      where: {
        ...inStore(ctx),
        collectionItems: { none: { collectionId } },
        ...(text && { title: { contains: text.slice(0, 100), mode: 'insensitive' as const } }),
      },
      orderBy: [{ publishedAt: 'desc' }, { id: 'asc' }],
      take: 12,
      select: tileSelect,
    }),
  ])
  if (!row) throw new Refusal('not-found', `no collection ${collectionId}`)
  const { items, ...collection } = row
  return {
    collection,
    items: items.map(({ asset: { state, ...asset } }) => ({ ...tileOf(asset), state })),
    candidates: candidates.map(tileOf),
  }
}
