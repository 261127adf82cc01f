/** Mirrors of the database enums, so that pages need no database client. A db test holds them equal. */
export const importKinds = ['ACQUISITIONS', 'RELEASES', 'RESTRICTIONS', 'SALES', 'ODRL'] as const
export type ImportKind = (typeof importKinds)[number]
/** What comes as rows and columns. */
export const tableKinds = ['ACQUISITIONS', 'RELEASES', 'RESTRICTIONS', 'SALES'] as const
export type TableKind = (typeof tableKinds)[number]

/** What one file may hold. A house of more pictures sends several. */
export const limits = { bytes: 20 * 1024 * 1024, rows: 50_000, odrlBytes: 5 * 1024 * 1024, problems: 1_000 } as const

export const kindNames: Record<ImportKind, string> = {
  ACQUISITIONS: 'Rights acquired',
  RELEASES: 'Releases',
  RESTRICTIONS: 'Restrictions',
  SALES: 'Sales of other shops',
  ODRL: 'ODRL policies (JSON-LD)',
}
