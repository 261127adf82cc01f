import type { LoaderFunctionArgs } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { KitCard } from '#app/components/portal/kit-card.tsx'
import { titled } from '#app/components/shell/title.ts'
import { ButtonLink } from '#app/components/ui/button.tsx'
import { EmptyState } from '#app/components/ui/empty-state.tsx'
import { Columns, Page, Stack } from '#app/components/ui/layout.tsx'
import { Notice } from '#app/components/ui/notice.tsx'
import { PageHeader } from '#app/components/ui/page-header.tsx'
import { Table } from '#app/components/ui/table.tsx'
import { When } from '#app/components/ui/when.tsx'
import { personOf } from '#app/http/context.server.ts'
import { portalHome } from '#services/delivery/views.ts'

export const meta = () => titled('Brand kits')

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await personOf(args)
  return { ...(await portalHome(ctx)), organisation: ctx.actor.orgName }
}

type Past = ReturnType<typeof useLoaderData<typeof loader>>['past'][number]

function PastKits({ kits, zone }: { kits: Past[]; zone: string }) {
  return (
    <Table
      caption="No longer granted"
      rows={kits}
      rowKey={({ id }) => id}
      columns={[
        { label: 'Kit', head: true, cell: (kit) => <Link to={`/portal/kits/${kit.id}`}>{kit.title}</Link> },
        { label: 'Since', cell: (kit) => (kit.endsAt ? <When at={kit.endsAt} to="day" zone={zone} /> : '') },
        {
          label: 'Why',
          cell: (kit) => (kit.standing === 'kit-revoked' ? (kit.revokedReason ?? 'The grant was taken back.') : 'The term is over.'),
        },
      ]}
    />
  )
}

export default function PortalHome() {
  const { open, past, waiting, organisation, zone } = useLoaderData<typeof loader>()
  return (
    <Page>
      <PageHeader
        eyebrow={organisation}
        title="Your brand kits"
        actions={
          <ButtonLink to="/requests/new" icon="plus">
            Ask for an asset
          </ButtonLink>
        }
      >
        Everything that has been cleared for you to use, with its licence in each file.
      </PageHeader>
      <Stack gap="xl">
        {waiting > 0 && (
          <Notice>
            <p>
              {waiting === 1 ? 'One request of yours waits' : `${waiting} requests of yours wait`} for the rights desk.{' '}
              <Link to="/requests">See requests</Link>
            </p>
          </Notice>
        )}
        {open.length > 0 ? (
          <Columns least="20rem" gap="lg">
            {open.map((kit, i) => (
              <KitCard key={kit.id} kit={kit} zone={zone} eager={i === 0} />
            ))}
          </Columns>
        ) : (
          <EmptyState
            icon="folder"
            title="No kit has been granted to you yet"
            action={
              <ButtonLink to="/requests/new" tone="primary">
                Ask for an asset
              </ButtonLink>
            }
          >
            As soon as a brand kit is granted to {organisation} it stands here. If you need one picture now, ask for it: say what it is for,
            and the rights desk answers.
          </EmptyState>
        )}
        {past.length > 0 && <PastKits kits={past} zone={zone} />}
      </Stack>
    </Page>
  )
}
