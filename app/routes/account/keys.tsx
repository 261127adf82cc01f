import { useForm } from '@conform-to/react'
import { data, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { AccessKeyTable } from '#app/components/accounts/access-key-table.tsx'
import { titled } from '#app/components/shell/title.ts'
import { Breadcrumbs } from '#app/components/ui/breadcrumbs.tsx'
import { SubmitButton } from '#app/components/ui/button.tsx'
import { Checkbox } from '#app/components/ui/checkbox.tsx'
import { CopyText } from '#app/components/ui/code.tsx'
import { Fieldset, FormErrors } from '#app/components/ui/fieldset.tsx'
import { Page, Stack } from '#app/components/ui/layout.tsx'
import { Notice } from '#app/components/ui/notice.tsx'
import { PageHeader } from '#app/components/ui/page-header.tsx'
import { Pager } from '#app/components/ui/pager.tsx'
import { Panel } from '#app/components/ui/surfaces.tsx'
import { TextField } from '#app/components/ui/text-field.tsx'
import { personOf } from '#app/http/context.server.ts'
import { answerForm, parseForm } from '#app/http/form.server.ts'
import { accessKeysPage, createAccessKey } from '#services/accounts/access-keys.ts'
import type { CreateAccessKeyError } from '#services/accounts/errors.ts'
import { zoneOfHouse } from '#services/accounts/houses.ts'
import { accessScopes, mostKeys, scopeWords } from '#services/accounts/rules/access-keys.ts'
import { accessKeyInput, type AccessKeyForm } from '#services/accounts/schema.ts'
import { endOfDay } from '#services/kernel/period.ts'

export const meta = () => titled('Access keys')

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await personOf(args)
  const page = await accessKeysPage(ctx, new URL(args.request.url).searchParams.get('after'))
  return { page, zone: await zoneOfHouse(ctx) }
}

const sayings = {
  'ends-already': { fieldErrors: { until: ['That day has passed. Choose a later one, or none.'] } },
  'too-many-keys': { formErrors: [`You have ${mostKeys} keys that work, which is the most. Revoke one that you no longer need.`] },
} satisfies Record<CreateAccessKeyError, object>

export async function action(args: ActionFunctionArgs) {
  const ctx = await personOf(args)
  const form = await parseForm(args.request, accessKeyInput)
  if (form.status !== 'success') return answerForm(form)
  const { name, scopes, until } = form.value
  const outcome = await createAccessKey(ctx, { name, scopes, expiresAt: until ? endOfDay(until, await zoneOfHouse(ctx)) : null })
  if (!outcome.ok) return answerForm(form, sayings[outcome.error])
  // Not a redirect: the secret is in this one answer, in no address, cookie or table.
  return data({ made: { name, secret: outcome.value.secret, id: outcome.value.id } }, { headers: { 'Cache-Control': 'no-store' } })
}

export default function KeysPage() {
  const { page, zone } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const made = answer && 'made' in answer ? answer.made : undefined
  const [form, fields] = useForm<AccessKeyForm>({
    id: made?.id ?? 'new-key',
    lastResult: answer && !('made' in answer) ? answer : undefined,
  })
  return (
    <Page>
      <Breadcrumbs trail={[{ to: '/account', label: 'Your account' }]} />
      <PageHeader title="Access keys">
        For programs that ask for you. A key sees what you see, works until you revoke it or your seat ends, and opens no pages.
      </PageHeader>
      <Stack gap="lg">
        {made && (
          <Notice tone="success" title={`The key “${made.name}” is made`} live>
            <p>Copy it now and keep it where only the program can read it: it is shown this once.</p>
            <p>
              <CopyText value={made.secret} label="Copy the key" />
            </p>
          </Notice>
        )}
        <Panel title="Make a key">
          <Form method="post" key={made?.id ?? 'first'}>
            <Stack>
              <FormErrors errors={form.errors} />
              <TextField
                field={fields.name}
                label="Name"
                hint="The program that will use it, so that you know it again."
                required
                maxLength={80}
              />
              <Fieldset legend="It may" field={fields.scopes}>
                {accessScopes.map((scope) => (
                  <Checkbox
                    key={scope}
                    name={fields.scopes.name}
                    value={scope}
                    label={scopeWords[scope].label}
                    hint={scopeWords[scope].may}
                  />
                ))}
              </Fieldset>
              <TextField field={fields.until} type="date" label="Last day" optional hint="Empty: until you revoke it." />
              <div>
                <SubmitButton>Make the key</SubmitButton>
              </div>
            </Stack>
          </Form>
        </Panel>
        <AccessKeyTable keys={page.items} owners={page.keepsMembers} zone={zone} />
        <Pager next={page.next} />
      </Stack>
    </Page>
  )
}
