import type { LoaderFunctionArgs } from '@remix-run/node'
import { previewUrl } from '#app/components/catalog/preview.ts'
import { contextOf } from '#app/http/context.server.ts'
import { xmlAnswer, xmlText } from '#app/http/xml.server.ts'
import { listedCollections, sitemapAssets } from '#services/catalog/machine-views.ts'
import { Refusal } from '#services/kernel/errors.ts'

/** One sitemap: the pages, or a block of assets, each with its picture. */
export async function loader(args: LoaderFunctionArgs) {
  const ctx = await contextOf(args)
  const name = /^(pages|assets-(\d{1,9}))\.xml$/.exec(args.params.file ?? '')
  if (!name) throw new Refusal('not-found', 'no such sitemap')
  const address = (path: string, more = '') => `<url><loc>${xmlText(ctx.origin + path)}</loc>${more}</url>`
  const urls = name[2] === undefined ? await pages() : await assets(Number(name[2]))
  const spaces = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:image="http://www.google.com/schemas/sitemap-image/1.1"'
  return xmlAnswer(`<urlset ${spaces}>\n${urls.join('\n')}\n</urlset>`)

  async function pages(): Promise<string[]> {
    const collections = await listedCollections(ctx)
    return [...['/', '/search', '/collections', '/licensing'], ...collections.map(({ slug }) => `/collections/${slug}`)].map((path) =>
      address(path),
    )
  }
  async function assets(part: number): Promise<string[]> {
    return (await sitemapAssets(ctx, part)).map(({ id, changedAt, versionId }) => {
      const picture = versionId
        ? `<image:image><image:loc>${xmlText(ctx.origin + previewUrl(id, 'page', versionId))}</image:loc></image:image>`
        : ''
      return address(`/assets/${id}`, `<lastmod>${changedAt.toISOString()}</lastmod>${picture}`)
    })
  }
}
