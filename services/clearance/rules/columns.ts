export const columnNames = ['reference', 'asset', 'media', 'territory', 'except', 'industry', 'from', 'until', 'exclusive'] as const
export type ColumnName = (typeof columnNames)[number]

export interface Column {
  name: ColumnName
  /** Whether each row must say something here. */
  required: boolean
  help: string
  example: string
  /** Other names under which people write it. */
  also: readonly string[]
}

/** The columns of a list of planned uses, in the order of the template. */
export const columns: readonly Column[] = [
  {
    name: 'reference',
    required: false,
    help: 'Your own name for the use: a campaign, an order number. It comes back unchanged.',
    example: 'Spring 1',
    also: ['ref', 'use', 'campaign'],
  },
  {
    name: 'asset',
    required: true,
    help: 'Which picture: its id, its number, the name of its file, or its title. It must fit one picture only.',
    example: 'harbour-at-dawn.jpg',
    also: ['picture', 'image', 'file', 'asset_id'],
  },
  {
    name: 'media',
    required: true,
    help: 'What it is used for: codes or English names, several with | between them.',
    example: 'web-banner|social',
    also: ['medium', 'use_for'],
  },
  {
    name: 'territory',
    required: true,
    help: 'Where: codes or English names of countries and areas, several with |.',
    example: 'DE|AT|CH',
    also: ['territories', 'country', 'countries', 'places'],
  },
  { name: 'except', required: false, help: 'Places that are taken out again.', example: '', also: ['without', 'not_in'] },
  {
    name: 'industry',
    required: false,
    help: 'For which trade. Empty: all industries.',
    example: 'food',
    also: ['industries', 'trade', 'sector'],
  },
  { name: 'from', required: true, help: 'First day, as year-month-day.', example: '2027-01-01', also: ['start', 'first_day', 'begin'] },
  {
    name: 'until',
    required: false,
    help: 'Last day, as year-month-day. Empty: without end.',
    example: '2027-12-31',
    also: ['to', 'end', 'last_day'],
  },
  { name: 'exclusive', required: false, help: 'yes: nobody else may use it in that time. Empty: no.', example: 'no', also: ['alone'] },
]

/** Both limits are said wherever a list is refused for them. */
export const listLimits = { rows: 5_000, bytes: 5_000_000 } as const
export const mostRows = listLimits.rows.toLocaleString('en-GB')
