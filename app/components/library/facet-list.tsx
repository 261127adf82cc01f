import { Link } from '@remix-run/react'
import { useState } from 'react'
import type { Facet } from '#services/catalog/library-views.ts'
import { assetsType, readDragged, type Dragged } from './dragged.ts'

/** A collection takes what is dropped on its name. */
function CollectionName({ value, label, onDrop }: { value: string; label: string; onDrop: (collectionId: string, dragged: Dragged) => void }) {
  const [over, setOver] = useState(false)
  return (
    <span
      className="facet-drop"
      data-over={over || undefined}
      onDragOver={(event) => {
        if (!event.dataTransfer.types.includes(assetsType)) return
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault()
        setOver(false)
        const dragged = readDragged(event.dataTransfer.getData(assetsType))
        if (dragged) onDrop(value, dragged)
      }}
    >
      {label}
    </span>
  )
}

/** What the list can be narrowed by, with how many there would be. Each value is a link: it works without scripts, and back goes back. */
export function FacetList({
  facets,
  toggled,
  onDrop,
}: {
  facets: readonly Facet[]
  toggled: (facet: string, value: string) => string
  onDrop: (collectionId: string, dragged: Dragged) => void
}) {
  return (
    <div className="library-facets">
      {facets.map(({ name, label, choices }, index) => (
        <details key={name} open={index < 4 || choices.some(({ on }) => on)}>
          <summary>
            {label}
            {choices.some(({ on }) => on) && <span className="facet-on"> · {choices.filter(({ on }) => on).length}</span>}
          </summary>
          <ul>
            {choices.map(({ value, label: text, count, on }) => (
              <li key={value}>
                <Link
                  to={toggled(name, value)}
                  aria-current={on ? 'true' : undefined}
                  preventScrollReset
                  rel="nofollow"
                  data-on={on || undefined}
                >
                  <span className="facet-box" aria-hidden="true" />
                  {name === 'in' ? <CollectionName value={value} label={text} onDrop={onDrop} /> : <span>{text}</span>}
                  <span className="numeric small">{count.toLocaleString('en-GB')}</span>
                  {on && <span className="visually-hidden">(on; take it off)</span>}
                </Link>
              </li>
            ))}
          </ul>
        </details>
      ))}
    </div>
  )
}
