import { dayInWords, describeScope, industryName } from '../../rights/rules/scope-words.ts'
import type { ScopeTerms } from '../../rights/rules/scope.ts'
import type { UpstreamChange } from './change.ts'

interface Said {
  label: string
  words: string
}

/** What a change says, in a few rows for a page and a print. */
export function describeChange(change: UpstreamChange): Said[] {
  const { source } = change
  const about: Said =
    source.by === 'assets'
      ? { label: 'About', words: `${source.assetIds?.length ?? 0} chosen pictures` }
      : { label: source.by === 'contract' ? 'Contract' : 'Release', words: source.reference }
  const chosen: Said[] =
    source.by !== 'assets' && source.assetIds ? [{ label: 'Only', words: `${source.assetIds.length} chosen pictures of it` }] : []
  switch (change.kind) {
    case 'END_CONTRACT':
      return [about, ...chosen, { label: 'Ends', words: change.lastDay === null ? 'at once' : `after ${dayInWords(change.lastDay)}` }]
    case 'NARROW_CONTRACT':
      return [
        about,
        ...chosen,
        ...scopeSaid('At most', change.terms),
        ...(change.ownUseOnly ? [{ label: 'Use', words: 'by the house itself only' }] : []),
      ]
    case 'WITHDRAW_CONSENT':
      return [about, ...chosen, { label: 'Withdrawn', words: `from ${dayInWords(change.firstDay)} on, for every use` }]
    case 'NARROW_CONSENT':
      return [
        about,
        ...chosen,
        ...scopeSaid('At most', change.terms),
        ...(change.withoutAi ? [{ label: 'AI', words: 'no longer' }] : []),
        ...(change.withoutSensitive ? [{ label: industryName('sensitive'), words: 'no longer' }] : []),
      ]
    case 'BAN':
      return [about, ...chosen, ...scopeSaid('Barred', change.terms), { label: 'Because', words: change.reason }]
  }
}

const scopeSaid = (prefix: string, terms: ScopeTerms): Said[] =>
  describeScope(terms)
    .filter(({ label }) => label !== 'Exclusivity' && (label !== 'Industry' || terms.industry !== 'ALL'))
    .map(({ label, words }) => ({ label: `${prefix}: ${label.toLowerCase()}`, words }))
