/** How long to wait, as people say it. */
export function waitWords(seconds: number): string {
  if (seconds < 90) return seconds <= 5 ? 'a few seconds' : `${Math.ceil(seconds / 10) * 10} seconds`
  const minutes = Math.ceil(seconds / 60)
  return minutes < 60 ? `${minutes} minutes` : minutes === 60 ? 'an hour' : `${Math.ceil(minutes / 60)} hours`
}

/** The sentence for a door that was used too often; `detail` is the outcome's. */
export function tooManySaying(detail: unknown): string {
  const { retryAfterSeconds = 60 } = (detail ?? {}) as { retryAfterSeconds?: number }
  return `That was tried too often from here. Try again in ${waitWords(retryAfterSeconds)}.`
}
