import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { useTranslations } from 'use-intl'
import { RequestStatus } from '#app/components/portal/request-status.tsx'
import { titled } from '#app/components/shell/title.ts'
import { ButtonLink } from '#app/components/ui/button.tsx'
import { EmptyState } from '#app/components/ui/empty-state.tsx'
import { Page } from '#app/components/ui/layout.tsx'
import { Link } from '#app/components/ui/link.tsx'
import { PageHeader } from '#app/components/ui/page-header.tsx'
import { Pager } from '#app/components/ui/pager.tsx'
import { Table } from '#app/components/ui/table.tsx'
import { When } from '#app/components/ui/when.tsx'
import { personOf } from '#app/http/context.server.ts'
import { wordsOf, languageOf } from '#app/words/words.ts'
import { myRequests } from '#services/licensing/request-views.ts'

export const meta: MetaFunction = ({ matches }) => {
  const t = wordsOf(languageOf(matches), 'portal')
  return titled(t('requests'))
}

export const loader = async (args: LoaderFunctionArgs) =>
  myRequests(await personOf(args), new URL(args.request.url).searchParams.get('after'))

export default function Requests() {
  const t = useTranslations('portal')
  const page = useLoaderData<typeof loader>()
  const ask = (
    <ButtonLink to="/requests/new" icon="plus" tone="primary">
      {t('ask-asset')}
    </ButtonLink>
  )
  return (
    <Page>
      <PageHeader eyebrow={t('portal')} title={t('requests')} actions={ask}>
        {t('requests-lede')}
      </PageHeader>
      <Table
        caption={t('requests')}
        hideCaption
        rows={page.items}
        rowKey={({ id }) => id}
        columns={[
          { label: t('asset'), head: true, cell: (row) => <Link to={`/requests/${row.id}`}>{row.title}</Link> },
          { label: t('use'), cell: (row) => row.scope },
          { label: t('asked'), cell: (row) => <When at={row.createdAt} to="day" /> },
          { label: t('by'), cell: (row) => row.askedBy },
          { label: t('state'), cell: (row) => <RequestStatus state={row.state} /> },
        ]}
        empty={
          <EmptyState icon="inbox" title={t('nothing-asked')} action={ask}>
            {t('nothing-asked-text')}
          </EmptyState>
        }
      />
      <Pager next={page.next} />
    </Page>
  )
}
