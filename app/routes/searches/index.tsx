import { getFormProps, useForm } from '@conform-to/react'
import { parseWithZod } from '@conform-to/zod/v4'
import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { Form, Link, useActionData, useLoaderData } from '@remix-run/react'
import { titled } from '#app/components/shell/title.ts'
import { IconButton, SubmitButton } from '#app/components/ui/button.tsx'
import { EmptyState } from '#app/components/ui/empty-state.tsx'
import { FormErrors } from '#app/components/ui/fieldset.tsx'
import { Page, Split, Stack } from '#app/components/ui/layout.tsx'
import { many } from '#app/components/ui/many.ts'
import { PageHeader } from '#app/components/ui/page-header.tsx'
import { Pager } from '#app/components/ui/pager.tsx'
import { Panel } from '#app/components/ui/surfaces.tsx'
import { Table } from '#app/components/ui/table.tsx'
import { TextField } from '#app/components/ui/text-field.tsx'
import { When } from '#app/components/ui/when.tsx'
import { staffOf } from '#app/http/context.server.ts'
import { answerForm, parseForm } from '#app/http/form.server.ts'
import { redirectWithToast } from '#app/http/toast.server.ts'
import { addSynonymsInput } from '#services/catalog/schema.ts'
import { searchDesk } from '#services/catalog/search-desk.ts'
import { addSynonyms } from '#services/catalog/synonyms.ts'
import { houseZone } from '#services/catalog/views.ts'

export const meta = () => titled('Searches')

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await staffOf(args, 'LIBRARIAN')
  const [desk, zone] = await Promise.all([searchDesk(ctx, new URL(args.request.url).searchParams.get('after')), houseZone(ctx)])
  return { ...desk, zone }
}

const sayings = { 'too-many-synonyms': 'There are 500 lines already. Remove one that is no longer needed.' } as const

export async function action(args: ActionFunctionArgs) {
  const ctx = await staffOf(args, 'LIBRARIAN')
  const form = await parseForm(args.request, addSynonymsInput)
  if (form.status !== 'success') return answerForm(form)
  const outcome = await addSynonyms(ctx, form.value)
  if (!outcome.ok) return answerForm(form, { formErrors: [sayings[outcome.error]] })
  return redirectWithToast('/library/searches', { tone: 'success', text: 'Searches take these words for the same now.' })
}

function NewSynonyms() {
  const lastResult = useActionData<typeof action>()
  const [form, fields] = useForm({
    lastResult: lastResult ?? null,
    onValidate: ({ formData }) => parseWithZod(formData, { schema: addSynonymsInput }),
  })
  return (
    <Form method="post" {...getFormProps(form)}>
      <Stack>
        <FormErrors errors={form.errors} />
        <TextField field={fields.words} label="Words that mean the same" hint="With commas between them: harbour, port, Hafen" />
        <SubmitButton>Add</SubmitButton>
      </Stack>
    </Form>
  )
}

export default function Searches() {
  const { misses, synonyms, index, zone } = useLoaderData<typeof loader>()
  return (
    <Page>
      <PageHeader title="Searches">
        What people looked for in the store and did not find. A keyword, or a synonym, is often all that is missing.
      </PageHeader>
      <Stack gap="lg">
        <p className="muted small">
          <Link to="/library/searches/learning">What searches learn</Link> {index?.learns ? '(on)' : '(off)'}
          {index?.checkedAt && (
            <>
              {' · '}Index compared with the library <When at={index.checkedAt} zone={zone} />:{' '}
              {index.drifted === 0 ? 'no difference.' : `${many(index.drifted, 'difference')}, mended.`}
            </>
          )}
        </p>
        <Split>
          <div>
            <Table
              caption="Searches that found nothing"
              rows={misses.items}
              rowKey={({ text }) => text}
              columns={[
                {
                  label: 'Looked for',
                  head: true,
                  cell: ({ text }) => <Link to={`/search?${new URLSearchParams({ q: text })}`}>{text}</Link>,
                },
                { label: 'Times', align: 'end', cell: ({ times }) => <span className="numeric">{times}</span> },
                { label: 'Last', cell: ({ lastAt }) => <When at={lastAt} zone={zone} /> },
                {
                  label: 'Done',
                  cell: ({ text }) => (
                    <Form method="post" action="/library/searches/forget">
                      <input type="hidden" name="text" value={text} />
                      <IconButton type="submit" icon="check" label={`Take “${text}” off the list`} />
                    </Form>
                  ),
                },
              ]}
              empty={
                <EmptyState icon="search" title="Everything was found">
                  When somebody looks for words that no picture has, they appear here.
                </EmptyState>
              }
            />
            <Pager next={misses.next} />
          </div>
          <Panel title="Synonyms">
            <Stack>
              <NewSynonyms />
              {synonyms.length > 0 && (
                <Table
                  caption="Words that mean the same"
                  hideCaption
                  rows={synonyms}
                  rowKey={({ id }) => id}
                  columns={[
                    { label: 'Words', head: true, cell: ({ words }) => words.join(', ') },
                    {
                      label: 'Remove',
                      cell: ({ id, words }) => (
                        <Form method="post" action={`/library/searches/synonyms/${id}/remove`}>
                          <IconButton type="submit" icon="trash" label={`Remove ${words.join(', ')}`} />
                        </Form>
                      ),
                    },
                  ]}
                />
              )}
            </Stack>
          </Panel>
        </Split>
      </Stack>
    </Page>
  )
}
