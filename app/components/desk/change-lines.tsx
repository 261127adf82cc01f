import { Form, Link, useLocation } from '@remix-run/react'
import { Amount } from '#app/components/commerce/amount.tsx'
import { useSeesKits } from '#app/components/rights/sees-desk.ts'
import { Badge, Status } from '#app/components/ui/badge.tsx'
import { SubmitButton } from '#app/components/ui/button.tsx'
import { Select } from '#app/components/ui/select.tsx'
import { Table } from '#app/components/ui/table.tsx'
import { TextField } from '#app/components/ui/text-field.tsx'
import { When } from '#app/components/ui/when.tsx'
import type { ReactNode } from 'react'
import type { PlanItem } from '#services/desk/change-views.ts'
import { decisionWords, failureInWords, outcomeWords, subjectWords } from './change-words.ts'

interface LinesProps {
  planId: string
  items: readonly PlanItem[]
  /** Whether decisions may still be taken. */
  open: boolean
  mayChange: boolean
  zone: string
  empty: ReactNode
}

/** The lines of a plan, each with what it loses and what is decided about it. */
export function ChangeLines({ planId, items, open, mayChange, zone, empty }: LinesProps) {
  return (
    <Table
      caption="Lines of the plan"
      hideCaption
      rows={items}
      rowKey={(item) => `${item.no}`}
      columns={[
        { label: 'What', head: true, cell: (item) => <What item={item} /> },
        { label: 'Loses', cell: (item) => <Loses item={item} zone={zone} /> },
        { label: 'Paid and delivered', cell: (item) => <Behind item={item} zone={zone} /> },
        {
          label: 'Decision',
          cell: (item) => <Decide planId={planId} item={item} open={open || (mayChange && item.outcome !== null && !item.done)} />,
        },
      ]}
      empty={empty}
    />
  )
}

const hrefOf = ({ kind, subjectId, assetId }: PlanItem): string => {
  const [first = ''] = subjectId.split(':')
  if (kind === 'LICENCE' || kind === 'HOLD') return `/rights/licences/${subjectId}`
  if (kind === 'KIT') return `/library/kits/${first}`
  if (kind === 'REQUEST') return `/rights/requests/${subjectId}`
  return `/rights/assets/${assetId ?? ''}`
}

function What({ item }: { item: PlanItem }) {
  const { number, shop, reference, purpose, exclusive, holders } = item.facts
  const named = item.title || subjectWords[item.kind].one
  const mayOpen = useSeesKits() || item.kind !== 'KIT'
  return (
    <div className="change-what">
      {mayOpen ? <Link to={hrefOf(item)}>{named}</Link> : <span>{named}</span>}
      <span className="small muted">
        {subjectWords[item.kind].one}
        {number ? ` ${number}` : ''}
        {shop ? ` ${shop} ${reference ?? ''}` : ''}
        {item.holder ? ` · ${item.holder}` : ''}
        {holders ? ` · held by ${holders}` : ''}
        {purpose ? ` · “${purpose}”` : ''}
      </span>
      {exclusive && <Badge tone="info">Exclusive</Badge>}
    </div>
  )
}

function Loses({ item, zone }: { item: PlanItem; zone: string }) {
  const { strip, parts, whole, from } = item
  if (item.kind === 'ASSET') return <span>Nobody may use it any more, and it is still shown.</span>
  if (item.kind === 'KIT' || item.kind === 'COLLECTION')
    return <span>{whole ? 'Nothing may be given of it any more.' : 'A part of what is given of it is lost.'}</span>
  return (
    <div className="change-loses">
      <span>
        <Status tone={whole ? 'danger' : 'warning'}>{whole ? 'Everything' : 'A part'}</Status>{' '}
        {from && (
          <span className="small muted">
            from <When at={from} to="day" zone={zone} />
          </span>
        )}
      </span>
      {strip?.term && (
        <span className="change-term" aria-hidden="true">
          <span style={{ left: `${strip.term.left}%`, width: `${strip.term.width}%` }} />
          {strip.lost && (
            <span data-tone={whole ? 'lost' : 'part'} style={{ left: `${strip.lost.left}%`, width: `${strip.lost.width}%` }} />
          )}
        </span>
      )}
      {parts.length > 0 && (
        <ul className="small">
          {parts.map((part) => (
            <li key={part}>{part}</li>
          ))}
        </ul>
      )}
    </div>
  )
}

function Behind({ item: { paid, left, proRata, deliveries }, zone }: { item: PlanItem; zone: string }) {
  if (!paid && !deliveries) return <span className="muted">–</span>
  return (
    <div className="change-behind">
      {paid && (
        <span>
          <Amount of={paid} />
          {left && left.minor < paid.minor && <span className="small muted">, {left.minor === 0n ? 'all' : 'part'} of it refunded</span>}
        </span>
      )}
      {proRata && proRata.minor > 0n && (
        <span className="small muted">
          <Amount of={proRata} /> for the rest of its term
        </span>
      )}
      {deliveries && (
        <span className="small muted">
          {deliveries.count} {deliveries.count === 1 ? 'file' : 'files'} to {deliveries.people}{' '}
          {deliveries.people === 1 ? 'person' : 'people'}, last <When at={deliveries.last} to="day" zone={zone} />
        </span>
      )}
    </div>
  )
}

/** One line's decision: a form while it may be taken, its outcome after. */
function Decide({ planId, item, open }: { planId: string; item: PlanItem; open: boolean }) {
  const { search } = useLocation()
  const failed = item.outcome !== null && !item.done
  const { decision, suggestion, choices, outcome } = item
  if (item.kind === 'HOLD' || !open)
    return (
      <div className="change-decided">
        {decision ? (
          <Status tone={decisionWords[decision].tone}>{decisionWords[decision].label}</Status>
        ) : (
          <span className="muted">Not decided</span>
        )}
        {item.note && <span className="small muted">{item.note}</span>}
        {outcome && <span className="small">{item.done ? outcomeWords[outcome] : failureInWords(outcome)}</span>}
      </div>
    )
  return (
    <Form method="post" action={`/rights/changes/${planId}/decide`} preventScrollReset className="change-decide">
      <input type="hidden" name="back" value={search} />
      {failed && outcome && <p className="small change-failed">{failureInWords(outcome)}</p>}
      <Select
        key={`${item.no} ${decision ?? ''}`}
        name="decision"
        label={`Decision for ${item.facts.number ?? item.title}`}
        hideLabel
        defaultValue={decision ?? ''}
        options={[
          { value: '', label: 'Not decided' },
          ...choices.map((choice) => ({
            value: choice,
            label: `${decisionWords[choice].label}${choice === suggestion && decision ? ' (suggested)' : ''}`,
          })),
        ]}
      />
      {suggestion && !decision && <span className="small muted">Suggested: {decisionWords[suggestion].label.toLowerCase()}</span>}
      <details open={item.note !== ''}>
        <summary className="small">Note</summary>
        <TextField name="note" label={`Note for ${item.facts.number ?? item.title}`} hideLabel defaultValue={item.note} maxLength={500} />
      </details>
      <SubmitButton
        size="sm"
        tone={decision ? 'quiet' : 'secondary'}
        name="no"
        value={`${item.no}`}
        aria-label={`${decision ? 'Change the decision' : 'Decide'} for ${item.facts.number ?? item.title}`}
      >
        {decision ? 'Change' : 'Decide'}
      </SubmitButton>
    </Form>
  )
}
