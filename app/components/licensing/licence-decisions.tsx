import { Form } from '@remix-run/react'
import { SubmitButton } from '#app/components/ui/button.tsx'
import { Dialog } from '#app/components/ui/dialog.tsx'
import { Cluster, Stack } from '#app/components/ui/layout.tsx'
import { Panel } from '#app/components/ui/surfaces.tsx'
import { TextArea } from '#app/components/ui/text-field.tsx'
import type { Standing } from '#services/licensing/rules/in-force.ts'
import { licenceStates, type LicenceState } from '#services/licensing/rules/licence-states.ts'

const decisions = [
  {
    verb: 'suspend',
    path: 'suspend',
    label: 'Suspend',
    title: 'Suspend this licence?',
    told: 'Nothing is delivered until somebody reinstates it. The rights stay taken.',
    tone: 'secondary',
  },
  {
    verb: 'reinstate',
    path: 'reinstate',
    label: 'Reinstate',
    title: 'Reinstate this licence?',
    told: 'Delivery opens again at once.',
    tone: 'primary',
  },
  {
    verb: 'end',
    path: 'revoke',
    label: 'Revoke',
    title: 'Revoke this licence?',
    told: 'It ends now and for good: downloads stop at once and the rights are free again. No money goes back by this.',
    tone: 'danger',
  },
] as const

/** The verbs that the licence's state allows, each with its reason asked for first. */
export function LicenceDecisions({ licence }: { licence: { id: string; state: LicenceState; standing: Standing } }) {
  const open = licence.standing === 'expired' ? [] : decisions.filter(({ verb }) => licenceStates.after(licence.state, verb) !== undefined)
  if (open.length === 0) return null
  return (
    <Panel title="Decide">
      <Cluster gap="sm">
        {open.map(({ path, label, title, told, tone }) => (
          <Dialog key={path} title={title} trigger={label} tone={tone}>
            <Form method="post" action={`/rights/licences/${licence.id}/${path}`}>
              <Stack>
                <p>{told}</p>
                <TextArea name="reason" label="Why" hint="The holder reads this." required minLength={3} maxLength={1000} />
                <SubmitButton tone={tone}>{label}</SubmitButton>
              </Stack>
            </Form>
          </Dialog>
        ))}
      </Cluster>
    </Panel>
  )
}
