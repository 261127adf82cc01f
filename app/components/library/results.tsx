import { Link } from '@remix-run/react'
import type { MouseEvent, ReactNode, RefObject } from 'react'
import { AssetPicture } from '#app/components/assets/asset-picture.tsx'
import { dimensionWords, sizeWords, typeWords } from '#app/components/assets/file-words.ts'
import { AssetStatus } from '#app/components/assets/state-badge.tsx'
import { clockWords } from '#app/components/assets/clock-words.ts'
import { KindMark } from '#app/components/assets/kind-mark.tsx'
import { Badge } from '#app/components/ui/badge.tsx'
import { Icon } from '#app/components/ui/icon.tsx'
import { When } from '#app/components/ui/when.tsx'
import type { LibraryCard } from '#services/catalog/library-views.ts'
import { columnWords, type LibraryColumn } from '#services/catalog/rules/library-columns.ts'
import { kindWords } from '#services/assets/rules/asset-words.ts'
import { assetsType, type Dragged } from './dragged.ts'

/** The form that all boxes and buttons of the list belong to. */
export const pickForm = 'library-pick'

interface ResultsProps {
  cards: readonly LibraryCard[]
  list: RefObject<HTMLDivElement>
  isPicked: (id: string) => boolean
  onPick: (id: string, wanted: boolean, event: MouseEvent) => void
  onDrag: (id: string) => Dragged
  count: number
}

/** Signs that a librarian looks for: what is wrong, what is newer than what the world sees, who it is for. */
function Signs({ card }: { card: LibraryCard }) {
  return (
    <>
      {card.version?.processing === 'REJECTED' && <Badge tone="danger">File not readable</Badge>}
      {card.version?.processing === 'WAITING' && <Badge>Being read</Badge>}
      {card.legalHold && <Badge tone="danger">Legal hold</Badge>}
      {card.rights === 'expired' && <Badge tone="danger">Rights expired</Badge>}
      {card.rights === 'ending' && <Badge tone="warning">Rights end soon</Badge>}
      {card.hasNewer && <Badge tone="warning">Newer version</Badge>}
      {card.lacks && card.lacks.length > 0 && (
        <span title={card.lacks.join(', ')}>
          <Badge tone="warning">
            {`Lacks ${card.lacks.length}`}
            <span className="visually-hidden">: {card.lacks.join(', ')}</span>
          </Badge>
        </span>
      )}
      {card.audience !== 'STORE' && <Badge>{card.audience === 'PORTAL' ? 'Portal' : 'Internal'}</Badge>}
    </>
  )
}

const factsOf = ({ version }: LibraryCard): string =>
  version
    ? [
        typeWords(version.mediaType).split(' ')[0],
        version.durationMs ? clockWords(version.durationMs) : null,
        dimensionWords(version),
        sizeWords(version.byteSize),
      ]
        .filter(Boolean)
        .join(' · ')
    : 'No file'

const startDrag = (onDrag: ResultsProps['onDrag'], id: string) => (event: React.DragEvent) => {
  event.dataTransfer.setData(assetsType, JSON.stringify(onDrag(id)))
  event.dataTransfer.effectAllowed = 'copy'
}

function Box({ card, isPicked, onPick }: { card: LibraryCard } & Pick<ResultsProps, 'isPicked' | 'onPick'>) {
  const picked = isPicked(card.id)
  return (
    <input
      type="checkbox"
      className="pick-box"
      form={pickForm}
      name="asset"
      value={card.id}
      checked={picked}
      aria-label={`Select ${card.title}`}
      onChange={() => undefined}
      onClick={(event) => onPick(card.id, !picked, event)}
    />
  )
}

/** Pictures, for the eye that knows what it looks for. */
export function LibraryTiles({ cards, list, isPicked, onPick, onDrag, count, density }: ResultsProps & { density: string }) {
  return (
    <div
      className="library-tiles"
      data-density={density}
      ref={list}
      role="grid"
      aria-multiselectable="true"
      aria-label="Assets"
      aria-rowcount={count}
    >
      {cards.map((card, index) => (
        <div
          key={card.id}
          role="row"
          tabIndex={-1}
          aria-selected={isPicked(card.id)}
          className="library-tile"
          data-asset={card.id}
          id={card.id}
          draggable
          onDragStart={startDrag(onDrag, card.id)}
        >
          <div role="gridcell">
            <Link to={`/library/assets/${card.id}`} className="library-tile-link" prefetch="none">
              <span className="has-kind-mark">
                <AssetPicture assetId={card.id} version={card.version} kind={card.kind} alt="" ratio="4 / 3" eager={index < 6} />
                <KindMark kind={card.kind} durationMs={card.version?.durationMs ?? null} label={kindWords[card.kind]} />
              </span>
              <span className="library-tile-title">{card.title}</span>
            </Link>
            <p className="small muted library-tile-facts">{factsOf(card)}</p>
            <p className="cluster" data-gap="sm">
              <AssetStatus state={card.state} />
              <Signs card={card} />
            </p>
            <Box card={card} isPicked={isPicked} onPick={onPick} />
            {card.onTray && (
              <span className="library-tile-tray" title="On your tray">
                <Icon name="inbox" />
                <span className="visually-hidden">On your tray</span>
              </span>
            )}
          </div>
        </div>
      ))}
    </div>
  )
}

const cells: Record<LibraryColumn, (card: LibraryCard) => ReactNode> = {
  state: (card) => (
    <span className="cluster" data-gap="sm">
      <AssetStatus state={card.state} />
      <Signs card={card} />
    </span>
  ),
  lacks: (card) => card.lacks?.join(', ') || <span className="muted">Nothing</span>,
  kind: (card) => kindWords[card.kind],
  creator: (card) => card.creator || <span className="muted">Not said</span>,
  file: (card) => (card.version ? `${typeWords(card.version.mediaType).split(' ')[0]} · ${sizeWords(card.version.byteSize)}` : 'No file'),
  size: (card) => (card.version && dimensionWords(card.version)) || <span className="muted">–</span>,
  changed: (card) => <When at={card.changedAt} to="day" />,
  uploaded: (card) => <When at={card.createdAt} to="day" />,
  by: (card) => card.by ?? <span className="muted">Nobody</span>,
  audience: (card) => ({ STORE: 'Store', PORTAL: 'Portal', INTERNAL: 'Internal' })[card.audience],
  keywords: (card) => card.keywords.join(', ') || <span className="muted">None</span>,
  rights: (card) => ({ valid: 'In force', ending: 'End soon', expired: 'Expired', none: 'None recorded' })[card.rights],
  ends: (card) => (card.endsAt ? <When at={card.endsAt} to="day" /> : <span className="muted">–</span>),
  licence: (card) => card.licences.join(', ') || <span className="muted">Not for sale</span>,
}

/** Rows, for comparing, with the columns that one has chosen. */
export function LibraryRows({
  cards,
  list,
  isPicked,
  onPick,
  onDrag,
  count,
  columns,
}: ResultsProps & { columns: readonly LibraryColumn[] }) {
  return (
    <div className="library-rows" ref={list}>
      <div role="grid" aria-multiselectable="true" aria-label="Assets" aria-rowcount={count + 1} aria-colcount={columns.length + 1}>
        <div role="row" className="library-row-head">
          <span role="columnheader">Title</span>
          {columns.map((column) => (
            <span role="columnheader" key={column}>
              {columnWords[column]}
            </span>
          ))}
        </div>
        {cards.map((card) => (
          <div
            key={card.id}
            role="row"
            tabIndex={-1}
            aria-selected={isPicked(card.id)}
            className="library-row-line"
            data-asset={card.id}
            id={card.id}
            draggable
            onDragStart={startDrag(onDrag, card.id)}
          >
            <div role="gridcell" className="library-row-title">
              <Box card={card} isPicked={isPicked} onPick={onPick} />
              <Link to={`/library/assets/${card.id}`} className="library-row-link">
                <AssetPicture assetId={card.id} version={card.version} kind={card.kind} alt="" ratio="4 / 3" />
                <span>{card.title}</span>
              </Link>
            </div>
            {columns.map((column) => (
              <div role="gridcell" key={column} data-label={columnWords[column]}>
                {cells[column](card)}
              </div>
            ))}
          </div>
        ))}
      </div>
    </div>
  )
}
