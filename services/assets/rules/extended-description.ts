type Loose = Record<string, unknown>

/** IPTC's extended description as it stands in a record: one text, or one of several languages. */
export function extendedOf(iptc: unknown): string {
  const value = (iptc as Loose | null)?.['extendedDescription']
  if (typeof value === 'string') return value
  const words = (value as Loose | undefined)?.['x-default']
  return typeof words === 'string' ? words : ''
}

/** The record's other fields with another extended description; what stands in other languages stays. */
export function extendedIn(iptc: unknown, words: string): Loose {
  const { extendedDescription: was, ...rest } = (iptc ?? {}) as Loose
  if (typeof was === 'object' && was !== null) {
    const { 'x-default': _default, ...others } = was as Loose
    if (words !== '') return { ...rest, extendedDescription: { ...others, 'x-default': words } }
    return Object.keys(others).length > 0 ? { ...rest, extendedDescription: others } : rest
  }
  return words === '' ? rest : { ...rest, extendedDescription: words }
}
