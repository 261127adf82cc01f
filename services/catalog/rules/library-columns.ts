/** Columns that a list of the library may have beside title and picture, in their order. */
export const libraryColumns = [
  'state',
  'lacks',
  'kind',
  'creator',
  'file',
  'size',
  'changed',
  'uploaded',
  'by',
  'audience',
  'keywords',
  'rights',
  'ends',
  'licence',
] as const
export type LibraryColumn = (typeof libraryColumns)[number]
export const columnWords: Record<LibraryColumn, string> = {
  state: 'State',
  lacks: 'Lacking',
  kind: 'Kind',
  creator: 'Creator',
  file: 'File',
  size: 'Pixels',
  changed: 'Changed',
  uploaded: 'Uploaded',
  by: 'Uploaded by',
  audience: 'Audience',
  keywords: 'Keywords',
  rights: 'Rights',
  ends: 'Ends',
  licence: 'Licence',
}
export const usualColumns: readonly LibraryColumn[] = ['state', 'lacks', 'kind', 'creator', 'file', 'changed']
