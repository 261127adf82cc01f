import type { LoaderFunctionArgs } from '@remix-run/node'
import { contextOf } from '#app/http/context.server.ts'
import { sitemap } from '#services/catalog/views.ts'

const escape = (text: string) => text.replace(/[<>&'"]/g, (sign) => `&#${sign.charCodeAt(0)};`)

/** The store's addresses for search engines. */
export async function loader(args: LoaderFunctionArgs) {
  const ctx = await contextOf(args)
  const { assets, collections } = await sitemap(ctx)
  const address = (path: string, changed?: Date) =>
    `<url><loc>${escape(ctx.origin + path)}</loc>${changed ? `<lastmod>${changed.toISOString()}</lastmod>` : ''}</url>`
  const urls = [
    ...['/', '/search', '/collections', '/licensing'].map((path) => address(path)),
    ...collections.map(({ slug }) => address(`/collections/${slug}`)),
    ...assets.map(({ id, changedAt }) => address(`/assets/${id}`, changedAt)),
  ]
  const body = `<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n${urls.join('\n')}\n</urlset>\n`
  return new Response(body, { headers: { 'Content-Type': 'application/xml; charset=utf-8', 'Cache-Control': 'public, max-age=3600' } })
}
