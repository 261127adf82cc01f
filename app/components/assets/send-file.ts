import { statusWord, type UploadWay } from './upload-way.ts'
import type { UploadAnswer } from './upload-words.ts'

export interface Sending {
  /** Stops sending; what arrived waits for `sendFile` of the same file, also after the page was closed. */
  pause(): void
  /** Stops and gives up what arrived. */
  cancel(): void
}
interface Wishes {
  way: UploadWay
  /** Although the library has these bytes. */
  keepTwin: boolean
  /** Bytes that the server holds. */
  progress(held: number): void
  /** The line is down and tried again; `false` when it goes on. */
  waiting(yes: boolean): void
}

/** A multiple of S3's part of 8 MiB, so that no piece is sent twice; proxies that limit bodies mostly let so much pass. */
const chunkSize = 64 * 1024 * 1024
/** 128 random bits; `randomUUID` is there on secure origins only. */
const attemptKey = (): string => [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('')

/** From a hiccup to a train in a tunnel; after the last one the row offers to go on by hand. */
const retryDelays = [0, 1000, 3000, 5000, 10_000, 20_000, 30_000, 60_000, 60_000]

/**
 * Send one file by the tus protocol, going on where an earlier attempt at the same file stopped. Resolves with what became of
 * it, or null when it was paused or cancelled.
 */
export async function sendFile(
  file: File,
  { way, keepTwin, progress, waiting }: Wishes,
  started: (sending: Sending) => void,
): Promise<UploadAnswer | null> {
  const { Upload, DetailedError } = await import('tus-js-client')
  return new Promise((resolve) => {
    const upload = new Upload(file, {
      endpoint: way.endpoint,
      chunkSize,
      retryDelays,
      removeFingerprintOnSuccess: true,
      // Asked again because the answer was lost, the server knows the beginning by its key.
      metadata: { filename: file.name, key: attemptKey(), ...way.metadata },
      // One file for two assets, or through two links, is two uploads.
      fingerprint: async () => ['clearmark', way.name, file.name, file.size, file.lastModified].join('-'),
      onProgress: (sent) => {
        waiting(false)
        progress(sent)
      },
      onShouldRetry: (error) => {
        const response = error instanceof DetailedError ? error.originalResponse : null
        const status = response?.getStatus() ?? 0
        // A conflict of the protocol ends by asking how far the file is; a refusal in our words is the same when asked again.
        const conflict = status === 409 && !refusalIn(response)
        const again = status === 0 || status >= 500 || conflict || status === 423 || status === 429
        waiting(again)
        return again
      },
      onError: (error) => resolve(errorAnswer(way, error instanceof DetailedError ? error.originalResponse : null)),
      onSuccess: () => void finish(way, upload.url ?? '', keepTwin).then(resolve),
    })
    started({
      pause: () => void upload.abort().then(() => resolve(null)),
      cancel: () =>
        void upload
          .abort(true)
          .catch(() => undefined)
          .then(() => resolve(null)),
    })
    void upload.findPreviousUploads().then(([previous]) => {
      if (previous) upload.resumeFromPreviousUpload(previous)
      upload.start()
    })
  })
}

/** Where a file's bytes are whole on the server: have them taken in. `keepTwin`: although the library has them already. */
export async function finish(way: UploadWay, url: string, keepTwin: boolean): Promise<UploadAnswer & { url?: string }> {
  for (const pause of [0, 1000, 3000, 10_000]) {
    await new Promise((resolve) => setTimeout(resolve, pause))
    const response = await fetch(`${url}/finish${keepTwin ? '?twin=keep' : ''}`, { method: 'POST' }).catch(() => null)
    if (response && response.status < 500) return { ...(await answerOf(way, response)), url }
  }
  return { ok: false, error: 'cut-off', message: way.say('down'), url }
}

async function answerOf(way: UploadWay, response: Response): Promise<UploadAnswer> {
  return response.headers.get('Content-Type')?.startsWith('application/json')
    ? ((await response.json()) as UploadAnswer)
    : { ok: false, error: 'cut-off', message: way.say(statusWord(response.status)) }
}

function errorAnswer(way: UploadWay, response: { getStatus(): number; getBody(): string } | null | undefined): UploadAnswer {
  if (!response) return { ok: false, error: 'cut-off', message: way.say('down') }
  return refusalIn(response) ?? { ok: false, error: 'cut-off', message: way.say(statusWord(response.getStatus())) }
}

/** A refusal in our own words; null where the protocol's server speaks. */
function refusalIn(response: { getBody(): string } | null | undefined): UploadAnswer | null {
  try {
    const answer = JSON.parse(response?.getBody() ?? '') as Partial<UploadAnswer>
    return answer.ok === false && 'message' in answer ? (answer as UploadAnswer) : null
  } catch {
    return null
  }
}
