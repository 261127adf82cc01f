import { addDays, dayOf, isDay, startOfDay } from '../../kernel/period.ts'
import { limitKinds } from '../../rights/rules/scope.ts'
import { guarded, isZone, type Complaint } from './cells.ts'
import type { TableKind } from './kinds.ts'
import { axes, date, dateTime, odrl, own, ownTerm, profile, rightsMl } from './odrl-terms.ts'

/** A node of an expanded and flattened JSON-LD document: each property a list. */
export interface LdNode {
  '@id': string
  '@type'?: string[]
  [property: string]: unknown
}
interface LdValue {
  '@id'?: string
  '@value'?: unknown
  '@type'?: string
}
export type Nodes = ReadonlyMap<string, LdNode>
/** A policy as rows with cells, which are read like a file's; or why it cannot be. */
export type PolicyRead = { ok: true; rows: { kind: TableKind; cells: Map<string, string> }[] } | { ok: false; complaints: Complaint[] }

class Unread extends Error {
  constructor(readonly complaint: Complaint) {
    super(complaint.message)
  }
}
/** Whatever is not understood ends the policy: a permission would say too much without it, a prohibition too little. */
function refuse(column: string, value: unknown, message: string): never {
  throw new Unread({ column, value: String(value ?? '').slice(0, 200), message })
}

const policyTypes = ['Policy', 'Set', 'Agreement', 'Offer', 'Request', 'Ticket', 'Privacy', 'Assertion'].map((type) => odrl + type)
export const isPolicy = (node: LdNode): boolean => node['@type']?.some((type) => policyTypes.includes(type)) ?? false

const list = (node: LdNode, property: string): LdValue[] => {
  const values = node[property]
  return Array.isArray(values) ? (values as LdValue[]) : []
}
const told = (value: LdValue | undefined): string => String(value?.['@id'] ?? value?.['@value'] ?? '')
const own1 = (node: LdNode, name: string): string => told(list(node, ownTerm(name))[0])
/** Text of another file that a spreadsheet would run reads as text. */
const asText = (text: string): string => (/^\s*[=+\-@\uFF0B\uFF0D\uFF1D\uFF20]/.test(text) ? `'${text}` : guarded(text))
const bare = (value: string): string => (value.startsWith(odrl) ? value.slice(odrl.length) : value)

/** Reads one policy. `nodes` are all of the document, since rules may stand anywhere in it. */
export function readPolicy(policy: LdNode, nodes: Nodes, zone: string): PolicyRead {
  try {
    return { ok: true, rows: rowsOf(policy, nodes, zone) }
  } catch (error) {
    if (error instanceof Unread) return { ok: false, complaints: [error.complaint] }
    throw error
  }
}

const readable = new Set(['profile', 'conflict', 'permission', 'prohibition', 'obligation'].map((name) => odrl + name))

function rowsOf(policy: LdNode, nodes: Nodes, zone: string) {
  if (policy['@type']?.some((type) => ['Offer', 'Request', 'Ticket'].includes(bare(type))))
    refuse('type', policy['@type'].map(bare).join(' '), 'Offers, requests and tickets are no agreement. Import what was agreed.')
  for (const property of Object.keys(policy)) {
    if (property.startsWith(odrl) && !readable.has(property))
      refuse(
        bare(property),
        '',
        `“${bare(property)}” is not understood here, and what it would change is not known. Write the policy without it.`,
      )
    if (/isReplacedBy$/.test(property))
      refuse('isReplacedBy', told(list(policy, property)[0]), 'This policy was replaced. Import the one that it names.')
  }
  for (const value of list(policy, `${odrl}profile`))
    if (![profile, rightsMl].includes(told(value)))
      refuse('profile', told(value), 'This profile is not known here, so its words could mean anything.')
  const conflict = bare(told(list(policy, `${odrl}conflict`)[0]))
  const permissions = list(policy, `${odrl}permission`).map((value) => nodeOf(value, nodes, 'permission'))
  const prohibitions = list(policy, `${odrl}prohibition`).map((value) => nodeOf(value, nodes, 'prohibition'))
  if (permissions.length + prohibitions.length === 0) refuse('permission', '', 'The policy permits nothing and prohibits nothing.')
  if (permissions.length > 0 && prohibitions.length > 0 && conflict !== 'prohibit')
    refuse(
      'conflict',
      conflict,
      'Where both permissions and prohibitions stand, conflict must be “prohibit”: anything else voids the policy.',
    )
  const around = { policy, nodes, zone: own1(policy, 'zone') || zone }
  const noted = own1(policy, 'record')
  const onwards = ['grantUse', 'sell', 'transfer', 'give']
  const bans = prohibitions.filter((rule) => !actionsOf(rule).every((action) => onwards.includes(action)))
  for (const rule of prohibitions)
    if (!bans.includes(rule) && (noted !== 'licence' || list(rule, `${odrl}constraint`).length > 0))
      refuse('prohibition', actionsOf(rule).join(' '), 'To prohibit passing on, leave grantUse out of the permission.')
  return [
    ...permissions.flatMap((rule) => ruleRows(rule, true, noted, around)),
    ...bans.flatMap((rule) => ruleRows(rule, false, noted, around)),
  ]
}

interface Around {
  policy: LdNode
  nodes: Nodes
  zone: string
}

function nodeOf(value: LdValue, nodes: Nodes, column: string): LdNode {
  const node = nodes.get(value['@id'] ?? '')
  return node ?? refuse(column, told(value), 'The document names this rule, but does not hold it. Nothing is fetched from elsewhere.')
}

function actionsOf(rule: LdNode): string[] {
  return list(rule, `${odrl}action`).map((value) => bare(told(value)))
}

const ruleParts = new Set(['target', 'action', 'assigner', 'assignee', 'constraint'].map((name) => odrl + name))

function ruleRows(rule: LdNode, permits: boolean, noted: string, around: Around): { kind: TableKind; cells: Map<string, string> }[] {
  const column = permits ? 'permission' : 'prohibition'
  for (const property of Object.keys(rule))
    if (property.startsWith(odrl) && !ruleParts.has(property))
      refuse(
        bare(property),
        '',
        `“${bare(property)}” on a ${column} is a condition that this house cannot keep. Write the policy without it.`,
      )
  const actions = actionsOf(rule)
  const strange = actions.find((action) => !['use', 'grantUse'].includes(action))
  if (strange !== undefined || actions.length === 0)
    refuse('action', strange, 'Only “use”, and with it “grantUse”, are understood: narrower actions would be read as too much.')
  if (!actions.includes('use')) refuse('action', actions.join(' '), 'A rule must be about “use”.')
  const scope = scopeOf(rule, permits, around)
  const targets = list(rule, `${odrl}target`).map(told)
  if (targets.length === 0) refuse('target', '', 'The rule names no picture.')
  const row = kindOf(noted, permits)
  return targets.map((target) => ({
    kind: row,
    cells: new Map(
      Object.entries({ asset: asText(target.replace(`${own}asset:`, '')), ...scope, ...ownCells(row, rule, actions, around) }),
    ),
  }))
}

function kindOf(noted: string, permits: boolean): TableKind {
  if (noted === 'release') return 'RELEASES'
  if (noted === 'licence') return 'SALES'
  if (noted !== '' && noted !== 'acquisition' && noted !== 'restriction') return refuse('record', noted, 'There is no such kind of record.')
  if ((noted === 'acquisition' && !permits) || (noted === 'restriction' && permits))
    return refuse('record', noted, 'What is acquired is permitted, and what is restricted is prohibited; this says the opposite.')
  return permits ? 'ACQUISITIONS' : 'RESTRICTIONS'
}

function partyName(rule: LdNode, role: 'assigner' | 'assignee', nodes: Nodes): string {
  const iri = told(list(rule, odrl + role)[0])
  const node = nodes.get(iri)
  return (node && told(list(node, 'http://purl.org/dc/terms/title')[0])) || iri
}

function ownCells(kind: TableKind, rule: LdNode, actions: string[], { policy, nodes }: Around): Record<string, string> {
  const text = (name: string) => asText(own1(policy, name))
  const yes = (name: string) => own1(policy, name) || 'false'
  switch (kind) {
    case 'ACQUISITIONS':
      return {
        contract: text('contract') || asText(policy['@id']),
        licensor: asText(partyName(rule, 'assigner', nodes)),
        sub_licensable: actions.includes('grantUse') ? 'yes' : 'no',
        exclusive: yes('exclusive'),
      }
    case 'RELEASES':
      return {
        kind: text('of'),
        status: text('status'),
        reference: text('reference'),
        minor: yes('minor'),
        guardian: text('guardian'),
        ai_uses: yes('aiUses'),
        sensitive: list(policy, ownTerm('sensitive'))
          .map((value) => codeOf('industry', value))
          .join('|'),
      }
    case 'RESTRICTIONS':
      return {
        kind: own1(policy, 'of') || 'OTHER',
        reason: text('reason') || asText(`Prohibited by ${policy['@id']}`),
        reference: text('reference') || (own1(policy, 'record') ? '' : asText(policy['@id'])),
      }
    case 'SALES':
      return {
        shop: asText(partyName(rule, 'assigner', nodes)),
        reference: text('reference'),
        holder: asText(partyName(rule, 'assignee', nodes).replace(/^urn:clearmark:party:unnamed$/, '')),
        sold_at: told(list(policy, 'http://purl.org/dc/terms/issued')[0]),
        exclusive: yes('exclusive'),
      }
  }
}

function codeOf(axis: keyof typeof axes, value: LdValue): string {
  const code = told(value)
  if (code.startsWith(axes[axis].base)) return code.slice(axes[axis].base.length)
  return refuse(
    axes[axis].operand,
    code,
    `This is no ${axis} of our vocabulary. Its codes read ${axes[axis].base}…; the list of codes has them all.`,
  )
}

const constraintParts = new Set(['leftOperand', 'operator', 'rightOperand', 'unit', 'dataType'].map((name) => odrl + name))

/** The constraints of a rule as the cells of a scope. What is not constrained is everything. */
function scopeOf(rule: LdNode, permits: boolean, { nodes, zone }: Around): Record<string, string> {
  const cells: Record<string, string> = { media: 'ALL', territory: 'WORLD', industry: '', from: '', until: '', zone }
  const seen = new Set<string>()
  const limits: string[] = []
  let except = ''
  for (const value of list(rule, `${odrl}constraint`)) {
    const node = nodeOf(value, nodes, 'constraint')
    for (const property of Object.keys(node))
      if (property.startsWith(odrl) && !constraintParts.has(property))
        refuse(
          bare(property),
          '',
          `“${bare(property)}” within a constraint is not understood. Write out what it means, one policy for each case.`,
        )
    const operand = bare(told(list(node, `${odrl}leftOperand`)[0]))
    const operator = bare(told(list(node, `${odrl}operator`)[0]))
    const right = list(node, `${odrl}rightOperand`)
    const not = ['isNoneOf', 'neq'].includes(operator)
    const side =
      operand === 'count' ? told(list(node, `${odrl}unit`)[0]) : operand === 'dateTime' ? operator.replace('eq', '') : String(not)
    if (seen.has(`${operand} ${side}`)) refuse(operand, operator, 'Two constraints say the same thing of one operand. Write them as one.')
    seen.add(`${operand} ${side}`)
    if (right.length === 0) refuse(operand, operator, 'The constraint compares with nothing.')
    const axis = (['media', 'territory', 'industry'] as const).find((one) => axes[one].operand === operand)
    if (axis) {
      const codes = right.map((one) => codeOf(axis, one)).join('|')
      if (not && axis !== 'territory')
        refuse(operand, operator, 'Only places can be left out with isNoneOf. List what is meant with isAnyOf.')
      if (!not && !['isAnyOf', 'isPartOf', 'isA', 'eq'].includes(operator))
        refuse(operand, operator, 'Compare with isAnyOf, isPartOf, isA or eq.')
      if (!not && operator !== 'isAnyOf' && right.length > 1) refuse(operand, operator, 'Several values go with isAnyOf.')
      if (not) except = codes
      else cells[axis] = codes
    } else if (operand === 'dateTime') Object.assign(cells, daysOf(operator, right, zone))
    else if (operand === 'count' && permits) limits.push(limitOf(operator, node, right))
    else
      refuse(
        'leftOperand',
        operand,
        `“${operand}” is not understood here. A permission would say too much without it; write the policy without it, or not at all.`,
      )
  }
  if (except) cells.territory += ` except ${except}`
  if (!cells.from) cells.from = '1000-01-01'
  return limits.length > 0 ? { ...cells, limits: limits.join('|') } : cells
}

function daysOf(operator: string, [right, ...more]: LdValue[], zone: string): { from: string } | { until: string } {
  const value = told(right)
  if (more.length > 0) refuse('dateTime', value, 'A period has one beginning and one end.')
  if (right?.['@type'] === date || (isDay(value) && right?.['@type'] !== dateTime)) {
    if (!isDay(value)) refuse('dateTime', value, 'There is no such day.')
    if (operator === 'gteq') return { from: value }
    if (operator === 'lteq') return { until: value }
    if (operator === 'lt') return { until: addDays(value, -1) }
    return refuse('dateTime', operator, 'Write the beginning with gteq and the end with lt or lteq.')
  }
  const at = new Date(/(Z|[+-]\d{2}:\d{2})$/.test(value) ? value : Number.NaN)
  if (Number.isNaN(at.getTime())) refuse('dateTime', value, 'Write instants in ISO 8601 with their offset, e.g. 2026-12-01T00:00:00Z.')
  if (operator !== 'gteq' && operator !== 'lt') refuse('dateTime', operator, 'Write the beginning with gteq and the end with lt.')
  if (!isDay(at.toISOString().slice(0, 10)))
    refuse('dateTime', value, 'Write no end where there is none; this instant is out of every calendar.')
  if (!isZone(zone)) refuse('zone', zone, 'There is no such time zone. Use a name such as Europe/Berlin or UTC, or leave cm:zone out.')
  const day = dayOf(at, zone)
  if (startOfDay(day, zone).getTime() !== at.getTime())
    refuse('dateTime', value, `Periods begin and end at midnight in ${zone}. Name the zone in which it is midnight by cm:zone.`)
  return operator === 'gteq' ? { from: day } : { until: addDays(day, -1) }
}

function limitOf(operator: string, node: LdNode, [right]: LdValue[]): string {
  const unit = told(list(node, `${odrl}unit`)[0])
  const kind = limitKinds.find((known) => unit === `${own}unit:${known}`)
  if (!kind || operator !== 'lteq')
    return refuse(
      'count',
      unit || operator,
      `Counts are bound with lteq and one of our units: ${limitKinds.map((known) => `${own}unit:${known}`).join(', ')}.`,
    )
  return `${kind}=${told(right)}`
}
