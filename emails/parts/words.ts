/** An instant for a reader whose zone we do not know: said with its zone. */
export const instant = (iso: string): string =>
  `${new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' }).format(new Date(iso))} UTC`

/** A calendar day such as `2026-12-31`. */
export const day = (text: string): string =>
  new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(`${text}T00:00:00Z`))

export const hello = (name: string | null): string => (name ? `Hello ${name},` : 'Hello,')
