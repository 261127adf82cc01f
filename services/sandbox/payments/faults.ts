import { z } from 'zod'

export const faultSchema = z.strictObject({
  /** A part of `METHOD /path`. */
  match: z.string().default(''),
  /** reset: the connection breaks before the work; lost-response: after it; 500: an answer of failure, kept under its key; timeout: silence. */
  kind: z.enum(['reset', 'lost-response', '500', '503', 'timeout']),
  times: z.number().int().min(1).max(1000).default(1),
})
export type Fault = z.infer<typeof faultSchema>

/** Faults that wait for their request, first come first served. */
export function faultBox() {
  const waiting: Fault[] = []
  return {
    add: (fault: Fault) => void waiting.push(fault),
    clear: () => void waiting.splice(0),
    take(request: string): Fault['kind'] | null {
      const index = waiting.findIndex((fault) => request.includes(fault.match))
      const fault = waiting[index]
      if (!fault) return null
      fault.times -= 1
      if (fault.times === 0) waiting.splice(index, 1)
      return fault.kind
    },
  }
}
export type FaultBox = ReturnType<typeof faultBox>
