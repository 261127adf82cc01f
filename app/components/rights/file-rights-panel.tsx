import { Form } from '@remix-run/react'
import { Status, type Tone } from '#app/components/ui/badge.tsx'
import { ButtonLink, SubmitButton } from '#app/components/ui/button.tsx'
import { Checkbox } from '#app/components/ui/checkbox.tsx'
import { Cluster, Stack } from '#app/components/ui/layout.tsx'
import { Panel } from '#app/components/ui/surfaces.tsx'
import { TextField } from '#app/components/ui/text-field.tsx'
import { When } from '#app/components/ui/when.tsx'
import type { ProposalView } from '#services/rights/file-rights-views.ts'
import type { ProposalKind } from '#services/rights/rules/file-claims.ts'
import { Statements } from './file-says.tsx'

const words: Record<ProposalKind, { title: string; to: string; record: string }> = {
  CONTRACT: { title: 'Terms of use', to: 'acquisitions', record: 'Accept as contract…' },
  MODEL_RELEASE: { title: 'Model release', to: 'releases', record: 'Accept as release…' },
  PROPERTY_RELEASE: { title: 'Property release', to: 'releases', record: 'Accept as release…' },
  BAN: { title: 'Limits', to: 'restrictions', record: 'Accept as ban…' },
}
const ends: Record<ProposalView['state'], { tone: Tone; label: string }> = {
  OPEN: { tone: 'warning', label: 'Not checked' },
  ACCEPTED: { tone: 'success', label: 'Recorded' },
  SET_ASIDE: { tone: 'neutral', label: 'Set aside' },
  OUTDATED: { tone: 'neutral', label: 'Outdated' },
}

/** What the files of an asset say about rights: proposals, each to be written down by a person or set aside with a reason. */
export function FileRightsPanel({
  assetId,
  proposals,
  mayRecord,
  zone,
}: {
  assetId: string
  proposals: readonly ProposalView[]
  mayRecord: boolean
  zone: string
}) {
  if (proposals.length === 0) return null
  return (
    <Panel title="What the file says" id="file-rights">
      <Stack gap="lg">
        <p className="muted">Words in a file are no rights: nothing of this can be sold before somebody has written it down.</p>
        {proposals.map((proposal) => (
          <Proposal key={proposal.id} assetId={assetId} proposal={proposal} mayRecord={mayRecord} zone={zone} />
        ))}
      </Stack>
    </Panel>
  )
}

function Proposal({ assetId, proposal, mayRecord, zone }: { assetId: string; proposal: ProposalView; mayRecord: boolean; zone: string }) {
  const { kind, state, version } = proposal
  const { title, to, record } = words[kind]
  return (
    <article aria-label={title} className="stack" data-gap="sm">
      <Cluster justify="between">
        <h3>{title}</h3>
        <Status tone={ends[state].tone}>{ends[state].label}</Status>
      </Cluster>
      <p className="small muted">
        Version {version.number}, {version.fileName}, read <When at={proposal.proposedAt} to="day" zone={zone} />
        {proposal.decidedAt && (
          <>
            {' '}
            · {ends[state].label.toLowerCase()} <When at={proposal.decidedAt} to="day" zone={zone} />
            {proposal.decidedBy && ` by ${proposal.decidedBy}`}
            {proposal.reason && `: ${proposal.reason}`}
          </>
        )}
      </p>
      {state === 'OPEN' ? (
        <Statements statements={proposal.statements} />
      ) : (
        <details>
          <summary>{proposal.summary}</summary>
          <Statements statements={proposal.statements} />
        </details>
      )}
      {state === 'OPEN' && mayRecord && (
        <Stack gap="sm">
          <p>
            <ButtonLink to={`/rights/assets/${assetId}/${to}?proposal=${proposal.id}`} size="sm" tone="primary">
              {record}
            </ButtonLink>
          </p>
          <details>
            <summary>Set aside…</summary>
            <Form method="post" action={`/rights/assets/${assetId}/file-rights`} className="stack" data-gap="sm">
              <input type="hidden" name="proposalId" value={proposal.id} />
              <TextField name="reason" label="Why" hint="What is true instead, or why it does not matter." required />
              {proposal.same > 0 && (
                <Checkbox
                  name="alsoSame"
                  label={`Also for ${proposal.same} other ${proposal.same === 1 ? 'picture' : 'pictures'} that say the very same`}
                />
              )}
              <p>
                <SubmitButton size="sm">Set aside</SubmitButton>
              </p>
            </Form>
          </details>
        </Stack>
      )}
    </article>
  )
}
