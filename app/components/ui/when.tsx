const styles = {
  day: { dateStyle: 'medium' },
  minute: { dateStyle: 'medium', timeStyle: 'short' },
  second: { dateStyle: 'medium', timeStyle: 'medium' },
} as const

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
  to?: keyof typeof styles
  zone?: string
  endOfSpan?: boolean
}) {
  const instant = new Date(at)
  const shown = endOfSpan ? new Date(instant.getTime() - 1) : instant
  const text = new Intl.DateTimeFormat('en-GB', { ...styles[to], timeZone: zone }).format(shown)
  return (
    <time dateTime={instant.toISOString()} className="nowrap">
      {text}
      {to !== 'day' && zone === 'UTC' ? ' UTC' : ''}
    </time>
  )
}
