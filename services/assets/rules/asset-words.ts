import { catalogue } from '../../kernel/catalogue.ts'
import type { Language } from '../../kernel/language.ts'
import de from '../words/de.json' with { type: 'json' }
import en from '../words/en.json' with { type: 'json' }

/** Mirrors of the database's enums, for rules and pages; a test holds them equal. */
export const assetKinds = [
  'PHOTOGRAPH',
  'ILLUSTRATION',
  'LOGO',
  'DOCUMENT',
  'OTHER',
  'VIDEO',
  'AUDIO',
  'FONT',
  'TEMPLATE',
  'ARCHIVE',
] as const
export type AssetKind = (typeof assetKinds)[number]
const say = catalogue({ en, de })
/** What a kind of asset is called. */
export const kindWord = (kind: AssetKind, language: Language = 'en'): string => say(language)(`kinds.${kind}`)
/** In English, for the desks. */
export const kindWords: Record<AssetKind, string> = en.kinds

export const audiences = ['STORE', 'PORTAL', 'INTERNAL'] as const
export type Audience = (typeof audiences)[number]
export const audienceWords: Record<Audience, string> = {
  STORE: 'Store: everyone may see it, licences are sold',
  PORTAL: 'Portal: partners to whom it is granted',
  INTERNAL: 'Internal: people of the house',
}

const kindsOfFiles: [start: string, kind: AssetKind][] = [
  ['image/svg+xml', 'ILLUSTRATION'],
  ['image/gif', 'ILLUSTRATION'],
  ['image/', 'PHOTOGRAPH'],
  ['video/', 'VIDEO'],
  ['audio/', 'AUDIO'],
  ['font/', 'FONT'],
  ['application/zip', 'ARCHIVE'],
  ['application/', 'DOCUMENT'],
]
/** What a file most likely is, until a person says. */
export const kindOf = (mediaType: string): AssetKind => kindsOfFiles.find(([start]) => mediaType.startsWith(start))?.[1] ?? 'OTHER'

export const orientationOf = (width: number, height: number): 'LANDSCAPE' | 'PORTRAIT' | 'SQUARE' =>
  width === height ? 'SQUARE' : width > height ? 'LANDSCAPE' : 'PORTRAIT'
