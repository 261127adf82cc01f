import type { ReceiveUploadError } from '#services/assets/errors.ts'
import { refusalOf, type UploadAnswer } from './upload-words.ts'

/** What a queue says by itself, where the server's words do not reach it. */
export type QueueWord = 'down' | 'unreadable' | 'signed-out' | 'forbidden' | 'gone' | 'elsewhere' | 'too-many' | 'failed' | 'not-accepted'

/** Where a queue sends its files, and in whose words it speaks. */
export interface UploadWay {
  /** The address of the protocol's creation. */
  endpoint: string
  /** Told with each file. */
  metadata: Record<string, string>
  /** What a file is for: the same file for something else is another upload. */
  name: string
  say(word: QueueWord): string
  refusal(error: ReceiveUploadError, detail: unknown): UploadAnswer
  /** Asks whether these bytes are known. A way of guests has no such question: what the library holds is not theirs to learn. */
  known?(sha256: string): Promise<UploadAnswer | null>
  /** Lays XMP beside the file that an asset has now; answers why not, or null. */
  sidecar?(assetId: string, file: File): Promise<string | null>
}

const words: Record<number, QueueWord> = { 401: 'signed-out', 403: 'forbidden', 410: 'gone', 423: 'elsewhere', 429: 'too-many' }
export const statusWord = (status: number): QueueWord => words[status] ?? (status >= 500 ? 'failed' : 'not-accepted')

const sayings: Record<QueueWord, string> = {
  down: 'The connection is down. What was sent is kept: go on when it is back.',
  unreadable: 'The file cannot be read on this computer. If it is a folder, open it and choose the files in it.',
  'signed-out': 'You have been signed out. Sign in again in another tab, then go on here.',
  forbidden: 'Your role does not allow uploads. Ask an administrator.',
  gone: 'This upload was given up meanwhile. Choose the file again.',
  elsewhere: 'This file is being sent from another window.',
  'too-many': 'Too many files are on their way. Let some finish, then go on.',
  failed: 'Something failed on our side. What was sent is kept: go on in a moment.',
  'not-accepted': 'The upload was not accepted. Reload the page and choose the file again; what was sent is kept.',
}

/** The XMP that came beside a file, sent once the file is in the library. */
async function sendSidecar(assetId: string, file: File): Promise<string | null> {
  const form = new FormData()
  form.append('sidecar', file)
  const address = `/library/assets/${assetId}/metadata/sidecar`
  const response = await fetch(address, { method: 'POST', body: form, headers: { Accept: 'application/json' } }).catch(() => null)
  if (!response) return sayings.down
  if (!response.headers.get('Content-Type')?.startsWith('application/json')) return sayings[statusWord(response.status)]
  return ((await response.json()) as { said: string | null }).said
}

/** The way in of the house's own people: a new asset, a new version of `assetId`, or something made for `briefId`. */
export const staffWay = ({ assetId, briefId }: { assetId: string | null; briefId: string | null }): UploadWay => ({
  endpoint: '/library/upload/pieces',
  metadata: { ...(assetId && { asset: assetId }), ...(briefId && { brief: briefId }) },
  name: [assetId ?? 'new', ...(briefId ? [briefId] : [])].join('-'),
  say: (word) => sayings[word],
  refusal: refusalOf,
  known: async (sha256) => {
    const asked = new URLSearchParams({ sha256, ...(assetId && { asset: assetId }) })
    const response = await fetch(`/library/upload/known?${asked}`, { headers: { Accept: 'application/json' } })
    return response.ok ? ((await response.json()) as UploadAnswer | null) : null
  },
  sidecar: sendSidecar,
})
