import type { LoaderFunctionArgs } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { sizeWords } from '#app/components/assets/file-words.ts'
import { LinkStatus, usedWords } from '#app/components/guests/link-words.tsx'
import { titled } from '#app/components/shell/title.ts'
import { ButtonLink } from '#app/components/ui/button.tsx'
import { EmptyState } from '#app/components/ui/empty-state.tsx'
import { Page } from '#app/components/ui/layout.tsx'
import { PageHeader } from '#app/components/ui/page-header.tsx'
import { Pager } from '#app/components/ui/pager.tsx'
import { Table } from '#app/components/ui/table.tsx'
import { When } from '#app/components/ui/when.tsx'
import { staffOf } from '#app/http/context.server.ts'
import { guestLinkList } from '#services/intake/guest-views.ts'

export const meta = () => titled('Guest links')

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await staffOf(args, 'LIBRARIAN')
  return guestLinkList(ctx, new URL(args.request.url).searchParams.get('after'))
}

export default function GuestLinks() {
  const { items, next } = useLoaderData<typeof loader>()
  const make = (
    <ButtonLink to="/library/links/new" icon="plus" tone="primary">
      Make a link
    </ButtonLink>
  )
  return (
    <Page>
      <PageHeader title="Guest links" actions={make}>
        Photographers, agencies and colleagues from outside send files through a link of their own. They declare source, licence and
        releases first, and see nothing of the library. What they send waits under <Link to="/library/outside">From outside</Link>.
      </PageHeader>
      <Table
        caption="Guest links"
        columns={[
          { label: 'Name', head: true, cell: (link) => <Link to={`/library/links/${link.id}`}>{link.name}</Link> },
          { label: 'State', cell: (link) => <LinkStatus standing={link.standing} /> },
          {
            label: 'Came in',
            cell: (link) => (
              <>
                {usedWords(link)} <span className="muted small nowrap">{sizeWords(link.used.bytes)}</span>
              </>
            ),
          },
          {
            label: 'Waiting',
            align: 'end',
            cell: (link) => (link.used.waiting > 0 ? <Link to={`/library/outside?link=${link.id}`}>{link.used.waiting}</Link> : '–'),
          },
          { label: 'Open until', cell: (link) => (link.endsAt ? <When at={link.endsAt} to="day" endOfSpan /> : 'No end') },
          { label: 'Brief', cell: (link) => link.brief && <Link to={`/briefs/${link.brief.id}`}>{link.brief.title}</Link> },
        ]}
        rows={items}
        rowKey={(link) => link.id}
        empty={
          <EmptyState icon="upload" title="No link yet" action={make}>
            Make one for the next shoot: give it a name, a password and an end.
          </EmptyState>
        }
      />
      <Pager next={next} />
    </Page>
  )
}
