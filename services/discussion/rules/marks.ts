import { z } from 'zod'
import { leastEdge, mostCorners, precise, sayRegion, type Region } from './regions.ts'

/** What a thread points at: a region of the picture (of a page, of a moment), a page, a time or a span of time. */
export interface Mark {
  region?: Region | undefined
  page?: number | undefined
  /** Milliseconds from the beginning of a film or a recording; `to` where it is a span. */
  time?: { from: number; to?: number | undefined } | undefined
}

const place = z.number().min(0).max(1).transform(precise)
const edge = z.number().min(leastEdge).max(1).transform(precise)
/** What sums of rounded numbers may exceed one by. */
const grain = 0.00002
const region = z.discriminatedUnion('shape', [
  z
    .object({ shape: z.enum(['rectangle', 'ellipse']), x: place, y: place, width: edge, height: edge })
    .refine(({ x, y, width, height }) => x + width <= 1 + grain && y + height <= 1 + grain, 'It lies in the picture.'),
  z.object({ shape: z.literal('point'), x: place, y: place }),
  z.object({
    shape: z.literal('polygon'),
    points: z
      .array(z.tuple([place, place]))
      .min(3)
      .max(mostCorners),
  }),
])
const moment = z.number().int().min(0).max(864_000_000)

/** A mark as it comes in and as it is kept. */
export const markSchema = z
  .object({
    region: region.optional(),
    page: z.number().int().min(1).max(100_000).optional(),
    time: z
      .object({ from: moment, to: moment.optional() })
      .refine(({ from, to }) => to === undefined || to > from, 'A span ends after it begins.')
      .optional(),
  })
  .refine((mark) => mark.region !== undefined || mark.page !== undefined || mark.time !== undefined, 'A mark points at something.')

/** What was kept, or null where it cannot be read: a thread without a mark is still a thread. */
export function markOf(kept: unknown): Mark | null {
  const read = markSchema.safeParse(kept)
  return read.success ? read.data : null
}

export interface Markable {
  width: number | null
  height: number | null
  pages: number | null
  durationMs: number | null
}

/** Whether the file has what the mark points at: a region needs something to look at, a page and a moment must be there. */
export function fits({ page, time }: Mark, { pages, durationMs }: Markable): boolean {
  if (page !== undefined && page > (pages ?? 1)) return false
  if (time === undefined) return true
  return durationMs !== null && time.from <= durationMs && (time.to === undefined || time.to <= durationMs)
}

const two = (figure: number): string => String(figure).padStart(2, '0')

/** `1:05`, `1:02:05`; to the tenth where it is not a whole second. */
export function sayTime(ms: number): string {
  const tenths = Math.floor(ms / 100)
  const seconds = Math.floor(tenths / 10)
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60]
  const rest = tenths % 10 === 0 ? '' : `.${tenths % 10}`
  return h > 0 ? `${h}:${two(m)}:${two(s)}${rest}` : `${m}:${two(s)}${rest}`
}

/** Milliseconds of `1:05`, `65`, `1:02:05.5`; null for what is no time. */
export function readTime(text: string): number | null {
  const found = /^(?:(?:(\d{1,3}):)?(\d{1,3}):)?(\d{1,5})(?:[.,](\d{1,3}))?$/.exec(text.trim())
  if (!found) return null
  const [, h = '0', m = '0', s = '0', fraction = ''] = found
  return ((Number(h) * 60 + Number(m)) * 60 + Number(s)) * 1000 + Math.round(Number(`0.${fraction || '0'}`) * 1000)
}

/** The mark in words: where it points, for a list and for those who hear it. */
export function sayMark({ region: part, page, time }: Mark): string {
  const words = [
    page !== undefined && `Page ${page}`,
    time && (time.to === undefined ? sayTime(time.from) : `${sayTime(time.from)} to ${sayTime(time.to)}`),
    part && sayRegion(part),
  ]
  return words.filter(Boolean).join(' · ')
}
