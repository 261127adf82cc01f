import { Form, Link } from '@remix-run/react'
import type { ReactNode } from 'react'
import { Status } from '#app/components/ui/badge.tsx'
import { SubmitButton } from '#app/components/ui/button.tsx'
import { Dialog } from '#app/components/ui/dialog.tsx'
import { Cluster, Stack } from '#app/components/ui/layout.tsx'
import { Pager } from '#app/components/ui/pager.tsx'
import { Panel } from '#app/components/ui/surfaces.tsx'
import { TextArea } from '#app/components/ui/text-field.tsx'
import { When } from '#app/components/ui/when.tsx'
import type { ImportedSaleRow, ImportedSales, RunsInto } from '#services/rights/imported-sale-views.ts'
import { importedSaleStates } from '#services/rights/rules/imported-sale-states.ts'
import type { SaleDecision } from '#services/rights/schema.ts'
import { importedSaleWords } from './words.ts'

type Serial<T> = { [K in keyof T]: T[K] extends Date | null ? T[K] | string : T[K] }
type SaleRow = Serial<ImportedSaleRow>
interface Shown {
  assetId: string
  zone: string
  maySettle: boolean
}

/** What other shops sold of a picture; what collides stands first and waits for a word of the rights desk. */
export function ImportedSalesPanel({
  assetId,
  zone,
  sales: { rows, total, colliding, maySettle },
}: {
  assetId: string
  zone: string
  sales: Omit<ImportedSales, 'rows'> & { rows: { items: readonly SaleRow[]; next: string | null } }
}) {
  if (total === 0) return null
  return (
    <Panel
      title="Sales of other shops"
      id="imported-sales"
      actions={
        <span className="muted small">
          {total} {total === 1 ? 'sale' : 'sales'}
          {colliding > 0 && `, ${colliding} ${colliding === 1 ? 'collides' : 'collide'}`}
        </span>
      }
    >
      <Stack gap="lg">
        {rows.items.map((sale) => (
          <Sale key={sale.id} sale={sale} assetId={assetId} zone={zone} maySettle={maySettle} />
        ))}
      </Stack>
      <Pager next={rows.next} param="sales" label="More sales of other shops" />
    </Panel>
  )
}

function Sale({ sale, ...shown }: Shown & { sale: SaleRow }) {
  const { state, holder, scope, soldAt } = sale
  const name = `${sale.shop} ${sale.reference}`
  const words = importedSaleWords[state]
  return (
    <article id={`sale-${sale.id}`} aria-label={name} className="stack" data-gap="sm">
      <Cluster justify="between">
        <h3 className="break">{name}</h3>
        <Status tone={words.tone}>{words.label}</Status>
      </Cluster>
      <p>
        {holder && <>For {holder}, sold </>}
        {!holder && 'Sold '}
        <When at={soldAt} to="day" zone={shown.zone} />: {scope}
      </p>
      {(state === 'COLLIDES' || state === 'SETTLED') && <InTheWay {...shown} found={sale.runsInto} />}
      {sale.settledAt && (
        <p className="small muted">
          {words.since} <When at={sale.settledAt} to="minute" zone={shown.zone} />
          {sale.settledBy && ` by ${sale.settledBy}`}
          {sale.settledNote && `: ${sale.settledNote}`}
        </p>
      )}
      {shown.maySettle && <Ways {...shown} sale={sale} />}
    </article>
  )
}

/** What a sale runs into, with the way to each. */
function InTheWay({ found, assetId, maySettle }: Shown & { found: readonly RunsInto[] }) {
  if (found.length === 0) return <p>What stood in its way is there no more: it can be tried again.</p>
  const lacks = found.some(({ name }) => name === null)
  return (
    <>
      <p className="small muted">It runs into</p>
      <ul>
        {found.map((one, place) => (
          <li key={place}>
            <Other one={one} />
            {one.rest}
          </li>
        ))}
      </ul>
      {lacks && maySettle && (
        <p>
          <Link to={`/rights/assets/${assetId}/acquisitions`}>Record the contract</Link> under which it is held, then try again.
        </p>
      )}
    </>
  )
}

function Other({ one: { name, licenceId, sale } }: { one: RunsInto }) {
  if (licenceId) return <Link to={`/rights/licences/${licenceId}`}>{name}</Link>
  if (sale) return <Link to={`/rights/assets/${sale.assetId}#sale-${sale.id}`}>{name}</Link>
  return <>{name}</>
}

/** The ways on from how a sale stands; each wants a word on why, which is kept. */
function Ways({ sale, assetId }: Shown & { sale: SaleRow }) {
  const { id, state, shop } = sale
  const action = `/rights/assets/${assetId}/imported-sales/${id}`
  const may = (verb: 'accept' | 'claim' | 'end') => importedSaleStates.whence(verb).includes(state)
  return (
    <Cluster>
      {may('accept') && (
        <Way
          {...{ action, decision: 'accept' }}
          trigger="Keep as known conflict"
          title="Keep it as a known conflict?"
          label="Why it may stand"
          submit="Keep it"
        >
          It stays in the books without a claim, beside what it runs into, and leaves the worklist. What you sell does not see it. You can
          try again or end it later.
        </Way>
      )}
      {may('claim') && (
        <Way
          {...{ action, decision: 'retry' }}
          trigger="Try again"
          title="Ask for its claim again?"
          label="What has changed"
          submit="Try again"
        >
          After the other has ended, or more is held. If nothing is in its way any more it has its claim at once, and exclusivity sees it.
        </Way>
      )}
      {may('end') && (
        <Way
          {...{ action, decision: 'end' }}
          trigger="Ended at the other shop"
          title={`Has it ended at ${shop}?`}
          label="How you know"
          submit="It has ended"
          tone="danger"
        >
          The licence there is over, or was never valid. {state === 'CLAIMED' && 'Its claim is free again, so the scope can be sold. '}This
          cannot be taken back.
        </Way>
      )}
    </Cluster>
  )
}

function Way({
  action,
  decision,
  trigger,
  title,
  label,
  submit,
  tone = 'primary',
  children,
}: {
  action: string
  decision: SaleDecision
  trigger: string
  title: string
  label: string
  submit: string
  tone?: 'primary' | 'danger'
  children: ReactNode
}) {
  return (
    <Dialog title={title} trigger={trigger} size="sm">
      <Form method="post" action={action} className="stack">
        <input type="hidden" name="decision" value={decision} />
        <p>{children}</p>
        <TextArea name="note" label={label} rows={2} required maxLength={500} />
        <SubmitButton tone={tone}>{submit}</SubmitButton>
      </Form>
    </Dialog>
  )
}
