import type { Box } from '../../rights/rules/box.ts'
import { decide, type Cause, type Reason, type Use } from '../../rights/rules/decide.ts'
import type { AssetRights, When } from '../../rights/rules/known.ts'
import { nearestTerms, type Axis } from '../../rights/rules/nearest.ts'
import { reasonInWords } from '../../rights/rules/reason-words.ts'
import { boxOf, type ScopeTerms } from '../../rights/rules/scope.ts'
import { describeScope, summariseScope } from '../../rights/rules/scope-words.ts'
import { lightOf, type Kind, type Light } from './lights.ts'

/** For whom the question is asked, and how much its answer may say. */
export interface Asker {
  by: Use['by']
  /** Contracts are for the house's own people. */
  contracts: boolean
  /** The organisation that will use it, where its people do not ask themselves. */
  onBehalfOf?: string | undefined
}
export interface ReasonGiven {
  cause: Cause
  words: string
}
/** What can be had instead, by giving way on one axis. */
export interface Instead {
  axis: Axis
  kept: number
  terms: ScopeTerms
  words: string
}
/** One answer, as it is shown, stored and sent. */
export interface Answer {
  light: Light
  kind: Kind
  reasons: ReasonGiven[]
  nearest: Instead[]
  /** Numbers of the licences that cover the use. */
  licences: string[]
}

/** What the engine says of one planned use, in a light, in words, and in what can be had instead. */
export function answerTo(rights: AssetRights, terms: ScopeTerms, asker: Asker, at: Date): Answer {
  const when: When = { at, knownAt: at }
  const how = { by: asker.by, ...(terms.limits ? { limits: terms.limits } : {}) }
  const use: Use = { ...how, box: boxOf(terms), exclusive: terms.exclusive }
  const decision = decide(rights, use, when)
  const counters = decision.verdict === 'deny' ? nearestTerms(rights, terms, how, when) : []
  const numbers = new Map(rights.licences.map(({ id, number }) => [id, number]))
  return {
    ...lightOf(decision, asker.by, counters),
    reasons: decision.reasons.map((reason) => ({ cause: reason.cause, words: wordsOf(reason, use.box as Box, terms.zone, asker) })),
    nearest: counters.map((instead) => ({ ...instead, words: insteadInWords(instead.axis, instead.terms) })),
    licences: decision.licences.flatMap((id) => numbers.get(id) ?? []),
  }
}

function wordsOf(reason: Reason, asked: Box, zone: string, { contracts, onBehalfOf }: Asker): string {
  const words = reasonInWords(reason, asked, { zone, contracts })
  return reason.own && onBehalfOf ? words.replace('Your organisation holds', `${onBehalfOf} holds`) : words
}

const labels = { exclusivity: 'Exclusivity', territory: 'Territory', period: 'Period', media: 'Media', industry: 'Industry' } as const

/** What is different, and only that: "Germany and Austria", "Non-exclusive"; the whole scope where several things are. */
const insteadInWords = (axis: Axis, terms: ScopeTerms): string =>
  axis === 'several' ? summariseScope(terms) : (describeScope(terms).find(({ label }) => label === labels[axis])?.words ?? '')
