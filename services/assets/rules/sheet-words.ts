import { writeKeywords } from './keyword-line.ts'

/** What a sheet asks of each asset: the words and answers that every picture has of its own. */
export const sheetFields = ['title', 'altText', 'keywords', 'creator', 'showsPeople', 'showsProperty'] as const
export type SheetField = (typeof sheetFields)[number]
/** All as its form writes it: keywords as a line, answers as words. */
export type SheetWords = Record<SheetField, string>

const answer = (known: boolean | null): string => (known === null ? 'unknown' : known ? 'yes' : 'no')

/** A record as the sheet writes it. */
export const sheetWordsOf = (record: {
  title: string
  altText: string
  keywords: readonly string[]
  creator: string
  showsPeople: boolean | null
  showsProperty: boolean | null
}): SheetWords => ({
  title: record.title,
  altText: record.altText,
  keywords: writeKeywords(record.keywords),
  creator: record.creator,
  showsPeople: answer(record.showsPeople),
  showsProperty: answer(record.showsProperty),
})

// A text field gives line ends back as two signs, and a form trims: neither is a word of anybody's.
const same = (a: string, b: string): boolean => a.replace(/\r\n?/g, '\n').trim() === b.replace(/\r\n?/g, '\n').trim()

/** The fields that say something else than they did when they were drawn. */
export const writtenAnew = (was: SheetWords, written: SheetWords): SheetField[] =>
  sheetFields.filter((field) => !same(was[field], written[field]))

/**
 * Three ways, field by field: what the person wrote, what stood there when the sheet was drawn, and what stands there now. What
 * they left alone is left alone, whoever wrote it since; what both changed is nobody's to decide here.
 */
export function mergeSheet(was: SheetWords, written: SheetWords, now: SheetWords): { changed: SheetField[]; against: SheetField[] } {
  const changed = writtenAnew(was, written).filter((field) => !same(written[field], now[field]))
  return { changed, against: changed.filter((field) => !same(was[field], now[field])) }
}
