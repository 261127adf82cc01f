/** Sixty-four signs of a whole picture, as Postgres keeps them: a signed number. */
export type Hash = bigint

export const hashOfHex = (hex: string): Hash => BigInt.asIntN(64, BigInt(`0x${hex}`))

/** Bits that differ between two hashes. */
export function bitsBetween(a: Hash, b: Hash): number {
  const other = BigInt.asUintN(64, a ^ b)
  return ones(Number(other & 0xffffffffn)) + ones(Number(other >> 32n))
}

/** Ones in the lower thirty-two bits. */
export function ones(value: number): number {
  let n = value - ((value >>> 1) & 0x55555555)
  n = (n & 0x33333333) + ((n >>> 2) & 0x33333333)
  return (((n + (n >>> 4)) & 0x0f0f0f0f) * 0x01010101) >>> 24
}

/**
 * What a picture's hash would be, were it turned or mirrored: all eight ways, its own first. A mirror turns the signs of
 * the odd waves over; a quarter turn also changes the two axes for each other. The last bit is the (8, 8) wave's, which no
 * turn changes.
 */
export function turnedHashes(hash: Hash): Hash[] {
  const bits = BigInt.asUintN(64, hash)
  const at = (u: number, v: number): bigint => (bits >> BigInt(v * 8 + u)) & 1n
  return [0, 1, 2, 3, 4, 5, 6, 7].map((way) => {
    const [across, down, swap] = [way & 1, (way >> 1) & 1, (way >> 2) & 1]
    let out = 0n
    for (let v = 0; v < 8; v++)
      for (let u = 0; u < 8; u++) {
        // The place of the mean is taken by the (8, 8) wave: even both ways, and on the diagonal.
        const flipped = ((across & u) ^ (down & v)) & 1
        out |= ((swap ? at(v, u) : at(u, v)) ^ BigInt(flipped)) << BigInt(v * 8 + u)
      }
    return BigInt.asIntN(64, out)
  })
}

/** A hash's four quarters as keys of the index, apart from each other and from the keys of marks (which are positive). */
export const hashKeys = (hash: Hash): number[] => [0, 1, 2, 3].map((band) => bandKey(band, quarter(hash, band)))

const quarter = (hash: Hash, band: number): number => Number((BigInt.asUintN(64, hash) >> BigInt(band * 16)) & 0xffffn)
const bandKey = (band: number, value: number): number => -1 - (band * 0x10000 + value)

/**
 * Keys under which every hash within seven bits is found (of seven bits spread over four quarters one quarter has at most
 * one), and every hash that is turned or mirrored and within three bits (one quarter then has none).
 */
export function hashProbes(hash: Hash): number[] {
  const keys = new Set<number>()
  const [own = hash, ...turned] = turnedHashes(hash)
  for (let band = 0; band < 4; band++) {
    const value = quarter(own, band)
    keys.add(bandKey(band, value))
    for (let bit = 0; bit < 16; bit++) keys.add(bandKey(band, value ^ (1 << bit)))
    for (const way of turned) keys.add(bandKey(band, quarter(way, band)))
  }
  return [...keys]
}

/** The nearest of the eight ways of one hash to another: how many bits differ. */
export const leastBits = (a: Hash, b: Hash): number => Math.min(...turnedHashes(a).map((way) => bitsBetween(way, b)))
