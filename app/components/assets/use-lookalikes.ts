import { useCallback, useEffect, useRef, useState } from 'react'
import type { UploadLikeness } from '#services/rights/upload-likeness.ts'
import type { LikenessDecision } from '#services/rights/rules/likeness-states.ts'
import type { UploadItem } from './upload-list.ts'

const address = '/library/upload/likeness'
/** Prints are made beside the upload: asked for soon after a file has come, then more and more seldom. */
const pauses = [1500, 2000, 3000, 4000, 6000, 8000, 12_000, 20_000, 30_000]
const atOnce = 100
/** With these the upload is no picture of its own any more: nothing else is asked about it. */
const putAway: readonly LikenessDecision[] = ['discard', 'newVersion']

export interface Lookalikes {
  of(versionId: string): UploadLikeness['pairs']
  /** Why the file of a version could not be read; null: it could, or nobody knows yet. */
  unreadable(versionId: string | undefined): string | null
  decide(likenessId: string, decision: LikenessDecision): Promise<string | null>
}

/** Which of the files that were just taken in look like something that the library had. Nobody waits for it. */
export function useLookalikes(items: readonly UploadItem[]): Lookalikes {
  const [known, setKnown] = useState(new Map<string, UploadLikeness>())
  const waiting = items.flatMap(({ answer }) =>
    answer?.ok && answer.versionId && !known.get(answer.versionId)?.settled ? [answer.versionId] : [],
  )
  const left = useRef(waiting)
  const turn = useRef(0)
  useEffect(() => {
    left.current = waiting
  })
  const taken = items.filter(({ answer }) => answer?.ok).length
  useEffect(() => {
    turn.current = 0
  }, [taken])
  const asking = waiting.length > 0
  useEffect(() => {
    if (!asking) return
    let stop = false
    let timer: ReturnType<typeof setTimeout> | undefined
    const later = () => {
      timer = setTimeout(() => void ask(), pauses[Math.min(turn.current++, pauses.length - 1)])
    }
    const ask = async () => {
      const all = left.current
      for (let from = 0; from < all.length && !stop; from += atOnce) {
        const versions = all.slice(from, from + atOnce).join('.')
        const response = await fetch(`${address}?${new URLSearchParams({ versions })}`).catch(() => null)
        const found = response?.ok ? ((await response.json()) as UploadLikeness[]) : []
        if (!stop && found.length > 0) setKnown((before) => new Map([...before, ...found.map((each) => [each.versionId, each] as const)]))
      }
      if (!stop) later()
    }
    later()
    return () => {
      stop = true
      clearTimeout(timer)
    }
  }, [asking])
  const decide = useCallback(async (likenessId: string, decision: LikenessDecision) => {
    const response = await fetch(address, { method: 'POST', body: new URLSearchParams({ likenessId, decision }) }).catch(() => null)
    const answer = response?.headers.get('Content-Type')?.startsWith('application/json')
      ? ((await response.json()) as { said: string; decided: boolean })
      : { said: 'The connection is down. Try again.', decided: false }
    if (answer.decided) setKnown((before) => answered(before, likenessId, decision, answer.said))
    return answer.decided ? null : answer.said
  }, [])
  return {
    of: (versionId) => known.get(versionId)?.pairs ?? [],
    unreadable: (versionId) => known.get(versionId ?? '')?.unreadable ?? null,
    decide,
  }
}

/** What is known after an answer: it stands where the question was, and what it has settled is asked no more. */
function answered(
  known: Map<string, UploadLikeness>,
  likenessId: string,
  decision: LikenessDecision,
  said: string,
): Map<string, UploadLikeness> {
  const gone = putAway.includes(decision)
    ? [...known.values()].flatMap(({ pairs }) => pairs).find(({ id }) => id === likenessId)?.own.id
    : undefined
  return new Map(
    [...known].map(([versionId, each]) => [
      versionId,
      {
        ...each,
        pairs: each.pairs
          .filter(({ id, own, other, answered }) => id === likenessId || answered !== null || (own.id !== gone && other.id !== gone))
          .map((pair) => (pair.id === likenessId ? { ...pair, answered: said } : pair)),
      },
    ]),
  )
}
