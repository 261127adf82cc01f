import type { Json } from '../../kernel/canonical.ts'
import { boxOf, limitKinds, type ScopeTerms } from '../../rights/rules/scope.ts'
import type { RightsLine } from './lines.ts'
import { axes, own, profile, rightsMl, type Axis } from './odrl-terms.ts'

export interface PolicyAround {
  houseId: string
  houseName: string
}
type Policy = { [key: string]: Json }

const iri = (axis: Axis, codes: readonly string[]): Json[] => codes.map((code) => ({ '@id': axes[axis].base + code }))
const constraint = (leftOperand: string, operator: string, rightOperand: Json): Json => ({ leftOperand, operator, rightOperand })
const instant = (at: Date): Json => ({ '@type': 'xsd:dateTime', '@value': at.toISOString() })

/** A scope as constraints, all of which must hold. What is not constrained is everything: so says ODRL, and so do we. */
export function constraintsOf(terms: ScopeTerms): Json[] {
  const { period } = boxOf(terms)
  const { include, except = [] } = terms.territory
  const all: Json[] = []
  if (!terms.media.includes('ALL')) all.push(constraint('media', 'isAnyOf', iri('media', terms.media)))
  if (!include.includes('WORLD')) all.push(constraint('spatial', 'isAnyOf', iri('territory', include)))
  if (except.length > 0) all.push(constraint('spatial', 'isNoneOf', iri('territory', except)))
  if (terms.industry !== 'ALL') all.push(constraint('industry', 'isAnyOf', iri('industry', terms.industry)))
  all.push(constraint('dateTime', 'gteq', instant(period.from)))
  if (period.to) all.push(constraint('dateTime', 'lt', instant(period.to)))
  for (const kind of limitKinds) {
    const most = terms.limits?.[kind]
    if (most !== undefined)
      all.push({
        leftOperand: 'count',
        operator: 'lteq',
        rightOperand: { '@type': 'xsd:integer', '@value': String(most) },
        unit: `${own}unit:${kind}`,
      })
  }
  return all
}

const party = (uid: string, name: string): Json => ({ '@type': 'Party', uid, 'dct:title': name })
/** A name becomes part of a uid by its letters: the same name is the same party in every file. */
const named = (kind: string, name: string): string => `${own}${kind}:${encodeURIComponent(name)}`

/**
 * One row of rights as one policy: what is given is permitted, what is barred or refused is prohibited. The uid is the row's
 * own, so that a file made twice says the same.
 */
export function policyOf(id: string, line: RightsLine, { houseId, houseName }: PolicyAround): Policy {
  const house = party(`${own}house:${houseId}`, houseName)
  const target = `${own}asset:${line.asset}`
  const rule = (action: Json, more: Policy = {}): Policy => ({ target, action, constraint: constraintsOf(line.terms), ...more })
  const policy = (type: 'Agreement' | 'Set', record: string, more: Policy): Policy => ({
    '@type': type,
    uid: `${own}${record}:${id}`,
    profile: [rightsMl, profile],
    conflict: 'prohibit',
    'cm:record': record,
    'cm:zone': line.terms.zone,
    ...more,
  })
  switch (line.kind) {
    case 'ACQUISITIONS': {
      const parties = { assigner: party(named('party', line.licensor), line.licensor), assignee: house }
      return policy('Agreement', 'acquisition', {
        'cm:contract': line.contract,
        'cm:exclusive': line.terms.exclusive,
        permission: [rule(line.subLicensable ? ['use', 'grantUse'] : 'use', parties)],
        ...(line.terms.exclusive ? { obligation: [{ action: 'ensureExclusivity', target, ...parties }] } : {}),
      })
    }
    case 'RELEASES': {
      const refuses = line.status === 'NONE' || line.status === 'WITHDRAWN'
      const parties = { assigner: party(named('consent', line.reference), line.reference), assignee: house }
      return policy(refuses ? 'Set' : 'Agreement', 'release', {
        'cm:of': line.of,
        'cm:status': line.status,
        'cm:reference': line.reference,
        'cm:minor': line.minor,
        ...(line.guardian ? { 'cm:guardian': line.guardian } : {}),
        'cm:aiUses': line.aiUses,
        ...(line.sensitive.length > 0 ? { 'cm:sensitive': iri('industry', line.sensitive) } : {}),
        [refuses ? 'prohibition' : 'permission']: [rule('use', parties)],
      })
    }
    case 'RESTRICTIONS':
      return policy('Set', 'restriction', {
        'cm:of': line.of,
        'cm:reason': line.reason,
        ...(line.reference ? { 'cm:reference': line.reference } : {}),
        prohibition: [rule('use', { assignee: house })],
      })
    case 'SALES': {
      const parties = {
        assigner: party(named('party', line.shop), line.shop),
        assignee: party(named('party', line.holder || 'unnamed'), line.holder),
      }
      return policy('Agreement', 'licence', {
        'cm:reference': line.reference,
        'cm:exclusive': line.terms.exclusive,
        'dct:issued': instant(line.soldAt),
        permission: [rule('use', parties)],
        prohibition: [{ target, action: ['grantUse', 'sell', 'transfer'], ...parties }],
      })
    }
  }
}
