import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { AssetTabs } from '#app/components/assets/asset-tabs.tsx'
import { titled } from '#app/components/shell/title.ts'
import { Breadcrumbs } from '#app/components/ui/breadcrumbs.tsx'
import { ButtonLink } from '#app/components/ui/button.tsx'
import { Page, Stack } from '#app/components/ui/layout.tsx'
import { PageHeader } from '#app/components/ui/page-header.tsx'
import { Tabs } from '#app/components/ui/tabs.tsx'
import { VersionRow } from '#app/components/versions/version-row.tsx'
import { HouseTime } from '#app/components/ui/when.tsx'
import { staffOf } from '#app/http/context.server.ts'
import { versionsPage } from '#services/assets/version-views.ts'
import { openThreads } from '#services/discussion/views.ts'

export const meta: MetaFunction<typeof loader> = ({ data }) => titled(data ? `Versions: ${data.page.asset.title}` : 'Versions')

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await staffOf(args)
  const search = new URL(args.request.url).searchParams
  const before = Number(search.get('before'))
  const page = await versionsPage(ctx, args.params.assetId ?? '', {
    by: search.get('by') ?? undefined,
    before: Number.isInteger(before) && before > 0 && before < 2 ** 31 ? before : undefined,
  })
  const open = await openThreads(
    ctx,
    page.versions.map(({ id }) => id),
  )
  return { page, open: Object.fromEntries(open) }
}

/** The versions of an asset: what came, from whom and why, what was decided, and when the world saw it. */
export default function Versions() {
  const { page, open } = useLoaderData<typeof loader>()
  const { asset, versions, people, by, total, mayUpload, next } = page
  const at = `/library/assets/${asset.id}`
  const newest = versions.find(({ isCurrent }) => isCurrent)?.number
  return (
    <HouseTime>
      <Page>
        <Breadcrumbs trail={[{ to: '/library', label: 'Library' }]} />
        <PageHeader
          eyebrow={total === 1 ? 'One version' : `${total} versions`}
          title={asset.title}
          actions={
            <>
              {total > 1 && (
                <ButtonLink to={`${at}/compare`} icon="compare">
                  Compare
                </ButtonLink>
              )}
              {mayUpload && (
                <ButtonLink to={`/library/upload?asset=${asset.id}`} icon="upload" tone="primary">
                  New version
                </ButtonLink>
              )}
            </>
          }
        />
        <AssetTabs assetId={asset.id} current="versions" />
        <div className="below-tabs">
          <Stack gap="lg">
            {people.length > 1 && (
              <Tabs
                label="Who brought it"
                tabs={[
                  { to: '?', label: 'Everybody', count: total, current: by === null },
                  ...people.map(({ userId, name, versions: count }) => ({
                    to: `?by=${userId}`,
                    label: name,
                    count,
                    current: by === userId,
                  })),
                ]}
              />
            )}
            <ol className="version-list">
              {versions.map((version) => (
                <VersionRow
                  key={version.id}
                  page={page}
                  version={version}
                  open={open[version.id] ?? 0}
                  compareWith={newest !== undefined && newest !== version.number ? newest : null}
                />
              ))}
            </ol>
            {next !== null && (
              <p>
                <ButtonLink to={`?${by ? `by=${by}&` : ''}before=${next}`}>Earlier versions</ButtonLink>
              </p>
            )}
          </Stack>
        </div>
      </Page>
    </HouseTime>
  )
}
