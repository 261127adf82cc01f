import { createHash } from 'node:crypto'
import type { Readable } from 'node:stream'
import type { Splice } from '../platform/files/splice.ts'
import type { ByteRange } from '../platform/storage/storage.ts'

/** A file that may leave. `app/http/file-response.server.ts` makes HTTP of it. */
export interface OpenFile {
  fileName: string
  mediaType: string
  size: number
  /** Strong: two files with one tag are equal byte for byte. With its quotes. */
  etag: string
  inline: boolean
  /** Who may keep a copy: `for-good` a browser that has seen what an address with its version shows. Clean bytes nobody. */
  keep: 'nobody' | 'browser' | 'everybody' | 'for-good'
  /** Writes the register's row, then opens. What is not opened was not delivered. */
  open(range: ByteRange | null, signal?: AbortSignal): Promise<Readable>
}

/** Who stands behind the request, as the network sees them. */
export interface Caller {
  ip: string | null
  userAgent: string | null
}

/** A strong tag of a splice over sources whose own hashes are known. */
export function etagOf(file: Splice, ...sources: string[]): string {
  const hash = createHash('sha256').update(sources.join('\n'))
  for (const part of file.parts)
    hash.update('bytes' in part ? Buffer.concat([Buffer.from('\nbytes '), part.bytes]) : `\n${part.key} ${part.start} ${part.end}`)
  return `"${hash.digest('base64url')}"`
}
