import type { CSSProperties } from 'react'
import type { ComparePage } from '#services/assets/compare-view.ts'
import { AssetPlayer } from '../assets/asset-player.tsx'
import { IconButton } from '../ui/button.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { Link } from '../ui/link.tsx'
import { useScripted } from '../discussion/use-scripted.ts'
import { useTogether } from './use-together.ts'

export type Pair = NonNullable<ComparePage['pair']>
type Side = Pair['from']

/** Two versions beside each other; enlarged and moved together. */
export function CompareSides({ asset, pair, sheet }: { asset: ComparePage['asset']; pair: Pair; sheet: number }) {
  const { zoom, change, frameOf, onScroll, least, most } = useTogether()
  const scripted = useScripted()
  const sides = [pair.from, pair.to]
  const pages = Math.max(...sides.map(({ sheets }) => sheets.length))
  if (sides.every(({ sheets }) => sheets.length === 0)) return <NoPicture />
  const plays = sides.some(({ player }) => player?.form === 'FILM' || player?.form === 'SOUND')
  return (
    <>
      {scripted && !plays && (
        <div className="stage-bar" role="toolbar" aria-label="Size of both">
          <span className="stage-zoom">
            <IconButton icon="minus" size="sm" label="Both smaller" onClick={() => change(-1)} aria-disabled={least} />
            <output className="numeric small" aria-live="polite">
              {zoom * 100} %
            </output>
            <IconButton icon="plus" size="sm" label="Both larger" onClick={() => change(1)} aria-disabled={most} />
            <IconButton icon="picture" size="sm" label="Both whole" onClick={() => change(0)} aria-disabled={least} />
          </span>
        </div>
      )}
      <div className="compare-sides">
        {sides.map((side) => (
          <figure key={side.id}>
            {plays && side.player ? (
              <AssetPlayer version={side.player} alt={`Version ${side.number} of ${asset.title}`} />
            ) : (
              <div
                ref={frameOf(side.id)}
                className="stage-frame"
                role="region"
                aria-label={`Version ${side.number}`}
                onScroll={(event) => onScroll(event.currentTarget)}
              >
                <Shown side={side} title={asset.title} sheet={sheet} zoom={zoom} />
              </div>
            )}
            <Caption side={side} />
          </figure>
        ))}
      </div>
      {pages > 1 && !plays && <Sheets pair={pair} sheet={sheet} pages={pages} as="side" />}
    </>
  )
}

function Shown({ side, title, sheet, zoom }: { side: Side; title: string; sheet: number; zoom: number }) {
  const shown = side.sheets[sheet - 1]
  if (!shown) return <p className="compare-none muted">{side.gone ? 'Its bytes are gone.' : `There is no picture of page ${sheet}.`}</p>
  return (
    <div className="stage-picture" style={{ '--ratio': shown.width / shown.height, '--zoom': zoom } as CSSProperties}>
      <img src={shown.src} alt={`Version ${side.number} of ${title}`} width={shown.width} height={shown.height} />
    </div>
  )
}

export const Caption = ({ side }: { side: Side }) => (
  <figcaption className="small">
    <strong>Version {side.number}</strong> {side.live && '(live)'}
    {side.note && <span className="muted"> · {side.note}</span>}
  </figcaption>
)

export const NoPicture = () => (
  <EmptyState icon="picture" title="Nothing to look at" as="h2">
    These versions have no picture. What can be compared of them stands below.
  </EmptyState>
)

/** The way to other pages of a document; addresses, so that it works without scripts too. */
export function Sheets({ pair, sheet, pages, as }: { pair: Pair; sheet: number; pages: number; as: string }) {
  const to = (page: number) => `?from=${pair.from.number}&to=${pair.to.number}&as=${as}&page=${page}`
  return (
    <nav className="cluster" data-gap="sm" aria-label="Pages">
      {sheet > 1 && (
        <Link to={to(sheet - 1)} preventScrollReset>
          Page before
        </Link>
      )}
      <span className="numeric small">
        Page {sheet} of {pages}
      </span>
      {sheet < pages && (
        <Link to={to(sheet + 1)} preventScrollReset>
          Next page
        </Link>
      )}
    </nav>
  )
}
