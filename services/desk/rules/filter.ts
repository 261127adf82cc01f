import { isWorkKind, type WorkKind } from './kinds.ts'
import { isSeverity, type Severity } from './severity.ts'

/** How far ahead the list looks for what ends. */
export const horizons = [7, 30, 90, 365] as const
export type Horizon = (typeof horizons)[number]
export const shownMarks = ['open', 'snoozed', 'done', 'any'] as const
export type ShownMark = (typeof shownMarks)[number]
export const sorts = ['pressing', 'day', 'pictures'] as const
export type Sort = (typeof sorts)[number]

/** What somebody wants to see of the worklist. */
export interface WorkFilter {
  /** None named: all. */
  kinds: WorkKind[]
  severities: Severity[]
  within: Horizon
  /** Words in a contract, licensor, holder, reference or picture's title. */
  q: string
  /** A person's id, or one of these words. */
  assignee: string
  mark: ShownMark
  sort: Sort
}

export const usualFilter: WorkFilter = { kinds: [], severities: [], within: 30, q: '', assignee: 'anybody', mark: 'open', sort: 'pressing' }

const chosen = <T extends string>(values: readonly string[], is: (text: string) => text is T): T[] => [...new Set(values.filter(is))]
const oneOf = <T extends string | number>(list: readonly T[], text: string | null, otherwise: T): T =>
  list.find((one) => String(one) === text) ?? otherwise

/** The filter that an address names. What it does not know, it leaves out: an old link shows a list, not an error. */
export function filterOf(search: URLSearchParams): WorkFilter {
  const assignee = search.get('assignee') ?? ''
  return {
    kinds: chosen(search.getAll('kind'), isWorkKind),
    severities: chosen(search.getAll('severity'), isSeverity),
    within: oneOf(horizons, search.get('within'), usualFilter.within),
    q: (search.get('q') ?? '').trim().slice(0, 100),
    assignee: /^(me|nobody|somebody|usr_[a-z0-9]{1,60})$/.test(assignee) ? assignee : usualFilter.assignee,
    mark: oneOf(shownMarks, search.get('mark'), usualFilter.mark),
    sort: oneOf(sorts, search.get('sort'), usualFilter.sort),
  }
}

/** The filter as an address, in one spelling; empty for the usual one. */
export function searchOf(filter: WorkFilter): string {
  const search = new URLSearchParams()
  for (const kind of filter.kinds) search.append('kind', kind)
  for (const severity of filter.severities) search.append('severity', severity)
  for (const name of ['within', 'q', 'assignee', 'mark', 'sort'] as const)
    if (filter[name] !== usualFilter[name]) search.set(name, String(filter[name]))
  return search.toString()
}
