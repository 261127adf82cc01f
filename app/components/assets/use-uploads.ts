import { useCallback, useEffect, useReducer, useRef } from 'react'
import { headSize, sniff, uploadLimit } from '#services/assets/rules/file-types.ts'
import { hashOfFile } from './hash-file.ts'
import { finish, sendFile, type Sending } from './send-file.ts'
import { changed, emptyList, type UploadItem } from './upload-list.ts'
import type { UploadWay } from './upload-way.ts'
import type { UploadAnswer } from './upload-words.ts'

/** Two fill the line and the gaps between files; more would only share it. */
const atOnce = 3
let lastKey = 0

/** Sends files in pieces, with progress, pause and cancel; what the rules refuse is refused before a byte is sent. */
export function useUploads(way: UploadWay) {
  const [{ items, strays }, change] = useReducer(changed, emptyList)
  const sendings = useRef(new Map<number, Sending>())
  /** The attempt that a file is in: one that was stopped while its file was looked at must not go on and send it. */
  const attempts = useRef(new Map<number, symbol>())
  /** Where whole files wait that the library has already. */
  const places = useRef(new Map<number, string>())

  const send = useCallback(
    async ({ key, file, keepTwin }: UploadItem) => {
      const set = (values: Partial<UploadItem>) => change({ key, set: values })
      const attempt = Symbol(file.name)
      attempts.current.set(key, attempt)
      const stopped = () => attempts.current.get(key) !== attempt
      set({ state: 'sending', answer: null, offline: false })
      const early = (await refusedEarly(file, way)) ?? (keepTwin || stopped() ? null : await knownBefore(file, way))
      if (stopped()) return
      const answer =
        early ??
        (await sendFile(
          file,
          { way, keepTwin, progress: (sent) => stopped() || set({ sent }), waiting: (offline) => stopped() || set({ offline }) },
          (sending) => {
            if (stopped()) sending.pause()
            else sendings.current.set(key, sending)
          },
        ))
      if (!answer || stopped()) return
      sendings.current.delete(key)
      if ('url' in answer && typeof answer.url === 'string') places.current.set(key, answer.url)
      set({ state: answer.ok ? 'done' : 'refused', offline: false, answer, ...(answer.ok ? { sent: file.size } : {}) })
    },
    [way],
  )

  useEffect(() => {
    const free = atOnce - items.filter(({ state }) => state === 'sending').length
    for (const item of items.filter(({ state }) => state === 'waiting').slice(0, Math.max(0, free))) void send(item)
  }, [items, send])

  const { sidecar: sendSidecar } = way
  useEffect(() => {
    if (!sendSidecar) return
    for (const { key, state, answer, sidecar } of items) {
      if (state !== 'done' || sidecar?.state !== 'waiting' || !answer?.ok || !answer.assetId) continue
      change({ key, set: { sidecar: { ...sidecar, state: 'sending' } } })
      void sendSidecar(answer.assetId, sidecar.file).then((said) =>
        change({ key, set: { sidecar: { ...sidecar, state: said === null ? 'read' : 'refused', said } } }),
      )
    }
  }, [items, sendSidecar])

  const busy = items.some(({ state, sidecar }) => state === 'waiting' || state === 'sending' || sidecar?.state === 'sending')
  useEffect(() => {
    if (!busy) return
    const ask = (event: BeforeUnloadEvent) => event.preventDefault()
    window.addEventListener('beforeunload', ask)
    return () => window.removeEventListener('beforeunload', ask)
  }, [busy])

  const stop = (key: number, how: 'pause' | 'cancel') => {
    attempts.current.delete(key)
    sendings.current.get(key)?.[how]()
    // What is paused can still be given up, and then leaves nothing where it was sent to.
    if (how === 'cancel') sendings.current.delete(key)
  }
  return {
    items,
    strays,
    busy,
    add: (files: Iterable<File>) => {
      const all = [...files]
      change({ add: all, keys: all.map(() => ++lastKey), takesSidecars: sendSidecar !== undefined })
    },
    pause: (key: number) => {
      stop(key, 'pause')
      change({ key, set: { state: 'paused' } })
    },
    goOn: (key: number) => change({ key, set: { state: 'waiting', answer: null } }),
    cancel: (key: number) => {
      stop(key, 'cancel')
      change({ key, set: { state: 'cancelled', sent: 0 } })
    },
    pauseAll: () => {
      for (const { key, state } of items) if (state === 'sending') stop(key, 'pause')
      change({ from: ['waiting', 'sending'], to: 'paused' })
    },
    goOnAll: () => change({ from: ['paused'], to: 'waiting' }),
    cancelAll: () => {
      for (const { key, state } of items) if (state === 'sending' || state === 'paused') stop(key, 'cancel')
      change({ from: ['waiting', 'sending', 'paused'], to: 'cancelled' })
    },
    /** Take in what the library has already: the bytes are there, nothing is sent again. */
    keepTwin: async (key: number) => {
      const url = places.current.get(key)
      // Known by its hash before a byte was sent: now it is sent.
      if (!url) return change({ key, set: { state: 'waiting', answer: null, keepTwin: true } })
      change({ key, set: { state: 'sending', answer: null } })
      const answer = await finish(way, url, true)
      change({ key, set: { state: answer.ok ? 'done' : 'refused', answer } })
    },
  }
}
export type Uploads = ReturnType<typeof useUploads>

/** The server's own rules, asked here first: nobody waits for 400 MB to be told that it is no picture. */
async function refusedEarly(file: File, way: UploadWay): Promise<UploadAnswer | null> {
  if (file.size > uploadLimit) return way.refusal('too-large', { limit: uploadLimit })
  try {
    const kind = sniff(new Uint8Array(await file.slice(0, headSize).arrayBuffer()))
    return kind.accepted ? null : way.refusal('refused-type', { what: kind.what })
  } catch {
    return { ok: false, error: 'cut-off', message: way.say('unreadable') }
  }
}

/** Where a hash costs little, the library is asked whether it has these bytes: then nobody sends them. It is asked again at the end. */
async function knownBefore(file: File, way: UploadWay): Promise<UploadAnswer | null> {
  if (!way.known) return null
  const sha256 = await hashOfFile(file)
  return sha256 ? way.known(sha256).catch(() => null) : null
}
