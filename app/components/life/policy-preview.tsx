import { Link } from '@remix-run/react'
import { AssetStatus } from '#app/components/assets/state-badge.tsx'
import { Badge } from '#app/components/ui/badge.tsx'
import { EmptyState } from '#app/components/ui/empty-state.tsx'
import { Stack } from '#app/components/ui/layout.tsx'
import { Pager } from '#app/components/ui/pager.tsx'
import { Stat, Stats } from '#app/components/ui/stat.tsx'
import { Panel } from '#app/components/ui/surfaces.tsx'
import { Table } from '#app/components/ui/table.tsx'
import { When } from '#app/components/ui/when.tsx'
import type { AssetState } from '#services/assets/rules/asset-states.ts'
import {
  actionWords,
  clockWords,
  sparedWords,
  type PolicyAction,
  type PolicyClock,
  type Spared,
} from '#services/retention/rules/policy-rule.ts'

interface Shown {
  action: PolicyAction
  rule: { since: PolicyClock }
  zone: string
  preview: {
    total: number
    acts: number
    spared: Record<Spared, number>
    items: readonly { id: string; title: string; state: AssetState; since: Date; spared: Spared | null }[]
    next: string | null
  }
}

/** What a policy would do if it ran at this moment: how many, which, and why each; and what it would spare. */
export function PolicyPreview({ policy: { preview, action, rule, zone } }: { policy: Shown }) {
  return (
    <Panel title="What it would do now">
      <Stack>
        <Stats>
          <Stat label={actionWords[action]} value={preview.acts} />
          <Stat label="Spared by a legal hold" value={preview.spared['legal-hold']} />
          <Stat label="Spared by a licence in force" value={preview.spared['licence-in-force']} />
        </Stats>
        <Table
          caption="Assets that its condition finds"
          hideCaption
          rows={preview.items}
          rowKey={({ id }) => id}
          empty={
            <EmptyState icon="success" title="Nothing meets its condition">
              Tonight it would do nothing. It looks again every night.
            </EmptyState>
          }
          columns={[
            { label: 'Asset', head: true, cell: ({ id, title }) => <Link to={`/library/assets/${id}/life`}>{title}</Link> },
            { label: 'State', cell: ({ state }) => <AssetStatus state={state} /> },
            {
              label: 'Because',
              cell: ({ since }) => (
                <>
                  {clockWords[rule.since]}: <When at={since} to="day" zone={zone} />
                </>
              ),
            },
            {
              label: 'What happens',
              cell: ({ spared }) =>
                spared ? <Badge tone="warning">Spared: {sparedWords[spared].toLowerCase()}</Badge> : actionWords[action],
            },
          ]}
        />
        <Pager next={preview.next} />
      </Stack>
    </Panel>
  )
}
