import { Link } from '@remix-run/react'
import { Button } from '#app/components/ui/button.tsx'
import { Icon } from '#app/components/ui/icon.tsx'
import { Progress } from '#app/components/ui/progress.tsx'
import { sizeWords } from './file-words.ts'
import { LooksLike } from './looks-like.tsx'
import type { Lookalikes } from './use-lookalikes.ts'
import type { UploadItem } from './upload-list.ts'
import type { Uploads } from './use-uploads.ts'

const notes = { waiting: 'Waits', sending: '', paused: 'Paused', done: 'In the library', refused: 'Not taken in', cancelled: 'Cancelled' }

/** One file on its way, and what can be done about it. */
export function UploadRow({ item, uploads, lookalikes }: { item: UploadItem; uploads: Uploads; lookalikes: Lookalikes }) {
  const { key, file, state, sent, offline, answer } = item
  const unreadable = answer?.ok ? lookalikes.unreadable(answer.versionId) : null
  return (
    <li className="upload-row" data-state={unreadable ? 'refused' : state}>
      {state === 'sending' || (state === 'paused' && sent > 0) ? (
        <Progress label={file.name} value={sent} max={Math.max(1, file.size)} note={howFar(item)} />
      ) : (
        <div className="upload-name">
          <Icon name={unreadable || state === 'refused' ? 'warning' : state === 'done' ? 'success' : 'document'} />
          <span>{answer?.ok ? <Link to={`/library/assets/${answer.assetId}`}>{file.name}</Link> : file.name}</span>
          <span className="muted small nowrap">
            {sizeWords(file.size)} · {unreadable ? 'Kept, not readable' : notes[state]}
          </span>
        </div>
      )}
      {offline && <p className="small muted">The line is down. It is tried again by itself; nothing is lost.</p>}
      {answer && !answer.ok && (
        <p className="small" role="alert">
          {answer.message} {answer.assetId && <Link to={`/library/assets/${answer.assetId}`}>Open it</Link>}
        </p>
      )}
      {unreadable && (
        <p className="small" role="alert">
          {unreadable} It stays a draft until it has another file.
        </p>
      )}
      <SidecarLine item={item} />
      {answer?.ok && answer.versionId && <LooksLike fileName={file.name} versionId={answer.versionId} lookalikes={lookalikes} />}
      <div className="cluster" data-gap="sm">
        {state === 'sending' && sent < file.size && (
          <Button size="sm" tone="quiet" onClick={() => uploads.pause(key)} aria-label={`Pause ${file.name}`}>
            Pause
          </Button>
        )}
        {(state === 'paused' || state === 'cancelled' || (answer && !answer.ok && answer.error === 'cut-off')) && (
          <Button
            size="sm"
            onClick={() => uploads.goOn(key)}
            aria-label={`${state === 'cancelled' ? 'Send again:' : 'Go on with'} ${file.name}`}
          >
            {state === 'cancelled' ? 'Send again' : 'Go on'}
          </Button>
        )}
        {(state === 'waiting' || state === 'sending' || state === 'paused') && (
          <Button size="sm" tone="quiet" onClick={() => uploads.cancel(key)} aria-label={`Cancel ${file.name}`}>
            Cancel
          </Button>
        )}
        {answer && !answer.ok && answer.error === 'duplicate-of' && (
          <Button size="sm" onClick={() => void uploads.keepTwin(key)} aria-label={`Take it in all the same: ${file.name}`}>
            Take it in all the same
          </Button>
        )}
      </div>
    </li>
  )
}

function howFar({ file, state, sent }: UploadItem): string {
  if (state === 'sending' && sent >= file.size) return 'Being checked'
  return `${sizeWords(sent)} of ${sizeWords(file.size)}${state === 'paused' ? ' · Paused' : ''}`
}

/** What becomes of the XMP that came beside a file. */
function SidecarLine({ item: { state, sidecar } }: { item: UploadItem }) {
  if (!sidecar || state === 'cancelled') return null
  const { file, state: its, said } = sidecar
  if (its === 'refused')
    return (
      <p className="small" role="alert">
        {file.name}: {said}
      </p>
    )
  return <p className="small muted">{its === 'read' ? `${file.name} is being read with it.` : `With ${file.name}`}</p>
}
