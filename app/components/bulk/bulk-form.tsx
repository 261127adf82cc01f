import { Form, useSearchParams } from '@remix-run/react'
import { Button, ButtonLink, SubmitButton } from '#app/components/ui/button.tsx'
import { FormErrors } from '#app/components/ui/fieldset.tsx'
import { Cluster, Split, Stack } from '#app/components/ui/layout.tsx'
import { Picture } from '#app/components/ui/picture.tsx'
import { Select } from '#app/components/ui/select.tsx'
import { Panel } from '#app/components/ui/surfaces.tsx'
import type { bulkForm } from '#services/assets/bulk-views.ts'
import { opsOf, opWords } from '#services/assets/rules/bulk-changes.ts'
import { askedChange } from '#services/assets/rules/bulk-reading.ts'
import { ChangeFields } from './change-fields.tsx'

export type BulkFormShown = Awaited<ReturnType<typeof bulkForm>> & {
  selected: { ids: string[] } | { selectionId: string }
  asked: string[]
}

/** Which assets, and which selection to come back to: kept through every step of the form. */
function Chosen({ selected }: Pick<BulkFormShown, 'selected'>) {
  const [search] = useSearchParams()
  const from = search.get('from')
  return (
    <>
      {'selectionId' in selected ? (
        <input type="hidden" name="selection" value={selected.selectionId} />
      ) : (
        <input type="hidden" name="ids" value={selected.ids.join(',')} />
      )}
      {from && <input type="hidden" name="from" value={from} />}
    </>
  )
}

/** Changes to many assets: each chosen from one list, then written beside the others. The address holds which, so that all of it works without JavaScript. */
export function BulkForm({ form, problems }: { form: BulkFormShown; problems: string[] | undefined }) {
  const { fields, options, asked, selected, first, total } = form
  const byName = new Map(fields.map((field) => [field.name, field]))
  const rows = asked.flatMap((change) => {
    const found = askedChange(change, byName)
    return found ? [{ change, ...found }] : []
  })
  const groups = fields.map((field) => ({
    label: field.label,
    options: opsOf(field)
      .map((op) => ({ value: `${field.name}:${op}`, label: `${field.label}: ${opWords[op].toLowerCase()}` }))
      .filter(({ value }) => !asked.includes(value)),
  }))
  const terms =
    Object.keys(options).length > 0
      ? [{ label: 'Vocabularies', options: [{ value: '*:move-term', label: 'Every field: move from one term to another' }] }]
      : []
  return (
    <Split aside="18rem">
      <Stack gap="lg">
        <Panel title="Changes">
          <Stack gap="lg">
            {rows.length === 0 && <p className="muted">Nothing chosen yet. Choose a field and what to do with it below.</p>}
            <Form method="post" id="changes" className="stack" data-gap="lg" noValidate>
              <FormErrors errors={problems} />
              <Chosen selected={selected} />
              {rows.map(({ change, field, op }) => (
                <fieldset key={change} className="fieldset bulk-change">
                  <legend>{field ? `${field.label}: ${opWords[op].toLowerCase()}` : 'Every field: move from one term to another'}</legend>
                  <input type="hidden" name="change" value={change} />
                  <ChangeFields change={change} field={field} op={op} options={options} />
                  <Without change={change} />
                </fieldset>
              ))}
            </Form>
            <Form method="get" preventScrollReset className="cluster" data-align="end">
              <Chosen selected={selected} />
              {asked.map((change) => (
                <input key={change} type="hidden" name="change" value={change} />
              ))}
              <Select
                name="change"
                label={rows.length === 0 ? 'What to change' : 'And also'}
                options={[...groups, ...terms]}
                key={asked.length}
              />
              <Button type="submit">Add this change</Button>
            </Form>
            {rows.length > 0 && (
              <Cluster>
                <SubmitButton form="changes">{`Show what it would do to ${total === 1 ? 'it' : `all ${total}`}`}</SubmitButton>
                <ButtonLink to="/library" tone="quiet">
                  Leave it
                </ButtonLink>
              </Cluster>
            )}
          </Stack>
        </Panel>
      </Stack>
      <Panel title={total > first.length ? `The first ${first.length} of ${total}` : 'These assets'}>
        <ul className="bulk-pictures">
          {first.map(({ id, title, altText, currentVersion }) => (
            <li key={id}>
              <Picture
                src={currentVersion ? `/previews/${id}/clean-grid?v=${currentVersion.id}` : null}
                alt={altText || title}
                ratio="1 / 1"
                tint={currentVersion?.dominantColour ?? null}
              />
            </li>
          ))}
        </ul>
      </Panel>
    </Split>
  )
}

function Without({ change }: { change: string }) {
  const [search] = useSearchParams()
  const rest = new URLSearchParams(search)
  rest.delete('change')
  for (const other of search.getAll('change')) if (other !== change) rest.append('change', other)
  return (
    <ButtonLink to={`?${rest}`} size="sm" tone="quiet" icon="close" preventScrollReset>
      Leave this change out
    </ButtonLink>
  )
}
