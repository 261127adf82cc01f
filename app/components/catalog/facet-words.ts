import { kindWords } from '#services/assets/rules/asset-words.ts'
import type { Facet } from '#services/catalog/rules/facets.ts'

const valueWords: Partial<Record<Facet, Record<string, string>>> = {
  kind: kindWords,
  orientation: { LANDSCAPE: 'Landscape', PORTRAIT: 'Portrait', SQUARE: 'Square' },
  colour: { monochrome: 'Black and white' },
  licence: { 'royalty-free': 'Royalty-free', 'rights-managed': 'Rights-managed', editorial: 'Editorial use only' },
  people: { with: 'With people', without: 'Without people' },
  released: { yes: 'Consents on file' },
  made: { human: 'Not made by AI', ai: 'Made with AI' },
  date: {
    '2020-on': '2020 and later',
    '2000-2019': '2000 to 2019',
    '1950-1999': '1950 to 1999',
    '1900-1949': '1900 to 1949',
    'before-1900': 'Before 1900',
  },
  price: { budget: 'Below the standard', standard: 'Standard', premium: 'Above the standard' },
}

/** A facet as people read it, in the order in which a buyer decides. */
export const facetLegends = {
  licence: 'Licence',
  kind: 'Kind',
  people: 'People',
  released: 'Consents',
  orientation: 'Orientation',
  colour: 'Colour',
  price: 'Price',
  date: 'Made in',
  made: 'How it was made',
  collection: 'Collection',
  creator: 'Made by',
} as const satisfies Record<Facet, string>
export const facetOrder = Object.keys(facetLegends) as Facet[]

/** A value as people read it. */
export const facetWord = (facet: Facet, value: string): string =>
  valueWords[facet]?.[value] ?? (facet === 'colour' ? `${value.charAt(0).toUpperCase()}${value.slice(1)}` : value)
