const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'June', 'July', 'Aug', 'Sept', 'Oct', 'Nov', 'Dec']
const clocks = new Map<string, Intl.DateTimeFormat>()

/** Figures only: server and browser carry different editions of the locale data, and only figures are the same in all. */
function figuresOf(at: Date, zone: string): Record<string, string> {
  const known =
    clocks.get(zone) ??
    new Intl.DateTimeFormat('en-GB', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    })
  clocks.set(zone, known)
  return Object.fromEntries(known.formatToParts(at).map(({ type, value }) => [type, value]))
}

/** `21 Nov 2026`, `21 Nov 2026, 09:05`, `21 Nov 2026, 09:05:07`. */
function write(at: Date, to: 'day' | 'minute' | 'second', zone: string): string {
  const { year, month, day, hour, minute, second } = figuresOf(at, zone)
  const date = `${Number(day)} ${months[Number(month) - 1]} ${year}`
  return to === 'day' ? date : `${date}, ${hour}:${minute}${to === 'second' ? `:${second}` : ''}`
}

/**
 * An instant for people. The zone is named in the props (UTC unless told), so that server and browser write the same
 * words. An end that lies at midnight is the day before for people: give `endOfSpan`.
 */
export function When({
  at,
  to = 'minute',
  zone = 'UTC',
  endOfSpan,
}: {
  at: Date | string
  to?: 'day' | 'minute' | 'second'
  zone?: string
  endOfSpan?: boolean
}) {
  const instant = new Date(at)
  const shown = endOfSpan ? new Date(instant.getTime() - 1) : instant
  return (
    <time dateTime={instant.toISOString()} className="nowrap">
      {write(shown, to, zone)}
      {to !== 'day' && zone === 'UTC' ? ' UTC' : ''}
    </time>
  )
}
