import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Form, Link, useLoaderData, useSearchParams } from '@remix-run/react'
import { lifeSayings } from '#app/components/assets/life-words.ts'
import { titled } from '#app/components/shell/title.ts'
import { Badge } from '#app/components/ui/badge.tsx'
import { SubmitButton } from '#app/components/ui/button.tsx'
import { Dialog } from '#app/components/ui/dialog.tsx'
import { EmptyState } from '#app/components/ui/empty-state.tsx'
import { Cluster, Page, Stack } from '#app/components/ui/layout.tsx'
import { many } from '#app/components/ui/many.ts'
import { PageHeader } from '#app/components/ui/page-header.tsx'
import { Pager } from '#app/components/ui/pager.tsx'
import { Picture } from '#app/components/ui/picture.tsx'
import { Table } from '#app/components/ui/table.tsx'
import { Tabs } from '#app/components/ui/tabs.tsx'
import { TextField } from '#app/components/ui/text-field.tsx'
import { When } from '#app/components/ui/when.tsx'
import { staffOf } from '#app/http/context.server.ts'
import { fieldsOf, parseFields } from '#app/http/form.server.ts'
import { redirectWithToast } from '#app/http/toast.server.ts'
import { binPage, type Binned } from '#services/assets/life-views.ts'
import { retentionInput } from '#services/assets/life-schema.ts'
import { restoreAsset } from '#services/assets/publishing.ts'
import { may } from '#services/retention/policy.ts'
import { purgeAsset, setRetention } from '#services/retention/purging.ts'

export const meta: MetaFunction = () => titled('Bin')

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await staffOf(args, 'LIBRARIAN', 'RIGHTS_MANAGER')
  const search = new URL(args.request.url).searchParams
  const page = await binPage(ctx, { after: search.get('after') ?? undefined, purged: search.has('purged') })
  return { ...page, mayPurge: may(ctx.actor, 'purge'), maySet: may(ctx.actor, 'set-retention') }
}

const purgeSayings = {
  'not-in-bin': 'It is not in the bin any more.',
  'legal-hold': 'A legal hold keeps it.',
  'licence-in-force': 'A licence is in force: its holder may still need the file.',
}

export async function action(args: ActionFunctionArgs) {
  const ctx = await staffOf(args, 'LIBRARIAN')
  const form = await fieldsOf(args.request)
  const word = (name: string): string => {
    const value = form.get(name)
    return typeof value === 'string' ? value : ''
  }
  const answer = (ok: boolean, text: string) => redirectWithToast('/library/bin', { tone: ok ? 'success' : 'danger', text })
  if (word('verb') === 'retention') {
    const read = parseFields(form, retentionInput)
    if (read.status !== 'success') return answer(false, 'Write a number of days, from 1 to 3650.')
    await setRetention(ctx, read.value)
    return answer(true, `What is put in the bin from now on stays ${many(read.value.days, 'day')}.`)
  }
  if (word('verb') === 'purge') {
    const outcome = await purgeAsset(ctx, { assetId: word('assetId') })
    return answer(outcome.ok, outcome.ok ? 'Purged: its record stays, its bytes go.' : purgeSayings[outcome.error])
  }
  const outcome = await restoreAsset(ctx, { assetId: word('assetId') })
  return answer(outcome.ok, outcome.ok ? 'Restored as a draft.' : lifeSayings[outcome.error](outcome.detail))
}

const day = 86_400_000
/** How long it stays, as people count. */
function Left({ purgeAt, now, legalHold }: { purgeAt: Date; now: Date; legalHold: boolean }) {
  if (legalHold) return <Badge tone="danger">Kept by a legal hold</Badge>
  const days = Math.ceil((purgeAt.getTime() - now.getTime()) / day)
  if (days <= 0) return <Badge tone="warning">Goes with the next purge</Badge>
  return <Badge tone={days <= 7 ? 'warning' : 'neutral'}>{days === 1 ? '1 day left' : `${days} days left`}</Badge>
}

function Acts({ item, mayRestore, mayPurge }: { item: Binned; mayRestore: boolean; mayPurge: boolean }) {
  return (
    <Cluster gap="sm">
      {mayRestore && (
        <Form method="post">
          <input type="hidden" name="assetId" value={item.id} />
          <SubmitButton size="sm" tone="secondary" name="verb" value="restore" aria-label={`Restore ${item.title}`}>
            Restore
          </SubmitButton>
        </Form>
      )}
      {mayPurge && !item.legalHold && (
        <Dialog title={`Purge “${item.title}” now?`} trigger="Purge" tone="danger" size="sm">
          <Form method="post">
            <Stack>
              <p>Its bytes go for good, those of every version. The record and its history stay.</p>
              <input type="hidden" name="assetId" value={item.id} />
              <SubmitButton tone="danger" name="verb" value="purge">
                Purge it
              </SubmitButton>
            </Stack>
          </Form>
        </Dialog>
      )}
    </Cluster>
  )
}

export default function Bin() {
  const { items, next, total, gone, now, zone, retentionDays, mayRestore, mayPurge, maySet } = useLoaderData<typeof loader>()
  const purged = useSearchParams()[0].has('purged')
  return (
    <Page>
      <PageHeader
        title="Bin"
        actions={
          maySet && (
            <Dialog title="How long the bin keeps" trigger="Retention time">
              <Form method="post">
                <Stack>
                  <input type="hidden" name="verb" value="retention" />
                  <TextField
                    name="days"
                    type="number"
                    min={1}
                    max={3650}
                    label="Days"
                    hint="For what is put in from now on."
                    defaultValue={retentionDays}
                    required
                  />
                  <SubmitButton>Save</SubmitButton>
                </Stack>
              </Form>
            </Dialog>
          )
        }
      >
        What lies here can be restored for {many(retentionDays, 'day')}. Then its bytes go, unless a legal hold or a licence in force keeps them.
      </PageHeader>
      <Tabs
        label="Bin"
        tabs={[
          { to: '/library/bin', label: 'In the bin', count: total, current: !purged },
          { to: '/library/bin?purged', label: 'Purged', count: gone, current: purged },
        ]}
      />
      <Table
        caption={purged ? 'Purged assets' : 'Assets in the bin, what goes first on top'}
        hideCaption
        rows={items}
        rowKey={({ id }) => id}
        empty={<EmptyState icon="trash" title={purged ? 'Nothing was purged' : 'The bin is empty'} />}
        columns={[
          {
            label: 'Asset',
            head: true,
            cell: ({ id, title, versionId, purgedAt }) => (
              <Cluster gap="sm">
                <span className="bin-picture">
                  <Picture src={purgedAt ? null : `/previews/${id}/grid?v=${versionId ?? ''}`} alt="" ratio="3 / 2" fit="contain" />
                </span>
                <Link to={`/library/assets/${id}/life`}>{title}</Link>
              </Cluster>
            ),
          },
          { label: 'Why', cell: ({ reason }) => reason },
          { label: 'Put in', cell: ({ deletedAt }) => <When at={deletedAt} to="day" zone={zone} /> },
          {
            label: purged ? 'Purged' : 'Goes',
            cell: ({ purgeAt, purgedAt, legalHold }) =>
              purgedAt ? (
                <When at={purgedAt} to="day" zone={zone} />
              ) : (
                <>
                  <Left purgeAt={purgeAt} now={now} legalHold={legalHold} /> <When at={purgeAt} to="day" zone={zone} />
                </>
              ),
          },
          ...(purged
            ? []
            : [{ label: 'Acts', bare: true, cell: (item: Binned) => <Acts item={item} mayRestore={mayRestore} mayPurge={mayPurge} /> }]),
        ]}
      />
      <Pager next={next} />
    </Page>
  )
}
