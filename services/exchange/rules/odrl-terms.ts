/** ODRL's own base, and ours: names, not addresses. Nothing is ever fetched from either. */
export const odrl = 'http://www.w3.org/ns/odrl/2/'
export const own = 'urn:clearmark:'
export const ownTerm = (name: string): string => `${own}term:${name}`
export const profile = `${own}odrl-profile:1`
export const rightsMl = 'https://iptc.org/std/RightsML/odrl-profile/'
export const odrlContextUrl = 'http://www.w3.org/ns/odrl.jsonld'
export const dateTime = 'http://www.w3.org/2001/XMLSchema#dateTime'
export const date = 'http://www.w3.org/2001/XMLSchema#date'
export const integer = 'http://www.w3.org/2001/XMLSchema#integer'

/** The axes of a scope: ODRL's left operand, and the base of our codes as IRIs. */
export const axes = {
  media: { operand: 'media', base: `${own}media:` },
  territory: { operand: 'spatial', base: `${own}territory:` },
  industry: { operand: 'industry', base: `${own}industry:` },
} as const
export type Axis = keyof typeof axes

const words = (text: string): string[] => text.split(' ')
const plain = words(
  'Policy Agreement Set Offer Request Ticket Privacy Assertion Party PartyCollection Asset AssetCollection Permission Prohibition Duty Constraint LogicalConstraint ' +
    'perm prohibit invalid use transfer grantUse sell give attribute compensate ensureExclusivity nextPolicy obtainConsent delete inform display print play present reproduce distribute derive ' +
    'modify aggregate stream synchronize archive index move read translate ' +
    'eq gt gteq lt lteq hasPart isA isAllOf isAnyOf isNoneOf isPartOf policyUsage ' +
    'count dateTime delayPeriod deliveryChannel elapsedTime event fileFormat language media meteredTime payAmount percentage product purpose recipient resolution spatial systemDevice ' +
    'timeInterval unitOfCount version virtualLocation rightOperand status',
)
const references = words(
  'profile inheritFrom target assigner assignee permission prohibition obligation duty remedy consequence failure constraint refinement rightOperandReference unit dataType source partOf hasPolicy',
)
const vocabularies = words('action operator leftOperand conflict')

/**
 * What `http://www.w3.org/ns/odrl.jsonld` means here: the terms that we read, kept in this house. `neq` and `industry` are
 * right, which they are not in the published file; policies that we write say so once more themselves.
 */
export const pinnedContext = {
  '@context': {
    odrl,
    rdf: 'http://www.w3.org/1999/02/22-rdf-syntax-ns#',
    dct: 'http://purl.org/dc/terms/',
    xsd: 'http://www.w3.org/2001/XMLSchema#',
    uid: '@id',
    type: '@type',
    neq: 'odrl:neq',
    industry: 'odrl:industry',
    ...Object.fromEntries(plain.map((name) => [name, `odrl:${name}`])),
    ...Object.fromEntries(references.map((name) => [name, { '@id': `odrl:${name}`, '@type': '@id' }])),
    ...Object.fromEntries(vocabularies.map((name) => [name, { '@id': `odrl:${name}`, '@type': '@vocab' }])),
    ...Object.fromEntries(words('or xone and').map((name) => [name, { '@id': `odrl:${name}`, '@type': '@id' }])),
    andSequence: { '@id': 'odrl:andSequence', '@type': '@id', '@container': '@list' },
  },
} as const

/** The head of everything that we write. */
export const writtenContext = [
  odrlContextUrl,
  {
    cm: `${own}term:`,
    dct: 'http://purl.org/dc/terms/',
    industry: 'odrl:industry',
    neq: 'odrl:neq',
    xsd: 'http://www.w3.org/2001/XMLSchema#',
  },
]
