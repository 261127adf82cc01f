import type { LoaderFunctionArgs } from '@remix-run/node'
import { Form, Link, useLoaderData } from '@remix-run/react'
import { dayWords } from '#app/components/rights/words.ts'
import { titled } from '#app/components/shell/title.ts'
import { Badge, Status } from '#app/components/ui/badge.tsx'
import { useSeesDesk } from '#app/components/rights/sees-desk.ts'
import { Breadcrumbs } from '#app/components/ui/breadcrumbs.tsx'
import { Button, ButtonLink } from '#app/components/ui/button.tsx'
import { EmptyState } from '#app/components/ui/empty-state.tsx'
import { Columns, Page, Stack } from '#app/components/ui/layout.tsx'
import { PageHeader } from '#app/components/ui/page-header.tsx'
import { Pager } from '#app/components/ui/pager.tsx'
import { Select } from '#app/components/ui/select.tsx'
import { Panel } from '#app/components/ui/surfaces.tsx'
import { Table } from '#app/components/ui/table.tsx'
import { TextField } from '#app/components/ui/text-field.tsx'
import { When } from '#app/components/ui/when.tsx'
import { staffOf } from '#app/http/context.server.ts'
import { historyPage } from '#services/rights/history-views.ts'

export const meta = () => titled('What changed about rights')

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await staffOf(args)
  const search = new URL(args.request.url).searchParams
  const one = (name: string) => search.get(name)
  return historyPage(ctx, {
    from: one('from'),
    to: one('to'),
    kind: one('kind'),
    contract: one('contract'),
    person: one('person'),
    after: one('after'),
  })
}

const kinds = { contract: 'Contract', release: 'Release', ban: 'Ban' } as const

export default function History() {
  const { items, next, zone, from, to, kind, contract, person, people } = useLoaderData<typeof loader>()
  const seesDesk = useSeesDesk()
  return (
    <Page>
      {seesDesk && <Breadcrumbs trail={[{ to: '/rights', label: 'Rights' }]} />}
      <PageHeader title="What changed about rights">
        Everything that was written down between two days, and everything that was ended. Each line leads to what the picture’s rights were
        before and after.
      </PageHeader>
      <Stack gap="lg">
        <Form method="get" className="stack" key={`${from} ${to} ${kind} ${contract} ${person}`}>
          <Columns least="11rem" gap="md">
            <TextField name="from" label="From" type="date" defaultValue={from} required />
            <TextField name="to" label="To" type="date" defaultValue={to} required />
            <Select
              name="kind"
              label="What"
              defaultValue={kind ?? ''}
              placeholder="Everything"
              options={Object.entries(kinds).map(([value, label]) => ({ value, label: `${label}s` }))}
            />
            <TextField name="contract" label="Contract or reference" hint="From its beginning." defaultValue={contract} maxLength={200} />
            <Select
              name="person"
              label="By whom"
              defaultValue={person}
              placeholder="Anybody"
              options={people.map(({ id, name }) => ({ value: id, label: name }))}
            />
          </Columns>
          <div className="cluster">
            <Button type="submit" tone="primary">
              Show
            </Button>
            <ButtonLink to="/rights/history" tone="quiet">
              The last month
            </ButtonLink>
          </div>
        </Form>
        <Panel title={`${dayWords(from)} to ${dayWords(to)}`}>
          <Table
            caption="Changes, the latest first"
            hideCaption
            rows={items}
            rowKey={({ id, what }) => `${id}:${what}`}
            empty={
              <EmptyState icon="history" title="Nothing changed">
                Nothing of this kind was written down or ended between these days. Choose other days, or fewer filters.
              </EmptyState>
            }
            columns={[
              { label: 'When', cell: ({ at }) => <When at={at} zone={zone} /> },
              {
                label: 'Row',
                head: true,
                cell: ({ kind: of, name }) => (
                  <>
                    <Badge>{kinds[of]}</Badge> {name}
                  </>
                ),
              },
              {
                label: 'What',
                cell: ({ what }) => <Status tone={what === 'added' ? 'success' : 'danger'}>{what === 'added' ? 'Came' : 'Ended'}</Status>,
              },
              { label: 'Picture', cell: ({ asset }) => <Link to={`/rights/assets/${asset.id}`}>{asset.title}</Link> },
              { label: 'Who', cell: ({ by }) => by ?? '–' },
              {
                label: 'Before and after',
                bare: true,
                align: 'end',
                cell: ({ asset, day, dayBefore }) => (
                  <ButtonLink
                    to={`/rights/assets/${asset.id}/as-of?${new URLSearchParams({ than: dayBefore, known: day, at: day })}`}
                    size="sm"
                    tone="quiet"
                    aria-label={`${asset.title}, before and after ${dayWords(day)}`}
                  >
                    Before and after
                  </ButtonLink>
                ),
              },
            ]}
          />
          <Pager next={next} />
        </Panel>
      </Stack>
    </Page>
  )
}
