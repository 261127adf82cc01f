import { barredBy } from '../../rights/rules/barred.ts'
import { everything, remainder, type Box } from '../../rights/rules/box.ts'
import { notHeld } from '../../rights/rules/held.ts'
import { changed, turningOf, type Turning } from '../../rights/rules/impact.ts'
import {
  asKnown,
  rowsKnown,
  type Acquisition,
  type AssetRights,
  type Claim,
  type Release,
  type Restriction,
  type When,
} from '../../rights/rules/known.ts'
import type { LeafSet } from '../../rights/rules/leaf-set.ts'
import type { Cause } from '../../rights/rules/reason.ts'
import type { Loss } from './change-lines.ts'
import { rewritten, type UpstreamChange } from './change.ts'

/** What a change does to one asset. */
export interface Turned {
  /** A row is written or ended. */
  changing: boolean
  /** Something of it can no longer be sold, or a claim loses something. */
  touched: boolean
  /** Nothing can be sold or granted of it any more, now or later. */
  dead: boolean
  /** Something of it can be sold that could not. */
  freed: boolean
  /** The rights of a picture that has the same ones, with other ids. */
  before: AssetRights
  after: AssetRights
  /** What claims of licences lose that lose something, claim by claim. */
  losses: { licenceNo: bigint; loss: Loss }[]
}

/** Pictures with the same rights: what does not depend on what was sold of each. */
interface Group {
  before: AssetRights
  after: AssetRights
  turning: Turning
  changing: boolean
  nothingLeft: () => boolean
  /** By the claim's box and whose it is. */
  losses: Map<string, Loss | undefined>
  /** By the boxes that are taken. */
  sellable: Map<string, { less: boolean; more: boolean }>
}

/**
 * What a change does to each of many pictures. Those of one contract mostly have the same rights, and their claims the same
 * few boxes: each distinct question is asked of the engine once. The answer is that of every picture by itself, but for ids.
 */
export function turner(change: UpstreamChange, when: When): (rights: AssetRights) => Turned {
  const groups = new Map<string, Group>()
  const keys = boxKeys()
  return (rights) => {
    const key = rightsKey(rights, change, when, keys)
    const group = groups.get(key) ?? groupOf(rights, change, when)
    groups.set(key, group)
    return turnedIn(group, rowsKnown(rights.claims, when.knownAt.getTime()), keys.box)
  }
}

function groupOf(rights: AssetRights, change: UpstreamChange, { at, knownAt }: When): Group {
  const before = { ...rights, claims: [] }
  const rewriting = rewritten(before, change, at)
  const { ends, restrictions = [] } = rewriting.change
  const after = changed(before, rewriting.change)
  let left: boolean | undefined
  return {
    before,
    after,
    turning: turningOf(asKnown(before, knownAt), rewriting.change, at),
    changing: ends.length + restrictions.length > 0,
    nothingLeft: () => (left ??= nothingLeft(after, at)),
    losses: new Map(),
    sellable: new Map(),
  }
}

function turnedIn(group: Group, claims: readonly Claim[], keyOf: (box: Box) => string): Turned {
  const lossOf = (claim: Claim): Loss | undefined => {
    const key = `${claim.by ?? ''}${claim.state}${keyOf(claim.box)}`
    if (!group.losses.has(key)) group.losses.set(key, lossIn(group.turning, claim))
    return group.losses.get(key)
  }
  const all = claims.flatMap((claim) => {
    const loss = claim.twin ? undefined : lossOf(claim)
    return loss ? [{ licenceNo: claim.licenceNo, loss }] : []
  })
  const hit = new Set<bigint>()
  for (const { licenceNo, loss } of all) if (loss.boxes.length > 0) hit.add(licenceNo)
  const taken = claims.filter(({ exclusive }) => exclusive).map(({ box }) => box)
  const key = taken.map(keyOf).join(' ')
  const sellable = group.sellable.get(key) ?? sellableIn(group.turning, taken)
  group.sellable.set(key, sellable)
  const touched = hit.size > 0 || sellable.less
  return {
    changing: group.changing,
    touched,
    dead: touched && group.nothingLeft(),
    freed: sellable.more,
    before: group.before,
    after: group.after,
    losses: hit.size > 0 ? all.filter(({ licenceNo }) => hit.has(licenceNo)) : [],
  }
}

function lossIn(turning: Turning, claim: Claim): Loss | undefined {
  const fate = turning.fateOf(claim)
  if (!fate) return undefined
  return {
    boxes: fate.lost,
    keptNothing: fate.kept.length === 0,
    causes: new Set<Cause>(fate.reasons.map(({ cause }) => cause)),
    state: claim.state,
  }
}

function sellableIn(turning: Turning, taken: readonly Box[]): { less: boolean; more: boolean } {
  const { noLongerSellable, nowSellable } = turning.sellableBeside(taken)
  return { less: noLongerSellable.length > 0, more: nowSellable.length > 0 }
}

/** Whether everything is refused from an instant on: not held, or barred. */
function nothingLeft(after: AssetRights, at: Date): boolean {
  const ahead = { ...everything, period: { from: at, to: null } }
  const held = remainder(
    [ahead],
    notHeld(after, 'holder', ahead).flatMap((reason) => [...reason.parts]),
  )
  if (held.length === 0) return true
  const barred = barredBy(after, ahead)
  return (
    barred.length > 0 &&
    remainder(
      held,
      barred.flatMap((reason) => [...reason.parts]),
    ).length === 0
  )
}

interface Keys {
  box: (box: Box) => string
  set: (set: LeafSet) => number
}

/**
 * Everything of a picture's rights that the answer depends on. Of the names of papers that is whether they are the one that
 * changes. Rows that are not all known, or not in the order of their ids, say which they are: they share with nobody.
 */
function rightsKey(
  { asset, acquisitions, releases, restrictions }: AssetRights,
  { source }: UpstreamChange,
  { knownAt }: When,
  keys: Keys,
) {
  const rowsKey = <R extends Acquisition | Release | Restriction>(rows: readonly R[], say: (row: R) => string): string => {
    const said = rows.map((row) => `${say(row)} ${keys.box(row.box)}`).join(',')
    return rowsKnown(rows, knownAt.getTime()) === rows ? said : `${said}#${rows.map(({ id }) => id).join(' ')}`
  }
  return [
    `${asset.showsPeople} ${asset.showsProperty} ${asset.editorialOnly}`,
    rowsKey(acquisitions, (row) => `${row.contract === source.reference} ${row.subLicensable} ${row.exclusive}`),
    rowsKey(
      releases,
      (row) => `${row.reference === source.reference} ${row.kind} ${row.status} ${row.minor} ${row.aiUses} ${keys.set(row.sensitive)}`,
    ),
    rowsKey(restrictions, (row) => row.kind),
  ].join('|')
}

/** Short names for boxes: equal boxes that were read from the database have one name, since their sets are the same objects. */
function boxKeys(): Keys {
  const numbers = new Map<LeafSet, number>()
  const set = (leaves: LeafSet): number => {
    const known = numbers.get(leaves)
    if (known !== undefined) return known
    numbers.set(leaves, numbers.size)
    return numbers.size - 1
  }
  const box = ({ media, territory, industry, period }: Box): string =>
    `${set(media)}.${set(territory)}.${set(industry)}.${period.from.getTime()}.${period.to?.getTime() ?? ''}`
  return { box, set }
}
