import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { AssetTabs } from '#app/components/assets/asset-tabs.tsx'
import { Sealed } from '#app/components/assets/sealed.tsx'
import { ConflictsPanel, DisputesPanel, FieldPanels, RawPanel, SidecarPanel } from '#app/components/assets/file-metadata.tsx'
import { AssetStatus } from '#app/components/assets/state-badge.tsx'
import { titled } from '#app/components/shell/title.ts'
import { Breadcrumbs } from '#app/components/ui/breadcrumbs.tsx'
import { ButtonAnchor } from '#app/components/ui/button.tsx'
import { EmptyState } from '#app/components/ui/empty-state.tsx'
import { Page, Stack } from '#app/components/ui/layout.tsx'
import { Notice } from '#app/components/ui/notice.tsx'
import { PageHeader } from '#app/components/ui/page-header.tsx'
import { staffOf } from '#app/http/context.server.ts'
import { fileMetadataPage } from '#services/assets/file-metadata-view.ts'

export const meta: MetaFunction<typeof loader> = ({ data }) => titled(data ? `File metadata: ${data.asset.title}` : 'File metadata')

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await staffOf(args)
  const q = new URL(args.request.url).searchParams.get('q')?.trim().slice(0, 100) ?? ''
  return fileMetadataPage(ctx, args.params.assetId ?? '', q)
}

export default function FileMetadata() {
  const page = useLoaderData<typeof loader>()
  const { asset, version, read } = page
  const agree = page.conflicts.length === 0 && page.offers.length === 0
  return (
    <Page>
      <Breadcrumbs trail={[{ to: '/library', label: 'Library' }]} />
      <PageHeader
        eyebrow={<AssetStatus state={asset.state} />}
        title={asset.title}
        {...(!page.sealed && {
          actions: (
            <ButtonAnchor href={`/library/assets/${asset.id}/metadata.xmp`} icon="download">
              XMP sidecar
            </ButtonAnchor>
          ),
        })}
      >
        {version && `What the record says, beside ${version.fileName}.`}
      </PageHeader>
      <AssetTabs assetId={asset.id} current="metadata" />
      <Stack gap="lg">
        {page.sealed && <Sealed assetId={asset.id} />}
        {!version && !page.sealed && (
          <EmptyState icon="document" title="There is no file">
            What a file says of itself appears here once one is uploaded.
          </EmptyState>
        )}
        {version && !read && (
          <Notice title={version.processing === 'WAITING' ? 'The file is being read' : 'This file has not been read for this page'}>
            {version.processing === 'WAITING'
              ? 'What it says of itself appears here in a moment.'
              : 'It came before the library kept everything that files say. A new version, or reading it anew, fills this page.'}
          </Notice>
        )}
        {read && agree && (
          <Notice tone="success" title="Record and file agree">
            Nothing that both can say differs.
          </Notice>
        )}
        <ConflictsPanel page={page} />
        <DisputesPanel disputes={page.disputes} />
        <FieldPanels page={page} />
        {version && page.mayEdit && <SidecarPanel assetId={asset.id} sidecar={page.sidecar} />}
        {read && <RawPanel raw={page.raw} total={page.rawTotal} q={page.q} />}
        {page.foreign > 0 && (
          <p className="muted small">
            {page.foreign === 1 ? 'One property belongs' : `${page.foreign} properties belong`} to other programs (editing histories,
            settings): kept here, and left out of what is delivered.
          </p>
        )}
      </Stack>
    </Page>
  )
}
