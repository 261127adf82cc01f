import type { LicencePack } from '../rules/packs.ts'

const plain = { except: [], exclusive: false, printRun: null, pixels: null }

/** The packs that a house may start with: what most of its customers would answer. */
export const defaultPacks: readonly Omit<LicencePack, 'id'>[] = [
  {
    ...plain,
    nameEn: 'Social media, Europe, 1 year',
    nameDe: 'Social Media, Europa, 1 Jahr',
    media: ['social'],
    territory: ['M49:150'],
    months: 12,
  },
  {
    ...plain,
    nameEn: 'Website and newsletter, worldwide, 2 years',
    nameDe: 'Website und Newsletter, weltweit, 2 Jahre',
    media: ['promotional-website', 'promotional-email'],
    territory: ['WORLD'],
    months: 24,
  },
  {
    ...plain,
    nameEn: 'Print campaign Germany, 3 months',
    nameDe: 'Printkampagne Deutschland, 3 Monate',
    media: ['advertising-print'],
    territory: ['DE'],
    months: 3,
  },
  {
    ...plain,
    nameEn: 'Posters and billboards, German-speaking countries, 3 months',
    nameDe: 'Plakate und Großflächen, D-A-CH, 3 Monate',
    media: ['billboard', 'street-poster'],
    territory: ['DACH'],
    months: 3,
  },
  {
    ...plain,
    nameEn: 'Book cover, worldwide, 5 years, 10,000 copies',
    nameDe: 'Buchumschlag, weltweit, 5 Jahre, 10.000 Exemplare',
    media: ['book-cover'],
    territory: ['WORLD'],
    months: 60,
    printRun: 10_000,
  },
  {
    ...plain,
    nameEn: 'Whole campaign Germany, 1 year',
    nameDe: 'Gesamtkampagne Deutschland, 1 Jahr',
    media: ['advertising', 'out-of-home', 'social'],
    territory: ['DE'],
    months: 12,
  },
]
