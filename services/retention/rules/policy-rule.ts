import { assetStates, stateWords, type AssetState } from '../../assets/rules/asset-states.ts'

export const policyActions = ['ARCHIVE', 'DELETE', 'HOLD', 'EXPIRE', 'NOTIFY', 'ASK'] as const
export type PolicyAction = (typeof policyActions)[number]
export const actionWords: Record<PolicyAction, string> = {
  ARCHIVE: 'Archive it',
  DELETE: 'Put it in the bin',
  HOLD: 'Put it on hold',
  EXPIRE: 'End its use',
  NOTIFY: 'Write to the librarians',
  ASK: 'Ask a librarian: archive or keep?',
}
export const policyStates = ['DRAFT', 'WAITING', 'ACTIVE', 'PAUSED', 'ENDED'] as const
export type PolicyState = (typeof policyStates)[number]
export const policyStateWords: Record<PolicyState, string> = {
  DRAFT: 'Draft',
  WAITING: 'Waits for a second person',
  ACTIVE: 'Runs every night',
  PAUSED: 'Paused',
  ENDED: 'Ended',
}

/** From what the wait is counted. */
export const policyClocks = ['created', 'changed', 'published', 'last-download', 'last-licence-ended', 'rights-ended', 'use-ended'] as const
export type PolicyClock = (typeof policyClocks)[number]
export const clockWords: Record<PolicyClock, string> = {
  created: 'it came into the library',
  changed: 'it was last changed',
  published: 'it was published',
  'last-download': 'it was last downloaded, or published if never',
  'last-licence-ended': 'its last licence ended',
  'rights-ended': 'the last of our rights ended',
  'use-ended': 'its end of use',
}

/** States in which a policy may find an asset at all: what is open with a reviewer or under an embargo is left to people. */
export const policyFinds = ['DRAFT', 'APPROVED', 'PUBLISHED', 'EXPIRED', 'WITHDRAWN', 'ARCHIVED'] as const satisfies readonly AssetState[]

const verbs = { ARCHIVE: 'archive', DELETE: 'delete', HOLD: 'hold', EXPIRE: 'expire' } as const

/** Whether an action knows a state. What is published is archived by way of being withdrawn; it is never deleted by a rule. */
export function actsOn(action: PolicyAction, state: AssetState): boolean {
  if (action === 'NOTIFY') return true
  if (action === 'ARCHIVE' || action === 'ASK') return state === 'PUBLISHED' || assetStates.after(state, 'archive') !== undefined
  return assetStates.after(state, verbs[action]) !== undefined
}

/** Why a policy leaves out an asset that its condition finds. */
export type Spared = 'legal-hold' | 'licence-in-force'
export const sparedWords: Record<Spared, string> = {
  'legal-hold': 'On legal hold',
  'licence-in-force': 'A licence is in force',
}

/** Which actions a licence in force stands against: those after which nobody in the house would look after the picture. */
export const licenceSpares: Record<PolicyAction, boolean> = {
  ARCHIVE: true,
  DELETE: true,
  EXPIRE: false,
  HOLD: false,
  NOTIFY: false,
  ASK: true,
}
/** A legal hold stands against everything but telling somebody. */
export const holdSpares = (action: PolicyAction): boolean => action !== 'NOTIFY'

export interface RuleWords {
  states: readonly AssetState[]
  since: PolicyClock
  waitDays: number
  neverLicensed: boolean
}

/** A policy in one sentence, as people say it. */
export function inWords(action: PolicyAction, { states, since, waitDays, neverLicensed }: RuleWords): string {
  const wait = waitDays === 0 ? 'As soon as' : `${waitDays} ${waitDays === 1 ? 'day' : 'days'} after`
  const which = states.map((state) => stateWords[state].toLowerCase()).join(' or ')
  const unless = neverLicensed ? ', if it was never licensed' : ''
  return `${wait} ${clockWords[since]}, where it is ${which}${unless}: ${actionWords[action].charAt(0).toLowerCase()}${actionWords[action].slice(1)}.`
}
