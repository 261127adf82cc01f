import { Cells, type Complaint } from '../../exchange/rules/cells.ts'
import { lexicons, type Lexicon } from '../../exchange/rules/lexicon.ts'
import type { ScopeTerms } from '../../rights/rules/scope.ts'
import { columns, type ColumnName } from './columns.ts'

/** A planned use as somebody wrote it, cell by cell. */
export type Given = Partial<Record<ColumnName, string>>

/** What a row asks, or everything that is wrong with it. */
export type LineRead = { ok: true; asset: string; terms: ScopeTerms } | { ok: false; complaints: Complaint[] }

const lists: readonly (readonly [ColumnName, Lexicon])[] = [
  ['media', lexicons.media],
  ['territory', lexicons.territory],
  ['except', lexicons.territory],
  ['industry', lexicons.industry],
]

/** "DE AT CH" and "DE, AT; CH" as "DE|AT|CH": a cell whose whole is one name ("United Kingdom") is left as it is. */
function withBars(text: string, words: Lexicon): string {
  const cell = text.trim()
  if (cell === '' || cell.includes('|') || words.codeOf(cell)) return cell
  for (const gap of [/\s*[,;\n]\s*/, /[\s,;]+/]) {
    const parts = cell.split(gap).filter(Boolean)
    if (parts.length > 1 && parts.every((part) => words.codeOf(part))) return parts.join('|')
  }
  return cell
}

/** One planned use: codes or names, days, yes or no; a list with another mark between its parts is understood too. */
export function readLine(given: Given, zone: string): LineRead {
  const row = new Map<string, string>(columns.map(({ name }) => [name, given[name] ?? '']))
  for (const [column, words] of lists) row.set(column, withBars(row.get(column) ?? '', words))
  const except = row.get('except') ?? ''
  const territory = row.get('territory') ?? ''
  // "except" may stand in its own column or behind the places.
  const both = except !== '' && /\bexcept\b/i.test(territory)
  if (except !== '' && !both) row.set('territory', `${territory} except ${except}`)
  const cells = new Cells(row)
  if (both) cells.say('except', 'What is taken out stands behind “except” in territory already. Empty one of the two.')
  const asset = cells.text('asset', 300)
  const exclusive = cells.yes('exclusive')
  // The part behind "except" is told in its own column where it was written there.
  if (except !== '' && !both && cells.codes('except', lexicons.territory) === undefined) row.set('territory', territory)
  const terms = cells.scope(zone, exclusive ?? false)
  cells.text('reference', 200, false)
  if (cells.complaints.length > 0 || !asset || !terms) return { ok: false, complaints: cells.complaints }
  return { ok: true, asset, terms }
}
