import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Form, Link, useLoaderData } from '@remix-run/react'
import { KitHolders } from '#app/components/kits/kit-holders.tsx'
import { KitItemControls, KitItemFacts } from '#app/components/kits/kit-item-row.tsx'
import { changeWords, fileCount } from '#app/components/portal/kit-words.ts'
import { titled } from '#app/components/shell/title.ts'
import { Breadcrumbs } from '#app/components/ui/breadcrumbs.tsx'
import { ButtonLink, SubmitButton } from '#app/components/ui/button.tsx'
import { EmptyState } from '#app/components/ui/empty-state.tsx'
import { Cluster, Columns, Page, Stack } from '#app/components/ui/layout.tsx'
import { Notice } from '#app/components/ui/notice.tsx'
import { PageHeader } from '#app/components/ui/page-header.tsx'
import { Picture } from '#app/components/ui/picture.tsx'
import { Card, Panel } from '#app/components/ui/surfaces.tsx'
import { Table } from '#app/components/ui/table.tsx'
import { TextField } from '#app/components/ui/text-field.tsx'
import { Timeline } from '#app/components/ui/timeline.tsx'
import { When } from '#app/components/ui/when.tsx'
import { staffOf } from '#app/http/context.server.ts'
import { kitDesk } from '#services/catalog/kit-views.ts'
import { hasStaffRole } from '#services/kernel/actor.ts'

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await staffOf(args)
  const find = new URL(args.request.url).searchParams.get('q') ?? ''
  const kit = await kitDesk(ctx, args.params.kitId ?? '', find)
  return {
    kit,
    find,
    mayBuild: hasStaffRole(ctx.actor, 'LIBRARIAN') && !kit.archivedAt,
    mayGrant: hasStaffRole(ctx.actor, 'RIGHTS_MANAGER') && !kit.archivedAt,
  }
}

export const meta: MetaFunction<typeof loader> = ({ data }) => titled(data?.kit.title ?? 'Brand kit')

export default function Kit() {
  const { kit, mayBuild, mayGrant } = useLoaderData<typeof loader>()
  const edit = mayBuild && (
    <ButtonLink to={`/library/kits/${kit.id}/edit`} icon="edit">
      Texts and cover
    </ButtonLink>
  )
  return (
    <Page>
      <Breadcrumbs trail={[{ to: '/library/kits', label: 'Brand kits' }]} />
      <PageHeader eyebrow={`Version ${kit.version} · ${fileCount(kit.items.length)}`} title={kit.title} actions={edit}>
        {kit.description}
      </PageHeader>
      <Stack gap="lg">
        {kit.archivedAt && (
          <Notice tone="warning" title="Put away">
            <p>This kit is no longer granted and can no longer be changed.</p>
          </Notice>
        )}
        <KitHolders kitId={kit.id} files={kit.items.length} zone={kit.zone} grants={kit.grants} mayGrant={mayGrant} />
        <Files />
        {mayBuild && <AddFiles />}
        <Panel title="What changed">
          <Timeline
            events={kit.changes.map((change) => ({
              key: change.id,
              title: changeWords(change),
              meta: (
                <>
                  <When at={change.at} zone={kit.zone} />, {change.by}
                </>
              ),
            }))}
          />
        </Panel>
        {mayBuild && (
          <Form method="post" action={`/library/kits/${kit.id}/archive`}>
            <SubmitButton tone="quiet" icon="folder">
              Put the kit away
            </SubmitButton>
          </Form>
        )}
      </Stack>
    </Page>
  )
}

function Files() {
  const { kit, mayBuild } = useLoaderData<typeof loader>()
  return (
    <Panel title="Files">
      <Table
        caption="Files of this kit"
        hideCaption
        rows={kit.items}
        rowKey={({ assetId }) => assetId}
        columns={[
          {
            label: 'Picture',
            bare: true,
            cell: (item) => (
              <div style={{ width: '5.5rem' }}>
                <Picture
                  src={`/previews/${item.assetId}/clean-grid`}
                  alt=""
                  tint={item.asset.publishedVersion?.dominantColour ?? null}
                  {...(item.asset.kind !== 'PHOTOGRAPH' && { fit: 'contain' })}
                  cutOut={item.asset.kind === 'LOGO'}
                />
              </div>
            ),
          },
          {
            label: 'File',
            head: true,
            cell: (item) => (
              <Stack gap="xs">
                <Link to={`/library/assets/${item.assetId}`}>{item.asset.title}</Link>
                <KitItemFacts item={item} />
              </Stack>
            ),
          },
          mayBuild
            ? { label: 'Section and place', cell: (item) => <KitItemControls kitId={kit.id} item={item} /> }
            : { label: 'Section', cell: (item) => item.section },
        ]}
        empty={
          <EmptyState icon="picture" title="No file in it yet" as="h3">
            Search below for published assets and add them.
          </EmptyState>
        }
      />
    </Panel>
  )
}

function AddFiles() {
  const { kit, find } = useLoaderData<typeof loader>()
  const back = `/library/kits/${kit.id}${find ? `?q=${encodeURIComponent(find)}` : ''}`
  return (
    <Panel title="Add files">
      <Stack>
        <Form method="get" role="search" preventScrollReset>
          <Cluster>
            <TextField
              name="q"
              type="search"
              label="Title or keyword of a published asset"
              hideLabel
              placeholder="Title or keyword"
              defaultValue={find}
            />
            <SubmitButton tone="secondary" icon="search">
              Search
            </SubmitButton>
          </Cluster>
        </Form>
        {find && kit.found.length === 0 && (
          <p className="muted">No published asset outside of this kit has “{find}” in its title or keywords.</p>
        )}
        <Columns least="11rem" gap="md">
          {kit.found.map((asset) => (
            <Card
              key={asset.id}
              title={asset.title}
              media={
                <Picture
                  src={`/previews/${asset.id}/clean-grid`}
                  alt={asset.altText}
                  ratio="4 / 3"
                  tint={asset.publishedVersion?.dominantColour ?? null}
                  {...(asset.kind !== 'PHOTOGRAPH' && { fit: 'contain' })}
                  cutOut={asset.kind === 'LOGO'}
                />
              }
              actions={
                <Form method="post" action={`/library/kits/${kit.id}/items?back=${encodeURIComponent(back)}`} preventScrollReset>
                  <SubmitButton name="assetId" value={asset.id} size="sm" tone="secondary" icon="plus">
                    Add
                  </SubmitButton>
                </Form>
              }
            />
          ))}
        </Columns>
      </Stack>
    </Panel>
  )
}
