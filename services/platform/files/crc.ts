/** CRC-32 as polynomials over GF(2), so that the sum of a joined or cut file is known without reading it. */

const polynomial = 0xedb88320
const one = 0x80000000 // x^0 in reflected order
const order = 0xffffffff // x^(2^32 - 1) = 1: how a shift is taken back

/** The product of two polynomials, modulo the CRC polynomial. */
function multiply(a: number, b: number): number {
  let product = 0
  for (let bit = 31; bit >= 0; bit--) {
    if ((a >>> bit) & 1) product ^= b
    b = b & 1 ? (b >>> 1) ^ polynomial : b >>> 1
  }
  return product >>> 0
}

const squares: number[] = [0x40000000] // x^(2^k)
for (let k = 1; k < 32; k++) squares.push(multiply(squares[k - 1] as number, squares[k - 1] as number))

/** x^n. */
function power(n: number): number {
  let product = one
  for (let k = 0, left = n; left > 0; k++, left = Math.floor(left / 2)) {
    if (left % 2 === 1) product = multiply(squares[k % 32] as number, product)
  }
  return product
}

const shift = (length: number): number => power((length * 8) % order)
const unshift = (length: number): number => power(order - ((length * 8) % order))

/** The CRC of `first` followed by `second`. */
export const joinCrc = (first: number, second: number, secondLength: number): number =>
  (multiply(shift(secondLength), first) ^ second) >>> 0

/** The CRC of what follows `head` in a file whose CRC is `whole`. */
export const crcAfter = (whole: number, head: number, restLength: number): number => joinCrc(head, whole, restLength)

/** The CRC of what precedes `tail` in a file whose CRC is `whole`. */
export const crcBefore = (whole: number, tail: number, tailLength: number): number => multiply(unshift(tailLength), (whole ^ tail) >>> 0)
