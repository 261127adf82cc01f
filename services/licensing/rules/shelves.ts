/** The views of a list of licences. */
export const licenceShelves = ['all', 'in-force', 'ending', 'suspended', 'ended', 'comps'] as const
export type LicenceShelf = (typeof licenceShelves)[number]
