import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { PolicyActions } from '#app/components/life/policy-actions.tsx'
import { PolicyPreview } from '#app/components/life/policy-preview.tsx'
import { PolicyRuns } from '#app/components/life/policy-runs.tsx'
import { policyTones } from '#app/components/life/policy-words.ts'
import { titled } from '#app/components/shell/title.ts'
import { Status } from '#app/components/ui/badge.tsx'
import { Breadcrumbs } from '#app/components/ui/breadcrumbs.tsx'
import { Page, Stack } from '#app/components/ui/layout.tsx'
import { Notice } from '#app/components/ui/notice.tsx'
import { PageHeader } from '#app/components/ui/page-header.tsx'
import { When } from '#app/components/ui/when.tsx'
import { staffOf } from '#app/http/context.server.ts'
import { fieldsOf } from '#app/http/form.server.ts'
import { actOnPolicy } from '#app/http/policy.server.ts'
import { redirectWithToast } from '#app/http/toast.server.ts'
import { policyStateWords } from '#services/retention/rules/policy-rule.ts'
import { policyPage } from '#services/retention/views.ts'

export const meta: MetaFunction<typeof loader> = ({ data }) => titled(data?.name ?? 'Policy')

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await staffOf(args, 'LIBRARIAN', 'RIGHTS_MANAGER', 'AUDITOR')
  return policyPage(ctx, args.params.policyId ?? '', new URL(args.request.url).searchParams.get('after') ?? undefined)
}

export async function action(args: ActionFunctionArgs) {
  const ctx = await staffOf(args, 'LIBRARIAN')
  const { policyId = '' } = args.params
  return redirectWithToast(`/library/policies/${policyId}`, await actOnPolicy(ctx, policyId, await fieldsOf(args.request)))
}

export default function Policy() {
  const policy = useLoaderData<typeof loader>()
  const { zone } = policy
  return (
    <Page>
      <Breadcrumbs trail={[{ to: '/library/policies', label: 'Policies' }]} />
      <PageHeader
        eyebrow={<Status tone={policyTones[policy.state]}>{policyStateWords[policy.state]}</Status>}
        title={policy.name}
        actions={<PolicyActions policy={policy} />}
      >
        {policy.words}
      </PageHeader>
      <Stack gap="lg">
        {policy.may.waitsForOther && (
          <Notice tone="warning" title="Somebody else must agree">
            It puts assets in the bin. It begins when another librarian has read it and agreed.
          </Notice>
        )}
        <p className="muted small">
          {/[.!?…]$/.test(policy.reason) ? policy.reason : `${policy.reason}.`} Last written <When at={policy.changedAt} zone={zone} /> by{' '}
          {policy.changedBy}
          {policy.approvedAt && policy.approvedBy && (
            <>
              ; agreed to <When at={policy.approvedAt} zone={zone} /> by {policy.approvedBy}
            </>
          )}
          .
        </p>
        <PolicyPreview policy={policy} />
        <PolicyRuns runs={policy.runs} zone={zone} />
      </Stack>
    </Page>
  )
}
