import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { PolicyForm } from '#app/components/life/policy-form.tsx'
import { titled } from '#app/components/shell/title.ts'
import { Breadcrumbs } from '#app/components/ui/breadcrumbs.tsx'
import { Page } from '#app/components/ui/layout.tsx'
import { PageHeader } from '#app/components/ui/page-header.tsx'
import { staffOf } from '#app/http/context.server.ts'
import { answerForm, parseForm } from '#app/http/form.server.ts'
import { writePolicy } from '#services/retention/policies.ts'
import { policyInput } from '#services/retention/schema.ts'
import { policyChoices } from '#services/retention/views.ts'

export const meta: MetaFunction = () => titled('New policy')

export async function loader(args: LoaderFunctionArgs) {
  return policyChoices(await staffOf(args, 'LIBRARIAN'))
}

export async function action(args: ActionFunctionArgs) {
  const ctx = await staffOf(args, 'LIBRARIAN')
  const form = await parseForm(args.request, policyInput)
  if (form.status !== 'success') return answerForm(form)
  const outcome = await writePolicy(ctx, form.value)
  return redirect(`/library/policies/${outcome.ok ? outcome.value.policyId : ''}`, 303)
}

export default function NewPolicy() {
  const choices = useLoaderData<typeof loader>()
  return (
    <Page width="narrow">
      <Breadcrumbs trail={[{ to: '/library/policies', label: 'Policies' }]} />
      <PageHeader title="New policy">It does nothing yet: first it shows what it would do.</PageHeader>
      <PolicyForm choices={choices} lastResult={useActionData<typeof action>()} />
    </Page>
  )
}
