import type { Period } from '../../kernel/period.ts'
import { everything, type Box } from './box.ts'
import type { CellDifference, Difference, RowDifference, RowField } from './difference.ts'
import { axesOf } from './grid.ts'
import type { Acquisition, Claim, Release, Restriction } from './known.ts'
import type { Openness } from './availability.ts'
import { boxInWords, partInWords } from './reason-words.ts'

export type ChangedKind = 'contract' | 'release' | 'ban' | 'licence'
/** One row that two states of knowledge say differently. */
export interface ChangedRow {
  kind: ChangedKind
  what: 'added' | 'ended' | 'changed'
  id: string
  /** The row that it replaces. */
  replaces: string | null
  name: string
  words: string[]
  at: Date | null
  licenceNo: bigint | null
}

const fieldWords: Record<RowField, string> = { media: 'Media', territory: 'Places', industry: 'Industries', period: 'Time', terms: 'Terms' }
const spanInWords = (period: Period, zone: string): string => partInWords({ ...everything, period }, everything, zone) || 'without end'

/** One axis of a box in words. */
function axisInWords(box: Box, field: Exclude<RowField, 'terms'>, zone: string): string {
  if (field === 'period') return spanInWords(box.period, zone)
  return partInWords({ ...everything, [field]: box[field] }, everything, zone) || 'all'
}

interface Kind<R> {
  kind: ChangedKind
  nameOf: (row: R) => string
  termsOf: (row: R) => string
  noOf?: (row: R) => bigint
}

function changedRows<R extends { id: string; box: Box; recordedAt: Date; supersededAt: Date | null }>(
  { added, ended, changed }: RowDifference<R>,
  { kind, nameOf, termsOf, noOf }: Kind<R>,
  zone: string,
): ChangedRow[] {
  const row = (one: R) => ({ kind, id: one.id, replaces: null, name: nameOf(one), licenceNo: noOf?.(one) ?? null })
  const said = (one: R) => [boxInWords(one.box, zone), termsOf(one)].filter((words) => words !== '')
  return [
    ...added.map((one) => ({ ...row(one), what: 'added' as const, words: said(one), at: one.recordedAt })),
    ...changed.map(({ before, after, fields }) => ({
      ...row(after),
      what: 'changed' as const,
      replaces: before.id === after.id ? null : before.id,
      words: fields.map((field) =>
        field === 'terms'
          ? `${fieldWords.terms}: ${termsOf(before) || 'plain'} → ${termsOf(after) || 'plain'}`
          : `${fieldWords[field]}: ${axisInWords(before.box, field, zone)} → ${axisInWords(after.box, field, zone)}`,
      ),
      at: before.id === after.id ? null : after.recordedAt,
    })),
    ...ended.map((one) => ({ ...row(one), what: 'ended' as const, words: said(one), at: one.supersededAt })),
  ]
}

const held: Kind<Acquisition> = {
  kind: 'contract',
  nameOf: ({ contract, licensor }) => `${contract}, from ${licensor}`,
  termsOf: ({ subLicensable, exclusive }) => [exclusive && 'exclusive', !subLicensable && 'own use only'].filter(Boolean).join(', '),
}
const consents: Kind<Release> = {
  kind: 'release',
  nameOf: ({ reference }) => reference,
  termsOf: ({ status, minor, aiUses }) =>
    [status.toLowerCase().replace('_', ' '), minor && 'a child', aiUses && 'with AI'].filter(Boolean).join(', '),
}
const bans: Kind<Restriction> = { kind: 'ban', nameOf: ({ reference, reason }) => reference ?? reason, termsOf: ({ reason }) => reason }
const taken: Kind<Claim> = {
  kind: 'licence',
  nameOf: ({ licenceNo }) => `Licence ${licenceNo}`,
  termsOf: ({ exclusive, twin }) => [exclusive && 'exclusive', twin && 'on a twin'].filter(Boolean).join(', '),
  noOf: ({ licenceNo }) => licenceNo,
}

/** Each row that came, went or was read anew, in words; contracts first. */
export const differenceInWords = ({ rows }: Difference, zone: string): ChangedRow[] => [
  ...changedRows(rows.acquisitions, held, zone),
  ...changedRows(rows.releases, consents, zone),
  ...changedRows(rows.restrictions, bans, zone),
  ...changedRows(rows.claims, taken, zone),
]

const declared = {
  showsPeople: 'People can be recognised',
  showsProperty: 'Property is shown that needs a release',
  editorialOnly: 'For editorial use only',
} as const
const answered = (value: boolean | null): string => (value === null ? 'nobody has said' : value ? 'yes' : 'no')
export const declaredInWords = ({ asset }: Difference): string[] =>
  asset.map(({ field, before, after }) => `${declared[field]}: ${answered(before)} → ${answered(after)}`)

export interface ChangedCells {
  medium: string
  before: Openness
  after: Openness
  places: string
}

/** The cells that changed, places together that changed alike. */
export function cellsInWords(cells: readonly CellDifference[]): ChangedCells[] {
  const { media, territory } = axesOf()
  const alike = new Map<string, { row: number; before: Openness; after: Openness; columns: number[] }>()
  for (const { row, column, before, after } of cells) {
    const key = `${row} ${before} ${after}`
    const known = alike.get(key) ?? { row, before, after, columns: [] }
    known.columns.push(column)
    alike.set(key, known)
  }
  return [...alike.values()].map(({ row, before, after, columns }) => ({
    medium: media[row]?.label ?? '',
    before,
    after,
    places: columns.length === territory.length ? 'everywhere' : columns.map((column) => territory[column]?.label ?? '').join(', '),
  }))
}
