import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { titled } from '#app/components/shell/title.ts'
import { Breadcrumbs } from '#app/components/ui/breadcrumbs.tsx'
import { ButtonAnchor, SubmitButton } from '#app/components/ui/button.tsx'
import { Dialog } from '#app/components/ui/dialog.tsx'
import { EmptyState } from '#app/components/ui/empty-state.tsx'
import { FormErrors } from '#app/components/ui/fieldset.tsx'
import { Cluster, Page, Split, Stack } from '#app/components/ui/layout.tsx'
import { many } from '#app/components/ui/many.ts'
import { PageHeader } from '#app/components/ui/page-header.tsx'
import { Panel } from '#app/components/ui/surfaces.tsx'
import { TextArea, TextField } from '#app/components/ui/text-field.tsx'
import { TermFields } from '#app/components/vocabularies/term-fields.tsx'
import { TermTree } from '#app/components/vocabularies/term-tree.tsx'
import { staffOf } from '#app/http/context.server.ts'
import { answerForm, fieldsOf, parseFields } from '#app/http/form.server.ts'
import { redirectWithToast } from '#app/http/toast.server.ts'
import { addTerm, changeVocabulary, type AddTermError } from '#services/assets/vocabularies.ts'
import { addTermInput, changeVocabularyInput } from '#services/assets/vocabulary-schema.ts'
import { vocabularyPage } from '#services/assets/vocabulary-views.ts'

export const meta: MetaFunction<typeof loader> = ({ data }) => titled(data?.vocabulary.name ?? 'Vocabulary')
export const loader = async (args: LoaderFunctionArgs) => vocabularyPage(await staffOf(args), args.params.vocabularyId ?? '')

const sayings = {
  'code-taken': { code: ['Another term of this vocabulary has this code.'] },
  'in-a-list': { label: ['This vocabulary is a list: its terms stand beside each other.'] },
  'no-such-broader': { broaderId: ['This term is no longer there. Choose another.'] },
} satisfies Record<AddTermError, Record<string, string[]>>

export async function action(args: ActionFunctionArgs) {
  const ctx = await staffOf(args, 'LIBRARIAN')
  const fields = await fieldsOf(args.request)
  const { vocabularyId = '' } = args.params
  if (fields.get('verb') === 'rename') return rename(ctx, vocabularyId, fields)
  const form = parseFields(fields, addTermInput)
  if (form.status !== 'success') return answerForm(form)
  const outcome = await addTerm(ctx, { ...form.value, vocabularyId })
  if (!outcome.ok) return answerForm(form, { fieldErrors: sayings[outcome.error] })
  return redirectWithToast(`/library/vocabularies/${vocabularyId}`, { tone: 'success', text: `“${form.value.label}” is added.` })
}

async function rename(ctx: Awaited<ReturnType<typeof staffOf>>, vocabularyId: string, fields: FormData) {
  const page = `/library/vocabularies/${vocabularyId}`
  const form = parseFields(fields, changeVocabularyInput)
  if (form.status !== 'success')
    return redirectWithToast(page, { tone: 'warning', text: 'Give it a name of at most 120 characters, and notes of at most 2,000.' })
  await changeVocabulary(ctx, { ...form.value, vocabularyId })
  return redirectWithToast(page, { tone: 'success', text: `It is called “${form.value.name}” now.` })
}

export default function Vocabulary() {
  const { vocabulary, terms, mayKeep } = useLoaderData<typeof loader>()
  const at = `/library/vocabularies/${vocabulary.id}`
  const used = terms.filter(({ uses }) => uses > 0).length
  return (
    <Page>
      <Breadcrumbs
        trail={[
          { to: '/library', label: 'Library' },
          { to: '/library/vocabularies', label: 'Vocabularies' },
        ]}
      />
      <PageHeader eyebrow={vocabulary.tree ? 'Tree' : 'List'} title={vocabulary.name} actions={mayKeep && <Rename />}>
        {[vocabulary.notes, `${many(terms.length, 'term')}, ${used} of them in use.`, vocabulary.source].filter(Boolean).join(' ')}
      </PageHeader>
      <Split aside="22rem">
        <Panel title="Terms">
          {terms.length === 0 ? (
            <EmptyState icon="tag" title="No term yet">
              Add the first one, or bring in a file.
            </EmptyState>
          ) : (
            <TermTree key={terms.length} terms={terms} label={vocabulary.name} base={`${at}/terms`} />
          )}
        </Panel>
        <Stack gap="lg">
          {mayKeep && <NewTerm />}
          <Panel title="Files">
            <Stack>
              <Cluster>
                <ButtonAnchor href={`${at}/export/csv`} size="sm" icon="download">
                  CSV
                </ButtonAnchor>
                <ButtonAnchor href={`${at}/export/jsonld`} size="sm" icon="download">
                  SKOS, JSON-LD
                </ButtonAnchor>
                <ButtonAnchor href={`${at}/export/ttl`} size="sm" icon="download">
                  SKOS, Turtle
                </ButtonAnchor>
              </Cluster>
              {mayKeep && (
                <Form method="post" action={`${at}/import`} encType="multipart/form-data" className="stack">
                  <TextField
                    name="file"
                    type="file"
                    label="Bring in a file"
                    accept=".csv,.json,.jsonld"
                    hint="CSV or SKOS as JSON-LD. Known codes are brought up to date, new ones added; nothing is taken away."
                    required
                  />
                  <div>
                    <SubmitButton tone="secondary">Bring it in</SubmitButton>
                  </div>
                </Form>
              )}
            </Stack>
          </Panel>
        </Stack>
      </Split>
    </Page>
  )
}

function Rename() {
  const { id, name, nameDe, notes } = useLoaderData<typeof loader>().vocabulary
  return (
    <Dialog title="What it is called" trigger="Rename">
      <Form method="post" className="stack" key={`${name} ${nameDe} ${notes}`}>
        <input type="hidden" name="vocabularyId" value={id} />
        <TextField name="name" label="Name" defaultValue={name} maxLength={120} required />
        <TextField name="nameDe" label="Name in German" defaultValue={nameDe} maxLength={120} optional />
        <TextArea name="notes" label="What it is for" rows={2} defaultValue={notes} maxLength={2000} optional />
        <div>
          <SubmitButton name="verb" value="rename">
            Rename it
          </SubmitButton>
        </div>
      </Form>
    </Dialog>
  )
}

function NewTerm() {
  const { vocabulary, terms } = useLoaderData<typeof loader>()
  const result = useActionData<typeof action>()
  return (
    <Panel title="New term">
      <Form method="post" className="stack" key={terms.length}>
        <FormErrors errors={result?.error?.[''] ?? undefined} />
        <input type="hidden" name="vocabularyId" value={vocabulary.id} />
        <TermFields tree={vocabulary.tree} terms={terms.filter(({ retired }) => !retired)} fresh errors={result?.error ?? undefined} />
        <div>
          <SubmitButton>Add the term</SubmitButton>
        </div>
      </Form>
    </Panel>
  )
}
