import type { LoaderFunctionArgs } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { AssetPicture } from '#app/components/assets/asset-picture.tsx'
import { titled } from '#app/components/shell/title.ts'
import { Badge } from '#app/components/ui/badge.tsx'
import { ButtonLink } from '#app/components/ui/button.tsx'
import { EmptyState } from '#app/components/ui/empty-state.tsx'
import { Page } from '#app/components/ui/layout.tsx'
import { PageHeader } from '#app/components/ui/page-header.tsx'
import { Pager } from '#app/components/ui/pager.tsx'
import { When } from '#app/components/ui/when.tsx'
import { staffOf } from '#app/http/context.server.ts'
import { kindWords } from '#services/assets/rules/asset-words.ts'
import { reviewQueue } from '#services/assets/views.ts'

export const meta = () => titled('Review')

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await staffOf(args)
  return await reviewQueue(ctx, new URL(args.request.url).searchParams.get('after') ?? undefined)
}

export default function ReviewQueue() {
  const { items, next, waiting, mayReview } = useLoaderData<typeof loader>()
  const first = items.find(({ own }) => !own)
  const begin = mayReview && first && (
    <ButtonLink to={`/library/review/${first.reviewId}`} tone="primary">
      Begin with the first
    </ButtonLink>
  )
  return (
    <Page>
      <PageHeader title="Review" actions={begin}>
        {waiting > 0 && `${waiting} ${waiting === 1 ? 'asset waits' : 'assets wait'}, the longest first.`}
      </PageHeader>
      {items.length === 0 ? (
        <EmptyState icon="success" title="Nothing waits for review" action={<ButtonLink to="/library">To the library</ButtonLink>}>
          When somebody sends an asset for review, it appears here.
        </EmptyState>
      ) : (
        <ol className="queue">
          {items.map((item) => (
            <li key={item.reviewId}>
              <AssetPicture
                assetId={item.asset.id}
                version={{ ...item.version, processing: 'READY', width: null, height: null }}
                alt=""
                ratio="3 / 2"
              />
              <div className="queue-body">
                <h2>
                  <Link to={`/library/review/${item.reviewId}`}>{item.asset.title}</Link>
                </h2>
                <p className="small muted">
                  {kindWords[item.asset.kind]}, version {item.version.number}. {item.askedBy} asked on <When at={item.askedAt} />.
                </p>
                {item.note && <p>{item.note}</p>}
                <p className="cluster" data-gap="sm">
                  {item.asset.state === 'PUBLISHED' && <Badge tone="info">Replaces what is live</Badge>}
                  {item.own && <Badge>Sent by you</Badge>}
                </p>
              </div>
            </li>
          ))}
        </ol>
      )}
      <Pager next={next} />
    </Page>
  )
}
