import { useForm } from '@conform-to/react'
import { data, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { titled } from '#app/components/shell/title.ts'
import { Status } from '#app/components/ui/badge.tsx'
import { Breadcrumbs } from '#app/components/ui/breadcrumbs.tsx'
import { SubmitButton } from '#app/components/ui/button.tsx'
import { EmptyState } from '#app/components/ui/empty-state.tsx'
import { FormErrors } from '#app/components/ui/fieldset.tsx'
import { Columns, Page, Stack } from '#app/components/ui/layout.tsx'
import { PageHeader } from '#app/components/ui/page-header.tsx'
import { Panel } from '#app/components/ui/surfaces.tsx'
import { Select } from '#app/components/ui/select.tsx'
import { Table } from '#app/components/ui/table.tsx'
import { TextField } from '#app/components/ui/text-field.tsx'
import { staffOf } from '#app/http/context.server.ts'
import { answerForm, parseForm } from '#app/http/form.server.ts'
import { redirectWithToast } from '#app/http/toast.server.ts'
import { dayInWords } from '#services/kernel/days.ts'
import { setAway } from '#services/review/absences.ts'
import type { SetAwayError } from '#services/review/errors.ts'
import { awayPage } from '#services/review/keeping-views.ts'
import { awayInput } from '#services/review/schema.ts'

export const meta = () => titled('Away')

const sayings = {
  'away-already': { fieldErrors: { from: ['Some of these days are spoken for already. End the other absence first.'] } },
  'no-such-colleague': { fieldErrors: { delegateId: ['This colleague has no seat any more. Choose another.'] } },
  'delegate-is-oneself': { fieldErrors: { delegateId: ['Choose somebody else.'] } },
  'over-already': { fieldErrors: { until: ['This day is past.'] } },
} satisfies Record<SetAwayError, { fieldErrors: Record<string, string[]> }>

export async function loader(args: LoaderFunctionArgs) {
  return await awayPage(await staffOf(args))
}

export async function action(args: ActionFunctionArgs) {
  const ctx = await staffOf(args)
  const form = await parseForm(args.request, awayInput)
  if (form.status !== 'success') return answerForm(form)
  const outcome = await setAway(ctx, form.value)
  if (!outcome.ok) return data(form.reply(sayings[outcome.error]), { status: 409 })
  throw await redirectWithToast('/account/away', { tone: 'success', text: 'Noted. Whoever stands in is told.' })
}

export default function Away() {
  const { today, self, mayForOthers, people, absences } = useLoaderData<typeof loader>()
  const [form, fields] = useForm<{ userId: string; delegateId: string; from: string; until: string; note: string }>({
    lastResult: useActionData<typeof action>(),
    defaultValue: { userId: self, from: today },
  })
  return (
    <Page width="narrow">
      <Breadcrumbs trail={[{ to: '/account', label: 'Account' }]} />
      <PageHeader title="Away">
        While somebody is away, what waits for them in review is among the tasks of who stands in, as far as they may decide it themselves.
      </PageHeader>
      <Stack gap="lg">
        <Panel title={mayForOthers ? 'Somebody is away' : 'I am away'}>
          <Form method="post">
            <Stack>
              <FormErrors errors={form.errors} />
              {mayForOthers && (
                <Select field={fields.userId} label="Who" options={people.map(({ id, name }) => ({ value: id, label: name }))} />
              )}
              <Columns least="12rem">
                <TextField field={fields.from} type="date" label="From" required />
                <TextField field={fields.until} type="date" label="Until, this day included" required min={today} />
              </Columns>
              <Select
                field={fields.delegateId}
                label="Stands in"
                placeholder="Choose"
                required
                options={people.filter(({ id }) => mayForOthers || id !== self).map(({ id, name }) => ({ value: id, label: name }))}
              />
              <TextField field={fields.note} label="Note" optional maxLength={200} />
              <div>
                <SubmitButton formAction="/account/away">Save</SubmitButton>
              </div>
            </Stack>
          </Form>
        </Panel>
        <Table
          caption="Now and to come"
          rows={absences}
          rowKey={({ id }) => id}
          empty={
            <EmptyState icon="calendar" title="Nobody is away">
              {mayForOthers ? 'Nothing is planned in the house.' : 'You are here, and stand in for nobody.'}
            </EmptyState>
          }
          columns={[
            { label: 'Who', head: true, cell: ({ who, own }) => (own ? `${who} (you)` : who) },
            {
              label: 'Days',
              cell: ({ from, until, now }) => (
                <>
                  {dayInWords(from)} to {dayInWords(until)} {now && <Status tone="info">Now</Status>}
                </>
              ),
            },
            { label: 'Stands in', cell: ({ delegate, forMe }) => (forMe ? `${delegate} (you)` : delegate) },
            { label: 'Note', cell: ({ note }) => note },
            {
              label: 'End',
              align: 'end',
              bare: true,
              cell: ({ id, mayEnd, who, now }) =>
                mayEnd && (
                  <Form method="post" action="/account/away/end">
                    <SubmitButton
                      size="sm"
                      tone="secondary"
                      name="absenceId"
                      value={id}
                      formAction="/account/away/end"
                      aria-label={`${now ? 'Back again' : 'Not away after all'}: ${who}`}
                    >
                      {now ? 'Back again' : 'Not away after all'}
                    </SubmitButton>
                  </Form>
                ),
            },
          ]}
        />
      </Stack>
    </Page>
  )
}
