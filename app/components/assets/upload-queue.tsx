import { Link } from '@remix-run/react'
import { useEffect, useRef, useState, type DragEvent } from 'react'
import { Button, ButtonLink } from '#app/components/ui/button.tsx'
import { Icon } from '#app/components/ui/icon.tsx'
import { Progress } from '#app/components/ui/progress.tsx'
import { acceptedExtensions, acceptedWords } from '#services/assets/rules/file-types.ts'
import { sizeWords } from './file-words.ts'
import { useUploads, type UploadItem } from './use-uploads.ts'

/** The drop zone and the list of files on their way. Needs JavaScript; the page holds a plain form for who has none. */
export function UploadQueue({ assetId }: { assetId: string | null }) {
  const { items, add, cancel, again } = useUploads(assetId)
  const [over, setOver] = useState(false)
  const input = useRef<HTMLInputElement>(null)
  const drop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    add(assetId ? [...event.dataTransfer.files].slice(0, 1) : event.dataTransfer.files)
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
    <div className="stack" data-gap="lg">
      <div
        className="dropzone"
        data-over={over ? '' : undefined}
        onDragOver={(event) => {
          event.preventDefault()
          setOver(true)
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
      >
        <Icon name="upload" />
        <p className="dropzone-title">{assetId ? 'Drop the new file here' : 'Drop files here'}</p>
        <p className="muted">{acceptedWords}, up to 500 MB each</p>
        <label className="button" data-tone="primary">
          {assetId ? 'Choose a file' : 'Choose files'}
          <input
            ref={input}
            className="visually-hidden"
            type="file"
            accept={acceptedExtensions}
            multiple={!assetId}
            onChange={(event) => {
              add(event.target.files ?? [])
              event.target.value = ''
            }}
          />
        </label>
      </div>
      {items.length > 0 && (
        <>
          <Total items={items} />
          <ul className="upload-list">
            {items.map((item) => (
              <UploadRow key={item.key} item={item} cancel={() => cancel(item.key)} again={(keep) => again(item.key, keep)} />
            ))}
          </ul>
        </>
      )}
    </div>
  )
}

function Total({ items }: { items: UploadItem[] }) {
  const counted = items.filter(({ state }) => state !== 'cancelled' && state !== 'refused')
  const done = items.filter(({ state }) => state === 'done')
  const open = items.filter(({ state }) => state === 'waiting' || state === 'sending').length
  const refused = items.filter(({ state }) => state === 'refused').length
  const whole = counted.reduce((sum, { file }) => sum + file.size, 0)
  const sent = counted.reduce((sum, item) => sum + Math.min(item.sent, item.file.size), 0)
  const first = done[0]?.answer
  return (
    <div className="upload-total">
      {open > 0 ? (
        <Progress
          label={`${done.length} of ${counted.length} in the library`}
          value={sent}
          max={Math.max(1, whole)}
          note={`${sizeWords(sent)} of ${sizeWords(whole)}`}
        />
      ) : (
        <div className="cluster" data-justify="between">
          <p className="upload-sum">
            {done.length === 0 ? 'Nothing was taken in.' : `${done.length} ${done.length === 1 ? 'file is' : 'files are'} in the library.`}
            {refused > 0 && ` ${refused} ${refused === 1 ? 'was' : 'were'} not.`}
          </p>
          {done.length === 1 && first?.ok ? (
            <ButtonLink to={`/library/assets/${first.assetId}`} tone="primary">
              Describe it
            </ButtonLink>
          ) : (
            done.length > 1 && (
              <ButtonLink to="/library?state=DRAFT" tone="primary">
                See the drafts
              </ButtonLink>
            )
          )}
        </div>
      )}
      <p className="visually-hidden" role="status">
        {open === 0 ? `Finished: ${done.length} taken in, ${refused} refused.` : ''}
      </p>
    </div>
  )
}

function UploadRow({ item, cancel, again }: { item: UploadItem; cancel: () => void; again: (keepTwin?: boolean) => void }) {
  const { file, state, sent, answer } = item
  const note = { waiting: 'Waits', sending: '', done: 'In the library', refused: 'Not taken in', cancelled: 'Cancelled' }[state]
  return (
    <li className="upload-row" data-state={state}>
      {state === 'sending' ? (
        <Progress
          label={file.name}
          value={sent}
          max={Math.max(1, file.size)}
          note={sent < file.size ? `${sizeWords(sent)} of ${sizeWords(file.size)}` : 'Being checked'}
        />
      ) : (
        <div className="upload-name">
          <Icon name={state === 'done' ? 'success' : state === 'refused' ? 'warning' : 'document'} />
          <span>{answer?.ok ? <Link to={`/library/assets/${answer.assetId}`}>{file.name}</Link> : file.name}</span>
          <span className="muted small nowrap">
            {sizeWords(file.size)} · {note}
          </span>
        </div>
      )}
      {answer && !answer.ok && (
        <p className="small" role="alert">
          {answer.message} {answer.assetId && <Link to={`/library/assets/${answer.assetId}`}>Open it</Link>}
        </p>
      )}
      <div className="cluster" data-gap="sm">
        {(state === 'waiting' || state === 'sending') && (
          <Button size="sm" tone="quiet" onClick={cancel} aria-label={`Cancel ${file.name}`}>
            Cancel
          </Button>
        )}
        {(state === 'cancelled' || (answer && !answer.ok && answer.error === 'cut-off')) && (
          <Button size="sm" onClick={() => again()} aria-label={`Send ${file.name} again`}>
            Send again
          </Button>
        )}
        {answer && !answer.ok && answer.error === 'duplicate-of' && (
          <Button size="sm" onClick={() => again(true)} aria-label={`Take ${file.name} in all the same`}>
            Take it in all the same
          </Button>
        )}
      </div>
    </li>
  )
}
