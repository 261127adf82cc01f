import type { LoaderFunctionArgs } from '@remix-run/node'
import { Form, Link, useLoaderData, useRevalidator } from '@remix-run/react'
import { useEffect } from 'react'
import { Colliding, Preview, Problems } from '#app/components/exchange/import-parts.tsx'
import { count, many, sizeInWords, stateWords } from '#app/components/exchange/words.ts'
import { titled } from '#app/components/shell/title.ts'
import { Status } from '#app/components/ui/badge.tsx'
import { Breadcrumbs } from '#app/components/ui/breadcrumbs.tsx'
import { SubmitButton } from '#app/components/ui/button.tsx'
import { Hash } from '#app/components/ui/code.tsx'
import { DescriptionList } from '#app/components/ui/description-list.tsx'
import { Cluster, Page, Stack } from '#app/components/ui/layout.tsx'
import { Notice } from '#app/components/ui/notice.tsx'
import { PageHeader } from '#app/components/ui/page-header.tsx'
import { Progress } from '#app/components/ui/progress.tsx'
import { Panel } from '#app/components/ui/surfaces.tsx'
import { When } from '#app/components/ui/when.tsx'
import { staffOf } from '#app/http/context.server.ts'
import { zoneOfHouse } from '#services/accounts/houses.ts'
import { importPage } from '#services/exchange/import-views.ts'
import { kindNames } from '#services/exchange/rules/kinds.ts'
import { collidingOfImport } from '#services/rights/imported-sale-views.ts'

export const meta = () => titled('Import')

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await staffOf(args, 'RIGHTS_MANAGER', 'AUDITOR')
  const page = await importPage(ctx, args.params.importId ?? '', new URL(args.request.url).searchParams.get('after'))
  const [zone, colliding] = await Promise.all([zoneOfHouse(ctx), page.collides > 0 ? collidingOfImport(ctx, page.id) : null])
  return { page, zone, colliding }
}

type Loaded = ReturnType<typeof useLoaderData<typeof loader>>['page']

export default function Import() {
  const { page, zone, colliding } = useLoaderData<typeof loader>()
  const working = page.state === 'CHECKING' || page.state === 'APPLYING'
  const { revalidate } = useRevalidator()
  useEffect(() => {
    if (!working) return
    const timer = setInterval(revalidate, 1_500)
    return () => clearInterval(timer)
  }, [working, revalidate])
  return (
    <Page>
      <Breadcrumbs trail={[{ to: '/rights/imports', label: 'Import and export' }]} />
      <PageHeader
        eyebrow={kindNames[page.kind]}
        title={page.fileName}
        actions={<Status tone={stateWords[page.state].tone}>{stateWords[page.state].label}</Status>}
      />
      <Stack gap="lg">
        <Standing page={page} waiting={colliding?.total ?? 0} />
        {(page.mayApply || page.mayDrop) && <Verbs page={page} />}
        {page.problemCount > 0 && <Problems id={page.id} page={page} />}
        {colliding && colliding.total > 0 && <Colliding {...colliding} />}
        {page.preview.length > 0 && <Preview preview={page.preview} rowsGood={page.rowsGood} />}
        <Panel title="The file">
          <DescriptionList
            facts={[
              { term: 'Uploaded', detail: <When at={page.createdAt} zone={zone} /> },
              { term: 'By', detail: page.by },
              { term: 'Applied by', detail: page.appliedBy },
              { term: 'Size', detail: sizeInWords(page.sizeBytes) },
              {
                term: 'Rows',
                detail:
                  page.rowsTotal > 0
                    ? count(page.rowsTotal) + (page.pictures > 0 ? `, about ${many(page.pictures, 'picture')}` : '')
                    : null,
              },
              { term: 'SHA-256', detail: <Hash value={page.sha256} /> },
            ]}
          />
        </Panel>
      </Stack>
    </Page>
  )
}

function Standing({ page, waiting }: { page: Loaded; waiting: number }) {
  switch (page.state) {
    case 'CHECKING':
      return (
        <div role="status">
          <Progress label="The file is being checked" note={`${many(page.rowsDone, 'row')} so far`} />
          <noscript>
            <p>
              <Link to="">Look again</Link>
            </p>
          </noscript>
        </div>
      )
    case 'APPLYING':
      return (
        <div role="status">
          <Progress label="The file is being written" note={many(page.rowsTotal, 'row')} />
        </div>
      )
    case 'CHECKED':
      return page.rowsBad > 0 ? (
        <Notice tone="warning" title={`${many(page.rowsBad, 'row')} of ${count(page.rowsTotal)} cannot be read`}>
          <p>Nothing is written in part. Mend the rows below in your file and upload it again; what is recorded already is passed over.</p>
        </Notice>
      ) : page.rowsGood === 0 ? (
        <Notice tone="warning" title="There are no rows in this file">
          <p>It names its columns and nothing else. Fill in rows and upload it again.</p>
        </Notice>
      ) : (
        <Notice tone="info" title={`${many(page.rowsGood, 'row')} about ${many(page.pictures, 'picture')}, all of them good`}>
          <p>Nothing is written yet. Read the first rows below, then apply the file.</p>
        </Notice>
      )
    case 'DONE':
      return (
        <Notice tone={page.collides > 0 ? 'warning' : 'success'} title={`${many(page.added ?? 0, 'row')} written`}>
          {besides(page) && <p>{besides(page)}.</p>}
          {page.collides > 0 && (
            <p>
              {many(page.collides, 'sale')} collided with what is held or sold.{' '}
              {waiting > 0 ? (
                <>
                  What still does waits on the <Link to="/rights?kind=import-collides">worklist</Link>.
                </>
              ) : (
                'All of it is settled.'
              )}
            </p>
          )}
        </Notice>
      )
    case 'FAILED':
      return (
        <Notice tone="danger" title="Nothing was written">
          <p>{page.failure}</p>
        </Notice>
      )
    case 'DROPPED':
      return <Notice title="Dropped: nothing of this file was written" />
  }
}

/** What a file did beside adding rows; nothing where it did nothing else. */
const besides = ({ known, replaced, contracts }: Loaded): string =>
  [
    known > 0 && `${many(known, 'row was', 'rows were')} known already`,
    replaced > 0 && `${many(replaced, 'older row')} ended`,
    contracts > 0 && many(contracts, 'new contract'),
  ]
    .filter(Boolean)
    .join(', ')

function Verbs({ page }: { page: Loaded }) {
  return (
    <Cluster>
      {page.mayApply && (
        <Form method="post" action={`/rights/imports/${page.id}/apply`}>
          <SubmitButton icon="check">Apply {many(page.rowsGood, 'row')}</SubmitButton>
        </Form>
      )}
      {page.mayDrop && (
        <Form method="post" action={`/rights/imports/${page.id}/drop`}>
          <SubmitButton tone="secondary">Drop the file</SubmitButton>
        </Form>
      )}
    </Cluster>
  )
}
