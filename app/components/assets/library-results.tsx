import { Link } from '@remix-run/react'
import { Badge } from '#app/components/ui/badge.tsx'
import { Columns } from '#app/components/ui/layout.tsx'
import { Card } from '#app/components/ui/surfaces.tsx'
import { Table, type Column } from '#app/components/ui/table.tsx'
import { When } from '#app/components/ui/when.tsx'
import type { AssetState } from '#services/assets/rules/asset-states.ts'
import { kindWords, type AssetKind, type Audience } from '#services/assets/rules/asset-words.ts'
import { AssetPicture } from './asset-picture.tsx'
import { dimensionWords, sizeWords, typeWords } from './file-words.ts'
import { AssetStatus } from './state-badge.tsx'

export interface LibraryItem {
  id: string
  title: string
  altText: string
  state: AssetState
  kind: AssetKind
  audience: Audience
  changedAt: Date
  creator: string
  hasNewer: boolean
  version: {
    id: string
    number: number
    processing: 'WAITING' | 'READY' | 'REJECTED'
    mediaType: string
    byteSize: number
    width: number | null
    height: number | null
    colour: string | null
  } | null
}

const addressOf = (item: LibraryItem): string => `/library/assets/${item.id}`

/** Signs that a librarian looks for: what is wrong, what is newer than what the world sees, who it is for. */
function Signs({ item }: { item: LibraryItem }) {
  return (
    <>
      {item.version?.processing === 'REJECTED' && <Badge tone="danger">File not readable</Badge>}
      {item.version?.processing === 'WAITING' && <Badge>Being read</Badge>}
      {item.hasNewer && <Badge tone="warning">Newer version</Badge>}
      {item.audience !== 'STORE' && <Badge>{item.audience === 'PORTAL' ? 'Portal' : 'Internal'}</Badge>}
    </>
  )
}

const factsOf = ({ version }: LibraryItem): string =>
  version
    ? [typeWords(version.mediaType).split(' ')[0], dimensionWords(version), sizeWords(version.byteSize)].filter(Boolean).join(' · ')
    : 'No file'

/** Big pictures, for the eye that knows what it looks for. */
export function LibraryGrid({ items }: { items: readonly LibraryItem[] }) {
  return (
    <Columns least="15rem">
      {items.map((item, index) => (
        <Card
          key={item.id}
          title={item.title}
          to={addressOf(item)}
          as="h2"
          media={<AssetPicture assetId={item.id} version={item.version} alt="" ratio="3 / 2" eager={index < 4} />}
        >
          <p className="small muted">{factsOf(item)}</p>
          <p className="cluster" data-gap="sm">
            <AssetStatus state={item.state} />
            <Signs item={item} />
          </p>
        </Card>
      ))}
    </Columns>
  )
}

const columns: Column<LibraryItem>[] = [
  {
    label: 'Title',
    head: true,
    cell: (item) => (
      <span className="library-row">
        <AssetPicture assetId={item.id} version={item.version} alt="" ratio="3 / 2" />
        <Link to={addressOf(item)}>{item.title}</Link>
      </span>
    ),
  },
  {
    label: 'State',
    cell: (item) => (
      <span className="cluster" data-gap="sm">
        <AssetStatus state={item.state} />
        <Signs item={item} />
      </span>
    ),
  },
  { label: 'Kind', cell: (item) => kindWords[item.kind] },
  { label: 'Creator', cell: (item) => item.creator || <span className="muted">Not said</span> },
  { label: 'File', cell: factsOf },
  { label: 'Changed', cell: (item) => <When at={item.changedAt} to="day" /> },
]

/** Rows, for comparing. */
export const LibraryTable = ({ items }: { items: readonly LibraryItem[] }) => (
  <Table caption="Assets" hideCaption columns={columns} rows={items} rowKey={({ id }) => id} />
)
