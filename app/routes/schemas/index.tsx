import type { LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { PrivateMetadataPanel } from '#app/components/assets/private-metadata.tsx'
import { titled } from '#app/components/shell/title.ts'
import { Badge } from '#app/components/ui/badge.tsx'
import { Breadcrumbs } from '#app/components/ui/breadcrumbs.tsx'
import { ButtonLink } from '#app/components/ui/button.tsx'
import { EmptyState } from '#app/components/ui/empty-state.tsx'
import { Page, Split, Stack } from '#app/components/ui/layout.tsx'
import { Link } from '#app/components/ui/link.tsx'
import { PageHeader } from '#app/components/ui/page-header.tsx'
import { Panel } from '#app/components/ui/surfaces.tsx'
import { Table } from '#app/components/ui/table.tsx'
import { Tabs } from '#app/components/ui/tabs.tsx'
import { Timeline } from '#app/components/ui/timeline.tsx'
import { When } from '#app/components/ui/when.tsx'
import { staffOf } from '#app/http/context.server.ts'
import { schemaPage } from '#services/assets/own-field-views.ts'
import { assetKinds, kindWords } from '#services/assets/rules/asset-words.ts'
import { ownFieldNeedWords, ownFieldTypeWords } from '#services/assets/rules/own-fields.ts'
import { privateMetadata } from '#services/delivery/private-metadata.ts'

export const meta = () => titled('Fields')

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await staffOf(args)
  const asked = new URL(args.request.url).searchParams.get('kind')
  const kind = assetKinds.find((one) => one === asked)
  const [page, leaving] = await Promise.all([schemaPage(ctx, kind), privateMetadata(ctx)])
  return { ...page, leaving, kind: kind ?? null }
}

type Field = ReturnType<typeof useLoaderData<typeof loader>>['fields'][number]

export default function Schemas() {
  const { fields, retired, kinds, kind, versions, version, mayKeep, leaving } = useLoaderData<typeof loader>()
  const tabs = [
    { to: '/library/schemas', label: 'Every kind', current: kind === null },
    ...kinds
      .filter((one) => one.fields > 0 || one.assets > 0)
      .map((one) => ({ to: `?kind=${one.kind}`, label: kindWords[one.kind], count: one.fields, current: one.kind === kind })),
  ]
  return (
    <Page>
      <Breadcrumbs trail={[{ to: '/library', label: 'Library' }]} />
      <PageHeader
        title="Fields"
        eyebrow={version > 0 ? `Version ${version}` : undefined}
        actions={
          mayKeep && (
            <ButtonLink to={`/library/schemas/fields/new${kind ? `?kind=${kind}` : ''}`} icon="plus" tone="primary">
              New field
            </ButtonLink>
          )
        }
      >
        What the house wants to know of each kind of asset, beside title, description and the fields of the IPTC.
      </PageHeader>
      <Stack gap="lg">
        <Tabs label="Kinds of asset" tabs={tabs} />
        <Split aside="20rem">
          <Stack gap="lg">
            <FieldTable fields={fields} caption="Fields" mayKeep={mayKeep} />
            {retired.length > 0 && (
              <Panel title="Retired">
                <p className="muted">Forms no longer ask for these. Records keep what they say in them.</p>
                <FieldTable fields={retired} caption="Retired fields" mayKeep={mayKeep} />
              </Panel>
            )}
          </Stack>
          <Stack gap="lg">
            <Panel title="Changes">
              {versions.length === 0 ? (
                <p className="muted">None yet.</p>
              ) : (
                <Timeline
                  events={versions.map((one) => ({
                    key: String(one.version),
                    title: one.note,
                    meta: (
                      <>
                        Version {one.version}, {one.by}, <When at={one.at} />
                      </>
                    ),
                  }))}
                />
              )}
            </Panel>
            <PrivateMetadataPanel {...leaving} />
          </Stack>
        </Split>
      </Stack>
    </Page>
  )
}

function FieldTable({ fields, caption, mayKeep }: { fields: Field[]; caption: string; mayKeep: boolean }) {
  return (
    <Table
      caption={caption}
      hideCaption
      rows={fields}
      rowKey={({ id }) => id}
      columns={[
        {
          label: 'Field',
          head: true,
          cell: ({ id, label, code }) => (
            <>
              {mayKeep ? <Link to={`/library/schemas/fields/${id}`}>{label}</Link> : label} <span className="muted small">{code}</span>
            </>
          ),
        },
        {
          label: 'Holds',
          cell: ({ type, vocabulary }) =>
            vocabulary ? `${ownFieldTypeWords[type].replace('a vocabulary', `“${vocabulary.name}”`)}` : ownFieldTypeWords[type],
        },
        { label: 'Kinds', cell: ({ kinds }) => kinds.map((kind) => kindWords[kind]).join(', ') },
        {
          label: 'Needed',
          cell: ({ need }) => (need === 'NEVER' ? <span className="muted">No</span> : ownFieldNeedWords[need].replace('Needed ', '')),
        },
        { label: 'Group', cell: ({ section }) => section },
        {
          label: 'Shown',
          cell: ({ outside }) => (outside ? <Badge tone="info">Outside too</Badge> : <span className="muted">Inside</span>),
        },
      ]}
      empty={
        <EmptyState icon="inbox" title="No field of its own yet">
          Records of this kind have the fields of the IPTC only.
        </EmptyState>
      }
    />
  )
}
