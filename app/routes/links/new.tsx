import { getFormProps, useForm } from '@conform-to/react'
import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { titled } from '#app/components/shell/title.ts'
import { Breadcrumbs } from '#app/components/ui/breadcrumbs.tsx'
import { SubmitButton } from '#app/components/ui/button.tsx'
import { Checkbox } from '#app/components/ui/checkbox.tsx'
import { Fieldset, FormErrors } from '#app/components/ui/fieldset.tsx'
import { Columns, Page, Stack } from '#app/components/ui/layout.tsx'
import { PageHeader } from '#app/components/ui/page-header.tsx'
import { Select } from '#app/components/ui/select.tsx'
import { TextArea, TextField } from '#app/components/ui/text-field.tsx'
import { staffOf } from '#app/http/context.server.ts'
import { answerForm, parseForm } from '#app/http/form.server.ts'
import { freshGuestLinkCookie } from '#app/http/guest-link.server.ts'
import { kindWords } from '#services/assets/rules/asset-words.ts'
import type { MakeGuestLinkError } from '#services/intake/errors.ts'
import { makeGuestLink } from '#services/intake/guest-links.ts'
import { guestLinkChoices } from '#services/intake/guest-views.ts'
import { askables, askNames } from '#services/intake/rules/declarations.ts'
import { guestLinkForm, type GuestLinkForm } from '#services/intake/schema.ts'
import { addDays, dayOf } from '#services/kernel/period.ts'
import { newSecret } from '#services/kernel/ids.ts'

export const meta = () => titled('Make a guest link')

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await staffOf(args, 'LIBRARIAN')
  const choices = await guestLinkChoices(ctx)
  // Easy to say on the telephone, and long enough: sixteen letters in four groups.
  const password = (newSecret().slice(0, 16).match(/.{4}/g) ?? []).join('-')
  const briefId = new URL(args.request.url).searchParams.get('brief')
  return { ...choices, briefId, password, endsOn: addDays(dayOf(ctx.clock.now(), 'UTC'), 14) }
}

const sayings: Record<MakeGuestLinkError, { field: string; text: string }> = {
  'end-is-past': { field: 'endsOn', text: 'This day has passed. Choose a later one.' },
  'no-such-collection': { field: 'collectionId', text: 'This collection was archived meanwhile. Choose another.' },
  'nobody-to-tell': { field: 'toldUserIds', text: 'One of these people has left the house. Choose again.' },
  'too-many-links': { field: '', text: 'There are too many open links. Revoke some that nobody needs.' },
}

export async function action(args: ActionFunctionArgs) {
  const ctx = await staffOf(args, 'LIBRARIAN')
  const form = await parseForm(args.request, guestLinkForm)
  if (form.status !== 'success') return answerForm(form)
  const outcome = await makeGuestLink(ctx, form.value)
  if (!outcome.ok) {
    const { field, text } = sayings[outcome.error]
    return answerForm(form, field ? { fieldErrors: { [field]: [text] } } : { formErrors: [text] })
  }
  const { linkId, secret } = outcome.value
  return redirect(`/library/links/${linkId}`, { status: 303, headers: { 'Set-Cookie': await freshGuestLinkCookie(args, linkId, secret) } })
}

export default function NewGuestLink() {
  const { collections, briefs, people, me, password, endsOn, briefId } = useLoaderData<typeof loader>()
  const lastResult = useActionData<typeof action>()
  const [form, fields] = useForm<GuestLinkForm>({
    ...(lastResult && { lastResult }),
    defaultValue: { endsOn, asks: [...askables], toldUserIds: [me], briefId: briefId ?? '' },
  })
  return (
    <Page width="narrow">
      <Breadcrumbs trail={[{ to: '/library/links', label: 'Guest links' }]} />
      <PageHeader title="Make a guest link">Its address is shown once, on the next page. Send the password by another way.</PageHeader>
      <Form method="post" {...getFormProps(form)} noValidate={false}>
        <Stack gap="lg">
          <FormErrors errors={form.errors} />
          <TextField field={fields.name} label="Name" hint="The sender reads it: “Kyoto shoot, November”." maxLength={120} required />
          <TextArea field={fields.message} label="Message" hint="What you want, and how." rows={4} maxLength={4000} optional />
          <Fieldset legend="Password">
            <TextField
              field={fields.password}
              label="Password"
              hideLabel
              defaultValue={password}
              hint="At least 8 characters. Note it now: the house keeps only its hash."
              autoComplete="off"
              minLength={8}
              maxLength={200}
            />
            <Checkbox field={fields.withoutPassword} label="No password: whoever has the address may send" />
          </Fieldset>
          <Columns least="12rem">
            <TextField field={fields.endsOn} type="date" label="Last day" hint="Empty: no end." optional />
            <TextField field={fields.mostFiles} type="number" label="Most files" min={1} step={1} optional />
            <TextField field={fields.mostGigabytes} type="number" label="Most gigabytes" min={0.001} step="any" optional />
          </Columns>
          <Fieldset legend="What must be said first" hint="Name and e-mail are always asked for.">
            {askables.map((ask) => (
              <Checkbox
                key={ask}
                name={fields.asks.name}
                value={ask}
                label={askNames[ask]}
                defaultChecked={fields.asks.defaultOptions?.includes(ask) ?? false}
              />
            ))}
          </Fieldset>
          <Columns least="14rem">
            <Select
              field={fields.collectionId}
              label="Into a collection"
              placeholder="None"
              optional
              options={collections.map(({ id, title }) => ({ value: id, label: title }))}
            />
            <Select
              field={fields.kind}
              label="Pictures are"
              placeholder="As their files say"
              optional
              options={(['PHOTOGRAPH', 'ILLUSTRATION', 'LOGO'] as const).map((kind) => ({ value: kind, label: kindWords[kind] }))}
            />
            <Select
              field={fields.briefId}
              label="Made for a brief"
              placeholder="None"
              optional
              options={briefs.map(({ id, title }) => ({ value: id, label: title }))}
            />
          </Columns>
          <Fieldset legend="Who is told" hint="One letter when a sender is done." field={fields.toldUserIds}>
            <Columns least="12rem" gap="sm">
              {people.map(({ id, name }) => (
                <Checkbox
                  key={id}
                  name={fields.toldUserIds.name}
                  value={id}
                  label={name}
                  defaultChecked={fields.toldUserIds.defaultOptions?.includes(id) ?? false}
                />
              ))}
            </Columns>
          </Fieldset>
          <div>
            <SubmitButton>Make the link</SubmitButton>
          </div>
        </Stack>
      </Form>
    </Page>
  )
}
