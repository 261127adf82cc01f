import { useForm, type SubmissionResult } from '@conform-to/react'
import { Form } from '@remix-run/react'
import { useState } from 'react'
import { Button, SubmitButton } from '#app/components/ui/button.tsx'
import { Checkbox } from '#app/components/ui/checkbox.tsx'
import { FormErrors, Fieldset } from '#app/components/ui/fieldset.tsx'
import { Columns, Stack } from '#app/components/ui/layout.tsx'
import { Panel } from '#app/components/ui/surfaces.tsx'
import { Select } from '#app/components/ui/select.tsx'
import { TextField } from '#app/components/ui/text-field.tsx'
import type { Role } from '#services/kernel/actor.ts'
import { assetKinds, audiences, audienceWords, kindWords } from '#services/assets/rules/asset-words.ts'
import { mostSteps, type Plan } from '#services/review/rules/plan.ts'
import { StepFields } from './step-fields.tsx'

export interface Choices {
  people: { id: string; name: string; roles: Role[] }[]
  collections: { id: string; title: string }[]
}
interface RouteFormProps extends Choices {
  route: { id: string; name: string; number: number; plan: Plan } | null
  lastResult: unknown
}

const yesNo = [
  { value: 'any', label: 'Does not matter' },
  { value: 'yes', label: 'Yes, or not known yet' },
  { value: 'no', label: 'No' },
]

/** A route on one page. Steps without a name are not saved: without a script one empty step is always there to be filled. */
export function RouteForm({ route, people, collections, lastResult }: RouteFormProps) {
  const plan = route?.plan
  const [empty, setEmpty] = useState(1)
  const [form, fields] = useForm({
    lastResult: lastResult as SubmissionResult,
    defaultValue: {
      name: route?.name ?? '',
      applies: plan?.rule.applies ?? 'always',
      kinds: plan?.rule.kinds ?? [],
      audiences: plan?.rule.audiences ?? [],
      collections: plan?.rule.collections ?? [],
      people: plan?.rule.people ?? 'any',
      aiMade: plan?.rule.aiMade ?? 'any',
      onChanges: plan?.onChanges ?? 'END',
      onNewVersion: plan?.onNewVersion ?? 'RESTART',
      steps: (plan?.steps ?? []) as never[],
    },
  })
  const known = plan?.steps ?? []
  const errorsOf = (path: string): string[] | undefined =>
    (lastResult as { error?: Record<string, string[]> } | undefined)?.error?.[path] ?? undefined
  const count = Math.min(mostSteps, Math.max(known.length + empty, sentSteps(lastResult)))
  const sent = (lastResult as { initialValue?: { steps?: Record<string, unknown>[] } } | undefined)?.initialValue?.steps
  return (
    <Form method="post" id={form.id} noValidate={false}>
      <input type="hidden" name="seen" value={route?.number ?? 0} />
      <Stack gap="lg">
        <FormErrors errors={form.errors} />
        <Panel title="Which assets">
          <Stack>
            <TextField field={fields.name} label="Name" required maxLength={80} />
            <Select
              field={fields.applies}
              label="Taken"
              options={[
                { value: 'always', label: 'Always, by every asset that fits' },
                { value: 'chosen', label: 'When the sender chooses it, and no other route is binding' },
              ]}
            />
            <Fieldset legend="Kinds" size="sm">
              <p className="small muted">None ticked: every kind.</p>
              <Columns least="10rem" gap="sm">
                {assetKinds.map((kind) => (
                  <Checkbox key={kind} field={fields.kinds} value={kind} label={kindWords[kind]} />
                ))}
              </Columns>
            </Fieldset>
            <Fieldset legend="Audience" size="sm">
              {audiences.map((audience) => (
                <Checkbox key={audience} field={fields.audiences} value={audience} label={audienceWords[audience]} />
              ))}
            </Fieldset>
            {collections.length > 0 && (
              <Select
                field={fields.collections}
                label="In one of these collections"
                hint="None chosen: it does not matter."
                multiple
                size={Math.min(6, collections.length)}
                options={collections.map(({ id, title }) => ({ value: id, label: title }))}
              />
            )}
            <Columns least="14rem">
              <Select field={fields.people} label="Shows people" options={yesNo} />
              <Select
                field={fields.aiMade}
                label="Made by a model (AI)"
                options={yesNo.map((one) => (one.value === 'yes' ? { ...one, label: 'Yes' } : one))}
              />
            </Columns>
          </Stack>
        </Panel>
        <Panel title="Steps">
          <Stack gap="lg">
            <FormErrors errors={fields.steps.errors} />
            {Array.from({ length: count }, (_, index) => (
              <StepFields
                key={index}
                index={index}
                isNew={index >= known.length}
                step={(sent?.[index] ?? known[index] ?? null) as never}
                people={people}
                errorsOf={(field) => errorsOf(`steps[${index}].${field}`)}
              />
            ))}
            {count < mostSteps && (
              <div>
                <Button icon="plus" onClick={() => setEmpty(empty + 1)}>
                  Another step
                </Button>
              </div>
            )}
          </Stack>
        </Panel>
        <Panel title="When it does not go smoothly">
          <Stack>
            <Select
              field={fields.onChanges}
              label="When somebody asks for changes"
              options={[
                { value: 'END', label: 'It goes back to the sender at once' },
                { value: 'WAIT', label: 'The others who are asked at the same time are heard first' },
              ]}
            />
            <Select
              field={fields.onNewVersion}
              label="When a new version is uploaded meanwhile"
              options={[
                { value: 'RESTART', label: 'The review begins again with the new version' },
                { value: 'STOP', label: 'The review stops until somebody sends it again' },
              ]}
            />
          </Stack>
        </Panel>
        <div>
          <SubmitButton>Save the route</SubmitButton>
        </div>
      </Stack>
    </Form>
  )
}

/** As many steps as were sent, where the form comes back with what is wrong. */
const sentSteps = (lastResult: unknown): number => {
  const steps = (lastResult as { initialValue?: { steps?: unknown } } | undefined)?.initialValue?.steps
  return Array.isArray(steps) ? steps.length : 0
}
