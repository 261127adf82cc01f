import { availabilityKnown, type GridQuestion, type Openness } from './availability.ts'
import type { Box } from './box.ts'
import type { Acquisition, AssetRights, Claim, Release, Restriction } from './known.ts'
import type { Period } from '../../kernel/period.ts'

type Kept = { id: string; box: Box }
/** What a row may say otherwise than the one in whose place it came. */
export type RowField = 'media' | 'territory' | 'industry' | 'period' | 'terms'

export interface RowDifference<R> {
  added: R[]
  ended: R[]
  /** The same contract, document or sale, read otherwise. */
  changed: { before: R; after: R; fields: RowField[] }[]
}

export interface CellDifference {
  /** Positions in the question's media and territory. */
  row: number
  column: number
  before: Openness
  after: Openness
}

export interface Difference {
  rows: {
    acquisitions: RowDifference<Acquisition>
    releases: RowDifference<Release>
    restrictions: RowDifference<Restriction>
    claims: RowDifference<Claim>
  }
  /** What is said of the picture itself. */
  asset: { field: 'showsPeople' | 'showsProperty' | 'editorialOnly'; before: boolean | null; after: boolean | null }[]
  cells: CellDifference[]
}

/** The grid that is compared; with `periodAfter` the second one looks at another span. */
export interface DifferenceQuestion extends GridQuestion {
  period: Period
  periodAfter?: Period
}

/** What two states of knowledge about one asset say differently: rows, and the cells of a grid. Both as known (`asKnown`). */
export function differenceOf(a: AssetRights, b: AssetRights, question: DifferenceQuestion): Difference {
  const fields = ['showsPeople', 'showsProperty', 'editorialOnly'] as const
  return {
    rows: {
      acquisitions: rowsOf(
        a.acquisitions,
        b.acquisitions,
        (row) => [row.contract, row.licensor],
        (row) => [row.subLicensable, row.exclusive],
      ),
      releases: rowsOf(
        a.releases,
        b.releases,
        (row) => [row.kind, row.reference],
        (row) => [row.status, row.minor, row.guardian, row.aiUses, row.sensitive.toPostgres()],
      ),
      restrictions: rowsOf(
        a.restrictions,
        b.restrictions,
        (row) => [row.kind, row.reference ?? row.reason],
        (row) => [row.reason],
      ),
      claims: rowsOf(
        a.claims,
        b.claims,
        (row) => [`${row.licenceNo}`],
        (row) => [row.state, row.exclusive],
      ),
    },
    asset: fields.flatMap((field) => (a.asset[field] === b.asset[field] ? [] : [{ field, before: a.asset[field], after: b.asset[field] }])),
    cells: cellsOf(a, b, question),
  }
}

function cellsOf(a: AssetRights, b: AssetRights, { periodAfter, ...question }: DifferenceQuestion): CellDifference[] {
  const at = question.period.from
  const before = availabilityKnown(a, question, at)
  const after = availabilityKnown(b, { ...question, period: periodAfter ?? question.period }, at)
  return before.flatMap((cells, row) =>
    cells.flatMap((cell, column) => {
      const now = after[row]?.[column] as Openness
      return now === cell ? [] : [{ row, column, before: cell, after: now }]
    }),
  )
}

const key = (words: readonly (string | boolean | null)[]): string => JSON.stringify(words)

/** Rows are never changed in place: one that goes and one that comes under the same name are one that changed. */
function rowsOf<R extends Kept>(
  a: readonly R[],
  b: readonly R[],
  nameOf: (row: R) => string[],
  termsOf: (row: R) => (string | boolean | null)[],
): RowDifference<R> {
  const fieldsOf = (before: R, after: R): RowField[] => [
    ...(['media', 'territory', 'industry'] as const).filter((axis) => !before.box[axis].equals(after.box[axis])),
    ...(sameSpan(before.box.period, after.box.period) ? [] : ['period' as const]),
    ...(key(termsOf(before)) === key(termsOf(after)) ? [] : ['terms' as const]),
  ]
  const [first, second] = [new Map(a.map((row) => [row.id, row])), new Map(b.map((row) => [row.id, row]))]
  const changed = a.flatMap((before) => {
    const after = second.get(before.id)
    const fields = after ? fieldsOf(before, after) : []
    return after && fields.length > 0 ? [{ before, after, fields }] : []
  })
  const came = new Map<string, R[]>()
  for (const row of b) if (!first.has(row.id)) came.set(key(nameOf(row)), [...(came.get(key(nameOf(row))) ?? []), row])
  const ended: R[] = []
  for (const row of a) {
    if (second.has(row.id)) continue
    const after = came.get(key(nameOf(row)))?.shift()
    if (after) changed.push({ before: row, after, fields: fieldsOf(row, after) })
    else ended.push(row)
  }
  const replacing = new Set(changed.map(({ after }) => after.id))
  return { added: b.filter((row) => !first.has(row.id) && !replacing.has(row.id)), ended, changed }
}

const sameSpan = (a: Period, b: Period): boolean => a.from.getTime() === b.from.getTime() && a.to?.getTime() === b.to?.getTime()
