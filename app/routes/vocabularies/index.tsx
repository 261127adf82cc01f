import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { titled } from '#app/components/shell/title.ts'
import { Breadcrumbs } from '#app/components/ui/breadcrumbs.tsx'
import { SubmitButton } from '#app/components/ui/button.tsx'
import { Checkbox } from '#app/components/ui/checkbox.tsx'
import { EmptyState } from '#app/components/ui/empty-state.tsx'
import { FormErrors } from '#app/components/ui/fieldset.tsx'
import { Page, Split, Stack } from '#app/components/ui/layout.tsx'
import { Link } from '#app/components/ui/link.tsx'
import { PageHeader } from '#app/components/ui/page-header.tsx'
import { Panel } from '#app/components/ui/surfaces.tsx'
import { Table } from '#app/components/ui/table.tsx'
import { TextArea, TextField } from '#app/components/ui/text-field.tsx'
import { staffOf } from '#app/http/context.server.ts'
import { answerForm, fieldsOf, parseFields } from '#app/http/form.server.ts'
import { redirectWithToast } from '#app/http/toast.server.ts'
import { startMediaTopics } from '#services/assets/media-topics.ts'
import { createVocabulary } from '#services/assets/vocabularies.ts'
import { createVocabularyInput } from '#services/assets/vocabulary-schema.ts'
import { vocabularyList } from '#services/assets/vocabulary-views.ts'

export const meta = () => titled('Vocabularies')
export const loader = async (args: LoaderFunctionArgs) => vocabularyList(await staffOf(args))

export async function action(args: ActionFunctionArgs) {
  const ctx = await staffOf(args, 'LIBRARIAN')
  const fields = await fieldsOf(args.request)
  if (fields.get('start') === 'mediatopics') {
    const started = await startMediaTopics(ctx)
    return redirectWithToast(`/library/vocabularies/${started.vocabularyId}`, { tone: 'success', text: 'The media topics are there.' })
  }
  const form = parseFields(fields, createVocabularyInput)
  if (form.status !== 'success') return answerForm(form)
  const outcome = await createVocabulary(ctx, form.value)
  if (!outcome.ok) return answerForm(form, { fieldErrors: { code: ['Another vocabulary has this short name.'] } })
  return redirectWithToast(`/library/vocabularies/${outcome.value.vocabularyId}`, {
    tone: 'success',
    text: 'The vocabulary is made. Now add terms.',
  })
}

export default function Vocabularies() {
  const { vocabularies, mayKeep } = useLoaderData<typeof loader>()
  const hasTopics = vocabularies.some(({ code }) => code === 'mediatopics')
  return (
    <Page>
      <Breadcrumbs trail={[{ to: '/library', label: 'Library' }]} />
      <PageHeader title="Vocabularies">Lists and trees of terms that records choose from, so that one thing has one name.</PageHeader>
      <Split>
        <Stack gap="lg">
          <Table
            caption="Vocabularies"
            hideCaption
            rows={vocabularies}
            rowKey={({ id }) => id}
            columns={[
              { label: 'Name', head: true, cell: ({ id, name }) => <Link to={`/library/vocabularies/${id}`}>{name}</Link> },
              { label: 'Form', cell: ({ tree }) => (tree ? 'Tree' : 'List') },
              { label: 'Terms', align: 'end', cell: ({ terms }) => terms },
              { label: 'Assets', align: 'end', cell: ({ uses }) => uses },
              { label: 'Chosen in', cell: ({ fields }) => fields.join(', ') || <span className="muted">No field yet</span> },
            ]}
            empty={
              <EmptyState icon="tag" title="No vocabulary yet">
                Make one here, or begin with the media topics of the IPTC.
              </EmptyState>
            }
          />
          {mayKeep && !hasTopics && (
            <Panel title="IPTC media topics">
              <Form method="post" className="stack">
                <p>
                  The subjects by which the world’s news agencies describe pictures: seventeen at the top and those below them, with their
                  codes. CC BY 4.0.
                </p>
                <div>
                  <SubmitButton name="start" value="mediatopics" tone="secondary">
                    Take them in
                  </SubmitButton>
                </div>
              </Form>
            </Panel>
          )}
        </Stack>
        {mayKeep && <NewVocabulary />}
      </Split>
    </Page>
  )
}

function NewVocabulary() {
  const result = useActionData<typeof action>()
  const error = (name: string) => ({ errors: result?.error?.[name] ?? undefined })
  return (
    <Panel title="New vocabulary">
      <Form method="post" className="stack">
        <FormErrors errors={result?.error?.[''] ?? undefined} />
        <TextField name="name" label="Name" maxLength={120} required {...error('name')} />
        <TextField name="nameDe" label="Name in German" maxLength={120} optional {...error('nameDe')} />
        <TextField
          name="code"
          label="Short name"
          hint="Small letters, digits and hyphens. It stays."
          maxLength={60}
          required
          {...error('code')}
        />
        <Checkbox name="tree" value="on" label="A tree" hint="Terms stand below broader ones." />
        <TextArea name="notes" label="What it is for" rows={2} optional {...error('notes')} />
        <div>
          <SubmitButton>Make the vocabulary</SubmitButton>
        </div>
      </Form>
    </Panel>
  )
}
