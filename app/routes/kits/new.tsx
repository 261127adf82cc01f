import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node'
import { useActionData } from '@remix-run/react'
import { NewKitForm } from '#app/components/kits/kit-form.tsx'
import { titled } from '#app/components/shell/title.ts'
import { Breadcrumbs } from '#app/components/ui/breadcrumbs.tsx'
import { Page } from '#app/components/ui/layout.tsx'
import { PageHeader } from '#app/components/ui/page-header.tsx'
import { staffOf } from '#app/http/context.server.ts'
import { answerForm, parseForm } from '#app/http/form.server.ts'
import { createKit } from '#services/catalog/brand-kits.ts'
import { createKitInput } from '#services/catalog/schema.ts'

export const meta = () => titled('New brand kit')

export async function loader(args: LoaderFunctionArgs) {
  await staffOf(args, 'LIBRARIAN')
  return null
}

export async function action(args: ActionFunctionArgs) {
  const ctx = await staffOf(args, 'LIBRARIAN')
  const form = await parseForm(args.request, createKitInput)
  if (form.status !== 'success') return answerForm(form)
  const made = await createKit(ctx, form.value)
  return redirect(`/library/kits/${made.ok ? made.value.kitId : ''}`, 303)
}

export default function NewKit() {
  return (
    <Page width="narrow">
      <Breadcrumbs trail={[{ to: '/library/kits', label: 'Brand kits' }]} />
      <PageHeader title="New brand kit" />
      <NewKitForm lastResult={useActionData<typeof action>()} />
    </Page>
  )
}
