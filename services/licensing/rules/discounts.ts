import { split, money, ratio, type Currency } from '../../kernel/money.ts'
import type { Day } from '../../kernel/period.ts'

/** A code that buyers type in. Amounts are minor units of each currency that it is for. */
export interface PromotionCode {
  code: string
  name: string
  /** A share in basis points, or an amount in each currency that it is for; one of both. */
  bp: number | null
  offMinor: Partial<Record<Currency, number>>
  /** The first and the last day on which an order may be placed with it. */
  from: Day
  until: Day | null
  /** How many orders may use it in all, and how many of one company. */
  uses: number | null
  usesEach: number | null
  /** From which sum on it counts; it never takes a cart below that sum. */
  leastMinor: Partial<Record<Currency, number>>
}

/** The part of a price book that lowers prices. A version like the rest: what was given replays from it. */
export interface Discounts {
  codes: PromotionCode[]
  /** What was agreed with a company. */
  agreed: { orgId: string; bp: number; note: string }[]
  /** From so many licences in one order on. */
  volume: { lines: number; bp: number }[]
  /** How much these roles give by themselves; administrators decide on the rest. */
  limits: { RIGHTS_MANAGER: number; FINANCE: number }
}

export const noDiscounts: Discounts = { codes: [], agreed: [], volume: [], limits: { RIGHTS_MANAGER: 1_500, FINANCE: 3_000 } }

export interface DiscountableLine {
  /** The price by the book; of an upgrade the difference. */
  listMinor: bigint
  /** Below this no discount takes it by itself. */
  floorMinor: bigint
  /** What somebody of the house has given on exactly this licence. */
  given?: { id: string; bp: number; netMinor: bigint } | null
}
export interface DiscountPart {
  kind: 'given' | 'agreed' | 'volume' | 'code'
  /** The code, or the number of a given discount; empty for the others. */
  name: string
  bp: number | null
  /** The amount after this step. */
  minor: bigint
}
export interface DiscountedLine {
  netMinor: bigint
  parts: DiscountPart[]
}
export interface Applied {
  agreedBp: number
  volumeBp: number
  code: Pick<PromotionCode, 'code' | 'bp' | 'offMinor' | 'leastMinor'> | null
  currency: Currency
}
/** What became of the code: it counts, or why it changes nothing. */
export type CodeEffect = 'none' | 'applied' | 'below-least' | 'not-in-this-currency' | 'changes-nothing'

/** Without a share; never above what it was, never below the floor where the price itself is above it. */
const lowered = (minor: bigint, bp: number, floor: bigint): bigint => {
  const left = minor - ratio(minor, BigInt(bp), 10_000n)
  return left < floor ? (floor < minor ? floor : minor) : left
}
const sumOf = (lines: readonly DiscountedLine[]): bigint => lines.reduce((sum, { netMinor }) => sum + netMinor, 0n)

/**
 * How discounts stack. What somebody gave on a line stands alone, unless the line costs less without it: then it is kept
 * for later. Every other line takes the better of what was agreed and
 * what the number of licences gives, never both; then the code, once, on what is left. No line falls below its floor, and
 * no cart below the sum from which its code counts: else a wider licence could cost less than a narrower one.
 */
export function discounted(
  lines: readonly DiscountableLine[],
  { agreedBp, volumeBp, code, currency }: Applied,
): { lines: DiscountedLine[]; code: CodeEffect } {
  const first = lines.map((line): DiscountedLine => {
    const bp = Math.max(agreedBp, volumeBp)
    const minor = lowered(line.listMinor, bp, line.floorMinor)
    if (line.given && line.given.netMinor <= minor)
      return {
        netMinor: line.given.netMinor,
        parts: [{ kind: 'given', name: line.given.id, bp: line.given.bp, minor: line.given.netMinor }],
      }
    const kind = agreedBp >= volumeBp ? ('agreed' as const) : ('volume' as const)
    return { netMinor: minor, parts: minor === line.listMinor ? [] : [{ kind, name: '', bp, minor }] }
  })
  if (!code) return { lines: first, code: 'none' }

  const open = first.flatMap((line, index) =>
    line.parts[0]?.kind === 'given' ? [] : [{ line, index, floor: lines[index]?.floorMinor ?? 0n }],
  )
  const before = sumOf(open.map(({ line }) => line))
  const least = BigInt(code.leastMinor[currency] ?? 0)
  if (code.bp === null && code.offMinor[currency] === undefined) return { lines: first, code: 'not-in-this-currency' }
  if (before < least) return { lines: first, code: 'below-least' }
  const room = open.map(({ line, floor }) =>
    code.bp === null ? (line.netMinor > floor ? line.netMinor - floor : 0n) : line.netMinor - lowered(line.netMinor, code.bp, floor),
  )
  const most = [
    before - least,
    room.reduce((sum, one) => sum + one, 0n),
    ...(code.bp === null ? [BigInt(code.offMinor[currency] ?? 0)] : []),
  ]
  const off = most.reduce((a, b) => (a < b ? a : b))
  if (off <= 0n) return { lines: first, code: 'changes-nothing' }
  const shares = split(money(off, currency), room.map(Number))
  const after = [...first]
  open.forEach(({ line, index }, i) => {
    const share = shares[i]?.minor ?? 0n
    if (share === 0n) return
    const minor = line.netMinor - share
    after[index] = { netMinor: minor, parts: [...line.parts, { kind: 'code', name: code.code, bp: code.bp, minor }] }
  })
  return { lines: after, code: 'applied' }
}

/** What the number of licences in one order gives. */
export const volumeOf = ({ volume }: Discounts, lines: number): number =>
  volume.reduce((best, tier) => (lines >= tier.lines && tier.bp > best ? tier.bp : best), 0)

/** What was agreed with a company. */
export const agreedWith = ({ agreed }: Discounts, orgId: string | null): number =>
  orgId === null ? 0 : agreed.reduce((best, one) => (one.orgId === orgId && one.bp > best ? one.bp : best), 0)

/** Codes are typed by people: letters as they come, without blanks. */
export const codeTyped = (text: string): string => text.replace(/\s/g, '').toUpperCase()

export type CodeProblem = 'code-unknown' | 'code-not-yet' | 'code-over'

/** The code of a book that may be used on a day, or why not. */
export function codeOn({ codes }: Discounts, typed: string, today: Day): PromotionCode | CodeProblem {
  const found = codes.find(({ code }) => code === codeTyped(typed))
  if (!found) return 'code-unknown'
  if (today < found.from) return 'code-not-yet'
  return found.until !== null && today > found.until ? 'code-over' : found
}
