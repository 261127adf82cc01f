import { useEffect, useState, type DragEvent } from 'react'
import { Icon } from '#app/components/ui/icon.tsx'
import { acceptedExtensions } from '#services/assets/rules/file-types.ts'
import { droppedFiles, isDebris } from './dropped-files.ts'

interface DropZoneProps {
  title: string
  hint: string
  choose: string
  /** The label of the second button; none where one file is wanted. */
  chooseFolder: string | null
  /** Endings that are taken besides those of the library. */
  also?: string
  /** Files are under way: what becomes of them is looked at, not this. */
  small?: boolean
  add: (files: File[]) => void
}

/** Where files and folders are dropped or chosen. */
export function DropZone({ title, hint, choose, chooseFolder, also = '', small = false, add }: DropZoneProps) {
  const [over, setOver] = useState(false)
  const drop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    void droppedFiles(event.dataTransfer).then(add)
  }
  // A file dropped beside the zone must not make the browser leave the page and lose the queue.
  useEffect(() => {
    const stay = (event: Event) => event.preventDefault()
    for (const name of ['dragover', 'drop']) window.addEventListener(name, stay)
    return () => {
      for (const name of ['dragover', 'drop']) window.removeEventListener(name, stay)
    }
  }, [])
  return (
    <div
      className="dropzone"
      data-over={over ? '' : undefined}
      data-small={small ? '' : undefined}
      onDragOver={(event) => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <Icon name="upload" />
      <p className="dropzone-title">{title}</p>
      {!small && <p className="muted">{hint}</p>}
      <div className="cluster" data-justify="center">
        <Chooser label={choose} tone="primary" several={chooseFolder !== null || also !== ''} also={also} add={add} />
        {chooseFolder && <Chooser label={chooseFolder} folder several also={also} add={add} />}
      </div>
    </div>
  )
}

interface ChooserProps {
  label: string
  several: boolean
  folder?: boolean
  tone?: 'primary'
  also: string
  add: (files: File[]) => void
}

function Chooser({ label, several, folder = false, tone, also, add }: ChooserProps) {
  return (
    <label className="button" data-tone={tone}>
      {label}
      <input
        className="visually-hidden"
        type="file"
        accept={folder ? undefined : `${acceptedExtensions}${also}`}
        multiple={several}
        {...(folder ? { webkitdirectory: '' } : {})}
        onChange={(event) => {
          add([...(event.target.files ?? [])].filter(({ name }) => !isDebris(name)))
          event.target.value = ''
        }}
      />
    </label>
  )
}
