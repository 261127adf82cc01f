import { getFormProps, useForm } from '@conform-to/react'
import { parseWithZod } from '@conform-to/zod/v4'
import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Form, useActionData, useLoaderData, useSearchParams } from '@remix-run/react'
import { CollectionRule } from '#app/components/catalog/collection-rule.tsx'
import { CollectionFields } from '#app/components/catalog/collection-fields.tsx'
import { CuratedItems, CuratorCandidates } from '#app/components/catalog/curated-items.tsx'
import { titled } from '#app/components/shell/title.ts'
import { Breadcrumbs } from '#app/components/ui/breadcrumbs.tsx'
import { ButtonLink, SubmitButton } from '#app/components/ui/button.tsx'
import { Dialog } from '#app/components/ui/dialog.tsx'
import { FormErrors } from '#app/components/ui/fieldset.tsx'
import { Page, Split, Stack } from '#app/components/ui/layout.tsx'
import { PageHeader } from '#app/components/ui/page-header.tsx'
import { Panel } from '#app/components/ui/surfaces.tsx'
import { staffOf } from '#app/http/context.server.ts'
import { answerForm, parseForm } from '#app/http/form.server.ts'
import { redirectWithToast } from '#app/http/toast.server.ts'
import { editCollection } from '#services/catalog/collections.ts'
import { curatedCollection } from '#services/catalog/curation-views.ts'
import { ruleStanding } from '#services/catalog/ruled-collections.ts'
import { createCollectionInput } from '#services/catalog/schema.ts'

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await staffOf(args, 'LIBRARIAN')
  const { collectionId = '' } = args.params
  const page = await curatedCollection(ctx, collectionId, new URL(args.request.url).searchParams.get('q') ?? '')
  return { ...page, rule: await ruleStanding(ctx, collectionId) }
}
export const meta: MetaFunction<typeof loader> = ({ data }) => titled(data?.collection.title ?? 'Collection')

export async function action(args: ActionFunctionArgs) {
  const ctx = await staffOf(args, 'LIBRARIAN')
  const form = await parseForm(args.request, createCollectionInput)
  if (form.status !== 'success') return answerForm(form)
  const { collectionId } = await editCollection(ctx, { collectionId: args.params.collectionId ?? '', ...form.value })
  return redirectWithToast(`/library/collections/${collectionId}`, { tone: 'success', text: 'Saved.' })
}

function Details() {
  const { collection } = useLoaderData<typeof loader>()
  const lastResult = useActionData<typeof action>()
  const [form, fields] = useForm({
    lastResult: lastResult ?? null,
    defaultValue: { title: collection.title, description: collection.description, featured: collection.featured },
    onValidate: ({ formData }) => parseWithZod(formData, { schema: createCollectionInput }),
    shouldRevalidate: 'onInput',
  })
  return (
    <Panel title="Details">
      <Form method="post" {...getFormProps(form)}>
        <Stack>
          <FormErrors errors={form.errors} />
          <CollectionFields title={fields.title} description={fields.description} featured={fields.featured} />
          <SubmitButton>Save</SubmitButton>
        </Stack>
      </Form>
    </Panel>
  )
}

export default function Collection() {
  const { collection, items, candidates, rule } = useLoaderData<typeof loader>()
  const [search] = useSearchParams()
  const base = `/library/collections/${collection.id}`
  return (
    <Page>
      <Breadcrumbs trail={[{ to: '/library/collections', label: 'Collections' }]} />
      <PageHeader
        title={collection.title}
        actions={
          <>
            <ButtonLink to={`/collections/${collection.slug}`}>View in the store</ButtonLink>
            <Dialog title="Take this collection off the store?" trigger="Archive" tone="danger">
              <Form method="post" action={`${base}/archive`}>
                <Stack>
                  <p>Its pictures stay where they are; only the collection goes. Its address will answer that there is nothing there.</p>
                  <SubmitButton tone="danger" formAction={`${base}/archive`}>
                    Archive the collection
                  </SubmitButton>
                </Stack>
              </Form>
            </Dialog>
          </>
        }
      />
      <Split>
        <Stack gap="lg">
          <CuratedItems base={base} items={items} />
          <CuratorCandidates base={base} candidates={candidates} text={search.get('q') ?? ''} />
        </Stack>
        <Stack gap="lg">
          <Details />
          <CollectionRule base={base} rule={rule} />
        </Stack>
      </Split>
    </Page>
  )
}
