import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node'
import { Form, Link, useLoaderData } from '@remix-run/react'
import { trayFull } from '#app/components/library/tray-words.ts'
import { AssetPicture } from '#app/components/assets/asset-picture.tsx'
import { AssetStatus } from '#app/components/assets/state-badge.tsx'
import { titled } from '#app/components/shell/title.ts'
import { Button, ButtonLink, IconButton } from '#app/components/ui/button.tsx'
import { EmptyState } from '#app/components/ui/empty-state.tsx'
import { Page } from '#app/components/ui/layout.tsx'
import { PageHeader } from '#app/components/ui/page-header.tsx'
import { backTo } from '#app/http/library-back.server.ts'
import { keepDropped, selectionSayings } from '#app/http/library-dropped.server.ts'
import { staffOf } from '#app/http/context.server.ts'
import { fieldsOf } from '#app/http/form.server.ts'
import { redirectWithToast } from '#app/http/toast.server.ts'
import { emptyTray, moveOnTray, putOnTray, selectTray, takeOffTray } from '#services/catalog/library-desk.ts'
import { trayPage } from '#services/catalog/library-views.ts'

export const meta = () => titled('Tray')

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await staffOf(args)
  const { searchParams } = new URL(args.request.url)
  if (searchParams.has('act')) {
    const kept = await selectTray(ctx)
    return kept.ok ? redirect(`/library/selections/${kept.value.id}`) : redirect('/library/tray')
  }
  return { ...(await trayPage(ctx)), emptied: searchParams.get('emptied') }
}

/** Put on, take off, move, empty, put back. The shelf looks again by itself; a form goes to the tray's page. */
export async function action(args: ActionFunctionArgs) {
  const ctx = await staffOf(args)
  const fields = await fieldsOf(args.request)
  const text = (name: string) => String(fields.get(name) ?? '')
  const onShelf = fields.has('shelf')
  const assets = text('assets').split(' ').filter(Boolean)
  let to = '/library/tray'
  switch (text('verb')) {
    case 'put':
    case 'put-back': {
      const kept = fields.has('all') ? await keepDropped(ctx, fields) : null
      const selected = kept?.ok ? kept.value.id : text('selection')
      const put = kept?.ok === false ? kept : await putOnTray(ctx, selected ? { selectionId: selected } : { ids: assets })
      if (put.ok) break
      const refused = put.error === 'tray-full' ? trayFull(put.detail) : selectionSayings[put.error]
      return onShelf ? { refused } : redirectWithToast(backTo(args.request), { tone: 'warning', text: refused })
    }
    case 'take':
      await takeOffTray(ctx, assets)
      break
    case 'move':
      await moveOnTray(ctx, { assetId: text('asset'), before: text('before') || null })
      break
    case 'empty': {
      const kept = await emptyTray(ctx)
      if (kept.ok) to = `/library/tray?emptied=${kept.value.id}`
    }
  }
  return onShelf ? { refused: null } : redirect(to, { status: 303 })
}

export default function TrayPage() {
  const { cards, total, emptied } = useLoaderData<typeof loader>()
  const acts = total > 0 && (
    <>
      <Form method="post">
        <Button type="submit" name="verb" value="empty" tone="quiet" icon="trash">
          Empty the tray
        </Button>
      </Form>
      <ButtonLink to="/library/tray?act" tone="primary">
        Act on them…
      </ButtonLink>
    </>
  )
  return (
    <Page>
      <PageHeader eyebrow={<Link to="/library">Library</Link>} title="Tray" actions={acts}>
        What you put aside while you look on. It stays until you take it off; only you see it.
      </PageHeader>
      {emptied && total === 0 && (
        <Form method="post" className="cluster">
          <input type="hidden" name="selection" value={emptied} />
          <p role="status">The tray is empty.</p>
          <Button type="submit" name="verb" value="put-back">
            Put everything back
          </Button>
        </Form>
      )}
      {total === 0 ? (
        <EmptyState icon="inbox" title="Nothing on the tray" action={<ButtonLink to="/library">To the library</ButtonLink>}>
          In the library press t on an asset, or select some and put them on the tray. From here they become a collection, a kit or a
          lightbox, or go through review together.
        </EmptyState>
      ) : (
        <ol className="tray-list">
          {cards.map((card, i) => (
            <li key={card.id}>
              <AssetPicture assetId={card.id} version={card.version} kind={card.kind} alt="" ratio="4 / 3" />
              <span>
                <Link to={`/library/assets/${card.id}`}>{card.title}</Link>
                <br />
                <AssetStatus state={card.state} />
              </span>
              <Form method="post" className="cluster" data-gap="sm" preventScrollReset>
                <input type="hidden" name="asset" value={card.id} />
                <input type="hidden" name="assets" value={card.id} />
                {i > 0 && <EarlierBefore id={cards[i - 1]?.id ?? ''} title={card.title} />}
                <IconButton type="submit" icon="close" label={`Take ${card.title} off the tray`} size="sm" name="verb" value="take" />
              </Form>
            </li>
          ))}
        </ol>
      )}
      {total > cards.length && (
        <p className="muted">
          The first {cards.length} of {total.toLocaleString('en-GB')} are shown.
        </p>
      )}
    </Page>
  )
}

function EarlierBefore({ id, title }: { id: string; title: string }) {
  return (
    <>
      <input type="hidden" name="before" value={id} />
      <IconButton type="submit" icon="arrow-up" label={`Move ${title} earlier`} size="sm" name="verb" value="move" />
    </>
  )
}
