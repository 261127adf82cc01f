import { endOfDay, startOfDay, type Day } from '../../kernel/period.ts'
import { covers, everything, intersection, type Box } from '../../rights/rules/box.ts'
import type { Change } from '../../rights/rules/impact.ts'
import type { Acquisition, AssetRights, Release, ReleaseStatus, Restriction, RestrictionKind } from '../../rights/rules/known.ts'
import { boxOf, type ScopeTerms } from '../../rights/rules/scope.ts'
import { LeafSet } from '../../rights/rules/leaf-set.ts'

/** Whose assets a change is about: all that cite a contract or a release, or some that were chosen. */
export interface ChangeSource {
  by: 'contract' | 'release' | 'assets'
  /** The contract's or release's reference; empty for chosen assets. */
  reference: string
  /** Only these, where not all. */
  assetIds: string[] | null
}

/** What happens upstream, as somebody wrote it down. */
export type UpstreamChange =
  | { kind: 'END_CONTRACT'; source: ChangeSource; lastDay: Day | null; zone: string }
  | { kind: 'NARROW_CONTRACT'; source: ChangeSource; terms: ScopeTerms; ownUseOnly: boolean }
  | { kind: 'WITHDRAW_CONSENT'; source: ChangeSource; firstDay: Day; zone: string }
  | { kind: 'NARROW_CONSENT'; source: ChangeSource; terms: ScopeTerms; withoutAi: boolean; withoutSensitive: boolean }
  | { kind: 'BAN'; source: ChangeSource; ban: RestrictionKind; reason: string; reference: string | null; terms: ScopeTerms }

/** A row that the change writes down; what it does not say is as in the row that it replaces. */
export interface NewRow {
  table: 'acquisitions' | 'releases' | 'restrictions'
  replaces: string | null
  box: Box
  subLicensable?: boolean
  status?: ReleaseStatus
  aiUses?: boolean
  sensitive?: LeafSet
}
export interface Rewriting {
  /** For the engine: the same rows as `rows`, as it knows them. */
  change: Change
  rows: NewRow[]
}

const consents = (row: Release): boolean => row.status === 'UNLIMITED' || row.status === 'LIMITED'

/** What the change makes of one asset's rows. Rows that lie within the new bounds already stay as they are. */
export function rewritten(rights: AssetRights, change: UpstreamChange, at: Date): Rewriting {
  if (change.kind === 'BAN') return banned(change, at)
  if (change.kind === 'END_CONTRACT') {
    if (change.lastDay === null) return { change: { ends: contractRows(rights, change).map(({ id }) => id) }, rows: [] }
    const to = endOfDay(change.lastDay, change.zone)
    return contractsWithin(contractRows(rights, change), { ...everything, period: { from: everything.period.from, to } }, false, at)
  }
  if (change.kind === 'NARROW_CONTRACT') return contractsWithin(contractRows(rights, change), boxOf(change.terms), change.ownUseOnly, at)
  const rows = rights.releases.filter((row) => row.reference === change.source.reference && consents(row))
  return change.kind === 'WITHDRAW_CONSENT'
    ? withdrawn(rows, startOfDay(change.firstDay, change.zone), at)
    : consentsWithin(rows, change, at)
}

const contractRows = (rights: AssetRights, { source }: UpstreamChange): Acquisition[] =>
  rights.acquisitions.filter((row) => row.contract === source.reference)

/** Known from the change on, under an id that only the preview sees. */
const anew = <R extends Acquisition | Release | Restriction>(row: R, fields: Partial<R>, at: Date): R => ({
  ...row,
  id: `${row.id}'`,
  recordedAt: at,
  supersededAt: null,
  ...fields,
})

function contractsWithin(rows: readonly Acquisition[], bound: Box, ownUseOnly: boolean, at: Date): Rewriting {
  const ends: string[] = []
  const acquisitions: Acquisition[] = []
  const written: NewRow[] = []
  for (const row of rows) {
    const loses = ownUseOnly && row.subLicensable
    if (covers(bound, row.box) && !loses) continue
    ends.push(row.id)
    const box = intersection(row.box, bound)
    if (!box) continue
    const subLicensable = row.subLicensable && !ownUseOnly
    acquisitions.push(anew(row, { box, subLicensable }, at))
    written.push({ table: 'acquisitions', replaces: row.id, box, subLicensable })
  }
  return { change: { ends, acquisitions }, rows: written }
}

/** From its first day a withdrawal bars every use. Until then, where that day is still to come, the consent goes on. */
function withdrawn(rows: readonly Release[], from: Date, at: Date): Rewriting {
  const releases: Release[] = []
  const written: NewRow[] = []
  const write = (row: Release, status: ReleaseStatus, box: Box) => {
    releases.push(anew(row, { id: `${row.id}'${status}`, status, box }, at))
    written.push({ table: 'releases', replaces: row.id, box, status })
  }
  for (const row of rows) {
    const until = from > at ? intersection(row.box, { ...everything, period: { from: everything.period.from, to: from } }) : undefined
    if (until) write(row, 'LIMITED', until)
    write(row, 'WITHDRAWN', { ...everything, period: { from, to: null } })
  }
  return { change: { ends: rows.map(({ id }) => id), releases }, rows: written }
}

function consentsWithin(rows: readonly Release[], change: Extract<UpstreamChange, { kind: 'NARROW_CONSENT' }>, at: Date): Rewriting {
  const bound = boxOf(change.terms)
  const ends: string[] = []
  const releases: Release[] = []
  const written: NewRow[] = []
  for (const row of rows) {
    const losesAi = change.withoutAi && row.aiUses
    const losesSensitive = change.withoutSensitive && !row.sensitive.isEmpty
    if (covers(bound, row.box) && !losesAi && !losesSensitive) continue
    ends.push(row.id)
    const rest = intersection(row.box, bound)
    // Nothing is left of it: the person has not consented any more.
    const status: ReleaseStatus = rest ? 'LIMITED' : 'NONE'
    const fields = {
      box: rest ?? everything,
      status,
      aiUses: row.aiUses && !change.withoutAi,
      sensitive: change.withoutSensitive ? LeafSet.none : row.sensitive,
    }
    releases.push(anew(row, fields, at))
    written.push({ table: 'releases', replaces: row.id, ...fields })
  }
  return { change: { ends, releases }, rows: written }
}

function banned({ ban, reason, reference, terms }: Extract<UpstreamChange, { kind: 'BAN' }>, at: Date): Rewriting {
  const box = boxOf(terms)
  const restriction: Restriction = { id: 'ban', kind: ban, reason, reference, box, recordedAt: at, supersededAt: null }
  return { change: { ends: [], restrictions: [restriction] }, rows: [{ table: 'restrictions', replaces: null, box }] }
}

/** Whether a use must stop wherever it runs, or only no longer be sold: a person's word and a court's weigh more than a contract's end. */
export const mustStop = (change: UpstreamChange): boolean =>
  change.kind === 'WITHDRAW_CONSENT' ||
  change.kind === 'NARROW_CONSENT' ||
  (change.kind === 'BAN' && (change.ban === 'LEGAL_HOLD' || change.ban === 'SENSITIVE'))
