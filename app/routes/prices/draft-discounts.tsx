import { data, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { AgreedFields, CodeFields, LimitFields, OwnPriceFields, VolumeFields } from '#app/components/prices/discount-fields.tsx'
import { titled } from '#app/components/shell/title.ts'
import { Breadcrumbs } from '#app/components/ui/breadcrumbs.tsx'
import { SubmitButton } from '#app/components/ui/button.tsx'
import { Columns, Page, Stack } from '#app/components/ui/layout.tsx'
import { Notice } from '#app/components/ui/notice.tsx'
import { PageHeader } from '#app/components/ui/page-header.tsx'
import { staffOf } from '#app/http/context.server.ts'
import { fieldsOf } from '#app/http/form.server.ts'
import { leavePublished } from '#app/http/published-draft.server.ts'
import { redirectWithToast } from '#app/http/toast.server.ts'
import { draftDiscountsPage } from '#services/licensing/draft-discount-views.ts'
import { saveDraftDiscounts, savePriceDraftInput } from '#services/licensing/price-drafts.ts'
import { Refusal } from '#services/kernel/errors.ts'
import type { PriceFields, PriceProblems } from '#services/licensing/rules/price-form.ts'

export const meta = () => titled('Discounts of the draft')

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await staffOf(args, 'RIGHTS_MANAGER', 'AUDITOR')
  const draftId = args.params.draftId ?? ''
  await leavePublished(ctx, draftId)
  return draftDiscountsPage(ctx, draftId)
}

const sayings = {
  'changed-meanwhile': 'Somebody else saved this draft while you were typing. What you typed is still here: compare, then save again.',
  'no-price-book': 'Some of it cannot stand like this. Each is marked below.',
} as const

export async function action(args: ActionFunctionArgs) {
  const ctx = await staffOf(args, 'RIGHTS_MANAGER')
  const draftId = args.params.draftId ?? ''
  await leavePublished(ctx, draftId)
  const sent = await fieldsOf(args.request)
  const input = savePriceDraftInput.pick({ revision: true }).safeParse({ revision: sent.get('revision') })
  if (!input.success) throw new Refusal('malformed', 'no revision')
  const fields: PriceFields = Object.fromEntries(
    [...sent].flatMap(([name, value]) => (typeof value === 'string' && value.length <= 200 ? [[name, value]] : [])),
  )
  const outcome = await saveDraftDiscounts(ctx, { draftId, ...input.data, fields })
  if (outcome.ok) return redirectWithToast(`/rights/prices/drafts/${draftId}/discounts`, { tone: 'success', text: 'Draft saved.' })
  const problems = outcome.error === 'no-price-book' ? (outcome.detail as PriceProblems) : {}
  return data({ saying: sayings[outcome.error], problems, fields }, { status: outcome.error === 'no-price-book' ? 400 : 409 })
}

export default function DraftDiscounts() {
  const page = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const typed = { fields: { ...page.fields, ...answer?.fields }, problems: answer?.problems ?? {} }
  return (
    <Page>
      <Breadcrumbs
        trail={[
          { to: '/rights/prices', label: 'Prices' },
          { to: `/rights/prices/drafts/${page.id}`, label: `Draft after version ${page.baseVersion}` },
        ]}
      />
      <PageHeader title="Discounts and currencies">
        The better of an agreed rate and the number of licences counts; a code comes once on top. Nothing takes a licence below the least
        price, or a cart below the sum from which its code counts. To take a line out, empty its first field.
      </PageHeader>
      <Form method="post" key={page.revision}>
        <input type="hidden" name="revision" value={page.revision} />
        <Stack gap="lg">
          {answer && (
            <Notice tone="danger" title={answer.saying} live>
              {typed.problems['']}
            </Notice>
          )}
          <CodeFields count={page.lines.codes} currencies={page.currencies} {...typed} />
          <Columns least="20rem" gap="lg">
            <AgreedFields count={page.lines.agreed} customers={page.customers} {...typed} />
            <VolumeFields count={page.lines.volume} {...typed} />
            <LimitFields {...typed} />
          </Columns>
          <OwnPriceFields currencies={page.currencies.slice(1)} {...typed} />
          {page.mayEdit && <SubmitButton>Save draft</SubmitButton>}
        </Stack>
      </Form>
    </Page>
  )
}
