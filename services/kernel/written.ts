/** What turns the words around it the other way, or is no sign at all: a name must not rewrite what stands beside it. */
const unseen = /[\p{Cc}\p{Zl}\p{Zp}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu

/** What somebody from outside wrote, as one line. */
export const onOneLine = (words: string): string => words.replace(unseen, ' ').replace(/\s+/gu, ' ').trim()

/** What somebody from outside wrote, with its lines and tabs, and no other sign that controls. */
export const onLines = (words: string): string =>
  words
    .replace(/\r\n?/g, '\n')
    .replace(/[^\P{Cc}\n\t]/gu, '')
    .trim()
