import { Form } from '@remix-run/react'
import { Badge, Status } from '#app/components/ui/badge.tsx'
import { ButtonLink, SubmitButton } from '#app/components/ui/button.tsx'
import { Dialog } from '#app/components/ui/dialog.tsx'
import { TextArea } from '#app/components/ui/text-field.tsx'
import type { AssetRightsPage } from '#services/rights/asset-views.ts'
import type { Lane } from './rights-timeline.tsx'
import { claimWords, releaseKindWords, releaseStatusWords, restrictionWords } from './words.ts'

const base = ({ asset }: AssetRightsPage) => `/rights/assets/${asset.id}`
const laneOf = ({ id, title, scope, bar }: { id: string; title: string; scope: string; bar: Lane['bar'] }) => ({ id, title, scope, bar })

export const heldLanes = (page: AssetRightsPage): Lane[] =>
  page.held.map((row) => ({
    ...laneOf(row),
    tone: 'held',
    badges: (
      <>
        {row.exclusive && <Badge tone="info">Exclusive</Badge>} {!row.subLicensable && <Badge tone="warning">Own use only</Badge>}{' '}
        <span className="small muted">from {row.licensor}</span>
      </>
    ),
    actions: page.mayRecord && (
      <>
        <ButtonLink to={`${base(page)}/acquisitions?replaces=${row.id}`} size="sm" tone="quiet">
          Read anew
        </ButtonLink>
        <EndForm title={`End ${row.title}?`} trigger="End" action={`${base(page)}/acquisitions/${row.id}/end`} submit="End the contract">
          Nothing new can be sold under it. Licences in force run on and are listed as outside what is held.
        </EndForm>
      </>
    ),
  }))

export const consentLanes = (page: AssetRightsPage): Lane[] =>
  page.consents.map((row) => ({
    ...laneOf(row),
    tone: row.status === 'WITHDRAWN' || row.status === 'NONE' ? 'barred' : 'consent',
    badges: (
      <>
        <Badge>{releaseKindWords[row.kind]}</Badge>{' '}
        <Status tone={releaseStatusWords[row.status].tone}>{releaseStatusWords[row.status].label}</Status>
      </>
    ),
    actions: page.mayRecord && (
      <>
        <ButtonLink to={`${base(page)}/releases?replaces=${row.id}`} size="sm" tone="quiet">
          Read anew
        </ButtonLink>
        {row.status !== 'WITHDRAWN' && (
          <ButtonLink to={`${base(page)}/releases?replaces=${row.id}&status=WITHDRAWN`} size="sm" tone="quiet">
            Withdraw
          </ButtonLink>
        )}
      </>
    ),
  }))

export const barredLanes = (page: AssetRightsPage): Lane[] =>
  page.barred.map((row) => ({
    ...laneOf(row),
    tone: 'barred',
    badges: (
      <>
        <Badge tone="danger">{restrictionWords[row.kind]}</Badge>{' '}
        {row.title !== row.reason && <span className="small muted">{row.reason}</span>}
      </>
    ),
    actions: page.mayRecord && (
      <>
        <ButtonLink to={`${base(page)}/restrictions?replaces=${row.id}`} size="sm" tone="quiet">
          Change
        </ButtonLink>
        <EndForm title="Lift this ban?" trigger="Lift" action={`${base(page)}/restrictions/${row.id}/lift`} submit="Lift the ban">
          From then on the scope can be sold again.
        </EndForm>
      </>
    ),
  }))

export const takenLanes = (page: AssetRightsPage): Lane[] =>
  page.taken.map((row) => ({
    ...laneOf(row),
    to: row.licenceId ? `/rights/licences/${row.licenceId}` : undefined,
    tone: row.exclusive ? 'exclusive' : 'taken',
    badges: (
      <>
        {row.exclusive && <Badge tone="info">Exclusive</Badge>}{' '}
        <Status tone={claimWords[row.state].tone}>{claimWords[row.state].label}</Status>{' '}
        {row.holder && <span className="small muted">{row.holder}</span>}
      </>
    ),
  }))

function EndForm({
  title,
  trigger,
  action,
  submit,
  children,
}: {
  title: string
  trigger: string
  action: string
  submit: string
  children: string
}) {
  return (
    <Dialog title={title} trigger={trigger} tone="quiet" size="sm">
      <Form method="post" action={action} className="stack">
        <p>{children}</p>
        <TextArea name="reason" label="Why" rows={2} required maxLength={500} />
        <SubmitButton tone="danger">{submit}</SubmitButton>
      </Form>
    </Dialog>
  )
}
