import { getFormProps, useForm } from '@conform-to/react'
import { parseWithZod } from '@conform-to/zod/v4'
import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { Form, Link, useActionData, useLoaderData } from '@remix-run/react'
import { CollectionFields } from '#app/components/catalog/collection-fields.tsx'
import { titled } from '#app/components/shell/title.ts'
import { Badge } from '#app/components/ui/badge.tsx'
import { SubmitButton } from '#app/components/ui/button.tsx'
import { EmptyState } from '#app/components/ui/empty-state.tsx'
import { FormErrors } from '#app/components/ui/fieldset.tsx'
import { Page, Split, Stack } from '#app/components/ui/layout.tsx'
import { PageHeader } from '#app/components/ui/page-header.tsx'
import { Panel } from '#app/components/ui/surfaces.tsx'
import { Table } from '#app/components/ui/table.tsx'
import { staffOf } from '#app/http/context.server.ts'
import { answerForm, parseForm } from '#app/http/form.server.ts'
import { redirectWithToast } from '#app/http/toast.server.ts'
import { createCollection } from '#services/catalog/collections.ts'
import { curatorPage } from '#services/catalog/curation-views.ts'
import { createCollectionInput } from '#services/catalog/schema.ts'

export const meta = () => titled('Collections of the store')
export const loader = async (args: LoaderFunctionArgs) => curatorPage(await staffOf(args, 'LIBRARIAN'))

export async function action(args: ActionFunctionArgs) {
  const ctx = await staffOf(args, 'LIBRARIAN')
  const form = await parseForm(args.request, createCollectionInput)
  if (form.status !== 'success') return answerForm(form)
  const { collectionId } = await createCollection(ctx, form.value)
  return redirectWithToast(`/library/collections/${collectionId}`, { tone: 'success', text: 'The collection is made. Now add pictures.' })
}

function NewCollection() {
  const lastResult = useActionData<typeof action>()
  const [form, fields] = useForm({
    lastResult: lastResult ?? null,
    onValidate: ({ formData }) => parseWithZod(formData, { schema: createCollectionInput }),
    shouldRevalidate: 'onInput',
  })
  return (
    <Panel title="New collection">
      <Form method="post" {...getFormProps(form)}>
        <Stack>
          <FormErrors errors={form.errors} />
          <CollectionFields title={fields.title} description={fields.description} featured={fields.featured} />
          <SubmitButton>Make the collection</SubmitButton>
        </Stack>
      </Form>
    </Panel>
  )
}

export default function Collections() {
  const { collections } = useLoaderData<typeof loader>()
  return (
    <Page>
      <PageHeader title="Collections">
        What the store shows together. A picture appears in its collections while it is published.
      </PageHeader>
      <Split>
        <Table
          caption="Collections"
          hideCaption
          rows={collections}
          rowKey={({ id }) => id}
          columns={[
            { label: 'Title', head: true, cell: ({ id, title }) => <Link to={`/library/collections/${id}`}>{title}</Link> },
            { label: 'Pictures', align: 'end', cell: ({ count }) => count },
            {
              label: 'Home page',
              cell: ({ featured }) => (featured ? <Badge tone="info">Shown</Badge> : <span className="muted">No</span>),
            },
            { label: 'In the store', cell: ({ slug }) => <Link to={`/collections/${slug}`}>View</Link> },
          ]}
          empty={
            <EmptyState icon="folder" title="No collection yet">
              Make the first one here, and the home page shows it as soon as it holds a published picture.
            </EmptyState>
          }
        />
        <NewCollection />
      </Split>
    </Page>
  )
}
