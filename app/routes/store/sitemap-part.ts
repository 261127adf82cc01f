import type { LoaderFunctionArgs } from '@remix-run/node'
import { contributorPath } from '#app/components/catalog/contributor-path.ts'
import { previewUrl } from '#app/components/catalog/preview.ts'
import { contextOf } from '#app/http/context.server.ts'
import { xmlAnswer, xmlText } from '#app/http/xml.server.ts'
import { listedContributors } from '#services/catalog/contributors.ts'
import { listedCollections, sitemapAssets } from '#services/catalog/machine-views.ts'
import { twinsOf } from '#app/words/addresses.ts'
import { languages } from '#services/kernel/language.ts'
import { Refusal } from '#services/kernel/errors.ts'

/** One sitemap: the pages, or a block of assets, each with its picture. */
export async function loader(args: LoaderFunctionArgs) {
  const ctx = await contextOf(args)
  const name = /^(pages|assets-(\d{1,9}))\.xml$/.exec(args.params.file ?? '')
  if (!name) throw new Refusal('not-found', 'no such sitemap')
  const twin = (language: string, path: string) =>
    `<xhtml:link rel="alternate" hreflang="${language}" href="${xmlText(ctx.origin + path)}"/>`
  // Each language's page is listed with all its twins: they hold only where each names the others.
  const address = (path: string, more = '') => {
    const twins = twinsOf(path)
    if (!twins) return `<url><loc>${xmlText(ctx.origin + path)}</loc>${more}</url>`
    const links = languages.map((language) => twin(language, twins[language])).join('') + twin('x-default', twins.en)
    return languages.map((language) => `<url><loc>${xmlText(ctx.origin + twins[language])}</loc>${links}${more}</url>`).join('\n')
  }
  const urls = name[2] === undefined ? await pages() : await assets(Number(name[2]))
  // A block that the index does not list: the first one is there also while the store is empty.
  if (urls.length === 0 && name[2] !== '0') throw new Refusal('not-found', 'no such sitemap')
  const spaces =
    'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:image="http://www.google.com/schemas/sitemap-image/1.1" xmlns:xhtml="http://www.w3.org/1999/xhtml"'
  return xmlAnswer(`<urlset ${spaces}>\n${urls.join('\n')}\n</urlset>`)

  async function pages(): Promise<string[]> {
    const [collections, contributors] = await Promise.all([listedCollections(ctx), listedContributors(ctx)])
    return [
      ...['/', '/search', '/collections', '/contributors', '/licensing'],
      ...collections.map(({ slug }) => `/collections/${slug}`),
      ...contributors.map(contributorPath),
    ].map((path) => address(path))
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
