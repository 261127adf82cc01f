import type { Clock } from '../clock.ts'
import type { Log } from '../log.ts'
import { SearchAway, type AwayReason, type SearchServer } from './search-server.ts'

/** How a process stands with the second engine. */
export interface CircuitState {
  state: 'answering' | 'away'
  reason: AwayReason | null
  since: Date | null
  /** When it is asked again. */
  nextAt: Date | null
  /** Questions that somebody else answered since the process began. */
  elsewhere: number
}

const shortest = 2_000
const longest = 60_000

interface Broken {
  reason: AwayReason
  since: number
  waits: number
  nextAt: number
  trying: boolean
}

/**
 * A server that did not answer is left alone for a while: two seconds, then twice as long each time, a minute at most. When the
 * time has come one question tries it; the others go elsewhere until that one came back. Kept for each house, since one house's index
 * may be behind while another's is not.
 */
export class Circuit {
  #broken = new Map<string, Broken>()
  #elsewhere = 0
  constructor(
    readonly clock: Clock,
    readonly log: Log,
  ) {}

  /** What `first` answers, or what `other` does where the server is away. A mistake in our own code is not hidden by it. */
  async ask<T>(house: string, first: () => Promise<T>, other: () => Promise<T>): Promise<T> {
    const broken = this.#broken.get(house)
    const now = this.clock.now().getTime()
    if (broken && (broken.trying || now < broken.nextAt)) return this.#ask(other)
    if (broken) broken.trying = true
    try {
      const answer = await first()
      if (broken) this.#mend(house, broken)
      return answer
    } catch (error) {
      if (!(error instanceof SearchAway)) {
        if (broken) broken.trying = false
        throw error
      }
      if (error.reason === 'refused-question') {
        // The server is well; it did not understand. One question's trouble keeps nobody else from it.
        if (broken) this.#mend(house, broken)
        this.log.warn('search.question-refused', { house, why: error.message })
      } else this.#break(house, broken, error)
      return this.#ask(other)
    }
  }

  of(house: string): CircuitState {
    const broken = this.#broken.get(house)
    const at = (time: number) => new Date(time)
    return broken
      ? { state: 'away', reason: broken.reason, since: at(broken.since), nextAt: at(broken.nextAt), elsewhere: this.#elsewhere }
      : { state: 'answering', reason: null, since: null, nextAt: null, elsewhere: this.#elsewhere }
  }

  /** Over all houses: the worst of it. */
  worst(): CircuitState {
    const [first] = this.#broken.keys()
    return this.of(first ?? '')
  }

  #ask<T>(other: () => Promise<T>): Promise<T> {
    this.#elsewhere++
    return other()
  }

  #mend(house: string, broken: Broken): void {
    this.#broken.delete(house)
    this.log.info('search.engine-back', { house, awaySeconds: Math.round((this.clock.now().getTime() - broken.since) / 1_000) })
  }

  #break(house: string, broken: Broken | undefined, error: SearchAway): void {
    const now = this.clock.now().getTime()
    // An index that is being made, or catches up, is worth asking for soon.
    const waits = broken && error.reason !== 'behind' ? Math.min(longest, broken.waits * 2) : shortest
    this.#broken.set(house, { reason: error.reason, since: broken?.since ?? now, waits, nextAt: now + waits, trying: false })
    if (!broken || broken.reason !== error.reason) this.log.warn('search.engine-away', { house, reason: error.reason, why: error.message })
  }
}

/** The second engine as a process has it: the server, and how it stands with it. */
export interface SecondSearch {
  server: SearchServer
  circuit: Circuit
}
