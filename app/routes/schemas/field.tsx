import { data, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { FieldForm, type Sent } from '#app/components/schemas/field-form.tsx'
import { titled } from '#app/components/shell/title.ts'
import { Breadcrumbs } from '#app/components/ui/breadcrumbs.tsx'
import { SubmitButton } from '#app/components/ui/button.tsx'
import { Page, Stack } from '#app/components/ui/layout.tsx'
import { Link } from '#app/components/ui/link.tsx'
import { many } from '#app/components/ui/many.ts'
import { Notice } from '#app/components/ui/notice.tsx'
import { PageHeader } from '#app/components/ui/page-header.tsx'
import { staffOf } from '#app/http/context.server.ts'
import { fieldsOf, parseFields } from '#app/http/form.server.ts'
import { redirectWithToast } from '#app/http/toast.server.ts'
import { saveField, type Incomplete, type SaveFieldError } from '#services/assets/own-field-editing.ts'
import { fieldPage } from '#services/assets/own-field-views.ts'
import { assetKinds } from '#services/assets/rules/asset-words.ts'
import { saveFieldInput } from '#services/assets/vocabulary-schema.ts'

export const meta: MetaFunction<typeof loader> = ({ data: page }) => titled(page?.field?.label ?? 'New field')

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await staffOf(args, 'LIBRARIAN')
  const asked = new URL(args.request.url).searchParams.get('kind')
  return { ...(await fieldPage(ctx, args.params.fieldId ?? null)), kind: assetKinds.find((kind) => kind === asked) ?? null }
}

const used = (detail: unknown) => (detail as { used: number }).used
const sayings = {
  'changed-meanwhile': () => ({ '': ['Somebody else changed the fields while you wrote. Look at them again, then save.'] }),
  'code-taken': () => ({ code: ['Another field has this short name.'] }),
  'type-in-use': (detail) => ({ type: [`${many(used(detail), 'record holds', 'records hold')} a value that would not fit. Retire this field and make another.`] }),
  'vocabulary-in-use': (detail) => ({
    vocabularyId: [`${many(used(detail), 'record holds', 'records hold')} terms of the vocabulary. Retire this field and make another.`],
  }),
  'no-vocabulary': () => ({ vocabularyId: ['Choose the vocabulary from which it is chosen.'] }),
  'bad-preset': (detail) => ({ preset: [detail as string] }),
  'leaves-incomplete': () => ({}),
} satisfies Record<SaveFieldError, (detail: unknown) => Record<string, string[]>>

export async function action(args: ActionFunctionArgs) {
  const ctx = await staffOf(args, 'LIBRARIAN')
  const fields = await fieldsOf(args.request)
  const sent: Sent = Object.fromEntries(
    [...new Set(fields.keys())].map((name) => [name, name === 'kinds' ? fields.getAll(name).map(String) : String(fields.get(name) ?? '')]),
  )
  const again = (errors: Record<string, string[] | null>, incomplete: Incomplete | null, status: number) =>
    data({ sent, errors, incomplete }, { status })
  const form = parseFields(fields, saveFieldInput)
  if (form.status !== 'success') return again(form.reply().error ?? {}, null, 400)
  const outcome = await saveField(ctx, { ...form.value, fieldId: args.params.fieldId })
  if (outcome.ok) return redirectWithToast('/library/schemas', { tone: 'success', text: `“${form.value.label}” is saved.` })
  const incomplete = outcome.error === 'leaves-incomplete' ? (outcome.detail as Incomplete) : null
  return again(sayings[outcome.error](outcome.detail), incomplete, 409)
}

export default function Field() {
  const page = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const incomplete = answer?.incomplete ?? null
  const { field, version } = page
  return (
    <Page width="narrow">
      <Breadcrumbs
        trail={[
          { to: '/library', label: 'Library' },
          { to: '/library/schemas', label: 'Fields' },
        ]}
      />
      <PageHeader title={field?.label ?? 'New field'} eyebrow={field?.retiredAt ? 'Retired' : undefined} />
      <Stack gap="lg">
        {incomplete && <LeavesIncomplete incomplete={incomplete} />}
        <FieldForm
          {...page}
          sent={answer?.sent ?? null}
          errors={answer?.errors}
          confirms={incomplete !== null}
          key={incomplete ? 'again' : 'first'}
        />
        {field && (
          <Form method="post" action={`/library/schemas/fields/${field.id}/turn`} className="stack">
            <input type="hidden" name="seenVersion" value={version} />
            <p className="muted">
              {field.retiredAt
                ? 'Forms do not ask for it. Records still hold what they said.'
                : 'A retired field is no longer asked for; records keep what they say in it.'}
            </p>
            <div>
              <SubmitButton name="verb" value={field.retiredAt ? 'restore' : 'retire'} tone="secondary">
                {field.retiredAt ? 'Ask for it again' : 'Retire this field'}
              </SubmitButton>
            </div>
          </Form>
        )}
      </Stack>
    </Page>
  )
}

/** What would not be complete any more: how many, and the first of them. */
function LeavesIncomplete({ incomplete: { count, published, first } }: { incomplete: Incomplete }) {
  return (
    <Notice tone="warning" live title={`${count === 1 ? 'One asset does' : `${count} assets do`} not have it yet`}>
      <p>
        {published > 0
          ? `${published} of them published: those stay so, and their record can be saved again once it is filled in.`
          : 'They stay as they are, and are asked for it when their time comes.'}{' '}
        Save again, and it is so.
      </p>
      <ul>
        {first.map(({ id, title }) => (
          <li key={id}>
            <Link to={`/library/assets/${id}`}>{title}</Link>
          </li>
        ))}
        {count > first.length && <li>and {count - first.length} more</li>}
      </ul>
    </Notice>
  )
}
