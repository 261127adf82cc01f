/** A fact of an asset's life that says what the world sees. */
export interface LiveFact {
  type: string
  at: Date
  by: string
  /** Which version was put live, where it says so. */
  versionId: string | null
  /** To what a hold ended. */
  to?: string | null
}
export interface LiveSpan {
  from: Date
  by: string
  /** Null: it is live now. */
  until: Date | null
}

/** What takes an asset out of the world's sight. */
const ends = ['asset.withdrawn', 'asset.archived', 'asset.held', 'asset.embargoed', 'asset.expired', 'asset.deleted']
export const liveFacts = ['asset.published', 'asset.resumed', ...ends]

/** When each version was live, from the facts of its asset in their order. At each instant one is, or none. */
export function liveSpans(facts: readonly LiveFact[]): Map<string, LiveSpan[]> {
  const spans = new Map<string, LiveSpan[]>()
  let live: string | null = null
  let last: string | null = null
  const end = (at: Date) => {
    const open = live === null ? undefined : spans.get(live)?.at(-1)
    if (open) open.until = at
    live = null
  }
  for (const { type, at, by, versionId, to } of facts) {
    const begun: string | null = type === 'asset.published' ? versionId : type === 'asset.resumed' && to === 'PUBLISHED' ? last : null
    if (begun !== null) {
      if (begun === live) continue
      end(at)
      live = last = begun
      spans.set(begun, [...(spans.get(begun) ?? []), { from: at, by, until: null }])
    } else if (ends.includes(type)) end(at)
  }
  return spans
}
