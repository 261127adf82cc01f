import { count } from '#app/components/ui/many.ts'
import type { AddPaperError } from '#services/exchange/errors.ts'
import type { ImportState } from '#services/exchange/rules/import-states.ts'
import { paperWords } from '#services/exchange/rules/paper-types.ts'

export { count, many } from '#app/components/ui/many.ts'

export const stateWords: Record<ImportState, { label: string; tone: 'neutral' | 'info' | 'success' | 'warning' | 'danger' }> = {
  CHECKING: { label: 'Being checked', tone: 'info' },
  CHECKED: { label: 'Checked', tone: 'info' },
  APPLYING: { label: 'Being written', tone: 'info' },
  DONE: { label: 'Written', tone: 'success' },
  FAILED: { label: 'Failed', tone: 'danger' },
  DROPPED: { label: 'Dropped', tone: 'neutral' },
}

export const sizeInWords = (bytes: number): string =>
  bytes < 1_024 ? `${bytes} bytes` : bytes < 1_048_576 ? `${Math.round(bytes / 1_024)} kB` : `${(bytes / 1_048_576).toFixed(1)} MB`
/** A figure that was counted up to a limit. */
export const upTo = (n: number, more: boolean): string => count(n) + (more ? ' or more' : '')

/** Why a paper was not kept, and what to do. */
export const paperSayings = {
  'too-large': 'A paper may have 50 MB. Scan it in lower resolution, or in parts.',
  empty: 'The file is empty.',
  'cut-off': 'The file did not arrive whole. Upload it again.',
  'refused-type': `This is not a kind of file that is kept as a paper: ${paperWords}.`,
  'kept-already': 'This very paper is kept here already.',
  'no-file': 'Choose a file.',
} satisfies Record<AddPaperError | 'no-file', string>

/** The sentence behind a code that an address carries; an address says no sentences of its own. */
export const paperSaying = (code: string | null): string | undefined =>
  code !== null && Object.hasOwn(paperSayings, code) ? paperSayings[code as keyof typeof paperSayings] : undefined
