/** Works through a stream with `width` at a time; the first failure ends it once those under way are done. */
export async function lanes<T>(width: number, source: AsyncIterator<T>, work: (one: T) => Promise<void>): Promise<void> {
  let ended = false
  // A generator hands out one at a time by itself: asked again meanwhile, it queues the question.
  const lane = async () => {
    while (!ended) {
      const step = await source.next()
      if (step.done) return
      await work(step.value).catch((error: unknown) => {
        ended = true
        throw error
      })
    }
  }
  const outcomes = await Promise.allSettled(Array.from({ length: width }, lane))
  const failed = outcomes.find((outcome) => outcome.status === 'rejected')
  if (failed) throw failed.reason
}
