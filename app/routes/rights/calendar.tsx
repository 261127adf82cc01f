import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { data } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { z } from 'zod'
import { FeedPanel } from '#app/components/desk/feed-panel.tsx'
import { MonthGrid } from '#app/components/desk/month-grid.tsx'
import { Agenda } from '#app/components/desk/agenda.tsx'
import { CalendarHead } from '#app/components/desk/calendar-head.tsx'
import { YearStrip } from '#app/components/desk/year-strip.tsx'
import { titled } from '#app/components/shell/title.ts'
import { Page, Stack } from '#app/components/ui/layout.tsx'
import { PageHeader } from '#app/components/ui/page-header.tsx'
import { staffOf } from '#app/http/context.server.ts'
import { fieldsOf } from '#app/http/form.server.ts'
import { redirectWithToast } from '#app/http/toast.server.ts'
import { createAccessKey, revokeAccessKey } from '#services/accounts/access-keys.ts'
import { calendarKeys } from '#services/desk/calendar-keys.ts'
import { calendarPage } from '#services/desk/calendar.ts'
import { feedAddress, feedWishOf } from '#services/desk/calendar-feed.ts'

export const meta = () => titled('Calendar')

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await staffOf(args, 'RIGHTS_MANAGER', 'AUDITOR')
  const { searchParams } = new URL(args.request.url)
  const page = await calendarPage(ctx, searchParams.get('month'), searchParams.getAll('kind'))
  return { ...page, all: searchParams.getAll('kind').length === 0, keys: await calendarKeys(ctx) }
}

const chosen = z.object({
  kinds: z.array(z.string().max(40)).max(20),
  remind: z.array(z.string().max(4)).max(8),
  keyId: z.string().max(80).nullable(),
})

/** Make an address for another calendar, in place of an earlier one where one is named; or end one. */
export async function action(args: ActionFunctionArgs) {
  const ctx = await staffOf(args, 'RIGHTS_MANAGER', 'AUDITOR')
  const fields = await fieldsOf(args.request)
  const keyId = fields.get('keyId')
  const wish = chosen.safeParse({
    kinds: fields.getAll('kinds').map(String),
    remind: fields.getAll('remind').map(String),
    keyId: keyId && String(keyId),
  })
  if (!wish.success) return data({ address: null, error: 'Choose what the calendar shows.' }, { status: 400 })
  if (wish.data.keyId) await revokeAccessKey(ctx, { keyId: wish.data.keyId })
  if (fields.get('verb') === 'revoke')
    return redirectWithToast('/rights/calendar', { tone: 'success', text: 'The address opens nothing any more.' })
  const made = await createAccessKey(ctx, { name: 'Calendar', scopes: ['calendar'], expiresAt: null })
  if (!made.ok)
    return data({ address: null, error: 'You have as many keys as one can keep: end one under Account, Keys.' }, { status: 409 })
  const search = new URLSearchParams({ kinds: wish.data.kinds.join(','), remind: wish.data.remind.join(',') })
  return data({ address: feedAddress(ctx, made.value.secret, feedWishOf(search)), error: null })
}

export default function Calendar() {
  const page = useLoaderData<typeof loader>()
  const made = useActionData<typeof action>() as { address: string | null; error: string | null } | undefined
  return (
    <Page>
      <PageHeader eyebrow="Rights" title="Calendar">
        What ends or begins on which day: contracts, releases, licences, bans, embargoes.
      </PageHeader>
      <Stack gap="lg">
        <YearStrip year={page.year} kinds={page.all ? [] : page.kinds} />
        <CalendarHead {...page} />
        <MonthGrid {...page} />
        <Agenda {...page} />
        <FeedPanel keys={page.keys} zone={page.zone} made={made} />
      </Stack>
    </Page>
  )
}
