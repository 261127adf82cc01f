import { senderLicences } from '../../rights/rules/sender-claims.ts'

/** Mirrors of the database's enums; a test holds them equal. */
export const guestLicences = ['OWN_WORK', 'AGENCY', 'CC0', 'CC_BY', 'CC_BY_SA', 'CC_BY_NC', 'OTHER'] as const
export type GuestLicence = (typeof guestLicences)[number]
export const guestReleases = ['NONE_SHOWN', 'RELEASED', 'NOT_RELEASED', 'UNKNOWN'] as const
export type GuestRelease = (typeof guestReleases)[number]

/** What a link may want to hear before a file is sent. Who sends, and where to write to them, is always asked. */
export const askables = ['source', 'licence', 'releases'] as const
export type Askable = (typeof askables)[number]
export const isAskable = (text: string): text is Askable => (askables as readonly string[]).includes(text)

/** What a sender says of all that they send. It is their word, kept as such, and no fact of the house. */
export interface Declaration {
  source: string
  licence: GuestLicence | null
  licenceWords: string
  people: GuestRelease | null
  property: GuestRelease | null
}

export type DeclarationGap = 'source' | 'licence' | 'licence-words' | 'people' | 'property'

/** What is still unsaid of what the link asks. A licence of another kind, and one of an agency, needs words. */
export function declarationGaps(asks: readonly string[], said: Declaration): DeclarationGap[] {
  const gaps: DeclarationGap[] = []
  if (asks.includes('source') && said.source.trim() === '') gaps.push('source')
  if (asks.includes('licence') && said.licence === null) gaps.push('licence')
  if ((said.licence === 'OTHER' || said.licence === 'AGENCY') && said.licenceWords.trim() === '') gaps.push('licence-words')
  if (asks.includes('releases') && said.people === null) gaps.push('people')
  if (asks.includes('releases') && said.property === null) gaps.push('property')
  return gaps
}

/** For the house's desks, which are English; senders read the catalogue of their page. */
export const licenceNames: Record<GuestLicence, string> = senderLicences
export const releaseNames: Record<GuestRelease, string> = {
  NONE_SHOWN: 'None to be seen',
  RELEASED: 'Released',
  NOT_RELEASED: 'Not released',
  UNKNOWN: 'Does not know',
}
export const askNames: Record<Askable, string> = {
  source: 'Where the files come from',
  licence: 'Under which licence they may be used',
  releases: 'Whether people and property are released',
}
