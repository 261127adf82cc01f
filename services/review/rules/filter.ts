import { z } from 'zod'

export const taskTabs = ['mine', 'others', 'all'] as const
export type TaskTab = (typeof taskTabs)[number]
export const taskViews = ['list', 'board', 'calendar'] as const
export type TaskView = (typeof taskViews)[number]
export const taskSorts = ['due', 'oldest', 'newest'] as const
export type TaskSort = (typeof taskSorts)[number]

const text = z.string().trim().max(100).catch('')
/** What is asked of the list, as it stands in its address. What cannot be read is no question. */
export const taskFilter = z.object({
  tab: z.enum(taskTabs).optional().catch(undefined),
  view: z.enum(taskViews).catch('list').default('list'),
  sort: z.enum(taskSorts).catch('due').default('due'),
  /** The name of a step; steps of one name are one column, whatever their route. */
  step: text.default(''),
  /** A route's id, or `none`. */
  route: text.default(''),
  /** A colleague's id, or `nobody`. */
  owner: text.default(''),
  late: z.preprocess((value) => value === 'yes', z.boolean()).default(false),
  q: text.default(''),
})
export type TaskFilter = z.output<typeof taskFilter>

export const taskFilterOf = (search: URLSearchParams): TaskFilter => taskFilter.parse(Object.fromEntries(search))

const usual: Partial<TaskFilter> = { view: 'list', sort: 'due', step: '', route: '', owner: '', late: false, q: '' }

/** The address of a list that asks this. What goes without saying is left out. */
export function taskAddress(filter: Partial<TaskFilter>, more: Record<string, string> = {}): string {
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries({ ...filter }))
    if (value !== undefined && value !== usual[name as keyof TaskFilter]) search.set(name, value === true ? 'yes' : String(value))
  for (const [name, value] of Object.entries(more)) search.set(name, value)
  return `/library/review${search.size > 0 ? `?${search}` : ''}`
}
