import type { LoaderFunctionArgs } from '@remix-run/node'
import { Form, Link, useLoaderData } from '@remix-run/react'
import { CollectionStrip } from '#app/components/catalog/collection-strip.tsx'
import { PictureGrid } from '#app/components/catalog/picture-grid.tsx'
import { previewUrl } from '#app/components/catalog/preview.ts'
import { SearchField } from '#app/components/catalog/search-field.tsx'
import { titled } from '#app/components/shell/title.ts'
import { ButtonLink } from '#app/components/ui/button.tsx'
import { EmptyState } from '#app/components/ui/empty-state.tsx'
import { Picture } from '#app/components/ui/picture.tsx'
import { contextOf } from '#app/http/context.server.ts'
import { homePage } from '#services/catalog/views.ts'

export const meta = () =>
  titled(
    'Pictures with their rights attached',
    'Find a picture, say what it is for, and get a price, a clean file and a licence that anybody can verify.',
  )

export const loader = async (args: LoaderFunctionArgs) => homePage(await contextOf(args))

function Hero({ hero }: { hero: NonNullable<Awaited<ReturnType<typeof homePage>>['hero']> }) {
  return (
    <figure className="hero-picture">
      <Link to={`/assets/${hero.id}`} aria-label={`${hero.title}, by ${hero.creator || 'unknown'}`}>
        <Picture
          src={hero.versionId && previewUrl(hero.id, 'page', hero.versionId)}
          srcSet={
            hero.versionId
              ? `${previewUrl(hero.id, 'grid', hero.versionId)} 640w, ${previewUrl(hero.id, 'page', hero.versionId)} 1600w`
              : ''
          }
          sizes="(min-width: 60rem) 60vw, 100vw"
          alt={hero.altText}
          width={hero.width}
          height={hero.height}
          tint={hero.tint}
          eager
        />
      </Link>
      <figcaption>
        <span>{hero.title}</span>
        {hero.creator && <span className="muted">{hero.creator}</span>}
      </figcaption>
    </figure>
  )
}

export default function Home() {
  const { houseName, hero, collections, newest, total } = useLoaderData<typeof loader>()
  return (
    <div className="home">
      <section className="hero">
        <div className="hero-text">
          <p className="eyebrow">The picture library of {houseName}</p>
          <h1>Pictures with their rights attached</h1>
          <p className="lede">Say what a picture is for. You get a binding price, the clean file, and a licence that anybody can verify.</p>
          <search>
            <Form action="/search">
              <SearchField />
            </Form>
          </search>
        </div>
        {hero && <Hero hero={hero} />}
      </section>

      {total === 0 && (
        <section className="page">
          <EmptyState
            icon="picture"
            title="The first pictures are on their way"
            action={<ButtonLink to="/licensing">What the licences mean</ButtonLink>}
          >
            Nothing is published in this store yet. What is published appears here at once.
          </EmptyState>
        </section>
      )}

      {collections.length > 0 && (
        <section className="page home-part">
          <div className="home-head">
            <h2>Collections</h2>
            <Link to="/collections">All collections</Link>
          </div>
          <div className="collection-list">
            {collections.map((collection) => (
              <CollectionStrip key={collection.slug} collection={collection} />
            ))}
          </div>
        </section>
      )}

      {newest.length > 0 && (
        <section className="page home-part">
          <div className="home-head">
            <h2>New in the library</h2>
            <Link to="/search?sort=newest">All {total} pictures</Link>
          </div>
          <PictureGrid tiles={newest} />
        </section>
      )}

      <section className="how">
        <div className="page">
          <h2>How licensing works</h2>
          <ol>
            <li>
              <strong>Choose how you will use it.</strong> Royalty-free for most things, or rights-managed for one campaign in one place,
              exclusive if it must be.
            </li>
            <li>
              <strong>See at once whether it can be had.</strong> The price is binding, and where something is in the way we say what, and
              what comes nearest.
            </li>
            <li>
              <strong>Keep the proof.</strong> With the clean file comes a signed licence. Its number can be checked by anybody, years
              later, without asking us.
            </li>
          </ol>
          <div className="cluster">
            <ButtonLink to="/licensing">Compare the licences</ButtonLink>
            <ButtonLink to="/verify" tone="quiet" icon="shield">
              Verify a licence
            </ButtonLink>
          </div>
        </div>
      </section>
    </div>
  )
}
