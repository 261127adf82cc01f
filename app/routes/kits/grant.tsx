import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { GrantForm } from '#app/components/kits/grant-form.tsx'
import { requestChoices } from '#app/components/portal/request-choices.server.ts'
import { titled } from '#app/components/shell/title.ts'
import { Breadcrumbs } from '#app/components/ui/breadcrumbs.tsx'
import { Page } from '#app/components/ui/layout.tsx'
import { many } from '#app/components/ui/many.ts'
import { PageHeader } from '#app/components/ui/page-header.tsx'
import { staffOf } from '#app/http/context.server.ts'
import { answerForm, parseForm } from '#app/http/form.server.ts'
import { redirectWithToast } from '#app/http/toast.server.ts'
import { kitDesk } from '#services/catalog/kit-views.ts'
import { dayOf } from '#services/kernel/period.ts'
import type { GrantKitError } from '#services/licensing/errors.ts'
import { asKitGrant, kitGrantForm } from '#services/licensing/schema.ts'
import { grantKit } from '#services/licensing/kit-grants.ts'

export const meta = () => titled('Grant a brand kit')

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await staffOf(args, 'RIGHTS_MANAGER')
  const { id, title, items, partners, zone } = await kitDesk(ctx, args.params.kitId ?? '', '')
  return { id, title, files: items.length, partners, zone, today: dayOf(ctx.clock.now(), zone), choices: requestChoices('en') }
}

const sayings = {
  'already-granted': 'This partner has the kit already. Take the running grant back before you give a new one.',
  'kit-is-empty': 'There is nothing in the kit. Add files first.',
  'not-a-partner': 'Kits are granted to partners. Choose one from the list.',
} satisfies Record<GrantKitError, string>

export async function action(args: ActionFunctionArgs) {
  const ctx = await staffOf(args, 'RIGHTS_MANAGER')
  const kitId = args.params.kitId ?? ''
  const form = await parseForm(args.request, kitGrantForm)
  if (form.status !== 'success') return answerForm(form)
  const outcome = await grantKit(ctx, asKitGrant(kitId, form.value))
  if (!outcome.ok) return answerForm(form, { formErrors: [sayings[outcome.error]] })
  const { issued, refused } = outcome.value
  return redirectWithToast(
    `/library/kits/${kitId}#holders`,
    refused.length === 0
      ? { tone: 'success', text: `Granted: ${many(issued, 'licence')} issued.` }
      : {
          tone: 'warning',
          text: `Granted: ${many(issued, 'licence')} issued. ${many(refused.length, 'file')} could not be licensed for this scope and ${refused.length === 1 ? 'is' : 'are'} left out.`,
        },
  )
}

export default function GrantKit() {
  const { id, title, files, partners, zone, today, choices } = useLoaderData<typeof loader>()
  return (
    <Page width="narrow">
      <Breadcrumbs
        trail={[
          { to: '/library/kits', label: 'Brand kits' },
          { to: `/library/kits/${id}`, label: title },
        ]}
      />
      <PageHeader title="Grant to a partner">
        {files === 1 ? 'Its one file gets' : `Each of the ${files} files gets`} a licence of its own under these terms. What cannot be granted is named.
      </PageHeader>
      <GrantForm partners={partners} zone={zone} today={today} choices={choices} lastResult={useActionData<typeof action>()} />
    </Page>
  )
}
