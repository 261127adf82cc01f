/** Mirrors of the database's enums, for rules and pages; a test holds them equal. */
export const assetKinds = ['PHOTOGRAPH', 'ILLUSTRATION', 'LOGO', 'DOCUMENT', 'OTHER'] as const
export type AssetKind = (typeof assetKinds)[number]
export const kindWords: Record<AssetKind, string> = {
  PHOTOGRAPH: 'Photograph',
  ILLUSTRATION: 'Illustration',
  LOGO: 'Logo',
  DOCUMENT: 'Document',
  OTHER: 'Other',
}

export const audiences = ['STORE', 'PORTAL', 'INTERNAL'] as const
export type Audience = (typeof audiences)[number]
export const audienceWords: Record<Audience, string> = {
  STORE: 'Store: everyone may see it, licences are sold',
  PORTAL: 'Portal: partners to whom it is granted',
  INTERNAL: 'Internal: people of the house',
}

/** What a file most likely is, until a person says. */
export const kindOf = (mediaType: string): AssetKind =>
  mediaType === 'application/pdf' ? 'DOCUMENT' : mediaType === 'image/svg+xml' ? 'ILLUSTRATION' : 'PHOTOGRAPH'

export const orientationOf = (width: number, height: number): 'LANDSCAPE' | 'PORTRAIT' | 'SQUARE' =>
  width === height ? 'SQUARE' : width > height ? 'LANDSCAPE' : 'PORTRAIT'
