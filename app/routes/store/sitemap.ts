import type { LoaderFunctionArgs } from '@remix-run/node'
import { contextOf } from '#app/http/context.server.ts'
import { xmlAnswer, xmlText } from '#app/http/xml.server.ts'
import { sitemapParts } from '#services/catalog/machine-views.ts'

/** The index of the store's sitemaps, for search engines. */
export async function loader(args: LoaderFunctionArgs) {
  const ctx = await contextOf(args)
  const map = (name: string, changed?: Date) =>
    `<sitemap><loc>${xmlText(`${ctx.origin}/sitemaps/${name}.xml`)}</loc>${changed ? `<lastmod>${changed.toISOString()}</lastmod>` : ''}</sitemap>`
  const maps = [map('pages'), ...(await sitemapParts(ctx)).map(({ no, changedAt }) => map(`assets-${no}`, changedAt))]
  return xmlAnswer(`<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n${maps.join('\n')}\n</sitemapindex>`)
}
