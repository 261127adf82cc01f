const k = new Uint32Array(64)
const start = new Uint32Array(8)
{
  // FIPS 180-4: the fractional parts of the roots of the first primes.
  const fraction = (root: number): number => Math.floor((root - Math.floor(root)) * 2 ** 32)
  let found = 0
  for (let candidate = 2; found < 64; candidate++) {
    let prime = true
    for (let divisor = 2; divisor * divisor <= candidate; divisor++) if (candidate % divisor === 0) prime = false
    if (!prime) continue
    if (found < 8) start[found] = fraction(Math.sqrt(candidate))
    k[found++] = fraction(Math.cbrt(candidate))
  }
}

const rotate = (x: number, n: number): number => (x >>> n) | (x << (32 - n))
/** Indexes of typed arrays here never leave them; the compiler cannot know. */
const at = (words: Uint32Array, index: number): number => words[index] as number

/** SHA-256 piece by piece: WebCrypto wants the whole file in memory, and pictures come with hundreds of megabytes. */
export class Sha256 {
  private readonly state = start.slice()
  private readonly words = new Uint32Array(64)
  private readonly block = new Uint8Array(64)
  private held = 0
  private length = 0

  update(bytes: Uint8Array): this {
    this.length += bytes.length
    let offset = 0
    // Whole blocks are read where they lie; only what is left over at either end is copied.
    if (this.held > 0) {
      offset = Math.min(64 - this.held, bytes.length)
      this.block.set(bytes.subarray(0, offset), this.held)
      this.held += offset
      if (this.held < 64) return this
      this.compress(this.block, 0)
      this.held = 0
    }
    for (; offset + 64 <= bytes.length; offset += 64) this.compress(bytes, offset)
    this.block.set(bytes.subarray(offset), 0)
    this.held = bytes.length - offset
    return this
  }

  /** The hash in hex; ends the work. */
  digest(): string {
    const bits = this.length * 8
    this.update(new Uint8Array([0x80]))
    while (this.held !== 56) this.update(new Uint8Array([0]))
    const size = new DataView(new ArrayBuffer(8))
    size.setUint32(0, Math.floor(bits / 2 ** 32))
    size.setUint32(4, bits >>> 0)
    this.update(new Uint8Array(size.buffer))
    return [...this.state].map((word) => word.toString(16).padStart(8, '0')).join('')
  }

  private compress(bytes: Uint8Array, offset: number): void {
    const { words, state } = this
    const byte = (index: number): number => bytes[offset + index] as number
    for (let i = 0; i < 16; i++) words[i] = (byte(i * 4) << 24) | (byte(i * 4 + 1) << 16) | (byte(i * 4 + 2) << 8) | byte(i * 4 + 3)
    for (let i = 16; i < 64; i++) {
      const x = at(words, i - 15)
      const y = at(words, i - 2)
      const s0 = rotate(x, 7) ^ rotate(x, 18) ^ (x >>> 3)
      const s1 = rotate(y, 17) ^ rotate(y, 19) ^ (y >>> 10)
      words[i] = at(words, i - 16) + s0 + at(words, i - 7) + s1
    }
    let a = at(state, 0)
    let b = at(state, 1)
    let c = at(state, 2)
    let d = at(state, 3)
    let e = at(state, 4)
    let f = at(state, 5)
    let g = at(state, 6)
    let h = at(state, 7)
    for (let i = 0; i < 64; i++) {
      const s1 = rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25)
      const one = (h + s1 + ((e & f) ^ (~e & g)) + at(k, i) + at(words, i)) | 0
      const s0 = rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22)
      const two = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0
      h = g
      g = f
      f = e
      e = (d + one) | 0
      d = c
      c = b
      b = a
      a = (one + two) | 0
    }
    state[0] = at(state, 0) + a
    state[1] = at(state, 1) + b
    state[2] = at(state, 2) + c
    state[3] = at(state, 3) + d
    state[4] = at(state, 4) + e
    state[5] = at(state, 5) + f
    state[6] = at(state, 6) + g
    state[7] = at(state, 7) + h
  }
}

const small = 32 * 1024 * 1024
const pause = 4 * 1024 * 1024

/** The SHA-256 of a file, which never leaves the machine. Small files at once by WebCrypto, large ones as a stream with progress. */
export async function hashFile(file: Blob, progress: (share: number) => void): Promise<string> {
  if (file.size <= small && globalThis.crypto?.subtle) {
    const digest = await crypto.subtle.digest('SHA-256', await file.arrayBuffer())
    return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('')
  }
  const hash = new Sha256()
  const reader = file.stream().getReader()
  let read = 0
  let painted = 0
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    hash.update(next.value)
    read += next.value.length
    if (read - painted < pause && read < file.size) continue
    painted = read
    progress(read / file.size)
    // Lets the page paint and answer; not after every piece, because browsers make each such pause four milliseconds long.
    await new Promise((resolve) => setTimeout(resolve))
  }
  return hash.digest()
}
