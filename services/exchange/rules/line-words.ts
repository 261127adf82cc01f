import { describeScope, summariseScope } from '../../rights/rules/scope-words.ts'
import type { RightsLine } from './lines.ts'

const statusWords = {
  UNLIMITED: 'consents without limits',
  LIMITED: 'consents within limits',
  NONE: 'does not consent',
  NOT_APPLICABLE: 'no consent needed',
  WITHDRAWN: 'withdraws the consent',
} as const
const bans = {
  EMBARGO: 'Embargo',
  EDITORIAL_ONLY: 'Editorial only',
  HOLDBACK: 'Holdback',
  LEGAL_HOLD: 'Legal hold',
  SENSITIVE: 'Not for sensitive subjects',
  OTHER: 'Barred',
} as const

/** What a row says, in a few words; its scope stands beside it. */
export function lineInWords(line: RightsLine): { what: string; words: string } {
  // Only what is held or sold can be exclusive.
  const unshared = line.kind === 'RELEASES' || line.kind === 'RESTRICTIONS'
  const words = unshared
    ? describeScope(line.terms)
        .filter(({ label }) => label !== 'Exclusivity' && (label !== 'Industry' || line.terms.industry !== 'ALL'))
        .map(({ words }) => words)
        .join(' · ')
    : summariseScope(line.terms)
  switch (line.kind) {
    case 'ACQUISITIONS':
      return { what: `${line.contract}, from ${line.licensor}${line.subLicensable ? '' : ', for our own use only'}`, words }
    case 'RELEASES':
      return {
        what: `${line.reference}: ${line.of === 'MODEL' ? 'person' : 'owner'} ${statusWords[line.status]}${line.minor ? ', a child' : ''}`,
        words,
      }
    case 'RESTRICTIONS':
      return { what: `${bans[line.of]}: ${line.reason}`, words }
    case 'SALES':
      return { what: `${line.shop} ${line.reference}${line.holder ? `, to ${line.holder}` : ''}`, words }
  }
}
