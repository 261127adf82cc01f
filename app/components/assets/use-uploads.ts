import { useCallback, useEffect, useReducer, useRef } from 'react'
import { headSize, sniff, uploadLimit } from '#services/assets/rules/file-types.ts'
import { refusalOf, type UploadAnswer } from './upload-words.ts'

export interface UploadItem {
  key: number
  file: File
  state: 'waiting' | 'sending' | 'done' | 'refused' | 'cancelled'
  sent: number
  answer: UploadAnswer | null
  keepTwin: boolean
}
type Change = { add: UploadItem[] } | { key: number; set: Partial<UploadItem> }

const reduce = (items: UploadItem[], change: Change): UploadItem[] =>
  'add' in change ? [...items, ...change.add] : items.map((item) => (item.key === change.key ? { ...item, ...change.set } : item))

/** Two at a time: one fills the line, the other fills the gaps between files. */
const atOnce = 2
let lastKey = 0

/** Sends files one request each, with progress and cancel; what the rules refuse is refused before a byte is sent. */
export function useUploads(assetId: string | null) {
  const [items, change] = useReducer(reduce, [])
  const requests = useRef(new Map<number, XMLHttpRequest>())

  const send = useCallback(
    async (item: UploadItem) => {
      change({ key: item.key, set: { state: 'sending', sent: 0 } })
      const early = await refusedEarly(item.file)
      const answer = early ?? (await post(item, assetId, requests.current, (sent) => change({ key: item.key, set: { sent } })))
      if (answer) change({ key: item.key, set: { state: answer.ok ? 'done' : 'refused', sent: item.file.size, answer } })
      else change({ key: item.key, set: { state: 'cancelled' } })
    },
    [assetId],
  )

  useEffect(() => {
    const free = atOnce - items.filter(({ state }) => state === 'sending').length
    for (const item of items.filter(({ state }) => state === 'waiting').slice(0, Math.max(0, free))) void send(item)
  }, [items, send])

  const busy = items.some(({ state }) => state === 'waiting' || state === 'sending')
  useEffect(() => {
    if (!busy) return
    const ask = (event: BeforeUnloadEvent) => event.preventDefault()
    window.addEventListener('beforeunload', ask)
    return () => window.removeEventListener('beforeunload', ask)
  }, [busy])

  return {
    items,
    busy,
    add: (files: Iterable<File>) =>
      change({ add: [...files].map((file) => ({ key: ++lastKey, file, state: 'waiting', sent: 0, answer: null, keepTwin: false })) }),
    cancel: (key: number) => {
      requests.current.get(key)?.abort()
      change({ key, set: { state: 'cancelled' } })
    },
    again: (key: number, keepTwin = false) => change({ key, set: { state: 'waiting', sent: 0, answer: null, keepTwin } }),
  }
}

/** The server's own rules, asked here first: nobody waits for 400 MB to be told that it is a film. */
async function refusedEarly(file: File): Promise<UploadAnswer | null> {
  if (file.size > uploadLimit) return refusalOf('too-large', null)
  try {
    const kind = sniff(new Uint8Array(await file.slice(0, headSize).arrayBuffer()))
    return kind.accepted ? null : refusalOf('refused-type', { what: kind.what })
  } catch {
    return {
      ok: false,
      error: 'cut-off',
      message: 'The file cannot be read on this computer. If it is a folder, open it and choose the files in it.',
    }
  }
}

/** Null when it was cancelled. `XMLHttpRequest`, because `fetch` does not say how far a body has got. */
function post(
  { key, file, keepTwin }: UploadItem,
  assetId: string | null,
  requests: Map<number, XMLHttpRequest>,
  progress: (sent: number) => void,
): Promise<UploadAnswer | null> {
  const search = new URLSearchParams({ name: file.name, ...(assetId && { asset: assetId }), ...(keepTwin && { twin: 'keep' }) })
  return new Promise((resolve) => {
    const request = new XMLHttpRequest()
    requests.set(key, request)
    request.open('POST', `/library/upload/file?${search}`)
    request.responseType = 'text'
    request.setRequestHeader('Content-Type', 'application/octet-stream')
    request.upload.addEventListener('progress', ({ loaded }) => progress(loaded))
    request.addEventListener('abort', () => resolve(null))
    request.addEventListener('error', () => resolve(refusalOf('cut-off', null)))
    request.addEventListener('load', () => resolve(answerOf(request)))
    request.addEventListener('loadend', () => requests.delete(key))
    request.send(file)
  })
}

function answerOf(request: XMLHttpRequest): UploadAnswer {
  if (request.getResponseHeader('Content-Type')?.startsWith('application/json')) {
    const answer = JSON.parse(request.responseText) as Partial<UploadAnswer>
    if (typeof answer.ok === 'boolean') return answer as UploadAnswer
  }
  const message =
    request.status === 403
      ? 'Your role does not allow uploads. Ask an administrator.'
      : request.status >= 500
        ? 'Something failed on our side. Try again in a moment.'
        : 'The upload was not accepted. You may have been signed out: reload the page.'
  return { ok: false, error: 'cut-off', message }
}
