import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { PolicyForm } from '#app/components/life/policy-form.tsx'
import { policySayings } from '#app/components/life/policy-words.ts'
import { titled } from '#app/components/shell/title.ts'
import { Breadcrumbs } from '#app/components/ui/breadcrumbs.tsx'
import { Page } from '#app/components/ui/layout.tsx'
import { PageHeader } from '#app/components/ui/page-header.tsx'
import { staffOf } from '#app/http/context.server.ts'
import { answerForm, parseForm } from '#app/http/form.server.ts'
import { redirectWithToast } from '#app/http/toast.server.ts'
import { changePolicy } from '#services/retention/policies.ts'
import { policyInput } from '#services/retention/schema.ts'
import { policyChoices, policyPage } from '#services/retention/views.ts'

export const meta: MetaFunction<typeof loader> = ({ data }) => titled(data ? `Change ${data.policy.name}` : 'Change a policy')

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await staffOf(args, 'LIBRARIAN')
  const { id, name, action: does, reason, rule } = await policyPage(ctx, args.params.policyId ?? '')
  return { policy: { id, name, action: does, reason, rule }, choices: await policyChoices(ctx) }
}

export async function action(args: ActionFunctionArgs) {
  const ctx = await staffOf(args, 'LIBRARIAN')
  const { policyId = '' } = args.params
  const form = await parseForm(args.request, policyInput)
  if (form.status !== 'success') return answerForm(form)
  const outcome = await changePolicy(ctx, { policyId, ...form.value })
  if (!outcome.ok) return answerForm(form, { formErrors: [policySayings[outcome.error]] })
  return redirectWithToast(`/library/policies/${policyId}`, { tone: 'success', text: 'Saved as a draft.' })
}

export default function EditPolicy() {
  const { policy, choices } = useLoaderData<typeof loader>()
  return (
    <Page width="narrow">
      <Breadcrumbs
        trail={[
          { to: '/library/policies', label: 'Policies' },
          { to: `/library/policies/${policy.id}`, label: policy.name },
        ]}
      />
      <PageHeader title="Change the policy">Changed, it is a draft again, and what was agreed to before is agreed to anew.</PageHeader>
      <PolicyForm choices={choices} policy={policy} lastResult={useActionData<typeof action>()} />
    </Page>
  )
}
