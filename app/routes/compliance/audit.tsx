import type { LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { TrailTable } from '#app/components/compliance/trail-table.tsx'
import { SpanFilter } from '#app/components/compliance/span-filter.tsx'
import { titled } from '#app/components/shell/title.ts'
import { ButtonAnchor } from '#app/components/ui/button.tsx'
import { CopyText } from '#app/components/ui/code.tsx'
import { EmptyState } from '#app/components/ui/empty-state.tsx'
import { Page } from '#app/components/ui/layout.tsx'
import { PageHeader } from '#app/components/ui/page-header.tsx'
import { Pager } from '#app/components/ui/pager.tsx'
import { Select } from '#app/components/ui/select.tsx'
import { TextField } from '#app/components/ui/text-field.tsx'
import { staffOf } from '#app/http/context.server.ts'
import { trailInput } from '#services/compliance/schema.ts'
import { trailPage } from '#services/compliance/views.ts'

export const meta = () => titled('Audit trail')

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await staffOf(args, 'AUDITOR', 'RIGHTS_MANAGER')
  const wanted = trailInput.parse(Object.fromEntries(new URL(args.request.url).searchParams))
  return { ...(await trailPage(ctx, wanted)), wanted }
}

export default function AuditTrail() {
  const { rows, types, zone, head, wanted } = useLoaderData<typeof loader>()
  const span = new URLSearchParams(
    Object.entries({ from: wanted.from, to: wanted.to }).filter((entry): entry is [string, string] => Boolean(entry[1])),
  )
  const narrowed = Boolean(wanted.type ?? wanted.person ?? wanted.subject ?? wanted.from ?? wanted.to)
  return (
    <Page>
      <PageHeader
        title="Audit trail"
        actions={
          <>
            <ButtonAnchor href={`/compliance/audit/export/trail.ndjson?${span}`} icon="download">
              NDJSON
            </ButtonAnchor>
            <ButtonAnchor href={`/compliance/audit/export/trail.csv?${span}`} icon="download">
              CSV
            </ButtonAnchor>
          </>
        }
      >
        Rows are added and never changed. Each carries the hash of the row before it; an exported file can be checked with the{' '}
        <a href="/verify-audit.mjs">stand-alone checker</a>.
      </PageHeader>
      {head && (
        <p className="small">
          <span className="muted">Head now </span>
          <CopyText value={`${head.seq}:${head.hash}`} shown={`${head.seq}:${head.hash.slice(0, 24)}…`} label="Copy number and hash" />
        </p>
      )}
      <SpanFilter
        wanted={wanted}
        clear="/compliance/audit"
        narrowed={narrowed}
        first={
          <Select
            key={`type ${wanted.type ?? ''}`}
            name="type"
            label="What"
            placeholder="Everything"
            defaultValue={wanted.type ?? ''}
            options={types.map((type) => ({ value: type, label: type.replace('.', ' ').replaceAll('-', ' ') }))}
          />
        }
      >
        <TextField
          key={`subject ${wanted.subject ?? ''}`}
          name="subject"
          label="About (id)"
          defaultValue={wanted.subject}
          spellCheck={false}
        />
      </SpanFilter>
      <TrailTable
        rows={rows.items}
        zone={zone}
        empty={
          <EmptyState icon="history" title={narrowed ? 'Nothing like this in the trail' : 'The trail is empty'}>
            {narrowed ? 'Widen the days, or clear the filters.' : 'The first thing that happens in this house will be its first row.'}
          </EmptyState>
        }
      />
      <Pager next={rows.next} />
    </Page>
  )
}
