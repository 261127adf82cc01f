/** What may be suggested. Never who made it, whose it is, or what may be done with it: those are facts, and people state them. */
export const suggestedFields = ['keywords', 'title', 'description', 'altText', 'extendedDescription'] as const
export type SuggestedField = (typeof suggestedFields)[number] | `own.${string}`

export const isOwnField = (field: string): field is `own.${string}` => /^own\.fld_[0-9a-z]{26}$/.test(field)
export const isSuggestedField = (field: string): field is SuggestedField =>
  (suggestedFields as readonly string[]).includes(field) || isOwnField(field)

export const suggestedFieldWords: Record<(typeof suggestedFields)[number], string> = {
  keywords: 'Keywords',
  title: 'Title',
  description: 'Description',
  altText: 'Text for the blind',
  extendedDescription: 'Extended description',
}
