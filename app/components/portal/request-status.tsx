import { Status, type Tone } from '#app/components/ui/badge.tsx'
import type { RequestState } from '#services/licensing/rules/request-states.ts'

const looks: Record<RequestState, [Tone, string]> = {
  WAITING: ['info', 'Waits for the rights desk'],
  GRANTED: ['success', 'Granted'],
  REFUSED: ['danger', 'Refused'],
  WITHDRAWN: ['neutral', 'Taken back'],
}

/** Where a request stands, in words. */
export function RequestStatus({ state }: { state: RequestState }) {
  const [tone, words] = looks[state]
  return <Status tone={tone}>{words}</Status>
}
