import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { ChangeForm } from '#app/components/desk/change-form.tsx'
import { ChooseChange, ChooseSource, SourceFacts } from '#app/components/desk/change-source.tsx'
import { changeKindWords } from '#app/components/desk/change-words.ts'
import { titled } from '#app/components/shell/title.ts'
import { Breadcrumbs } from '#app/components/ui/breadcrumbs.tsx'
import { Page, Split, Stack } from '#app/components/ui/layout.tsx'
import { PageHeader } from '#app/components/ui/page-header.tsx'
import { staffOf } from '#app/http/context.server.ts'
import { answerForm, parseForm } from '#app/http/form.server.ts'
import { redirectWithToast } from '#app/http/toast.server.ts'
import type { DraftError } from '#services/desk/change-errors.ts'
import { newChangePage } from '#services/desk/change-new-view.ts'
import { draftChange } from '#services/desk/change-plans.ts'
import { changeForms } from '#services/desk/change-schema.ts'
import type { ChangeSource } from '#services/desk/rules/change.ts'
import { changeKinds } from '#services/desk/rules/change-states.ts'

export const meta = () => titled('New change upstream')

const sayings = {
  'nothing-cites-it': 'No picture cites this paper any more. Check its reference.',
  'too-many-assets': 'More than 20,000 pictures cite it. Choose some of them, and make several plans.',
  'nothing-changes': 'Nothing would change: every row lies within what you wrote already. Take something away, or go back.',
  'names-the-contract': 'The sentence for holders names the contract or the licensor. They never see whose paper it is: say it without.',
} satisfies Record<DraftError, string>

/** What the address names: a contract or release with the pictures that cite it, or pictures alone. */
function sourceOf(search: URLSearchParams): ChangeSource | null {
  const text = (name: string) => (search.get(name) ?? '').trim().slice(0, 200)
  const chosen = search.getAll('asset').slice(0, 2_000)
  const assetIds = chosen.length > 0 ? chosen : null
  if (text('contract')) return { by: 'contract', reference: text('contract'), assetIds }
  if (text('release')) return { by: 'release', reference: text('release'), assetIds }
  return assetIds ? { by: 'assets', reference: '', assetIds } : null
}

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await staffOf(args, 'RIGHTS_MANAGER')
  const search = new URL(args.request.url).searchParams
  const source = sourceOf(search)
  const kind = changeKinds.find((name) => name === search.get('kind')) ?? null
  return { kind, page: source && (await newChangePage(ctx, source)) }
}

export async function action(args: ActionFunctionArgs) {
  const ctx = await staffOf(args, 'RIGHTS_MANAGER')
  const search = new URL(args.request.url).searchParams
  const kind = changeKinds.find((name) => name === search.get('kind')) ?? 'END_CONTRACT'
  const form = await parseForm(args.request, changeForms[kind])
  if (form.status !== 'success') return answerForm(form)
  const outcome = await draftChange(ctx, form.value)
  if (!outcome.ok)
    return answerForm(
      form,
      outcome.error === 'names-the-contract'
        ? { fieldErrors: { holderWords: [sayings[outcome.error]] } }
        : { formErrors: [sayings[outcome.error]] },
    )
  return redirectWithToast(`/rights/changes/${outcome.value.planId}`, {
    tone: 'success',
    text: 'The preview is drawn up. Nothing has happened yet.',
  })
}

export default function NewChange() {
  const { kind, page } = useLoaderData<typeof loader>()
  const lastResult = useActionData<typeof action>()
  const ready = page && page.assets > 0 && !page.tooMany
  return (
    <Page>
      <Breadcrumbs
        trail={[
          { to: '/rights', label: 'Rights' },
          { to: '/rights/changes', label: 'Changes upstream' },
        ]}
      />
      <PageHeader title={kind && ready ? changeKindWords[kind].label : 'New change upstream'}>
        {kind && ready ? changeKindWords[kind].told : 'Say what changed. You see everything that hangs on it before anything happens.'}
      </PageHeader>
      {!ready ? (
        <ChooseSource page={page} />
      ) : (
        <Split aside="22rem">
          {kind && !(page.source.by === 'assets' && kind !== 'BAN') ? (
            <ChangeForm key={kind} kind={kind} page={page} lastResult={lastResult} />
          ) : (
            <ChooseChange page={page} />
          )}
          <Stack gap="lg">
            <SourceFacts page={page} />
          </Stack>
        </Split>
      )}
    </Page>
  )
}
