import type { LifeError } from '#services/assets/errors.ts'
import type { AssetState } from '#services/assets/rules/asset-states.ts'
import { stateWords } from '#services/assets/rules/asset-states.ts'

const sentences = (detail: unknown): string => (Array.isArray(detail) ? detail.join(' ') : '')

/** Why a step in an asset's life was not taken, and what to do. */
export const lifeSayings: Record<LifeError, (detail: unknown) => string> = {
  'wrong-state': (detail) => {
    const state = (detail as { state?: AssetState } | undefined)?.state
    return state ? `It cannot: it is “${stateWords[state].toLowerCase()}”.` : 'Its state does not allow that.'
  },
  'legal-hold': () => 'A legal hold keeps it where it is until the hold is released.',
  'not-publishable': (detail) => sentences(detail) || 'Something is missing before it can be published.',
  'not-approved': () => 'Its newest version is not approved. Have it reviewed first.',
  'in-the-past': () => 'That time has passed. Choose a later one.',
  'ends-before-it-begins': () => 'The end lies before the beginning.',
  purged: () => 'Its bytes are gone for good: there is nothing left to keep.',
  'already-held': () => 'This matter keeps it already.',
}
