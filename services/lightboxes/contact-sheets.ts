import { buffer } from 'node:stream/consumers'
import type { Readable } from 'node:stream'
import { isPerson } from '../kernel/actor.ts'
import { dayOf } from '../kernel/period.ts'
import type { Ctx } from '../platform/context.ts'
import type { SheetPicture } from '../platform/pdf/pdf.ts'
import { dayInWords } from '../rights/rules/scope-words.ts'
import { openBox, type Asking } from './policy.ts'
import { boxItems } from './views.ts'
import { say } from './words.ts'

/**
 * A box on paper: watermarked previews of what is in the store, with their places, titles, creators and notes. Pictures are
 * read while pages are drawn, so a box of a thousand is never in memory; what is gone keeps its place and says so.
 */
export async function contactSheet(
  ctx: Asking & Ctx<'storage' | 'pdf' | 'origin' | 'language'>,
  boxId: string,
): Promise<{ name: string; stream: Readable }> {
  const { id, name } = await openBox(ctx, null, boxId, 'VIEW')
  const [box, house] = await Promise.all([
    ctx.db.lightbox.findUniqueOrThrow({ where: { id }, select: { note: true, owner: { select: { name: true } } } }),
    ctx.db.organisation.findUniqueOrThrow({ where: { id: ctx.actor.houseId }, select: { name: true, timeZone: true } }),
  ])
  const now = ctx.clock.now()
  const t = say(ctx.language)
  const owner = box.owner?.name ?? (isPerson(ctx.actor) ? ctx.actor.name : '')
  const stream = ctx.pdf.contactSheet({
    at: now.toISOString(),
    language: ctx.language,
    title: name,
    subtitle: t('sheet-of', { owner, house: house.name, day: dayInWords(dayOf(now, house.timeZone), ctx.language) }),
    note: box.note,
    link: { label: t('sheet-link'), url: `${ctx.origin}/lightboxes/${id}` },
    footer: t('sheet-footer', { house: house.name }),
    page: (n) => t('sheet-page', { n }),
    pictures: pictures(ctx, id),
  })
  return {
    name: `${
      name
        .replace(/[^\p{L}\p{N} _-]/gu, '')
        .normalize('NFKD')
        .replace(/[^\x20-\x7e]/g, '')
        .trim()
        .slice(0, 60) || 'lightbox'
    }.pdf`,
    stream,
  }
}

async function* pictures(ctx: Asking & Ctx<'storage' | 'language'>, boxId: string): AsyncGenerator<SheetPicture> {
  const t = say(ctx.language)
  for (let page = 1, pages = 1; page <= pages; page++) {
    const read = await boxItems(ctx, boxId, page, { notesOfGone: true })
    pages = read.pages
    const files = await ctx.db.rendition.findMany({
      where: { preset: 'grid', watermarked: true, versionId: { in: read.items.flatMap(({ tile }) => tile?.versionId ?? []) } },
      select: { versionId: true, storageKey: true },
    })
    const keyOf = new Map(files.map(({ versionId, storageKey }) => [versionId, storageKey]))
    for (const { place, note, tile } of read.items) {
      const key = tile?.versionId ? keyOf.get(tile.versionId) : undefined
      yield {
        place,
        title: tile?.title ?? t('sheet-gone'),
        alt: tile?.altText ?? '',
        creator: tile?.creator ?? '',
        note,
        bytes: key ? await buffer(await ctx.storage.open(key)) : null,
      }
    }
  }
}
