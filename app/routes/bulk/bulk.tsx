import { data, redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { BulkForm } from '#app/components/bulk/bulk-form.tsx'
import { BulkHistory } from '#app/components/bulk/bulk-history.tsx'
import { titled } from '#app/components/shell/title.ts'
import { Breadcrumbs } from '#app/components/ui/breadcrumbs.tsx'
import { Page } from '#app/components/ui/layout.tsx'
import { PageHeader } from '#app/components/ui/page-header.tsx'
import { staffOf } from '#app/http/context.server.ts'
import { fieldsOf } from '#app/http/form.server.ts'
import { bulkFields, previewBulkEdit, type PreviewBulkEditError } from '#services/assets/bulk-edits.ts'
import { bulkForm, bulkHistory } from '#services/assets/bulk-views.ts'
import { readChanges } from '#services/assets/rules/bulk-reading.ts'

export const meta = () => titled('Bulk edit')

const sayings = {
  'nothing-selected': () => ['None of these assets is there any more. Select again in the library.'],
  'too-many-selected': (detail) => [`At most ${(detail as { most: number }).most} assets at once. Select fewer.`],
  'nothing-to-do': () => ['Add at least one change.'],
  'bad-change': (detail) => detail as string[],
} satisfies Record<PreviewBulkEditError, (detail: unknown) => string[]>

/** What the address names: a selection that was kept, or ids. */
function selectedIn(search: URLSearchParams | FormData): { selectionId: string } | { ids: string[] } | null {
  const selectionId = search.get('selection')
  if (typeof selectionId === 'string' && selectionId !== '') return { selectionId }
  const ids = search
    .getAll('ids')
    .flatMap((ids) => String(ids).split(','))
    .filter(Boolean)
  return ids.length > 0 ? { ids } : null
}

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await staffOf(args, 'LIBRARIAN')
  const search = new URL(args.request.url).searchParams
  const selected = selectedIn(search)
  if (!selected) return { form: null, history: await bulkHistory(ctx, search.get('after') ?? undefined) }
  return { form: { ...(await bulkForm(ctx, selected)), selected, asked: [...new Set(search.getAll('change'))] }, history: null }
}

export async function action(args: ActionFunctionArgs) {
  const ctx = await staffOf(args, 'LIBRARIAN')
  const form = await fieldsOf(args.request)
  const selected = selectedIn(form)
  const fields = new Map((await bulkFields(ctx)).map((field) => [field.name, field]))
  const { changes, problems } = readChanges(form.getAll('change').map(String), fields, (name) => form.getAll(name).map(String))
  if (!selected) return data({ problems: sayings['nothing-selected']() }, { status: 400 })
  if (problems.length > 0) return data({ problems }, { status: 400 })
  const outcome = await previewBulkEdit(ctx, { ...selected, changes })
  if (!outcome.ok) return data({ problems: sayings[outcome.error](outcome.detail) }, { status: 409 })
  const from = new URL(args.request.url).searchParams.get('from')
  return redirect(`/library/bulk/${outcome.value.editId}${from ? `?${new URLSearchParams({ from })}` : ''}`, 303)
}

export default function Bulk() {
  const { form, history } = useLoaderData<typeof loader>()
  const problems = useActionData<typeof action>()?.problems
  return (
    <Page>
      <Breadcrumbs trail={[{ to: '/library', label: 'Library' }, ...(form ? [{ to: '/library/bulk', label: 'Bulk edits' }] : [])]} />
      {form ? (
        <>
          <PageHeader title={`Change ${form.total === 1 ? 'one asset' : `${form.total} assets`}`}>
            {form.says || 'Say what is to change. Nothing is written until you have seen what it would do.'}
          </PageHeader>
          <BulkForm form={form} problems={problems} />
        </>
      ) : (
        <>
          <PageHeader title="Bulk edits">What was changed in many assets at once, by whom, and whether it was taken back.</PageHeader>
          <BulkHistory history={history} />
        </>
      )}
    </Page>
  )
}
