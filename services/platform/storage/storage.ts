import type { Readable } from 'node:stream'
import type { Pieces } from './pieces.ts'

/** What was stored: counted and hashed while it streamed. */
export interface Stored {
  size: number
  sha256: string
  crc32: number
}
export interface ByteRange {
  /** First and last byte, both included, as in RFC 9110. */
  start: number
  end: number
}
/** Where bytes live. Keys are ours (`platform/storage/keys.ts`), never a user's file name. */
export interface Storage {
  /** Streams to a temporary place, then publishes under `key`; a failed or aborted write leaves nothing. Over `limit` bytes it fails with `too-large`. */
  put(key: string, source: Readable | Uint8Array, options?: { mediaType?: string; limit?: number; signal?: AbortSignal }): Promise<Stored>
  /** Rejects with a `Refusal('not-found')` when there is no such object. */
  open(key: string, range?: ByteRange): Promise<Readable>
  stat(key: string): Promise<{ size: number } | null>
  /** Objects that come over several requests. */
  pieces: Pieces
  move(from: string, to: string): Promise<void>
  remove(key: string): Promise<void>
  /** A path on this machine with the object's bytes, for child processes; `dispose` when done. */
  localCopy(key: string): Promise<{ path: string; dispose(): Promise<void> }>
  /** Whether the place can be written to: for `/health/ready`. */
  healthy(): Promise<boolean>
}
/** By brand, not by class: the server bundle and the process that runs it may each hold a copy of this module. */
export const isTooLarge = (error: unknown): error is TooLarge =>
  error instanceof Error && (error as { code?: unknown }).code === 'too-large'
export class TooLarge extends Error {
  readonly code = 'too-large'
  constructor(readonly limit: number) {
    super(`more than ${limit} bytes`)
  }
}
