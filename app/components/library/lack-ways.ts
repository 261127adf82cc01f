/** Where what a record lacks is filled in. */
const inBulk: Record<string, readonly string[]> = {
  credit: ['creator:fill'],
  people: ['showsPeople:fill', 'showsProperty:fill'],
  offer: ['sellsRoyaltyFree:set', 'sellsRightsManaged:set'],
}

/** Words that every picture has of its own are written side by side. */
export const fillsOnSheet = (demand: string): boolean => demand === 'alt-text' || demand === 'title'
/** What is the same for many is one bulk edit: its changes, as its address names them. */
export const fillChanges = (demand: string): readonly string[] => inBulk[demand] ?? (demand.startsWith('own.') ? [`${demand}:fill`] : [])
export const mayBeFilled = (demand: string): boolean => fillsOnSheet(demand) || fillChanges(demand).length > 0
