import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { EditKitForm } from '#app/components/kits/kit-form.tsx'
import { titled } from '#app/components/shell/title.ts'
import { Breadcrumbs } from '#app/components/ui/breadcrumbs.tsx'
import { Page } from '#app/components/ui/layout.tsx'
import { PageHeader } from '#app/components/ui/page-header.tsx'
import { staffOf } from '#app/http/context.server.ts'
import { answerForm, parseForm } from '#app/http/form.server.ts'
import { redirectWithToast } from '#app/http/toast.server.ts'
import { editKit } from '#services/catalog/brand-kits.ts'
import { editKitInput } from '#services/catalog/schema.ts'
import { kitDesk } from '#services/catalog/kit-views.ts'

export const meta = () => titled('Edit brand kit')

export const loader = async (args: LoaderFunctionArgs) => kitDesk(await staffOf(args, 'LIBRARIAN'), args.params.kitId ?? '', '')

const sayings = { 'cover-not-in-kit': 'The cover has to be one of the kit’s own files.' } as const

export async function action(args: ActionFunctionArgs) {
  const ctx = await staffOf(args, 'LIBRARIAN')
  const form = await parseForm(args.request, editKitInput)
  if (form.status !== 'success') return answerForm(form)
  const outcome = await editKit(ctx, { ...form.value, kitId: args.params.kitId ?? '' })
  if (!outcome.ok) return answerForm(form, { fieldErrors: { coverAssetId: [sayings[outcome.error]] } })
  return redirectWithToast(`/library/kits/${outcome.value.kitId}`, { tone: 'success', text: 'Saved.' })
}

export default function EditKit() {
  const kit = useLoaderData<typeof loader>()
  return (
    <Page width="narrow">
      <Breadcrumbs
        trail={[
          { to: '/library/kits', label: 'Brand kits' },
          { to: `/library/kits/${kit.id}`, label: kit.title },
        ]}
      />
      <PageHeader title="Texts and cover" />
      <EditKitForm kit={kit} lastResult={useActionData<typeof action>()} />
    </Page>
  )
}
