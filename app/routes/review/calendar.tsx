import { data, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node'
import { Form, Link, useActionData } from '@remix-run/react'
import { titled } from '#app/components/shell/title.ts'
import { Breadcrumbs } from '#app/components/ui/breadcrumbs.tsx'
import { SubmitButton } from '#app/components/ui/button.tsx'
import { CopyText } from '#app/components/ui/code.tsx'
import { Page, Stack } from '#app/components/ui/layout.tsx'
import { Notice } from '#app/components/ui/notice.tsx'
import { PageHeader } from '#app/components/ui/page-header.tsx'
import { staffOf } from '#app/http/context.server.ts'
import { createAccessKey } from '#services/accounts/access-keys.ts'
import { reviewFeedAddress } from '#services/review/feed.ts'

export const meta = () => titled('Reviews in your calendar')

export async function loader(args: LoaderFunctionArgs) {
  await staffOf(args)
  return null
}

/** Make an address for another calendar. It is said once. */
export async function action(args: ActionFunctionArgs) {
  const ctx = await staffOf(args)
  const made = await createAccessKey(ctx, { name: 'Calendar of reviews', scopes: ['calendar'], expiresAt: null })
  if (!made.ok) return data({ address: null }, { status: 409 })
  return data({ address: reviewFeedAddress(ctx, made.value.secret) })
}

export default function ReviewCalendar() {
  const made = useActionData<typeof action>()
  return (
    <Page width="narrow">
      <Breadcrumbs trail={[{ to: '/library/review', label: 'Review' }]} />
      <PageHeader title="In your own calendar">
        Subscribe to an address of your own in Outlook, Apple Calendar, Google Calendar or Thunderbird. It shows the due days of what waits
        for you, with a word the day before.
      </PageHeader>
      <Stack>
        {made?.address && (
          <Notice tone="success" title="Your address, shown this once" live>
            <CopyText value={made.address} />
            Whoever has it reads along: keep it to yourself.
          </Notice>
        )}
        {made && !made.address && (
          <Notice tone="danger" title="You have as many keys as one can keep" live>
            End one under <Link to="/account/keys">Account, Keys</Link>.
          </Notice>
        )}
        <Form method="post">
          <SubmitButton icon="link">Make an address</SubmitButton>
        </Form>
        <p className="small muted">
          It ends with your seat, or when you end it under <Link to="/account/keys">Account, Keys</Link>.
        </p>
      </Stack>
    </Page>
  )
}
