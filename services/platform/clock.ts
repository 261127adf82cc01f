/** The only place where the house asks what time it is. */
export interface Clock {
  now(): Date
}
export const systemClock: Clock = { now: () => new Date() }

/** The system's time and some milliseconds more. */
export const clockAhead = (milliseconds: number): Clock => ({ now: () => new Date(Date.now() + milliseconds) })

/** For tests and the demo: a clock that stands until it is moved. */
export function standingClock(start: Date | string): Clock & { set(at: Date | string): void; advance(milliseconds: number): void } {
  let at = new Date(start)
  return {
    now: () => new Date(at),
    set: (to) => void (at = new Date(to)),
    advance: (milliseconds) => void (at = new Date(at.getTime() + milliseconds)),
  }
}
