import { Form } from '@remix-run/react'
import { RadioCards } from '#app/components/ui/radio-cards.tsx'
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

interface Decided {
  id: string
  state: LicenceState
  standing: Standing
  narrower: { number: string } | null
}

/** The verbs that the licence's state allows, each with its reason asked for first. */
export function LicenceDecisions({ licence }: { licence: Decided }) {
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
                {path === 'revoke' && licence.narrower && (
                  <RadioCards
                    legend={`What becomes of ${licence.narrower.number}, which it widened?`}
                    name="narrower"
                    required
                    cards={[
                      {
                        value: 'returns',
                        title: 'It comes back',
                        body: 'In force again for what remains of it: only the wider use ends. It was paid for by itself.',
                      },
                      { value: 'stays-ended', title: 'It stays ended', body: 'Nothing of the line may be used any more.' },
                    ]}
                  />
                )}
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
