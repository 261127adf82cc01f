import type { Result } from '../../../kernel/result.ts'

/** A stored file of which some bytes are looked at: where it lies, and what was counted and summed when it was stored. */
export interface SourceFile {
  key: string
  size: number
  crc32: number
  /** The bytes `[start, end)`. */
  read(start: number, end: number): Promise<Buffer>
}

/** Bytes in the middle of a file that become others, as many as before. */
export interface Patch {
  at: number
  before: Buffer
  after: Buffer
}

/** What is written into a file. With XMP alone (`iim` and `exif` null) nothing else in it is touched. */
export interface Blocks {
  xmp: Buffer
  /** For a JPEG that cannot hold it whole; `main` has `extensionMark` where the sum of `extension` goes. */
  split: { main: Buffer; extension: Buffer } | null
  /** Values by dataset of record 2. */
  iim: readonly { dataset: number; values: readonly string[] }[] | null
  exif: { ImageDescription: string; Artist: string; Copyright: string } | null
  /** Whether coordinates, serial numbers and makers' notes stay where they are. */
  keepsPrivate: boolean
}
export const extensionMark = '0'.repeat(32)

/**
 * A change at a file's ends: `[0, from)` becomes `head`, `[to, size)` becomes `tail`, all between stays as it is and is not
 * even read. `cutHead` and `cutTail` are the bytes that go: with them the sum of the new file is known.
 */
export interface Edit {
  head: Buffer
  cutHead: Buffer
  from: number
  to: number
  tail: Buffer
  cutTail: Buffer
  /** In `[from, to)`, in order. */
  patches?: readonly Patch[]
}

/** Why a file goes out without licence data in it. */
export type StampError = 'unsupported-type' | 'unreadable' | 'packet-too-large' | 'file-too-large' | 'encrypted' | 'foreign-encoding'

export type Stamper = (source: SourceFile, blocks: Blocks) => Promise<Result<Edit, StampError>>

/** Thrown by `Window` where a file's structure leads outside of it or too deep; `stamp` answers `unreadable`. */
export class Unreadable extends Error {}

const block = 64 * 1024
const deepest = 32 * 1024 * 1024

/** A file's bytes on demand, in blocks that are read once: stampers look at headers, here and there. */
export class Window {
  readonly #blocks = new Map<number, Buffer>()

  constructor(readonly source: SourceFile) {}

  async bytes(start: number, length: number): Promise<Buffer> {
    const end = start + length
    if (start < 0 || length < 0 || end > this.source.size) throw new Unreadable('outside of the file')
    const pieces: Buffer[] = []
    for (let at = start; at < end;) {
      const index = Math.floor(at / block)
      const held = await this.#block(index)
      pieces.push(held.subarray(at - index * block, Math.min(end - index * block, held.length)))
      at = Math.min(end, (index + 1) * block)
    }
    return pieces.length === 1 ? (pieces[0] as Buffer) : Buffer.concat(pieces)
  }

  async #block(index: number): Promise<Buffer> {
    const known = this.#blocks.get(index)
    if (known) return known
    if (this.#blocks.size * block > deepest) throw new Unreadable('too deep')
    const read = await this.source.read(index * block, Math.min((index + 1) * block, this.source.size))
    this.#blocks.set(index, read)
    return read
  }
}
