import { Link, useFetcher } from '@remix-run/react'
import { useEffect, useState } from 'react'
import { AssetPicture } from '#app/components/assets/asset-picture.tsx'
import { ButtonLink } from '#app/components/ui/button.tsx'
import { Icon } from '#app/components/ui/icon.tsx'
import { useLookup } from '#app/components/ui/use-lookup.ts'
import type { action } from '#app/routes/library/tray.tsx'
import type { loader } from '#app/routes/library/tray-shelf.ts'
import { assetsType, fieldsOfDragged, readDragged } from './dragged.ts'

export const trayKey = 'library-tray'

/** The shelf at the foot of the library: what lies there stays from page to page. It takes what is dropped on it. */
export function TrayShelf({ count }: { count: number }) {
  const fetcher = useFetcher<Awaited<ReturnType<typeof action>>>({ key: trayKey })
  const { said, look } = useLookup<Awaited<ReturnType<typeof loader>>>()
  const [over, setOver] = useState(false)
  const [lifted, setLifted] = useState<string | null>(null)
  useEffect(() => look('/library/tray/shelf'), [look, count, fetcher.data])
  const refused = fetcher.data && 'refused' in fetcher.data ? fetcher.data.refused : null
  const total = said?.total ?? count
  const cards = said?.cards ?? []
  const send = (fields: Record<string, string>) => fetcher.submit({ ...fields, shelf: 'yes' }, { method: 'post', action: '/library/tray' })
  const dropped = (event: React.DragEvent, before: string | null) => {
    event.preventDefault()
    event.stopPropagation()
    setOver(false)
    if (lifted) send({ verb: 'move', asset: lifted, before: before ?? '' })
    else {
      const dragged = readDragged(event.dataTransfer.getData(assetsType))
      if (dragged) send({ verb: 'put', ...fieldsOfDragged(dragged) })
    }
    setLifted(null)
  }
  return (
    <aside
      className="tray library-tray"
      aria-label="Tray"
      data-over={over || undefined}
      data-empty={total === 0 || undefined}
      onDragOver={(event) => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => dropped(event, null)}
    >
      <p className="library-tray-count" role="status">
        <Icon name="inbox" />
        {total === 0 ? 'Tray: drop assets here, or press t' : `${total.toLocaleString('en-GB')} on the tray`}
      </p>
      {refused && (
        <p role="alert" className="library-tray-refusal">
          {refused}
        </p>
      )}
      <ul className="tray-pictures">
        {cards.map((card) => (
          <li
            key={card.id}
            draggable
            onDragStart={() => setLifted(card.id)}
            onDragEnd={() => setLifted(null)}
            onDragOver={(event) => event.preventDefault()}
            onDrop={(event) => dropped(event, card.id)}
          >
            <button
              type="button"
              onClick={() => send({ verb: 'take', assets: card.id })}
              aria-label={`Take ${card.title} off the tray`}
              title={card.title}
            >
              <AssetPicture assetId={card.id} version={card.version} alt="" ratio="1 / 1" />
              <Icon name="close" />
            </button>
          </li>
        ))}
      </ul>
      {total > 0 && (
        <div className="tray-acts">
          <Link to="/library/tray" className="small">
            Arrange
          </Link>
          <ButtonLink to="/library/tray?act" size="sm" tone="primary">
            Act on them…
          </ButtonLink>
        </div>
      )}
    </aside>
  )
}
