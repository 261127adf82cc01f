import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Form, Link, useLoaderData } from '@remix-run/react'
import { ExpiryPanel } from '#app/components/life/expiry-panel.tsx'
import { policySayings, policyTones } from '#app/components/life/policy-words.ts'
import { titled } from '#app/components/shell/title.ts'
import { Status } from '#app/components/ui/badge.tsx'
import { ButtonLink, SubmitButton } from '#app/components/ui/button.tsx'
import { EmptyState } from '#app/components/ui/empty-state.tsx'
import { Cluster, Page, Stack } from '#app/components/ui/layout.tsx'
import { PageHeader } from '#app/components/ui/page-header.tsx'
import { Panel } from '#app/components/ui/surfaces.tsx'
import { Table } from '#app/components/ui/table.tsx'
import { When } from '#app/components/ui/when.tsx'
import { staffOf } from '#app/http/context.server.ts'
import { fieldsOf, parseFields } from '#app/http/form.server.ts'
import { redirectWithToast } from '#app/http/toast.server.ts'
import { setExpiry } from '#services/retention/ended-rights.ts'
import { policyStateWords } from '#services/retention/rules/policy-rule.ts'
import { answerPolicy } from '#services/retention/runs.ts'
import { answerInput, expiryInput } from '#services/retention/schema.ts'
import { policiesPage } from '#services/retention/views.ts'

export const meta: MetaFunction = () => titled('Policies')

export async function loader(args: LoaderFunctionArgs) {
  return policiesPage(await staffOf(args, 'LIBRARIAN', 'RIGHTS_MANAGER', 'AUDITOR'))
}

/** A librarian's answer to what a policy asked; or what the house settles about the end of rights. */
export async function action(args: ActionFunctionArgs) {
  const ctx = await staffOf(args, 'LIBRARIAN')
  const fields = await fieldsOf(args.request)
  if (fields.get('verb') === 'expiry') {
    const read = parseFields(fields, expiryInput)
    if (read.status !== 'success')
      return redirectWithToast('/library/policies', { tone: 'danger', text: 'Write a number of days, from 0 to 365.' })
    await setExpiry(ctx, read.value)
    return redirectWithToast('/library/policies', { tone: 'success', text: 'Written down. The next night goes by it.' })
  }
  const form = parseFields(fields, answerInput)
  if (form.status !== 'success') return redirectWithToast('/library/policies', { tone: 'danger', text: 'Archive it or keep it.' })
  const outcome = await answerPolicy(ctx, form.value)
  const text = form.value.answer === 'kept' ? 'Kept.' : 'Archived.'
  return redirectWithToast(
    '/library/policies',
    outcome.ok ? { tone: 'success', text } : { tone: 'danger', text: policySayings[outcome.error] },
  )
}

export default function Policies() {
  const { policies, questions, zone, mayWrite, expiry, maySetExpiry } = useLoaderData<typeof loader>()
  const add = mayWrite && (
    <ButtonLink to="/library/policies/new" tone="primary" icon="plus">
      New policy
    </ButtonLink>
  )
  return (
    <Page>
      <PageHeader title="Policies" actions={add}>
        Rules by which lives end: they find, wait and act, every night, and leave out what a legal hold or a licence keeps.
      </PageHeader>
      <Stack gap="lg">
        {questions.length > 0 && (
          <Panel title="What the policies ask">
            <Table
              caption="Archive or keep?"
              hideCaption
              rows={questions}
              rowKey={({ runId, asset }) => runId + asset.id}
              columns={[
                { label: 'Asset', head: true, cell: ({ asset }) => <Link to={`/library/assets/${asset.id}`}>{asset.title}</Link> },
                { label: 'Asked by', cell: ({ policy }) => policy },
                { label: 'Since', cell: ({ since }) => <When at={since} to="day" zone={zone} /> },
                {
                  label: 'Answer',
                  bare: true,
                  cell: ({ runId, asset }) =>
                    mayWrite && (
                      <Form method="post">
                        <input type="hidden" name="runId" value={runId} />
                        <input type="hidden" name="assetId" value={asset.id} />
                        <Cluster gap="sm">
                          <SubmitButton size="sm" tone="secondary" name="answer" value="archived" aria-label={`Archive ${asset.title}`}>
                            Archive
                          </SubmitButton>
                          <SubmitButton size="sm" tone="quiet" name="answer" value="kept" aria-label={`Keep ${asset.title}`}>
                            Keep
                          </SubmitButton>
                        </Cluster>
                      </Form>
                    ),
                },
              ]}
            />
          </Panel>
        )}
        <Table
          caption="Policies of the house"
          hideCaption
          rows={policies}
          rowKey={({ id }) => id}
          empty={
            <EmptyState icon="archive" title="No policy yet" action={add || undefined}>
              A policy archives what nobody licenses any more, or asks about what nobody looks at. It shows what it would do before it does
              anything.
            </EmptyState>
          }
          columns={[
            {
              label: 'Policy',
              head: true,
              cell: ({ id, name, words }) => (
                <>
                  <Link to={`/library/policies/${id}`}>{name}</Link>
                  <br />
                  <span className="muted small">{words}</span>
                </>
              ),
            },
            { label: 'State', cell: ({ state }) => <Status tone={policyTones[state]}>{policyStateWords[state]}</Status> },
            {
              label: 'Last run',
              cell: ({ last }) =>
                last ? (
                  <>
                    <When at={last.startedAt} zone={zone} />: {last.done} done, {last.spared} spared
                  </>
                ) : (
                  'Never'
                ),
            },
          ]}
        />
        <ExpiryPanel expiry={expiry} maySet={maySetExpiry} />
      </Stack>
    </Page>
  )
}
