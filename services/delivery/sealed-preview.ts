import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import { wallTimeOf } from '../kernel/period.ts'
import type { Ctx } from '../platform/context.ts'
import type { OpenFile } from './files.ts'

const months = 'January February March April May June July August September October November December'.split(' ')

/** When an embargo ends, on the house's wall; null once that is past and only a hold keeps it. */
function untilWords(endsAt: Date, now: Date, zone: string): string | null {
  if (endsAt <= now) return null
  const [day = '', time = ''] = wallTimeOf(endsAt, zone).split('T')
  const [year, month, date] = day.split('-').map(Number)
  return `${date} ${months[(month ?? 1) - 1]} ${year}${time === '00:00' ? '' : `, ${time}`}`
}

/** A lock and a line or two, in a grey that stands on light and on dark. Nothing of the picture: not its colour, not its shape. */
function drawing(until: string | null): string {
  const line = (y: number, size: number, weight: number, text: string) =>
    `<text x="320" y="${y}" font-family="system-ui, sans-serif" font-size="${size}" font-weight="${weight}" text-anchor="middle" fill="#55534d">${text}</text>`
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 480" width="640" height="480" role="img"><rect width="640" height="480" fill="#e6e4de"/>
<g fill="none" stroke="#55534d" stroke-width="8" stroke-linecap="round" stroke-linejoin="round"><rect x="282" y="176" width="76" height="60" rx="8"/><path d="M298 176v-22a22 22 0 0 1 44 0v22"/></g>
${line(300, 34, 600, until ? 'Sealed until' : 'Sealed')}${line(346, 30, 400, until ?? 'under an embargo')}</svg>`
}

/** What stands in the place of a picture that its embargo keeps from somebody of the house. Nobody keeps it longer than the embargo runs. */
export async function sealedPreview({ db, clock, actor }: Ctx<'db' | 'clock' | 'actor'>, embargoEndsAt: Date): Promise<OpenFile> {
  const { timeZone } = await db.organisation.findUniqueOrThrow({ where: { id: actor.houseId }, select: { timeZone: true } })
  const bytes = Buffer.from(drawing(untilWords(embargoEndsAt, clock.now(), timeZone)))
  return {
    fileName: 'sealed.svg',
    mediaType: 'image/svg+xml',
    size: bytes.length,
    etag: `"${createHash('sha256').update(bytes).digest('base64url')}"`,
    inline: true,
    keep: 'nobody',
    open: (range) => Promise.resolve(Readable.from([range ? bytes.subarray(range.start, range.end + 1) : bytes])),
  }
}
