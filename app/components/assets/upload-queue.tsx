import { useMemo } from 'react'
import { acceptedWords, limitWords, uploadLimit } from '#services/assets/rules/file-types.ts'
import { DropZone } from './drop-zone.tsx'
import { isSidecar } from './sidecar-pairs.ts'
import { UploadRow } from './upload-row.tsx'
import { UploadTotal } from './upload-total.tsx'
import { staffWay } from './upload-way.ts'
import { useLookalikes, type Lookalikes } from './use-lookalikes.ts'
import type { UploadItem } from './upload-list.ts'
import { useUploads, type Uploads } from './use-uploads.ts'

/** A version is one file, and the sidecar that came with it. */
function oneWithSidecar(files: File[]): File[] {
  const file = files.find(({ name }) => !isSidecar(name))
  return [...(file ? [file] : []), ...files.filter(({ name }) => isSidecar(name)).slice(0, 1)]
}

/** The drop zone and the list of files on their way. Needs JavaScript; the page holds a plain form for who has none. */
export function UploadQueue({ assetId, briefId = null }: { assetId: string | null; briefId?: string | null }) {
  const way = useMemo(() => staffWay({ assetId, briefId }), [assetId, briefId])
  const uploads = useUploads(way)
  const { items, strays, add } = uploads
  const lookalikes = useLookalikes(items)
  // Among five hundred that went well, the five that did not are what one looks for.
  const asking = items.filter((item) => asks(item, lookalikes))
  const rest = items.filter((item) => !asking.includes(item))
  return (
    <div className="stack" data-gap="lg">
      <DropZone
        title={assetId ? 'Drop the new file here' : 'Drop files or folders here'}
        hint={`${acceptedWords}, up to ${limitWords(uploadLimit)} each. A broken line or a closed laptop loses nothing.`}
        choose={assetId ? 'Choose a file' : 'Choose files'}
        chooseFolder={assetId ? null : 'Choose a folder'}
        also=",.xmp"
        small={items.length > 0}
        add={(files) => add(assetId ? oneWithSidecar(files) : files)}
      />
      {strays.length > 0 && (
        <p className="small" role="status">
          {strays.map(({ name }) => name).join(', ')} {strays.length === 1 ? 'waits' : 'wait'} for a file of the same name: drop it here
          too.
        </p>
      )}
      {items.length > 0 && (
        <>
          <UploadTotal uploads={uploads} lookalikes={lookalikes} briefId={briefId} />
          <Rows title={rest.length > 0 ? 'For you to look at' : null} items={asking} uploads={uploads} lookalikes={lookalikes} />
          <Rows title={asking.length > 0 ? 'All others' : null} items={rest} uploads={uploads} lookalikes={lookalikes} />
        </>
      )}
    </div>
  )
}

/** It waits for a person, or did: what was answered stays where it was asked. */
const asks = ({ state, answer, sidecar }: UploadItem, lookalikes: Lookalikes): boolean =>
  state === 'refused' ||
  sidecar?.state === 'refused' ||
  (answer?.ok === true &&
    answer.versionId !== undefined &&
    (lookalikes.unreadable(answer.versionId) !== null || lookalikes.of(answer.versionId).length > 0))

interface RowsProps {
  title: string | null
  items: readonly UploadItem[]
  uploads: Uploads
  lookalikes: Lookalikes
}

function Rows({ title, items, uploads, lookalikes }: RowsProps) {
  if (items.length === 0) return null
  return (
    <section className="stack" data-gap="sm" aria-label={title ?? 'Files'}>
      {title && (
        <h2 className="upload-part">
          {title} <span className="muted numeric">{items.length}</span>
        </h2>
      )}
      <ul className="upload-list">
        {items.map((item) => (
          <UploadRow key={item.key} item={item} uploads={uploads} lookalikes={lookalikes} />
        ))}
      </ul>
    </section>
  )
}
