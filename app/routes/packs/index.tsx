import { data, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node'
import { Form, Link, useActionData, useLoaderData } from '@remix-run/react'
import { titled } from '#app/components/shell/title.ts'
import { Status } from '#app/components/ui/badge.tsx'
import { ButtonLink, SubmitButton } from '#app/components/ui/button.tsx'
import { EmptyState } from '#app/components/ui/empty-state.tsx'
import { Cluster, Page } from '#app/components/ui/layout.tsx'
import { Notice } from '#app/components/ui/notice.tsx'
import { PageHeader } from '#app/components/ui/page-header.tsx'
import { Table } from '#app/components/ui/table.tsx'
import { staffOf } from '#app/http/context.server.ts'
import { redirectWithToast } from '#app/http/toast.server.ts'
import { formatMoney } from '#services/kernel/money.ts'
import { packsPage } from '#services/licensing/pack-views.ts'
import { installPacks } from '#services/licensing/packs.ts'

export const meta = () => titled('Packs')

export async function loader(args: LoaderFunctionArgs) {
  return packsPage(await staffOf(args, 'RIGHTS_MANAGER', 'AUDITOR'))
}

/** The usual packs, for a house that has none yet. */
export async function action(args: ActionFunctionArgs) {
  const outcome = await installPacks(await staffOf(args, 'RIGHTS_MANAGER'))
  if (!outcome.ok) return data({ error: 'Publish prices first: what cannot be priced cannot be offered.' }, { status: 409 })
  return redirectWithToast('/rights/packs', { tone: 'success', text: 'The usual packs are in the store. Change them as you like.' })
}

const verb = (label: string, name: string, value: string, path: string) => (
  <Form method="post" action={path} preventScrollReset>
    <SubmitButton name={name} value={value} tone="quiet" size="sm" formAction={path}>
      {label}
    </SubmitButton>
  </Form>
)

export default function Packs() {
  const { packs, mayEdit } = useLoaderData<typeof loader>()
  const refused = useActionData<typeof action>()
  return (
    <Page>
      <PageHeader title="Packs" actions={mayEdit && packs.length > 0 && <ButtonLink to="/rights/packs/new">New pack</ButtonLink>}>
        Ready-made answers to the four questions. Each is shown with every picture that can be had so, at that picture’s price.
      </PageHeader>
      {refused && (
        <Notice tone="danger" title="Not yet" live>
          <p>{refused.error}</p>
        </Notice>
      )}
      <Table
        caption="Packs in the order of the store"
        hideCaption
        rows={packs}
        rowKey={({ id }) => id}
        empty={
          <EmptyState
            icon="tag"
            title="No packs yet"
            action={
              mayEdit && (
                <Cluster>
                  <Form method="post">
                    <SubmitButton>Start with the usual ones</SubmitButton>
                  </Form>
                  <ButtonLink to="/rights/packs/new">Make one</ButtonLink>
                </Cluster>
              )
            }
          >
            Customers then answer the four questions by themselves.
          </EmptyState>
        }
        columns={[
          {
            label: 'Pack',
            head: true,
            cell: ({ id, nameEn, nameDe }) => (
              <>
                {mayEdit ? <Link to={`/rights/packs/${id}`}>{nameEn}</Link> : nameEn}
                <br />
                <span className="muted small" lang="de">
                  {nameDe}
                </span>
              </>
            ),
          },
          { label: 'Scope, if bought today', cell: ({ scope }) => <span className="small">{scope}</span> },
          {
            label: 'Ordinary picture',
            align: 'end',
            cell: ({ price }) => <span className="numeric nowrap">{price ? formatMoney(price) : '–'}</span>,
          },
          {
            label: 'State',
            cell: ({ active }) => <Status tone={active ? 'success' : 'neutral'}>{active ? 'In the store' : 'Put away'}</Status>,
          },
          {
            label: 'Order',
            cell: ({ id, active }) =>
              mayEdit && (
                <Cluster>
                  {verb('Up', 'by', 'up', `/rights/packs/${id}/move`)}
                  {verb('Down', 'by', 'down', `/rights/packs/${id}/move`)}
                  {verb(active ? 'Put away' : 'Offer', 'active', active ? 'no' : 'yes', `/rights/packs/${id}/show`)}
                </Cluster>
              ),
          },
        ]}
      />
    </Page>
  )
}
