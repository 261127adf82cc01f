import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Form, useLoaderData } from '@remix-run/react'
import { useTranslations } from 'use-intl'
import { CollectionCard } from '#app/components/catalog/collection-card.tsx'
import { contributorPath } from '#app/components/catalog/contributor-path.ts'
import { heroSizes, heroSrcSet, HomeHero } from '#app/components/catalog/home-hero.tsx'
import { PictureGrid } from '#app/components/catalog/picture-grid.tsx'
import { SearchField } from '#app/components/catalog/search-field.tsx'
import { titled } from '#app/components/shell/title.ts'
import { ButtonLink } from '#app/components/ui/button.tsx'
import { EmptyState } from '#app/components/ui/empty-state.tsx'
import { Link, useLocalHref } from '#app/components/ui/link.tsx'
import { contextOf } from '#app/http/context.server.ts'
import { contributorsShown, totalShown } from '#app/http/remembered.server.ts'
import { carriedSeen } from '#app/http/seen.server.ts'
import { tilePrices } from '#app/http/tile-prices.server.ts'
import { languageOf, wordsOf } from '#app/words/words.ts'
import { recentlySeen } from '#services/catalog/seen.ts'
import { homePage } from '#services/catalog/views.ts'

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await contextOf(args)
  const [page, contributors, seen] = await Promise.all([
    homePage(ctx, { total: totalShown(ctx) }),
    contributorsShown(ctx, 8),
    carriedSeen(args.request).then((carried) => recentlySeen(ctx, carried, { limit: 6 })),
  ])
  return { ...page, contributors, seen, prices: await tilePrices(args.request, ctx, [...page.newest, ...seen]) }
}

export const meta: MetaFunction<typeof loader> = ({ data, matches }) => {
  const t = wordsOf(languageOf(matches), 'home')
  const srcSet = data?.hero && heroSrcSet(data.hero)
  return [
    ...titled(t('title'), t('description')),
    { tagName: 'link', rel: 'alternate', type: 'application/atom+xml', title: t('newest'), href: '/feed.xml' },
    ...(srcSet
      ? [{ tagName: 'link', rel: 'preload', as: 'image', imageSrcSet: srcSet, imageSizes: heroSizes, fetchpriority: 'high' }]
      : []),
  ]
}

/** How licensing works, in one calm strip. */
function How() {
  const t = useTranslations('home')
  return (
    <section className="how">
      <div className="page">
        <h2>{t('how')}</h2>
        <ol>
          {(['use', 'answer', 'proof'] as const).map((step) => (
            <li key={step}>
              <strong>{t(`steps.${step}`)}</strong> {t(`steps.${step}-more`)}
            </li>
          ))}
        </ol>
        <div className="cluster">
          <ButtonLink to="/licensing">{t('compare-licences')}</ButtonLink>
          <ButtonLink to="/verify" tone="quiet" icon="shield">
            {t('verify')}
          </ButtonLink>
        </div>
      </div>
    </section>
  )
}

export default function Home() {
  const t = useTranslations('home')
  const href = useLocalHref()
  const { houseName, hero, collections, newest, total, contributors, seen, prices } = useLoaderData<typeof loader>()
  return (
    <div className="home">
      <section className="hero" data-bare={hero ? undefined : ''}>
        <div className="hero-text">
          <p className="eyebrow">{t('library-of', { house: houseName })}</p>
          <h1>{t('title')}</h1>
          <p className="lede">{t('lede')}</p>
          <search>
            <Form action={href('/search')}>
              <SearchField />
            </Form>
          </search>
        </div>
        {hero && <HomeHero hero={hero} />}
      </section>

      {total === 0 && (
        <section className="page">
          <EmptyState icon="picture" title={t('empty')} action={<ButtonLink to="/licensing">{t('empty-licences')}</ButtonLink>}>
            {t('empty-why')}
          </EmptyState>
        </section>
      )}

      {collections.length > 0 && (
        <section className="page home-part">
          <div className="home-head">
            <h2>{t('collections')}</h2>
            <Link to="/collections">{t('all-collections')}</Link>
          </div>
          <div className="collection-cards">
            {collections.map((collection) => (
              <CollectionCard key={collection.slug} collection={collection} />
            ))}
          </div>
        </section>
      )}

      {seen.length > 0 && (
        <section className="page home-part">
          <div className="home-head">
            <h2>{t('seen')}</h2>
            <Link to="/seen">{t('all-seen')}</Link>
          </div>
          <PictureGrid tiles={seen} row="9rem" prices={prices} />
        </section>
      )}

      {newest.length > 0 && (
        <section className="page home-part">
          <div className="home-head">
            <h2>{t('newest')}</h2>
            <Link to="/search?sort=newest">{t('all-pictures', { count: total })}</Link>
          </div>
          <PictureGrid tiles={newest} prices={prices} />
        </section>
      )}

      {contributors.length > 0 && (
        <section className="page home-part">
          <div className="home-head">
            <h2>{t('contributors')}</h2>
            <Link to="/contributors">{t('all-contributors')}</Link>
          </div>
          <ul className="names" data-lead="">
            {contributors.map((contributor) => (
              <li key={contributor.slug}>
                <Link to={contributorPath(contributor)}>{contributor.name}</Link>
                <span className="muted small numeric">{t('pictures', { count: contributor.count })}</span>
              </li>
            ))}
          </ul>
        </section>
      )}

      <How />
    </div>
  )
}
