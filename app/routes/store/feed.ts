import type { LoaderFunctionArgs } from '@remix-run/node'
import { previewUrl } from '#app/components/catalog/preview.ts'
import { contextOf } from '#app/http/context.server.ts'
import { xmlAnswer, xmlText } from '#app/http/xml.server.ts'
import { contributorFeed, feedOf, type FeedEntry } from '#services/catalog/machine-views.ts'

/** New pictures as an Atom feed (RFC 4287): of the store, of one collection, or of one contributor. */
export async function loader(args: LoaderFunctionArgs) {
  const ctx = await contextOf(args)
  const slug = args.params.slug ?? null
  const kind = new URL(args.request.url).pathname.startsWith('/contributors/') ? 'contributors' : 'collections'
  const feed = slug !== null && kind === 'contributors' ? await contributorFeed(ctx, slug) : await feedOf(ctx, slug)
  const page = slug === null ? '/search' : `/${kind}/${encodeURIComponent(slug)}`
  const self = slug === null ? '/feed.xml' : `${page}/feed.xml`
  const link = (rel: string, path: string, type: string) => `<link rel="${rel}" type="${type}" href="${xmlText(ctx.origin + path)}"/>`
  const updated = feed.entries.reduce((last, { changedAt }) => (changedAt > last ? changedAt : last), new Date(0))
  return xmlAnswer(
    [
      '<feed xmlns="http://www.w3.org/2005/Atom">',
      `<id>${xmlText(ctx.origin + self)}</id>`,
      `<title>${xmlText(`${feed.title} – ${feed.house}`)}</title>`,
      ...(feed.description ? [`<subtitle>${xmlText(feed.description)}</subtitle>`] : []),
      `<updated>${updated.toISOString()}</updated>`,
      `<author><name>${xmlText(feed.house)}</name></author>`,
      link('self', self, 'application/atom+xml'),
      link('alternate', page, 'text/html'),
      ...feed.entries.map((entry) => entryOf(ctx.origin, entry)),
      '</feed>',
    ].join('\n'),
    'application/atom+xml',
  )
}

function entryOf(origin: string, { id, title, description, creator, publishedAt, changedAt, versionId }: FeedEntry): string {
  const address = xmlText(`${origin}/assets/${id}`)
  const picture = versionId ? `<p><img src="${xmlText(origin + previewUrl(id, 'grid', versionId))}" alt="${xmlText(title)}"/></p>` : ''
  return [
    '<entry>',
    `<id>${address}</id>`,
    `<title>${xmlText(title)}</title>`,
    `<link rel="alternate" type="text/html" href="${address}"/>`,
    `<published>${publishedAt.toISOString()}</published>`,
    `<updated>${changedAt.toISOString()}</updated>`,
    ...(creator ? [`<author><name>${xmlText(creator)}</name></author>`] : []),
    // Escaped once more: the content of an entry is HTML as text.
    `<content type="html">${xmlText(`${picture}<p>${xmlText(description)}</p>`)}</content>`,
    '</entry>',
  ].join('')
}
