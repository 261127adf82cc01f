import { metadataMap } from '../../assets/rules/metadata-map.ts'
import { defaultText, wordsOf, type FieldValue, type FieldValues } from '../../assets/rules/metadata-values.ts'

export const proposalKinds = ['CONTRACT', 'MODEL_RELEASE', 'PROPERTY_RELEASE', 'BAN'] as const
export type ProposalKind = (typeof proposalKinds)[number]

/** One thing that a file said, word for word, and where in it. */
export interface Statement {
  field: string
  label: string
  words: string
  from: string
}
/** What the rights desk may write down of it: nothing follows from it until a person does. */
export interface FileClaim {
  kind: ProposalKind
  summary: string
  statements: Statement[]
  /** Values for the recording form; what a file cannot know (media, territory) is for the person. */
  prefill: Record<string, string>
}

const fieldsOf: Record<ProposalKind, readonly string[]> = {
  CONTRACT: [
    'usageTerms',
    'webStatement',
    'ccLicence',
    'licensors',
    'copyrightOwners',
    'rightsOwners',
    'imageSuppliers',
    'supplierImageId',
    'copyrightStatus',
    'licenceId',
    'licensees',
    'endUsers',
    'licenceStart',
    'licenceEnd',
    'licenceDate',
    'mediaSummaryCode',
    'mediaConstraints',
    'regionConstraints',
    'productConstraints',
    'creditRequired',
    'termsText',
    'termsUrl',
    'otherConditions',
    'otherRequirements',
    'linkedExpressions',
    'embeddedExpressions',
    'licensorTransactions',
  ],
  MODEL_RELEASE: ['modelReleaseStatus', 'modelReleaseIds', 'minorAge', 'modelAges'],
  PROPERTY_RELEASE: ['propertyReleaseStatus', 'propertyReleaseIds'],
  BAN: ['otherConstraints', 'dataMining', 'alterationConstraints', 'duplicationConstraints', 'adultWarning', 'instructions'],
}
/** Words that alone ask for nothing: they stand in nearly every file. */
const quiet: Record<string, readonly FieldValue[]> = {
  copyrightStatus: ['CS-UNK', 'CS-PRO'],
  dataMining: ['DMI-UNSPECIFIED', 'DMI-ALLOWED'],
  adultWarning: ['CW-NRQ', 'CW-UNK'],
  duplicationConstraints: ['DP-NDC'],
  modelReleaseStatus: ['MR-NON'],
  propertyReleaseStatus: ['PR-NON'],
  minorAge: ['AG-UNK'],
  creditRequired: ['CR-NRQ'],
}
const barring =
  /editorial|not for commercial|no commercial|embargo|do not (use|publish)|nicht (kommerziell|werblich)|redaktionell|nur f\u00fcr redaktion|sperrfrist|hold for release|restricted|mandatory credit/i

const byName = new Map(metadataMap.map((field) => [field.name, field]))

function statementsOf(kind: ProposalKind, values: FieldValues, origins: Readonly<Record<string, string>>): Statement[] {
  return fieldsOf[kind].flatMap((name) => {
    const [field, value] = [byName.get(name), values[name]]
    if (!field || value === undefined || quiet[name]?.includes(value)) return []
    if (name === 'instructions' && !barring.test(String(value))) return []
    return [{ field: name, label: field.label, words: wordsOf(field, value).slice(0, 2000), from: origins[name] ?? 'File' }]
  })
}

const firstName = (value: FieldValue | undefined): string => {
  const [first] = Array.isArray(value) ? value : []
  return typeof first === 'object' && !Array.isArray(first)
    ? String(first['name'] ?? first['id'] ?? '')
    : typeof first === 'string'
      ? first
      : ''
}
const textOf = (value: FieldValue | undefined): string => defaultText(value)
const isDay = (value: FieldValue | undefined): value is string => typeof value === 'string' && /^\d{4}-\d\d-\d\d/.test(value)

/** What a Creative Commons address grants, in its own short name: `CC BY-SA 4.0`. */
export function ccName(address: string): string | undefined {
  const found = /creativecommons\.org\/(?:licenses\/([a-z-]+)|publicdomain\/(zero|mark))\/?(\d\.\d)?/i.exec(address)
  if (!found) return undefined
  const [, licence, domain, version = ''] = found
  const name = domain === 'zero' ? 'CC0' : domain === 'mark' ? 'Public Domain Mark' : `CC ${licence?.toUpperCase()}`
  return `${name} ${version}`.trim()
}

function contract(values: FieldValues): Pick<FileClaim, 'summary' | 'prefill'> {
  const cc = [values['ccLicence'], values['webStatement'], values['usageTerms']].map((value) => ccName(textOf(value))).find(Boolean)
  const licensor =
    firstName(values['licensors']) ||
    firstName(values['copyrightOwners']) ||
    firstName(values['imageSuppliers']) ||
    firstName(values['rightsOwners'])
  const reference = textOf(values['licenceId']) || cc || ''
  const [from, until] = [values['licenceStart'], values['licenceEnd']]
  const who = licensor || textOf(values['webStatement']) || 'somebody'
  const terms = textOf(values['usageTerms']).slice(0, 120)
  return {
    summary: cc ? `${cc}${licensor ? `, of ${licensor}` : ''}` : terms ? `${who}: ${terms}` : `Licensed by ${who}`,
    prefill: {
      ...(reference ? { contract: reference.slice(0, 200) } : {}),
      ...(licensor ? { licensor: licensor.slice(0, 200) } : {}),
      ...(isDay(from) ? { from: from.slice(0, 10) } : {}),
      ...(isDay(until) ? { until: until.slice(0, 10) } : {}),
    },
  }
}

const statuses: Record<string, string> = {
  'MR-UMR': 'UNLIMITED',
  'MR-LMR': 'LIMITED',
  'MR-NAP': 'NOT_APPLICABLE',
  'PR-UPR': 'UNLIMITED',
  'PR-LPR': 'LIMITED',
  'PR-NAP': 'NOT_APPLICABLE',
}

function release(kind: 'MODEL' | 'PROPERTY', values: FieldValues): Pick<FileClaim, 'summary' | 'prefill'> {
  const prefix = kind === 'MODEL' ? 'model' : 'property'
  const code = textOf(values[`${prefix}ReleaseStatus`])
  const ids = values[`${prefix}ReleaseIds`]
  const reference = Array.isArray(ids) ? ids.map(String).join(', ') : ''
  const age = textOf(values['minorAge'])
  const ages = Array.isArray(values['modelAges']) ? values['modelAges'].map(Number) : []
  const minor = kind === 'MODEL' && (/^AG-(U14|A1[5-7])$/.test(age) || ages.some((years) => years < 18))
  const status = statuses[code]
  const field = byName.get(`${prefix}ReleaseStatus`)
  const said = code && field ? wordsOf(field, code) : 'Releases named, their kind not'
  return {
    summary: `${said}${reference ? `: ${reference}` : ''}${minor ? ', a minor' : ''}`.slice(0, 300),
    prefill: {
      kind,
      ...(status ? { status } : {}),
      ...(reference ? { reference: reference.slice(0, 200) } : {}),
      ...(minor ? { minor: 'on' } : {}),
    },
  }
}

function ban(statements: readonly Statement[]): Pick<FileClaim, 'summary' | 'prefill'> {
  const words = statements.map((statement) => `${statement.label}: ${statement.words}`).join(' · ')
  const said = words.toLowerCase()
  const kind = /editorial|redaktion/.test(said) ? 'EDITORIAL_ONLY' : /embargo|sperrfrist|hold for release/.test(said) ? 'EMBARGO' : 'OTHER'
  return { summary: words.slice(0, 300), prefill: { kind, reason: words.slice(0, 500) } }
}

/** What a file says about rights, sorted by what could be written down of it. A file that says nothing gives nothing. */
export function claimsIn(values: FieldValues, origins: Readonly<Record<string, string>>): FileClaim[] {
  return proposalKinds.flatMap((kind) => {
    const statements = statementsOf(kind, values, origins)
    if (statements.length === 0) return []
    const said =
      kind === 'CONTRACT'
        ? contract(values)
        : kind === 'BAN'
          ? ban(statements)
          : release(kind === 'MODEL_RELEASE' ? 'MODEL' : 'PROPERTY', values)
    return [{ kind, statements, ...said }]
  })
}
