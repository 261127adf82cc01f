import type { BriefVerb } from '#services/briefs/rules/brief-states.ts'
import type { briefMakers, briefPage } from '#services/briefs/views.ts'

/** What the pieces of a brief's page are given. */
export type BriefShown = Awaited<ReturnType<typeof briefPage>> & {
  makers: Awaited<ReturnType<typeof briefMakers>> | null
  desk: boolean
  verbs: BriefVerb[]
}
